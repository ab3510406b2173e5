/**
 * Reads one word: plain, abbreviated (`S/L`, `w/`), a contract (`ESZ5`), a label (`T1`) or two
 * things written as one (`ESlong`).
 */
import type { Root } from "../model/instrument.ts";
import { type Codes, codeAt } from "./codes.ts";
import {
  type Entry,
  highWith,
  known,
  knownAs,
  lowWith,
  NO_ENTRY,
  SPELLED_MAX,
} from "./dictionary.ts";
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
  const written = writtenAt(text, at, letters);
  const entry = known(written);
  if (entry === undefined) return { text: written, entry: NO_ENTRY, end };
  if (entry.parts !== null) return parted(entry.parts, at);
  if (isTrimmed && isDigit(codeAt(codes, end))) return beforeDigits(text, codes, entry, end);
  return { text: entry.text, entry, end };
}

/** A word of nothing but letters. */
export interface PlainWord {
  /** `NO_ENTRY` where nobody knows it. */
  entry: Entry;
  end: number;
  /** Without a capital letter. */
  isSmall: boolean;
}

/**
 * The quick way for nearly all words: letters, with nothing behind them that could belong to the
 * word. Writes what it finds into `found`.
 */
export function findPlain(codes: Codes, at: number, found: PlainWord): boolean {
  let end = at;
  let low = 0;
  let high = 0;
  let small = SMALL;
  let code = codeAt(codes, at);
  for (; isAsciiLetter(code); code = codeAt(codes, end)) {
    high = highWith(low, high);
    low = lowWith(low, code);
    small &= code;
    end += 1;
  }
  const isOver = code < 128 && GOES_ON[code] === 0 && end - at <= SPELLED_MAX;
  if (!isOver || abbreviationOf(codeAt(codes, at), codeAt(codes, at + 1)) > 0) return false;
  const entry = knownAs(low, high) ?? NO_ENTRY;
  if (entry.parts !== null) return false;
  found.entry = entry;
  found.end = end;
  found.isSmall = small === SMALL;
  return true;
}

/** Digits and signs that may belong to the word before them. */
const GOES_ON = new Uint8Array(128);
for (const sign of "0123456789_'") GOES_ON[sign.charCodeAt(0)] = 1;

/** A run of letters, measured on the way. */
interface Letters {
  readonly end: number;
  readonly isSmall: boolean;
}

const SMALL = 32;

/** Letters, with apostrophes between them: `yesterday's`. */
function lettersAt(text: string, codes: Codes, from: number): Letters {
  let end = from;
  let small = SMALL;
  for (;;) {
    const code = codeAt(codes, end);
    if (code > 127) {
      if (!isLetter(text, end)) break;
      small = 0;
      end += Number(text.codePointAt(end)) > 0xffff ? 2 : 1;
      continue;
    }
    if (!isAsciiLetter(code) && !(code === APOSTROPHE && isLetterAt(text, codes, end + 1))) break;
    small &= code;
    end += 1;
  }
  return { end, isSmall: small === SMALL };
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

export const wordOf = (root: Root, end: number): Word => plainWord(root.toLowerCase(), end);

export function plainWord(text: string, end: number): Word {
  const entry = known(text);
  return entry === undefined ? { text, entry: NO_ENTRY, end } : { text: entry.text, entry, end };
}

const UNDERSCORE = 95;

const isTrimming = (code: number): boolean => isDigit(code) || code === UNDERSCORE;

const LETTER = /\p{L}/u;

export const isAsciiLetter = (code: number): boolean => ((code | SMALL) - 97) >>> 0 < 26;

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

const pairOf = (first: number, second: number): number => ((first | 32) << 7) | second;

/** By the first letter and what stands behind it, counted from one: hardly any word gets further. */
const BY_PAIR = new Uint8Array(1 << 14);
ABBREVIATIONS.forEach(([first, seconds], index) => {
  for (const second of seconds) {
    BY_PAIR[pairOf(first.charCodeAt(0), second.charCodeAt(0))] = index + 1;
  }
});

/** Which of them these two characters may begin; 0 for hardly any two. */
const abbreviationOf = (first: number, second: number): number =>
  first < 128 && second < 128 ? Number(BY_PAIR[pairOf(first, second)]) : 0;

function abbreviationAt(text: string, codes: Codes, at: number): Word | null {
  const found = abbreviationOf(codeAt(codes, at), codeAt(codes, at + 1));
  const abbreviation = found === 0 ? undefined : ABBREVIATIONS[found - 1];
  if (abbreviation === undefined) return null;
  const [, , pattern, meaning] = abbreviation;
  pattern.lastIndex = at;
  return pattern.test(text) ? plainWord(meaning, pattern.lastIndex) : null;
}

/**
 * Letters with digits behind them. In `T1` and `TP2` the digit is part of the label; in `ES6041`,
 * `Stop6316` and `ESlong6326` a price touches what stands before it.
 */
function beforeDigits(text: string, codes: Codes, entry: Entry, end: number): Word {
  const isLabel = (entry.marks & TARGET_MARK) !== 0 && isOneDigit(codes, end);
  return isLabel
    ? plainWord(entry.text + text.charAt(end), end + 1)
    : { text: entry.text, entry, end };
}

/** By itself, not the first of a number. */
const isOneDigit = (codes: Codes, at: number): boolean =>
  isDigit(codeAt(codes, at)) &&
  !isDigit(codeAt(codes, at + 1)) &&
  !(codeAt(codes, at + 1) === POINT && isDigit(codeAt(codes, at + 2)));

const POINT = 46;

/** `eslong` and `shortnq`: contract and side written as one word. */
function parted([first, second]: readonly [Entry, Entry], at: number): readonly Word[] {
  const middle = at + first.text.length;
  const end = middle + second.text.length;
  return [
    { text: first.text, entry: first, end: middle },
    { text: second.text, entry: second, end },
  ];
}
