/**
 * Wordings beyond the labelled corpus: 295 ways to give an alert, 301 texts that only look like one.
 * One line of `test/data/alerts/wordings.jsonl` or `traps.jsonl` each.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Embed } from "../../src/core/model/message.ts";
import { reading } from "../kit/posted.ts";

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

test("no text that only looks like an alert becomes an entry", () => {
  const traps = lines<{ text: string }>("traps");
  expect(traps.length).toBeGreaterThanOrEqual(301);
  const read = traps.map(({ text }) => ({ text, reads: reading(text) }));
  const taken = read.filter(({ reads }) => !reads.startsWith("none: "));
  expect(taken).toEqual(UPDATES_AMONG_TRAPS);
});

/** They look like alerts and are news about one. */
const UPDATES_AMONG_TRAPS = [
  { text: "Moving stop on ES long 6326 to 6330", reads: "move_stop ES 6330" },
  { text: "ES long 6326: stop now 6330", reads: "move_stop ES 6330" },
  { text: "ES long 6326: move stop to 6330", reads: "move_stop ES 6330" },
  { text: "T1 hit on ES long 6326, stop to 6330", reads: "target_hit ES T1 + move_stop ES 6330" },
  { text: "ES long from 6326 stopped at 6316", reads: "stopped ES 6316" },
  { text: "SOLD SPY 09/19 662 CALLS @ 3.25 stop 2", reads: "close SPY 3.25" },
  { text: "ES long 6326 stop raised: 6322", reads: "move_stop ES 6322" },
  { text: "New stop for ES long 6326: 6322", reads: "move_stop ES 6322" },
  { text: "ES long 6326 — stop is now 6322", reads: "move_stop ES 6322" },
];
