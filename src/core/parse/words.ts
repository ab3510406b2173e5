/**
 * Reads one word: plain, abbreviated (`S/L`, `w/`), a contract (`ESZ5`), a label (`T1`) or two
 * things written as one (`ESlong`).
 */
import type { Root } from "../model/instrument.ts";
import { type KnownWord, knownWord, marksOf } from "./known-words.ts";
import { TARGET_MARK } from "./marks.ts";
import { isDigit } from "./numbers.ts";
import { isInitial, symbolAt } from "./symbols.ts";

export interface Word {
  /** Lower case. */
  readonly text: string;
  readonly root: Root | null;
  readonly marks: number;
  readonly end: number;
}

/** What the letters at `at` say: one word, or two where contract and side are joined. */
export function wordsAt(text: string, at: number): Word | readonly Word[] {
  const end = wordEnd(text, at);
  const isTrimmed = end < text.length && isTrimming(text.charCodeAt(end));
  // Without digits or signs behind it, the name of a contract is a word like any other.
  const symbol = isTrimmed && isInitial(text.charCodeAt(at)) ? symbolAt(text, at) : null;
  // "ESTATE" starts with a contract and is none; "ESZ5" goes on behind its letters.
  if (symbol !== null && symbol.end >= end) return wordOf(symbol.root, symbol.end);
  const abbreviation = abbreviationAt(text, at);
  if (abbreviation !== null) return abbreviation;
  const word = text.slice(at, end).toLowerCase();
  const known = knownWord(word);
  if (known === undefined) return { text: word, root: null, marks: 0, end };
  if (known.parts !== null) return parted(known.parts, at);
  if (isTrimmed && isDigit(text.charCodeAt(end))) return beforeDigits(text, known, end);
  return { text: known.text, root: known.root, marks: known.marks, end };
}

export function wordOf(root: Root, end: number): Word {
  const text = root.toLowerCase();
  return { text, root, marks: marksOf(text), end };
}

export const plainWord = (text: string, end: number): Word => ({
  text,
  root: null,
  marks: marksOf(text),
  end,
});

const UNDERSCORE = 95;

const isTrimming = (code: number): boolean => isDigit(code) || code === UNDERSCORE;

const LETTER = /\p{L}/u;

const isAsciiLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

export function isLetter(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const code = text.charCodeAt(at);
  return code > 127
    ? LETTER.test(String.fromCodePoint(Number(text.codePointAt(at))))
    : isAsciiLetter(code);
}

const APOSTROPHE = 39;

/** Letters, with apostrophes between them: `yesterday's`. */
export function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (isAsciiLetter(code)) end += 1;
    else if (code === APOSTROPHE && isLetter(text, end + 1)) end += 1;
    else if (code > 127 && isLetter(text, end))
      end += Number(text.codePointAt(end)) > 0xffff ? 2 : 1;
    else break;
  }
  return end;
}

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

function abbreviationAt(text: string, at: number): Word | null {
  if (at + 1 >= text.length) return null;
  const [first, second] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  const found = first < 128 && second < 128 ? BY_PAIR[pairOf(first, second)] : undefined;
  if (found === undefined) return null;
  const { pattern, meaning } = found;
  pattern.lastIndex = at;
  return pattern.test(text) ? plainWord(meaning, pattern.lastIndex) : null;
}

/**
 * Letters with digits behind them. In `T1` and `TP2` the digit is part of the label; in `ES6041`,
 * `Stop6316` and `ESlong6326` a price touches what stands before it.
 */
function beforeDigits(text: string, word: KnownWord, end: number): Word {
  const isLabel = (word.marks & TARGET_MARK) !== 0 && isOneDigit(text, end);
  return isLabel
    ? plainWord(word.text + text.charAt(end), end + 1)
    : { text: word.text, root: word.root, marks: word.marks, end };
}

const isOneDigit = (text: string, at: number): boolean =>
  /^\d(?!\d|\.\d)/.test(text.slice(at, at + 3));

/** `eslong` and `shortnq`: contract and side written as one word. */
function parted([first, second]: readonly [string, string], at: number): readonly Word[] {
  const middle = at + first.length;
  return [partOf(first, middle), partOf(second, middle + second.length)];
}

const partOf = (text: string, end: number): Word => ({
  text,
  root: knownWord(text)?.root ?? null,
  marks: marksOf(text),
  end,
});
