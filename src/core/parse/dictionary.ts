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

export interface Entry {
  /** Lower case. */
  readonly text: string;
  /** Its place in tables that keep something for each of them. */
  readonly number: number;
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
  readonly words: readonly Entry[];
  /** Null: an idiom without meaning for us. */
  readonly reason: string | null;
  readonly until: Until;
}

/** What ends the force of a cue: nothing, a word of the present, or that or an alarm sign. */
export type Until = "never" | "present" | "alarm";

/** Words that stand side by side, and what they are in an update. */
export interface Phrase {
  readonly words: readonly Entry[];
  readonly part: string;
}

/** Not understood: the sentence may say anything. */
export const STRANGE_PART = "?";

const ROW_BITS = 31;
const ROWS = 6;

/** More words than the grammar will ever know. */
export const ENTRIES_MAX = 4_096;

let entryCount = 0;

const bareEntry = (text: string): Entry => ({
  text,
  number: entryCount++,
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
  if (SPELLABLE.test(word)) place(entry);
  return entry;
}

function placeSign(entry: Entry, codePoint: number): void {
  if (codePoint < ASCII) PLAIN_SIGNS[codePoint] = entry;
  else BY_CODE_POINT.set(codePoint, entry);
}

const ONE_SIGN = /^.$/su;
const SPELLABLE = /^[a-z]{1,12}$/;

/** As the name of a property it is the one string of its letters, which compares at a glance. */
const kept = (word: string): string => String(Object.keys({ [word]: 0 })[0]);

/** Sets a bit of `marks.ts` for all these words. */
export function mark(texts: Iterable<string>, bit: number): void {
  for (const text of texts) entryOf(text).marks |= bit;
}

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
  invariant(row < ROWS && entryCount < ENTRIES_MAX, "the dictionary has a bit for every set");
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

// The letters of a word are packed into two numbers, five bits a letter: two words are the same when
// both numbers are. The last six letters are in `low`, the six before them in `high`.

/** No more letters fit; longer words are looked for as texts. */
export const SPELLED_MAX = 12;

const BITS_OF_LETTER = 5;
const BITS_OF_REST = 25;
const SIX_LETTERS = (1 << 30) - 1;

/** With one letter more, small or capital. */
export const highWith = (low: number, high: number): number =>
  ((high << BITS_OF_LETTER) | (low >>> BITS_OF_REST)) & SIX_LETTERS;
export const lowWith = (low: number, code: number): number =>
  ((low << BITS_OF_LETTER) | (code & 31)) & SIX_LETTERS;

/** The words that can be spelled so, findable without cutting them out of a text. */
const PLACES = 4_096;
const SPELLINGS = new Int32Array(2 * PLACES);
const SPELLED: (Entry | undefined)[] = Array.from({ length: PLACES }, () => undefined);

const placeOf = (low: number, high: number): number =>
  Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> 20;
const placeBehind = (at: number): number => (at + 1) & (PLACES - 1);

function place(entry: Entry): void {
  let [low, high] = [0, 0];
  for (let at = 0; at < entry.text.length; at++) {
    high = highWith(low, high);
    low = lowWith(low, entry.text.charCodeAt(at));
  }
  let at = placeOf(low, high);
  while (SPELLED[at] !== undefined) at = placeBehind(at);
  SPELLINGS[2 * at] = low;
  SPELLINGS[2 * at + 1] = high;
  SPELLED[at] = entry;
}

/** The word that is spelled so. */
export function knownAs(low: number, high: number): Entry | undefined {
  for (let at = placeOf(low, high); ; at = placeBehind(at)) {
    const found = SPELLINGS[2 * at];
    if (found === 0 || (found === low && SPELLINGS[2 * at + 1] === high)) return SPELLED[at];
  }
}
