/**
 * Every word, sign and emoji the grammar knows, each kept once with all that is asked of it.
 *
 * ```text
 * words("stop stops sl")  ──►  a set, and in the entry of each of the three a bit that says so
 *
 *      "... Stop: 6316"   ──►  the entry of "stop"  ──►  is it one of these? a look at one bit
 * ```
 *
 * A word cut out of a text is a new string, which every table has to measure and compare anew. Here
 * it is found once, by its letters as they stand in the text, and from then on the entry stands for
 * it. The stages fill the dictionary when they are loaded, each with the words it asks for.
 */
import { invariant } from "../../std/assert.ts";
import type { Root } from "../model/instrument.ts";
import { type Codes, codeAt } from "./codes.ts";

export interface Entry {
  /** Lower case. */
  readonly text: string;
  /** One bit for every set, in rows. */
  readonly bits: number[];
  /** See `marks.ts`. */
  marks: number;
  /** The contract it names. */
  root: Root | null;
  /** Contract and side written as one word: `eslong`, `shortnq`. */
  parts: readonly [Entry, Entry] | null;
  /** The cues that begin with it, by table: see `cues.ts`. */
  readonly cues: (readonly Cue[])[];
  /** What it is in an update: see `update-lexicon.ts`. */
  part: string;
  phrases: readonly Phrase[];
}

/** A phrase that turns the words of an alert into something else. */
export interface Cue {
  readonly words: readonly string[];
  /** Null: an idiom without meaning for us. */
  readonly reason: string | null;
  readonly until: Until;
}

/** What ends the force of a cue: nothing, a word of the present, or that or an alarm sign. */
export type Until = "never" | "present" | "alarm";

/** Words that stand side by side, and what they are in an update. */
export interface Phrase {
  readonly words: readonly string[];
  readonly part: string;
}

/** Not understood: the sentence may say anything. */
export const STRANGE_PART = "?";

const ROW_BITS = 31;
const ROWS = 6;

const bareEntry = (text: string): Entry => ({
  text,
  bits: Array.from({ length: ROWS }, () => 0),
  marks: 0,
  root: null,
  parts: null,
  cues: [],
  part: STRANGE_PART,
  phrases: [],
});

/** Of all that nobody knows. */
export const NO_ENTRY: Entry = bareEntry("");

const ENTRIES = new Map<string, Entry>();
const BY_CODE_POINT = new Map<number, Entry>();
const ASCII = 128;
const PLAIN_SIGNS: (Entry | undefined)[] = Array.from({ length: ASCII }, () => undefined);

/** The entry of a word in lower case, a sign or an emoji, made where there is none. */
export function entryOf(word: string): Entry {
  const known = ENTRIES.get(word);
  if (known !== undefined) return known;
  const entry = bareEntry(kept(word));
  ENTRIES.set(entry.text, entry);
  if (ONE_SIGN.test(word)) placeSign(entry, Number(word.codePointAt(0)));
  if (LETTERS.test(word)) place(entry);
  return entry;
}

function placeSign(entry: Entry, codePoint: number): void {
  if (codePoint < ASCII) PLAIN_SIGNS[codePoint] = entry;
  else BY_CODE_POINT.set(codePoint, entry);
}

const ONE_SIGN = /^.$/su;
const LETTERS = /^[a-z']+$/;

/** As the name of a property it is the one string of its letters, which compares at a glance. */
const kept = (word: string): string => String(Object.keys({ [word]: 0 })[0]);

/** What is known of a word in lower case, of a sign or an emoji. */
export const known = (word: string): Entry | undefined => ENTRIES.get(word);

export const knownSign = (codePoint: number): Entry | undefined =>
  codePoint < ASCII ? PLAIN_SIGNS[codePoint] : BY_CODE_POINT.get(codePoint);

export interface WordSet extends ReadonlySet<string> {
  readonly row: number;
  readonly bit: number;
}

let setCount = 0;

/** A set of words, as a list between blanks. */
export function words(list: string): WordSet {
  const [row, bit] = [Math.floor(setCount / ROW_BITS), 1 << (setCount % ROW_BITS)];
  invariant(row < ROWS, "the dictionary has a bit for every set");
  setCount += 1;
  const all = new Set(list.trim().split(/\s+/));
  for (const word of all) {
    const { bits } = entryOf(word);
    bits[row] = Number(bits[row]) | bit;
  }
  return Object.assign(all, { row, bit });
}

/** A token of a text, by what is known of it. */
export interface Known {
  readonly entry: Entry;
}

export const isOne = ({ entry }: Known, { row, bit }: WordSet): boolean =>
  ((entry.bits[row] as number) & bit) !== 0;

/** The words made of letters, findable by the codes of a text without cutting them out of it. */
const PLACES = 16_384;
const BY_SUM: (Entry | undefined)[] = Array.from({ length: PLACES }, () => undefined);

export const SUM_START = 0;

/** Small letters and apostrophes. */
export const sumWith = (sum: number, code: number): number => (Math.imul(sum, 31) + code) | 0;

const placeOf = (sum: number): number => (sum ^ (sum >>> 13)) & (PLACES - 1);
const placeBehind = (at: number): number => (at + 1) & (PLACES - 1);

function place(entry: Entry): void {
  let sum = SUM_START;
  for (let at = 0; at < entry.text.length; at++) sum = sumWith(sum, entry.text.charCodeAt(at));
  let at = placeOf(sum);
  while (BY_SUM[at] !== undefined) at = placeBehind(at);
  BY_SUM[at] = entry;
}

/** The word whose letters stand from `from` to `to`; `sum` is that of their small letters. */
export function knownAt(codes: Codes, from: number, to: number, sum: number): Entry | undefined {
  for (let at = placeOf(sum); ; at = placeBehind(at)) {
    const entry = BY_SUM[at];
    if (entry === undefined || spells(entry.text, codes, from, to)) return entry;
  }
}

/** The sixth bit is what makes a letter small, and an apostrophe has it too. */
const SMALL = 32;

function spells(word: string, codes: Codes, from: number, to: number): boolean {
  const length = to - from;
  if (word.length !== length) return false;
  for (let at = 0; at < length; at++) {
    if (word.charCodeAt(at) !== (codeAt(codes, from + at) | SMALL)) return false;
  }
  return true;
}
