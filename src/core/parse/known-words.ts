/**
 * Enters into the dictionary what is known of words beyond the sets they belong to: their marks,
 * the contracts they name, and contract and side written as one word.
 *
 * Loading this page does it; nothing is called.
 */
import type { Root } from "../model/instrument.ts";
import { INSTRUMENTS } from "../model/instruments.ts";
import { entryOf, mark } from "./dictionary.ts";
import { SIDES, STOP_WORDS, TARGET_WORDS } from "./lexicon.ts";
import {
  ENDING_MARK,
  MARKUP_MARK,
  OPENING_MARK,
  SIDE_MARK,
  STOP_MARK,
  TARGET_MARK,
  TRADE_MARK,
} from "./marks.ts";
import "./cues.ts";
import "./update-lexicon.ts";

const ROOTS = Object.keys(INSTRUMENTS) as readonly Root[];
for (const root of ROOTS) entryOf(root.toLowerCase()).root = root;
mark(
  ROOTS.map((root) => root.toLowerCase()),
  TRADE_MARK,
);

/** Nobody writes these two as one word with a side. */
const NEVER_JOINED: ReadonlySet<Root> = new Set(["M2K", "6E", "M6E"] as const);
const JOINED_SIDES = ["long", "short", "buy", "sell"];

for (const root of ROOTS.filter((one) => !NEVER_JOINED.has(one))) {
  const name = root.toLowerCase();
  for (const side of JOINED_SIDES) {
    entryOf(name + side).parts = [entryOf(name), entryOf(side)];
    entryOf(side + name).parts = [entryOf(side), entryOf(name)];
  }
}

mark(SIDES.keys(), SIDE_MARK | TRADE_MARK);
mark(STOP_WORDS, STOP_MARK);
mark(TARGET_WORDS, TARGET_MARK | OPENING_MARK);
for (const digit of "0123456789") {
  mark(
    [...TARGET_WORDS].map((word) => word + digit),
    TARGET_MARK | OPENING_MARK,
  );
}
mark([".", "!", "?"], ENDING_MARK);
mark(["{", "}", "<", "[", "test", "testing"], MARKUP_MARK);

/** What abbreviations stand for. */
for (const word of ["adjusted", "breakeven", "with", "pnl", "example", "reward", "reentry"]) {
  entryOf(word);
}
