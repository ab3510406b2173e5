/**
 * Cuts the cleaned text into words, numbers and signs. Every later stage reads these, never text.
 *
 * ```text
 * 🚨 ES long 6326: A ⏎ Stop: 6,316   ──►   🚨  [ES]  long  6326  :  a  ⏎  stop  :  6316
 * ```
 *
 * One pass, no backing up: the work grows with the length of the text.
 */
import { MENTION, STRUCK } from "./characters.ts";
import { type Codes, codeAt, codesOf } from "./codes.ts";
import { entryOf, knownSign, NO_ENTRY } from "./dictionary.ts";
import { FOREIGN_MARK, GAIN_MARK, LOSS_MARK, NUMBER_MARK, TARGET_MARK } from "./marks.ts";
import { isDigit, numberAt } from "./numbers.ts";
import { ownWordAt } from "./own-words.ts";
import type { Aliases } from "./settings.ts";
import { startsContract, symbolAt } from "./symbols.ts";
import { knownToken, NEWLINE, type Token, token, tokenAt } from "./tokens.ts";
import {
  findPlain,
  isAsciiLetter,
  isLetter,
  isLetterAt,
  type PlainWord,
  type Word,
  wordOf,
  wordsAt,
} from "./words.ts";

/** Prose of 4,000 characters has about 900; more is noise made to cost time. */
const TOKENS_MAX = 1_500;

/** The tokens of a text; null when there are more than anyone writes. */
export function tokensOf(text: string, aliases: Aliases | null = null): readonly Token[] | null {
  const codes = codesOf(text);
  const scan: Scan = { text, codes, aliases, at: 0, glued: false, tokens: [] };
  const { length } = text;
  while (scan.at < length && scan.tokens.length <= TOKENS_MAX) scanOne(scan);
  return scan.tokens.length > TOKENS_MAX ? null : scan.tokens;
}

interface Scan {
  readonly text: string;
  readonly codes: Codes;
  readonly aliases: Aliases | null;
  at: number;
  glued: boolean;
  readonly tokens: Token[];
}

function add(scan: Scan, one: Token, end: number): void {
  scan.tokens.push(one);
  scan.at = end;
  scan.glued = true;
}

function scanOne(scan: Scan): void {
  const { text, codes, at } = scan;
  const code = codeAt(codes, at);
  if (code === 32) {
    scan.glued = false;
    scan.at += 1;
  } else if (code === 10) addNewline(scan);
  else if (isDigit(code)) addNumberOrSymbol(scan);
  else if (isAsciiLetter(code)) addWords(scan);
  else if (isAscii(code)) addSign(scan, code);
  else if (code === 0x2192) addPlainSign(scan, ">", 1);
  else if (isLetter(text, at)) addWords(scan);
  else addPicture(scan);
}

/** Blank lines mean nothing: any number of line ends is one. */
function addNewline(scan: Scan): void {
  if (lastOf(scan).kind !== "newline") {
    scan.tokens.push(NEWLINE);
  }
  scan.at += 1;
  scan.glued = false;
}

const isAscii = (code: number): boolean => code > 32 && code < 127;

/** Everything else one can see: emoji and foreign signs, half an emoji included. */
function addPicture(scan: Scan): void {
  const { text, at, glued } = scan;
  const point = Number(text.codePointAt(at));
  const length = point > 0xffff ? 2 : 1;
  const entry = knownSign(point);
  const picture = entry?.text ?? String.fromCodePoint(point);
  add(scan, signed(kindOf(picture), picture, glued, entry), at + length);
}

function kindOf(picture: string): Token["kind"] {
  if (picture === MENTION) return "mention";
  return picture === STRUCK ? "struck" : "emoji";
}

function addSign(scan: Scan, code: number): void {
  const { text, codes, at } = scan;
  const sign = SIGNS[code] as string;
  const next = codeAt(codes, at + 1);
  if (code === AT && isLetterAt(text, codes, at + 1)) addName(scan);
  else if (code === DOLLAR && !isBlankOrMark(next)) skipTickerMark(scan);
  else if (code === DASH && next === GREATER) addPlainSign(scan, ">", 2);
  else if (isSignOfNumber(scan, code) && startsNumber(codes, at + 1)) addNumber(scan, sign);
  else if (code === POINT && isDigit(next) && !touchesWord(scan)) addNumber(scan, "");
  else addPlainSign(scan, sign, 1);
}

const AT = 64;
const DOLLAR = 36;
const DASH = 45;
const GREATER = 62;
const POINT = 46;
const PLUS = 43;
/** Each kept once: a sign cut out of a text would be a new string. */
const SIGNS: readonly string[] = Array.from({ length: 128 }, (_, code) =>
  String.fromCharCode(code),
);

const isBlankOrMark = (code: number): boolean => code === 32 || code === 10 || code === 36;

function addPlainSign(scan: Scan, sign: string, length: number): void {
  const entry = knownSign(sign.charCodeAt(0));
  add(scan, signed("sign", sign, scan.glued, entry), scan.at + length);
}

const signed = (kind: Token["kind"], text: string, glued: boolean, entry = NO_ENTRY): Token =>
  entry === NO_ENTRY ? token(kind, text, glued) : knownToken(kind, entry, glued);

const UNDERSCORE = 95;

const isOfName = (code: number): boolean =>
  isAsciiLetter(code) || isDigit(code) || code === UNDERSCORE || code === POINT;

/** Somebody is called by name: `@JMoney`. */
function addName(scan: Scan): void {
  let end = scan.at + 1;
  while (isOfName(codeAt(scan.codes, end))) end += 1;
  add(scan, token("mention", MENTION, scan.glued), end);
}

/** `$6,071` and `$ES`: the mark says nothing more than what follows it. */
function skipTickerMark(scan: Scan): void {
  scan.at += 1;
}

const startsNumber = (codes: Codes, at: number): boolean => {
  const code = codeAt(codes, at);
  return isDigit(code) || ((code === POINT || code === DOLLAR) && isDigit(codeAt(codes, at + 1)));
};

/**
 * A dash glued to the front of a number is a minus when it follows a blank or a separator, and a
 * dash when it follows a number or touches a word: `Stop -6316`, but `Stop-6316`, `6304 -10 pt`.
 */
const isSignOfNumber = (scan: Scan, code: number): boolean =>
  code === PLUS || (code === DASH && lastOf(scan).kind !== "number" && !touchesWord(scan));

const touchesWord = (scan: Scan): boolean => scan.glued && lastOf(scan).kind === "word";

const lastOf = ({ tokens }: Scan): Token => tokenAt(tokens, tokens.length - 1);

function addNumber(scan: Scan, sign: string): void {
  const { text, codes, at, glued } = scan;
  const first = at + sign.length;
  const start = codeAt(codes, first) === DOLLAR ? first + 1 : first;
  const { value, end } = numberAt(text, codes, start, (lastOf(scan).marks & TARGET_MARK) === 0);
  const digits = text.slice(start, end);
  if (sign === "") add(scan, token("number", digits, glued, false, NUMBER_MARK, value), end);
  else add(scan, signedNumber(sign, digits, glued, value), end);
}

function signedNumber(sign: string, digits: string, glued: boolean, value: number): Token {
  const isLoss = sign === "-";
  const marks = NUMBER_MARK | (isLoss ? LOSS_MARK : GAIN_MARK);
  return token("number", sign + digits, glued, false, marks, isLoss ? -value : value);
}

/** `6E` and `6EZ5` are contracts; every other digit starts a number. */
function addNumberOrSymbol(scan: Scan): void {
  const symbol = startsContract(codeAt(scan.codes, scan.at), codeAt(scan.codes, scan.at + 1))
    ? symbolAt(scan.text, scan.at)
    : null;
  if (symbol === null) addNumber(scan, "");
  else addWord(scan, wordOf(symbol.root, symbol.end));
}

/** Filled anew for every word. */
const FOUND: PlainWord = { entry: NO_ENTRY, end: 0, isSmall: false };

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** What the room itself means by a word comes first. */
function addWords(scan: Scan): void {
  const { text, codes, at, aliases } = scan;
  if (aliases === null) {
    if (findPlain(codes, at, FOUND)) addPlain(scan);
    else addAll(scan, wordsAt(text, codes, at));
    return;
  }
  const own = ownWordAt(text, codes, at, aliases);
  if (own === null) addAll(scan, wordsAt(text, codes, at));
  else if (own.size === null) addWord(scan, own);
  else add(scan, knownToken("word", entryOf(own.size.toLowerCase()), scan.glued, true), own.end);
}

/** The word that was found. */
function addPlain(scan: Scan): void {
  const { text, at } = scan;
  const { entry, end, isSmall } = FOUND;
  if (entry !== NO_ENTRY) return addWord(scan, { text: entry.text, entry, end });
  const written = text.slice(at, end);
  addWord(scan, { text: isSmall ? written : written.toLowerCase(), entry, end });
}

function addAll(scan: Scan, said: Word | readonly Word[]): void {
  if ("text" in said) addWord(scan, said);
  else for (const word of said) addWord(scan, word);
}

function addWord(scan: Scan, { text, entry, end }: Word): void {
  const { codes, at, glued } = scan;
  const capital = isCapital(codeAt(codes, at));
  if (entry === NO_ENTRY) add(scan, token("word", text, glued, capital, FOREIGN_MARK), end);
  else add(scan, knownToken("word", entry, glued, capital), end);
}
