/**
 * Reads one word: plain, abbreviated (`S/L`, `w/`), a contract (`ESZ5`), a label (`T1`) or two
 * things written as one (`ESlong`).
 */
import type { Root } from "../model/instrument.ts";
import { isRoot } from "../model/instruments.ts";
import { isTargetWord } from "./lexicon.ts";
import { isDigit } from "./numbers.ts";
import { symbolAt } from "./symbols.ts";

export interface Word {
  /** Lower case. */
  readonly text: string;
  readonly root: Root | null;
  readonly end: number;
}

/** What the letters at `at` say: one word, or two where contract and side are joined. */
export function wordsAt(text: string, at: number): readonly Word[] {
  const end = wordEnd(text, at);
  const symbol = symbolAt(text, at);
  // "ESTATE" starts with a contract and is none; "ESZ5" goes on behind its letters.
  if (symbol !== null && symbol.end >= end) return [wordOf(symbol.root, symbol.end)];
  const abbreviation = abbreviationAt(text, at);
  if (abbreviation !== null) return [abbreviation];
  const word = text.slice(at, end).toLowerCase();
  if (word.length >= 5 && word.length <= 8 && JOINED.test(word)) return parted(word, at);
  if (isDigit(text.charCodeAt(end))) return [beforeDigits(text, word, end)];
  return [{ text: word, root: null, end }];
}

export const wordOf = (root: Root, end: number): Word => ({ text: root.toLowerCase(), root, end });

const LETTER = /\p{L}/u;

export function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code > 127) return LETTER.test(String.fromCodePoint(Number(text.codePointAt(at))));
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Letters, with apostrophes between them: `yesterday's`. */
export function wordEnd(text: string, from: number): number {
  let end = from;
  while (isLetter(text, end) || (text.charAt(end) === "'" && isLetter(text, end + 1))) {
    end += Number(text.codePointAt(end)) > 0xffff ? 2 : 1;
  }
  return end;
}

/** Abbreviations with signs inside, and what they stand for, by their first letter. */
const ABBREVIATIONS: ReadonlyMap<string, readonly (readonly [RegExp, string])[]> = new Map([
  ["a", [[/adj(?:\.|(?![a-z]))/iy, "adjusted"]]],
  ["s", [[/s[./]l(?![a-z])\.?/iy, "sl"]]],
  ["t", [[/t[./]p(?![a-z])/iy, "tp"]]],
  ["b", [[/b(?:\/e|\.e\.?)(?![a-z])/iy, "breakeven"]]],
  ["w", [[/w\//iy, "with"]]],
  ["p", [[/p[&/]l(?![a-z])/iy, "pnl"]]],
  ["e", [[/e\.g\./iy, "example"]]],
  [
    "r",
    [
      [/r[:/]r(?![a-z])/iy, "reward"],
      [/re[- ]?ent(?:ry|er|ers|ered|ering)(?![a-z])/iy, "reentry"],
    ],
  ],
]);

function abbreviationAt(text: string, at: number): Word | null {
  for (const [pattern, meaning] of ABBREVIATIONS.get(text.charAt(at).toLowerCase()) ?? []) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return { text: meaning, root: null, end: pattern.lastIndex };
  }
  return null;
}

/**
 * Letters with digits behind them. In `T1` and `TP2` the digit is part of the label; in `ES6041`,
 * `Stop6316` and `ESlong6326` a price touches what stands before it.
 */
function beforeDigits(text: string, word: string, end: number): Word {
  const root = word.toUpperCase();
  if (isRoot(root)) return wordOf(root, end);
  const isLabel = isTargetWord(word) && /^\d(?!\d|\.\d)/.test(text.slice(end, end + 3));
  return isLabel
    ? { text: word + text.charAt(end), root: null, end: end + 1 }
    : { text: word, root: null, end };
}

/** `eslong` and `shortnq`: contract and side written as one word. */
const JOINED =
  /^(?:(?:m?es|m?nq|m?ym|rty|m?cl|ng|m?gc|sil?|zb|zn|zf|zt)(?:long|short|buy|sell)|(?:long|short|buy|sell)(?:m?es|m?nq|m?ym|rty|m?cl|ng|m?gc|sil?|zb|zn|zf|zt))$/;
const JOINT = /(?<=^(?:long|short|buy|sell))|(?=(?:long|short|buy|sell)$)/;

function parted(word: string, at: number): readonly Word[] {
  return word.split(JOINT).map((part, index) => {
    const end = index === 0 ? at + part.length : at + word.length;
    const root = part.toUpperCase();
    return isRoot(root) ? wordOf(root, end) : { text: part, root: null, end };
  });
}
