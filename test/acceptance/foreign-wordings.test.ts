/**
 * Options, currencies and the JSON of trading platforms beyond the labelled corpus: one wording a
 * line of `test/data/alerts/foreign.jsonl`, as many that must not be read as such that must.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { foreignReading, type Posting } from "../kit/foreign-reading.ts";

interface Wording extends Posting {
  readonly reads: string;
}

/** Whether a person is shown a scrap of an alert may change; that nothing is read may not. */
const NOTHING = new Set(["none", "review", "nothing"]);

function lines(): readonly Wording[] {
  const file = new URL("../data/alerts/foreign.jsonl", import.meta.url);
  const texts = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return texts.map((line) => JSON.parse(line) as Wording);
}

test("options, currencies and JSON are read as what they say, or not at all", () => {
  const wordings = lines();
  const isRead = ({ reads }: Wording) => !NOTHING.has(reads);
  expect(wordings.filter(isRead).length).toBeGreaterThanOrEqual(100);
  expect(wordings.filter((one) => !isRead(one)).length).toBeGreaterThanOrEqual(100);
  const wrong = wordings
    .map((one) => ({ text: one.text, got: foreignReading(one), reads: one.reads }))
    .filter(({ got, reads }) => got !== reads && !(reads === "nothing" && NOTHING.has(got)));
  expect(wrong).toEqual([]);
});
