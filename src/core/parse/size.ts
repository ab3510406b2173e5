/**
 * Finds the size letter and the tags behind an entry price.
 *
 * ```text
 * 6326: A   6326 (B)   6326 - C GAMMA   6326, stop 6316, size B      A, B or C
 * 6326: A+   A/B   half A   A x2   X   a stop at 6316                 unclear: never guess a size
 * ```
 */

import type { SizeLetter } from "../model/alert.ts";
import { isOne, words } from "./dictionary.ts";
import { STOP_WORDS, TAGS } from "./lexicon.ts";
import { GAIN_MARK, STOP_MARK, TARGET_MARK } from "./marks.ts";
import { pointsEnd } from "./prices.ts";
import { type Range, type Token, tokenAt } from "./tokens.ts";

export interface SizeReading {
  readonly letter: SizeLetter | null;
  readonly tags: readonly string[];
  readonly fault: string | null;
  /** The letter stands right behind the price. */
  readonly isSuffix: boolean;
}

/** Reads the suffix that starts at `suffixAt`, and "size B" anywhere in the range. */
export function readSize(
  tokens: readonly Token[],
  suffixAt: number,
  { from, to }: Range,
): SizeReading {
  const suffix = readSuffix(tokens, suffixAt);
  const named = suffix.fault === null ? readNamed(tokens, from, to) : suffix;
  const isTwice = suffix.letter !== null && named.letter !== null;
  const differ = isTwice && suffix.letter !== named.letter;
  return {
    letter: suffix.letter ?? named.letter,
    tags: withBracketed(suffix.tags, bracketedTags(tokens, from, to)),
    fault: named.fault ?? (differ ? "two size letters" : null),
    isSuffix: suffix.letter !== null,
  };
}

const withBracketed = (tags: readonly string[], bracketed: readonly string[]): readonly string[] =>
  tags.length < 2 && bracketed.length === 0 ? tags : [...new Set([...tags, ...bracketed])];

interface Suffix {
  letter: SizeLetter | null;
  tags: string[];
  fault: string | null;
}

const SEPARATOR = words(": = / , ; ( ) | [ ] -");
const MODIFIER = words("half quarter third double triple full roll rolling rolled plus minus");

function readSuffix(tokens: readonly Token[], from: number): Suffix {
  const suffix: Suffix = { letter: null, tags: [], fault: null };
  for (let at = from; suffix.fault === null; at++) {
    const token = tokenAt(tokens, at);
    const { kind, text, root } = token;
    if (kind === "emoji" || kind === "mention" || isOne(token, SEPARATOR)) continue;
    if (isTag(tokens, at)) suffix.tags.push(text.toUpperCase());
    else if (isModifier(tokens, at, suffix.letter)) suffix.fault = `"${text}" is no size`;
    else if (root !== null || !isLoneLetter(tokens, at)) break;
    else if (suffix.letter === null) readLetter(tokens, at, suffix);
    else if (tokenAt(tokens, at).capital) suffix.fault = "two size letters";
    else break;
  }
  return suffix;
}

/** "A GAMMA", "A GAMMA stop 6316", but not "A (gamma flip is 6310)". */
function isTag(tokens: readonly Token[], at: number): boolean {
  if (!isOne(tokenAt(tokens, at), TAGS)) return false;
  const next = tokenAt(tokens, at + 1);
  return next.kind !== "word" || isOne(next, TAGS) || goesOn(next) || next.text.length === 1;
}

/** "half A", "A (half)"; but in "A, half off at T1" the sentence has gone on. */
const isModifier = (tokens: readonly Token[], at: number, letter: SizeLetter | null): boolean =>
  isOne(tokenAt(tokens, at), MODIFIER) && (letter === null || tokenAt(tokens, at - 1).text !== ",");

/** A letter by itself; "T 6333" and "I like it" are no sizes. */
function isLoneLetter(tokens: readonly Token[], at: number): boolean {
  const { kind, text, capital, marks } = tokenAt(tokens, at);
  if (kind !== "word" || text.length > 2 || (marks & TARGET_MARK) !== 0) return false;
  const claimed = tokenAt(tokens, at - 1).text === ":";
  // "AA" behind the colon claims to be a size as well.
  if (text.length === 2) return claimed && /^[abc]{2}$/.test(text);
  return text.length === 1 && text !== "i" && (claimed || capital || /[abc]/.test(text));
}

function readLetter(tokens: readonly Token[], at: number, suffix: Suffix): void {
  const letter = SIZES.get(tokenAt(tokens, at).text);
  if (letter === undefined) suffix.fault = `unknown size "${shownAt(tokens, at)}"`;
  else suffix.fault = faultOfLetter(tokens, at, letter);
  if (suffix.fault === null && letter !== undefined) suffix.letter = letter;
}

export const SIZES: ReadonlyMap<string, SizeLetter> = new Map([
  ["a", "A"],
  ["b", "B"],
  ["c", "C"],
]);

const shownAt = (tokens: readonly Token[], at: number): string =>
  tokenAt(tokens, at).text.toUpperCase();

const PAIR_SIGNS = words("/ & -");
const PAIR_WORDS = words("or and to");

/** What stands behind a size letter and makes it doubtful. */
function faultOfLetter(tokens: readonly Token[], at: number, shown: SizeLetter): string | null {
  const next = tokenAt(tokens, at + 1);
  const after = tokenAt(tokens, at + 2);
  if (next.text === "+" || (next.marks & GAIN_MARK) !== 0) return `"${shown}+" is no size`;
  const isPair = isOne(next, PAIR_SIGNS) || (isOne(next, PAIR_WORDS) && after.capital);
  if (isPair && /^[a-d]$/.test(after.text)) return "two size letters";
  if (next.text === "-" && next.glued && !after.glued) return `"${shown}-" is no size`;
  if (next.text === "x" || isOne(next, MODIFIER)) return "a size with a multiplier";
  if (next.kind === "number") return faultOfNumber(tokens, at + 1, shown);
  return shown === "A" ? faultOfArticle(tokens, at) : null;
}

/** "A 10 pt stop" goes on with the stop; "A2" and "A 2" are no sizes. */
function faultOfNumber(tokens: readonly Token[], at: number, shown: string): string | null {
  const isStop = pointsEnd(tokens, at + 1) > 0 || isOne(tokenAt(tokens, at + 1), STOP_WORDS);
  return isStop && !tokenAt(tokens, at).glued ? null : `a number follows size "${shown}"`;
}

const MARKED = words(": = ( / ; | [ - size");
const GOES_ON = words("size with hard initial protective entry alert");

const goesOn = (token: Token): boolean =>
  (token.marks & (STOP_MARK | TARGET_MARK)) !== 0 || isOne(token, GOES_ON);

/** "6326, a stop at 6316" is an article; "6326: A", "6326 A SL 6316" is a size. */
function faultOfArticle(tokens: readonly Token[], at: number): string | null {
  if (isOne(tokenAt(tokens, at - 1), MARKED)) return null;
  const next = tokenAt(tokens, at + 1);
  if (next.kind !== "word" || isOne(next, TAGS)) return null;
  return goesOn(next) && tokenAt(tokens, at).capital ? null : 'is "a" a size or an article?';
}

const SIZE_WORDS = words("size sizing");

/** "size B", "Size: C", "B size"; "size small" says nothing. */
function readNamed(tokens: readonly Token[], from: number, to: number): Suffix {
  const named: Suffix = { letter: null, tags: [], fault: null };
  for (let at = from; at < to && named.fault === null; at++) {
    if (!isOne(tokenAt(tokens, at), SIZE_WORDS)) continue;
    const letter = letterNear(tokens, at);
    if (isOne(tokenAt(tokens, letter + 1), MODIFIER)) named.fault = "a size with a multiplier";
    else if (letter !== at) readLetter(tokens, letter, named);
  }
  return named;
}

/** Position of the letter that belongs to the word "size"; the word's own where none does. */
function letterNear(tokens: readonly Token[], at: number): number {
  const next = /^(?:[:=-]|is)$/.test(tokenAt(tokens, at + 1).text) ? at + 2 : at + 1;
  const { text, capital } = tokenAt(tokens, next);
  if (/^[a-z]$/.test(text) && (capital || tokenAt(tokens, next + 1).kind !== "word")) return next;
  const before = tokenAt(tokens, at - 1);
  return /^[abc]$/.test(before.text) && before.capital ? at - 1 : at;
}

/** "(GAMMA)", but not "(gamma flip is 6310)". */
function bracketedTags(tokens: readonly Token[], from: number, to: number): readonly string[] {
  const found: string[] = [];
  for (let at = from; at < to; at++) {
    const tag = tokenAt(tokens, at);
    if (!isOne(tag, TAGS)) continue;
    const isOpen = /^[([]$/.test(tokenAt(tokens, at - 1).text);
    const isClosed = /^[)\]]$/.test(tokenAt(tokens, at + 1).text);
    if (isOpen && isClosed) found.push(tag.text.toUpperCase());
  }
  return found;
}
