/**
 * Reads one word: plain, abbreviated (`S/L`, `w/`), a contract (`ESZ5`), a label (`T1`) or two
 * things written as one (`ESlong`).
 */
import type { Root } from "../model/instrument.ts";
import { type Codes, codeAt } from "./codes.ts";
import { type Entry, known, knownAt, NO_ENTRY, SUM_START, sumWith } from "./dictionary.ts";
import { TARGET_MARK } from "./marks.ts";
import { isDigit } from "./numbers.ts";
import { startsContract, symbolAt } from "./symbols.ts";
import "./known-words.ts";

export interface Word {
  /** Lower case. */
  readonly text: string;
  readonly entry: Entry;
  readonly end: number;
}

/** What the letters at `at` say: one word, or two where contract and side are joined. */
export function wordsAt(text: string, codes: Codes, at: number): Word | readonly Word[] {
  const letters = lettersAt(text, codes, at);
  const { end } = letters;
  const isTrimmed = isTrimming(codeAt(codes, end));
  // Without digits or signs behind it, the name of a contract is a word like any other.
  const symbol =
    isTrimmed && startsContract(codeAt(codes, at), codeAt(codes, at + 1))
      ? symbolAt(text, at)
      : null;
  // "ESTATE" starts with a contract and is none; "ESZ5" goes on behind its letters.
  if (symbol !== null && symbol.end >= end) return wordOf(symbol.root, symbol.end);
  const abbreviation = abbreviationAt(text, codes, at);
  if (abbreviation !== null) return abbreviation;
  const entry = entryIn(text, codes, at, letters);
  if (entry === undefined) return { text: writtenAt(text, at, letters), entry: NO_ENTRY, end };
  if (entry.parts !== null) return parted(entry.parts, at);
  if (isTrimmed && isDigit(codeAt(codes, end))) return beforeDigits(text, entry, end);
  return { text: entry.text, entry, end };
}

/** A word the dictionary knows, and where it ends. */
export interface KnownWord {
  entry: Entry;
  end: number;
}

/**
 * The quick way for nearly all words: known as it stands there, with nothing behind it that could
 * belong to it. Writes what it finds into `found`.
 */
export function findKnown(codes: Codes, at: number, found: KnownWord): boolean {
  let end = at;
  let sum = SUM_START;
  let code = codeAt(codes, at);
  for (; isAsciiLetter(code); code = codeAt(codes, end)) {
    sum = sumWith(sum, code | SMALL);
    end += 1;
  }
  const isOver = code < 128 && GOES_ON[code] === 0;
  if (!isOver || abbreviationOf(codeAt(codes, at), codeAt(codes, at + 1)) !== undefined) {
    return false;
  }
  const entry = knownAt(codes, at, end, sum);
  if (entry === undefined || entry.parts !== null) return false;
  found.entry = entry;
  found.end = end;
  return true;
}

/** Digits and signs that may belong to the word before them. */
const GOES_ON = new Uint8Array(128);
for (const sign of "0123456789_'") GOES_ON[sign.charCodeAt(0)] = 1;

/** A run of letters, measured on the way. */
interface Letters {
  readonly end: number;
  readonly sum: number;
  /** Letters from a to z and apostrophes, and nothing beyond them. */
  readonly isPlain: boolean;
  readonly isSmall: boolean;
}

const SMALL = 32;

/** Letters, with apostrophes between them: `yesterday's`. */
function lettersAt(text: string, codes: Codes, from: number): Letters {
  let end = from;
  let sum = SUM_START;
  let small = SMALL;
  let isPlain = true;
  for (;;) {
    const code = codeAt(codes, end);
    if (code > 127) {
      if (!isLetter(text, end)) break;
      isPlain = false;
      end += Number(text.codePointAt(end)) > 0xffff ? 2 : 1;
      continue;
    }
    if (!isAsciiLetter(code) && !(code === APOSTROPHE && isLetterAt(text, codes, end + 1))) break;
    sum = sumWith(sum, code | SMALL);
    small &= code;
    end += 1;
  }
  return { end, sum, isPlain, isSmall: small === SMALL && isPlain };
}

export const isLetterAt = (text: string, codes: Codes, at: number): boolean => {
  const code = codeAt(codes, at);
  return code > 127 ? isLetter(text, at) : isAsciiLetter(code);
};

/** Position behind the letters at `from`. */
export const wordEnd = (text: string, codes: Codes, from: number): number =>
  lettersAt(text, codes, from).end;

const writtenAt = (text: string, at: number, { end, isSmall }: Letters): string =>
  isSmall ? text.slice(at, end) : text.slice(at, end).toLowerCase();

const entryIn = (text: string, codes: Codes, at: number, letters: Letters): Entry | undefined =>
  letters.isPlain
    ? knownAt(codes, at, letters.end, letters.sum)
    : known(writtenAt(text, at, letters));

export const wordOf = (root: Root, end: number): Word => plainWord(root.toLowerCase(), end);

export function plainWord(text: string, end: number): Word {
  const entry = known(text);
  return entry === undefined ? { text, entry: NO_ENTRY, end } : { text: entry.text, entry, end };
}

const UNDERSCORE = 95;

const isTrimming = (code: number): boolean => isDigit(code) || code === UNDERSCORE;

const LETTER = /\p{L}/u;

export const isAsciiLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** Of a character beyond the plain ones. */
export const isLetter = (text: string, at: number): boolean =>
  !isPictorial(text.charCodeAt(at)) &&
  LETTER.test(String.fromCodePoint(Number(text.codePointAt(at))));

/** Begins an emoji or is one: no letter lives there. */
const isPictorial = (code: number): boolean =>
  (code >= 0xd83c && code <= 0xd83e) || (code >= 0x2600 && code <= 0x27bf);

const APOSTROPHE = 39;

/** Abbreviations with signs inside, and what they stand for. */
const ABBREVIATIONS = [
  ["a", "dD", /adj(?:\.|(?![a-z]))/iy, "adjusted"],
  ["s", "./", /s[./]l(?![a-z])\.?/iy, "sl"],
  ["t", "./", /t[./]p(?![a-z])/iy, "tp"],
  ["b", "/.", /b(?:\/e|\.e\.?)(?![a-z])/iy, "breakeven"],
  ["w", "/", /w\//iy, "with"],
  ["p", "&/", /p[&/]l(?![a-z])/iy, "pnl"],
  ["e", ".", /e\.g\./iy, "example"],
  ["r", ":/", /r[:/]r(?![a-z])/iy, "reward"],
  ["r", "eE", /re[- ]?ent(?:ry|er|ers|ered|ering)(?![a-z])/iy, "reentry"],
] as const;

interface Abbreviation {
  readonly pattern: RegExp;
  readonly meaning: string;
}

const pairOf = (first: number, second: number): number => ((first | 32) << 7) | second;

/** By the first letter and what stands behind it: hardly any word gets further. */
const BY_PAIR: (Abbreviation | undefined)[] = Array.from({ length: 1 << 14 }, () => undefined);
for (const [first, seconds, pattern, meaning] of ABBREVIATIONS) {
  for (const second of seconds) {
    BY_PAIR[pairOf(first.charCodeAt(0), second.charCodeAt(0))] = { pattern, meaning };
  }
}

/** What these two characters may begin; hardly any two do. */
const abbreviationOf = (first: number, second: number): Abbreviation | undefined =>
  first < 128 && second < 128 ? BY_PAIR[pairOf(first, second)] : undefined;

function abbreviationAt(text: string, codes: Codes, at: number): Word | null {
  const found = abbreviationOf(codeAt(codes, at), codeAt(codes, at + 1));
  if (found === undefined) return null;
  const { pattern, meaning } = found;
  pattern.lastIndex = at;
  return pattern.test(text) ? plainWord(meaning, pattern.lastIndex) : null;
}

/**
 * Letters with digits behind them. In `T1` and `TP2` the digit is part of the label; in `ES6041`,
 * `Stop6316` and `ESlong6326` a price touches what stands before it.
 */
function beforeDigits(text: string, entry: Entry, end: number): Word {
  const isLabel = (entry.marks & TARGET_MARK) !== 0 && isOneDigit(text, end);
  return isLabel
    ? plainWord(entry.text + text.charAt(end), end + 1)
    : { text: entry.text, entry, end };
}

const isOneDigit = (text: string, at: number): boolean =>
  /^\d(?!\d|\.\d)/.test(text.slice(at, at + 3));

/** `eslong` and `shortnq`: contract and side written as one word. */
function parted([first, second]: readonly [Entry, Entry], at: number): readonly Word[] {
  const middle = at + first.text.length;
  const end = middle + second.text.length;
  return [
    { text: first.text, entry: first, end: middle },
    { text: second.text, entry: second, end },
  ];
}
