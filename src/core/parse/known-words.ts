/**
 * Every word the grammar knows, each kept once with all that is asked of it again and again.
 *
 * A word cut out of a text is a new string, which every table has to measure and compare anew. Here
 * it is looked up once, and from then on the one kept string stands for it.
 */
import type { Root } from "../model/instrument.ts";
import { INSTRUMENTS } from "../model/instruments.ts";
import { BEFORE_CUES, BEHIND_CUES, type CueIndex, MESSAGE_CUES, SENTENCE_CUES } from "./cues.ts";
import {
  COUNT_WORDS,
  ENTRY_LABELS,
  FILLERS,
  isTargetWord,
  MOVING_WORDS,
  OPENING_WORDS,
  POINT_WORDS,
  PRICE_LEADS,
  SIDES,
  STOP_LEADS,
  STOP_WORDS,
  TAGS,
  TARGET_WORDS,
} from "./lexicon.ts";
import { MARKUP_MARK, SIDE_MARK, STOP_MARK, TARGET_MARK } from "./marks.ts";
import { UPDATE_WORDS } from "./update-lexicon.ts";

export interface KnownWord {
  readonly text: string;
  readonly root: Root | null;
  readonly marks: number;
  /** Contract and side written as one word: `eslong`, `shortnq`. */
  readonly parts: readonly [string, string] | null;
}

const ROOTS: ReadonlyMap<string, Root> = new Map(
  (Object.keys(INSTRUMENTS) as Root[]).map((root) => [root.toLowerCase(), root]),
);

/** Nobody writes these two as one word with a side. */
const NEVER_JOINED: ReadonlySet<string> = new Set(["m2k", "6e", "m6e"]);
const JOINED_SIDES = ["long", "short", "buy", "sell"];
const JOINED: ReadonlyMap<string, readonly [string, string]> = new Map(
  [...ROOTS.keys()]
    .filter((root) => !NEVER_JOINED.has(root))
    .flatMap((root) =>
      JOINED_SIDES.flatMap((side) => [
        [root + side, [root, side]] as const,
        [side + root, [side, root]] as const,
      ]),
    ),
);

const CUES: readonly CueIndex[] = [BEFORE_CUES, SENTENCE_CUES, BEHIND_CUES, MESSAGE_CUES];
const MARKUP: ReadonlySet<string> = new Set(["{", "}", "<", "[", "test", "testing"]);

function marksFor(word: string): number {
  let marks = 0;
  if (SIDES.has(word)) marks |= SIDE_MARK;
  if (STOP_WORDS.has(word)) marks |= STOP_MARK;
  if (isTargetWord(word)) marks |= TARGET_MARK;
  if (MARKUP.has(word)) marks |= MARKUP_MARK;
  for (const { byFirst, mark } of CUES) if (byFirst.has(word)) marks |= mark;
  return marks;
}

const NUMBERED = [...TARGET_WORDS].flatMap((word) => [..."0123456789"].map((n) => word + n));

const WORDS: ReadonlyMap<string, KnownWord> = new Map(
  [
    ...[ROOTS, JOINED, SIDES].flatMap((map) => [...map.keys()]),
    ...CUES.flatMap(({ byFirst }) =>
      [...byFirst.values()].flatMap((cues) => cues.flatMap(({ words }) => words)),
    ),
    ...[COUNT_WORDS, ENTRY_LABELS, FILLERS, MOVING_WORDS, OPENING_WORDS, POINT_WORDS].flatMap(
      (set) => [...set],
    ),
    ...[PRICE_LEADS, STOP_LEADS, STOP_WORDS, TAGS, TARGET_WORDS, MARKUP].flatMap((set) => [...set]),
    ...NUMBERED,
    ...UPDATE_WORDS,
    "sl",
    "tp",
    "adjusted",
    "breakeven",
    "with",
    "pnl",
    "example",
    "reward",
    "reentry",
  ].map((text) => [
    text,
    {
      text,
      root: ROOTS.get(text) ?? null,
      marks: marksFor(text),
      parts: JOINED.get(text) ?? null,
    },
  ]),
);

/** What is known of a word, lower case, or of a sign; undefined where nothing is. */
export const knownWord = (text: string): KnownWord | undefined => WORDS.get(text);

export const marksOf = (text: string): number => WORDS.get(text)?.marks ?? 0;
