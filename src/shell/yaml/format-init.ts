/** What comes with the program about formats: its packs, and the labelled messages to try packs on. */
import { readdirSync, readFileSync } from "node:fs";
import { bundled } from "./bundled.ts";

const CORPUS = ["./config/formats/corpus.jsonl", "../../../test/data/alerts/dev.jsonl"];
const PACKS = ["./config/formats/", "../../../config/formats/"];

export interface PackText {
  /** `jmoney.yaml` */
  readonly file: string;
  readonly text: string;
}

export function packTexts(): readonly PackText[] {
  const home = bundled(PACKS);
  return readdirSync(home)
    .filter((file) => file.endsWith(".yaml"))
    .toSorted()
    .map((file) => ({
      file,
      // The first line leads editors to the schema beside the packs; a copy has none there.
      text: readFileSync(new URL(file, home), "utf8").replace(/^# yaml-language-server:.*\n/, ""),
    }));
}

/** JSON Lines. */
export const corpusText = (): string => readFileSync(bundled(CORPUS), "utf8");
