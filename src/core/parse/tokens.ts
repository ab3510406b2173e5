/**
 * Cuts the cleaned text into words, numbers and signs. Every later stage reads these, never text.
 *
 * ```text
 * 🚨 ES long 6326: A ⏎ Stop: 6,316   ──►   🚨  [ES]  long  6326  :  a  ⏎  stop  :  6316
 * ```
 *
 * Words are lower case; that a letter was a capital is remembered, because "A" is a size and "a"
 * may be an article. One pass, no backing up: the work grows with the length of the text.
 */
import { invariant } from "../../std/assert.ts";
import type { Root } from "../model/instrument.ts";
import { EMOJI, MENTION, STRUCK } from "./characters.ts";
import { isTargetWord } from "./lexicon.ts";
import { isDigit, numberAt } from "./numbers.ts";
import { symbolAt } from "./symbols.ts";

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
}

/** A run of tokens, the last one not included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const END: Token = token("end", "", false);

/** Before the first and behind the last token there is only the end. */
export const tokenAt = (tokens: readonly Token[], at: number): Token => tokens[at] ?? END;

export function tokensOf(text: string): readonly Token[] {
  const scan: Scan = { text, at: 0, glued: false, tokens: [] };
  while (scan.at < text.length) scanOne(scan);
  return scan.tokens;
}

interface Scan {
  readonly text: string;
  at: number;
  glued: boolean;
  readonly tokens: Token[];
}

function token(kind: Token["kind"], text: string, glued: boolean): Token {
  return { kind, text, value: Number.NaN, root: null, capital: false, glued };
}

function add(scan: Scan, one: Token, end: number): void {
  scan.tokens.push(one);
  scan.at = end;
  scan.glued = true;
}

function scanOne(scan: Scan): void {
  const { text, at, glued } = scan;
  const code = text.charCodeAt(at);
  if (code === 32) {
    scan.glued = false;
    scan.at += 1;
  } else if (code === 10) addNewline(scan);
  else if (isDigit(code)) addNumberOrSymbol(scan);
  else if (isLetter(text, at)) addWord(scan);
  else if (isAscii(code)) addSign(scan);
  else if (code === 0x2192) add(scan, token("sign", ">", glued), at + 1);
  else addPicture(scan);
}

/** Blank lines mean nothing: any number of line ends is one. */
function addNewline(scan: Scan): void {
  if (lastOf(scan).kind !== "newline") {
    scan.tokens.push(token("newline", "\n", false));
  }
  scan.at += 1;
  scan.glued = false;
}

const isAscii = (code: number): boolean => code > 32 && code < 127;

const LETTER = /\p{L}/u;

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code > 127) return LETTER.test(String.fromCodePoint(Number(text.codePointAt(at))));
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Everything else one can see: emoji and foreign signs, half an emoji included. */
function addPicture(scan: Scan): void {
  const { text, at, glued } = scan;
  const picture = String.fromCodePoint(Number(text.codePointAt(at)));
  const kind = KIND_OF_MARK[picture] ?? "emoji";
  add(scan, token(kind, picture, glued), at + picture.length);
}

const KIND_OF_MARK: Readonly<Record<string, Token["kind"]>> = {
  [MENTION]: "mention",
  [EMOJI]: "emoji",
  [STRUCK]: "struck",
};

function addSign(scan: Scan): void {
  const { text, at } = scan;
  const sign = text.charAt(at);
  if (sign === "@" && isLetter(text, at + 1)) addName(scan);
  else if (sign === "$" && !/[ \n$]/.test(text.charAt(at + 1))) skipTickerMark(scan);
  else if (sign === "-" && text.charAt(at + 1) === ">") addPlainSign(scan, ">", 2);
  else if (isSignOfNumber(scan, sign) && startsNumber(text, at + 1)) addNumber(scan, sign);
  else if (sign === "." && startsNumber(text, at) && !touchesWord(scan)) addNumber(scan, "");
  else addPlainSign(scan, sign, 1);
}

function addPlainSign(scan: Scan, sign: string, length: number): void {
  add(scan, token("sign", sign, scan.glued), scan.at + length);
}

/** Somebody is called by name: `@JMoney`. */
function addName(scan: Scan): void {
  let end = scan.at + 1;
  while (/[\w.]/.test(scan.text.charAt(end))) end += 1;
  add(scan, token("mention", MENTION, scan.glued), end);
}

/** `$6,071` and `$ES`: the mark says nothing more than what follows it. */
function skipTickerMark(scan: Scan): void {
  scan.at += 1;
}

const startsNumber = (text: string, at: number): boolean =>
  isDigit(text.charCodeAt(at)) ||
  (text.charAt(at) === "." && isDigit(text.charCodeAt(at + 1))) ||
  (text.charAt(at) === "$" && isDigit(text.charCodeAt(at + 1)));

/**
 * A dash glued to the front of a number is a minus when it follows a blank or a separator, and a
 * dash when it follows a number or touches a word: `Stop -6316`, but `Stop-6316`, `6304 -10 pt`.
 */
const isSignOfNumber = (scan: Scan, sign: string): boolean =>
  sign === "+" || (sign === "-" && lastOf(scan).kind !== "number" && !touchesWord(scan));

const touchesWord = (scan: Scan): boolean => scan.glued && lastOf(scan).kind === "word";

const lastOf = ({ tokens }: Scan): Token => tokenAt(tokens, tokens.length - 1);

function addNumber(scan: Scan, sign: string): void {
  const { text, at, glued } = scan;
  const first = at + sign.length;
  const start = text.charAt(first) === "$" ? first + 1 : first;
  const { value, end } = numberAt(text, start, !isTargetWord(lastOf(scan).text));
  const shown = sign + text.slice(start, end);
  add(scan, { ...token("number", shown, glued), value: sign === "-" ? -value : value }, end);
}

/** `6E` and `6EZ5` are contracts; every other digit starts a number. */
function addNumberOrSymbol(scan: Scan): void {
  const symbol = scan.text.charAt(scan.at) === "6" ? symbolAt(scan.text, scan.at) : null;
  if (symbol === null) addNumber(scan, "");
  else addSymbol(scan, symbol.root, symbol.end);
}

function addSymbol(scan: Scan, root: Root, end: number): void {
  add(scan, { ...token("word", root.toLowerCase(), scan.glued), root }, end);
}

/** Abbreviations with signs inside; the name of the group is the word they stand for. */
const ABBREVIATION =
  /(?<sl>s[./]l(?![a-z])\.?)|(?<tp>t[./]p(?![a-z]))|(?<breakeven>b\/e(?![a-z]))|(?<with>w\/)|(?<reward>r[:/]r(?![a-z]))|(?<pnl>p[&/]l(?![a-z]))|(?<example>e\.g\.)|(?<reentry>re[- ]?ent(?:ry|er|ers|ered|ering)(?![a-z]))/iy;

function addWord(scan: Scan): void {
  const { text, at } = scan;
  const end = wordEnd(text, at);
  const symbol = symbolAt(text, at);
  ABBREVIATION.lastIndex = at;
  const abbreviation = ABBREVIATION.exec(text);
  if (symbol !== null && symbol.end >= end) addSymbol(scan, symbol.root, symbol.end);
  else if (abbreviation !== null) addAbbreviation(scan, abbreviation);
  else if (JOINED_PAIR.test(text.slice(at, end))) addPair(scan, end);
  else addPlainWord(scan, targetLabelEnd(text, at, end));
}

function addPlainWord(scan: Scan, end: number): void {
  const { text, at, glued } = scan;
  const word = text.slice(at, end).toLowerCase();
  add(scan, { ...token("word", word, glued), capital: text.charCodeAt(at) <= 90 }, end);
}

function addAbbreviation(scan: Scan, { 0: found, groups }: RegExpExecArray): void {
  invariant(groups !== undefined, "every abbreviation has a name");
  for (const [word, part] of Object.entries(groups)) {
    if (part !== undefined) add(scan, token("word", word, scan.glued), scan.at + found.length);
  }
}

/** Letters, with apostrophes between them: `yesterday's`. */
function wordEnd(text: string, from: number): number {
  let end = from;
  while (isLetter(text, end) || (text.charAt(end) === "'" && isLetter(text, end + 1))) {
    end += Number(text.codePointAt(end)) > 0xffff ? 2 : 1;
  }
  return end;
}

/** `T1`, `TP2`, `target3`: the digit is part of the label, not a price. */
function targetLabelEnd(text: string, from: number, end: number): number {
  const hasDigit = /^\d(?!\d|\.\d)/.test(text.slice(end, end + 3));
  return hasDigit && isTargetWord(text.slice(from, end).toLowerCase()) ? end + 1 : end;
}

/** `eslong` and `shortnq`: contract and side written as one word. */
const JOINED_PAIR =
  /^(?:(?:es|mes|nq|mnq|ym|mym|rty|cl|mcl|ng|gc|mgc|si|sil|zb|zn|zf|zt)(?:long|short|buy|sell)|(?:long|short|buy|sell)(?:es|mes|nq|mnq|ym|mym|rty|cl|mcl|ng|gc|mgc|si|sil|zb|zn|zf|zt))$/i;
const JOINT = /(?<=^(?:long|short|buy|sell))|(?=(?:long|short|buy|sell)$)/i;

function addPair(scan: Scan, end: number): void {
  for (const part of scan.text.slice(scan.at, end).split(JOINT)) {
    const symbol = symbolAt(part, 0);
    if (symbol === null) add(scan, token("word", part.toLowerCase(), scan.glued), end);
    else addSymbol(scan, symbol.root, end);
  }
}
