/**
 * What a message is read as: words, numbers and signs, each with all that is known of it.
 *
 * Words are lower case; that a letter was a capital is remembered, because "A" is a size and "a"
 * may be an article. `tokenizer.ts` cuts them out of the text.
 */
import type { Root } from "../model/instrument.ts";
import { ENTRIES_MAX, type Entry, isOne, NO_ENTRY, type WordSet } from "./dictionary.ts";
import { ENDING_MARK } from "./marks.ts";

export interface Token {
  readonly kind: "word" | "number" | "sign" | "emoji" | "mention" | "struck" | "newline" | "end";
  /** Lower case; a signed number keeps its sign. */
  readonly text: string;
  /** Of numbers; NaN where digits make no number, and for everything else. */
  readonly value: number;
  readonly root: Root | null;
  readonly capital: boolean;
  /** No blank between this and what stands before it. */
  readonly glued: boolean;
  /** What it is at a glance: see `marks.ts`. */
  readonly marks: number;
  /** All that is known of it. */
  readonly entry: Entry;
}

/** A run of tokens, the last one not included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const END: Token = token("end", "", false);
export const NEWLINE: Token = token("newline", "\n", false, false, ENDING_MARK);

/** Before the first and behind the last token there is only the end. */
export const tokenAt = (tokens: readonly Token[], at: number): Token =>
  // Asked outside its bounds, an array is looked up as slowly as a dictionary.
  at >= 0 && at < tokens.length ? (tokens[at] as Token) : END;

/** Whether one of these tokens says exactly this. */
export function hasText(tokens: readonly Token[], { from, to }: Range, text: string): boolean {
  for (let at = from; at < to; at++) if (tokenAt(tokens, at).text === text) return true;
  return false;
}

/** All marks that any of these tokens bears. */
export function marksIn(tokens: readonly Token[]): number {
  let marks = 0;
  for (const token of tokens) marks |= token.marks;
  return marks;
}

/** Whether one of these tokens is a word of the set. */
export function hasOne(tokens: readonly Token[], { from, to }: Range, wanted: WordSet): boolean {
  for (let at = from; at < to; at++) if (isOne(tokenAt(tokens, at), wanted)) return true;
  return false;
}

/** Of what the dictionary does not know. */
export function token(
  kind: Token["kind"],
  text: string,
  glued: boolean,
  capital = false,
  marks = 0,
  value = Number.NaN,
): Token {
  return { kind, text, value, root: null, capital, glued, marks, entry: NO_ENTRY };
}

/**
 * A known word, sign or emoji is made once and stands wherever it is written alike: nothing of it
 * ever changes, and most of a message is such.
 */
const KNOWN: (Token | undefined)[] = Array.from({ length: 4 * ENTRIES_MAX }, () => undefined);

export function knownToken(
  kind: Token["kind"],
  entry: Entry,
  glued: boolean,
  capital = false,
): Token {
  const place = 4 * entry.number + (glued ? 2 : 0) + (capital ? 1 : 0);
  return KNOWN[place] ?? made(place, kind, entry, glued, capital);
}

function made(
  place: number,
  kind: Token["kind"],
  entry: Entry,
  glued: boolean,
  capital: boolean,
): Token {
  const { text, root, marks } = entry;
  const one: Token = { kind, text, value: Number.NaN, root, capital, glued, marks, entry };
  KNOWN[place] = one;
  return one;
}
