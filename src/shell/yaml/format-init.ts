/**
 * What comes with the program about formats: its packs, and the labelled messages to try packs on.
 *
 * ```text
 * in the bundle     dist/format-init-XYZ.js        ──► dist/config/formats/
 * in the checkout   src/shell/yaml/format-init.ts  ──► config/formats/, test/data/alerts/dev.jsonl
 * ```
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { invariant } from "../../std/assert.ts";

const CORPUS = ["./config/formats/corpus.jsonl", "../../../test/data/alerts/dev.jsonl"];
const PACKS = ["./config/formats/", "../../../config/formats/"];

export interface PackText {
  /** `jmoney.yaml` */
  readonly file: string;
  readonly text: string;
}

export function packTexts(): readonly PackText[] {
  const home = firstOf(PACKS);
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
export const corpusText = (): string => readFileSync(firstOf(CORPUS), "utf8");

function firstOf(places: readonly string[]): URL {
  const place = places.map((one) => new URL(one, import.meta.url)).find((url) => existsSync(url));
  invariant(place !== undefined, "packs and labelled messages are part of the program");
  return place;
}
