/**
 * Wordings beyond the labelled corpus: 295 ways to give an alert, 301 texts that only look like one.
 * One line of `test/data/alerts/wordings.jsonl` or `traps.jsonl` each.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Embed } from "../../src/core/model/message.ts";
import type { Parsed } from "../../src/core/parse/outcome.ts";
import { read, reading } from "../kit/posted.ts";

interface Wording {
  readonly text: string;
  readonly embeds?: readonly Embed[];
  readonly reads: string;
}

function lines<T>(name: string): readonly T[] {
  const file = new URL(`../data/alerts/${name}.jsonl`, import.meta.url);
  const texts = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return texts.map((line) => JSON.parse(line) as T);
}

test("every wording of an alert is read as what it says", () => {
  const wordings = lines<Wording>("wordings");
  expect(wordings.length).toBeGreaterThanOrEqual(295);
  for (const { text, embeds = [], reads } of wordings) {
    expect({ text, reads: reading(text, { embeds }) }).toEqual({ text, reads });
  }
});

const hasEntry = (parsed: Parsed): boolean =>
  parsed.kind === "entries" ||
  (parsed.kind === "tracked" && parsed.tracked.some(({ kind }) => kind === "entry"));

test("no text that only looks like an alert becomes an entry", () => {
  const traps = lines<{ text: string }>("traps");
  expect(traps.length).toBeGreaterThanOrEqual(301);
  const taken = traps.filter(({ text }) => hasEntry(read(text)));
  expect(taken).toEqual([]);
});
