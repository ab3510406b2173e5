/**
 * Writes a sentence as a code of one letter a part, beside the numbers and contracts it names.
 *
 * ```text
 * Sold a third of ES at 6333, stop to BE    code  kQ@P,S>B    values  0.333 at 1, 6333 at 3
 *                                           ES named at 2
 * ```
 *
 * Contracts and sides are taken out, for they may stand anywhere; where they stood is remembered.
 */

import type { PriceLimits } from "../model/format.ts";
import type { Root } from "../model/instrument.ts";
import { type Entry, isOne, mark, words } from "./dictionary.ts";
import { SIDES } from "./lexicon.ts";
import { GAIN_MARK, LOSS_MARK, OPENING_MARK, SIDE_MARK, TARGET_MARK } from "./marks.ts";
import { isSanePrice } from "./sane-price.ts";
import type { Range, Token } from "./tokens.ts";
import { tokenAt } from "./tokens.ts";
import { STRANGE, WEIGHTLESS } from "./update-lexicon.ts";
import { partOfEmoji } from "./update-signs.ts";

export interface Named {
  readonly root: Root;
  /** Length of the code when it was named. */
  readonly at: number;
}

export interface Coded {
  readonly code: string;
  /** By position in the code: a price, thousandths, the number of a target; NaN elsewhere. */
  readonly values: readonly number[];
  readonly named: readonly Named[];
  /** The first word nobody understands. */
  readonly strange: string | null;
  readonly strangeCount: number;
  /** Where a side was named last, as a length of the code; -1 = nowhere. */
  readonly sideAt: number;
}

/** No instruction is longer. */
export const PARTS_MAX = 60;

export interface Reader {
  readonly limits: PriceLimits;
  /** It answers an alert, or was added to one: then short words are enough. */
  readonly isReply: boolean;
  /** Contracts that are spoken of, as far as is known before the sentence. */
  readonly roots: readonly Root[];
}

interface Pen {
  readonly tokens: readonly Token[];
  readonly reader: Reader;
  readonly to: number;
  at: number;
  code: string;
  readonly values: number[];
  readonly named: Named[];
  strange: string | null;
  strangeCount: number;
  /** Where a side was named last, as a length of the code; -1 = nowhere. */
  sideAt: number;
}

export function codeOf(tokens: readonly Token[], { from, to }: Range, reader: Reader): Coded {
  const named: Named[] = [];
  // One literal: put together out of two objects it costs several times as much.
  const pen: Pen = {
    tokens,
    reader,
    to,
    at: from,
    code: "",
    values: [],
    named,
    strange: null,
    strangeCount: 0,
    sideAt: -1,
  };
  while (pen.at < to && pen.code.length + named.length <= PARTS_MAX) step(pen);
  return pen;
}

function step(pen: Pen): void {
  const token = tokenAt(pen.tokens, pen.at);
  if (token.kind === "word") return stepWord(pen, token);
  if (token.kind === "number") return stepNumber(pen, token);
  if (token.kind === "sign") return stepSign(pen, token);
  if (token.kind === "emoji") return put(pen, partOfEmoji(token, pen.reader.isReply), 1);
  pen.at += 1;
}

function put(pen: Pen, part: string, count: number, value = Number.NaN): void {
  if (part === STRANGE) {
    pen.strange ??= tokenAt(pen.tokens, pen.at).text;
    pen.strangeCount += 1;
  }
  if (part !== WEIGHTLESS) {
    pen.code += part;
    pen.values.push(value);
  }
  pen.at += count;
}

/** `6316 -10`: behind a price a dash stays a sign of its own. */
function stepSign(pen: Pen, sign: Token): void {
  const { text, glued } = sign;
  const next = tokenAt(pen.tokens, pen.at + 1);
  const isLoss = text === "-" && !glued && next.glued && next.kind === "number";
  if (isLoss) put(pen, "G", 2);
  else put(pen, sign.entry.part, 1);
}

const SELLING = words("sell selling");
const TARGET_OPENERS = words("both all two first second third");
const FRACTION_OPENERS = words(
  "half halves third thirds quarter quarters fourth eighth one two three",
);
mark([...SIDES.keys(), ...TARGET_OPENERS, ...FRACTION_OPENERS, "into"], OPENING_MARK);

function stepWord(pen: Pen, token: Token): void {
  const { text, root, marks, entry } = token;
  if (root !== null) return name(pen, root);
  if ((marks & OPENING_MARK) === 0) return put(pen, entry.part, 1);
  const mayBeTarget = (marks & TARGET_MARK) !== 0 || isOne(token, TARGET_OPENERS);
  if (mayBeTarget && targetAt(pen)) return;
  if (phraseAt(pen, entry)) return;
  if (isOne(token, FRACTION_OPENERS) && readFraction(pen, text)) return;
  if ((marks & SIDE_MARK) !== 0 && !isOne(token, SELLING)) pen.sideAt = pen.code.length;
  const { part } = entry;
  put(pen, part === "@" && isBeforeStrength(pen) ? WEIGHTLESS : part, 1);
}

/** "Into strength" is no price. */
const isBeforeStrength = ({ tokens, at }: Pen): boolean =>
  tokenAt(tokens, at).text === "into" && tokenAt(tokens, at + 1).kind !== "number";

function name(pen: Pen, root: Root): void {
  pen.named.push({ root, at: pen.code.length });
  pen.at += 1;
}

function phraseAt(pen: Pen, { phrases }: Entry): boolean {
  for (const { words: phrase, part } of phrases) {
    if (pen.at + phrase.length > pen.to || !standsAt(pen, phrase)) continue;
    put(pen, part, phrase.length);
    return true;
  }
  return false;
}

function standsAt({ tokens, at }: Pen, phrase: readonly Entry[]): boolean {
  for (let offset = 1; offset < phrase.length; offset++) {
    if (tokenAt(tokens, at + offset).entry !== phrase[offset]) return false;
  }
  return true;
}

const LABEL = /^(?:t|tp|pt|tgt|target)([1-9])$/;
const LABEL_WORD = words("t tp tgt target");
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ["first", 1],
  ["second", 2],
  ["third", 3],
]);
const WHOLE_SET = words("both all two");
const TARGET_PLURALS = words("targets tps");

/** "T1", "target 1", "first target", "both targets". */
function targetAt(pen: Pen): boolean {
  const { tokens, at } = pen;
  const token = tokenAt(tokens, at);
  const { text, marks } = token;
  const isTarget = (marks & TARGET_MARK) !== 0;
  const label = isTarget ? LABEL.exec(text) : null;
  if (label !== null) return wrote(pen, "T", 1, Number(label[1]));
  const next = tokenAt(tokens, at + 1);
  if (isTarget && isOne(token, LABEL_WORD)) {
    const number = /^[1-9]$/.test(next.text) ? next.value : COUNTS.get(next.text);
    return number !== undefined && wrote(pen, "T", 2, number);
  }
  const isSet = isOne(token, WHOLE_SET);
  const ordinal = ORDINALS.get(text);
  if (isSet) {
    const last = tokenAt(tokens, at + 1).text === "the" ? at + 2 : at + 1;
    const isTargets = isOne(tokenAt(tokens, last), TARGET_PLURALS);
    return isTargets && wrote(pen, "W", last - at + 1, 2);
  }
  return ordinal !== undefined && isOne(next, LABEL_WORD) && wrote(pen, "T", 2, ordinal);
}

function wrote(pen: Pen, part: string, count: number, value: number): true {
  put(pen, part, count, value);
  return true;
}

const PARTS_OF_ONE: ReadonlyMap<string, number> = new Map([
  ["half", 2],
  ["halves", 2],
  ["third", 3],
  ["thirds", 3],
  ["quarter", 4],
  ["quarters", 4],
  ["fourth", 4],
  ["eighth", 8],
]);
const COUNTS: ReadonlyMap<string, number> = new Map([
  ["one", 1],
  ["two", 2],
  ["three", 3],
]);

/** "Half", "two thirds", "one quarter". */
function readFraction(pen: Pen, text: string): boolean {
  const counted = COUNTS.get(text);
  const parts = PARTS_OF_ONE.get(counted === undefined ? text : nextWord(pen));
  if (parts === undefined) return false;
  const length = counted === undefined ? 1 : 2;
  return wrote(pen, "Q", length, shareOf(counted ?? 1, parts));
}

const nextWord = ({ tokens, at }: Pen): string => tokenAt(tokens, at + 1).text;

const shareOf = (some: number, of: number): number => Math.round((some * 1000) / of);

const UNITS = words("pt pts point points handle handles tick ticks");

function stepNumber(pen: Pen, { text, value, marks }: Token): void {
  const { tokens, at } = pen;
  const next = tokenAt(tokens, at + 1);
  if (next.text === "%") return stepPercent(pen, value);
  if (next.glued && isOne(next, ORDINAL_TAIL)) return stepOrdinal(pen, value);
  if (isOne(next, UNITS)) return put(pen, "G", 2);
  if ((marks & (GAIN_MARK | LOSS_MARK)) !== 0) return put(pen, "G", 1);
  if (stepRatio(pen, value)) return;
  if (isOfEntry(pen)) return put(pen, WEIGHTLESS, 1);
  const isWhole = isSanePrice(value, rootsOf(pen), pen.reader.limits) && !isTorn(tokens, at);
  if (!isWhole) pen.strange ??= text;
  put(pen, isWhole ? "P" : "x", 1, value);
}

function stepPercent(pen: Pen, value: number): void {
  if (value === 100) return put(pen, "a", 2);
  const isShare = value > 0 && value < 100;
  put(pen, isShare ? "Q" : STRANGE, 2, Math.round(value * 10));
}

const ORDINAL_TAIL = words("st nd rd th");

/** "1st target", "2nd scale". */
function stepOrdinal(pen: Pen, value: number): void {
  const isTarget = isOne(tokenAt(pen.tokens, pen.at + 2), LABEL_WORD) && value < 10;
  if (isTarget) put(pen, "T", 3, value);
  else put(pen, WEIGHTLESS, 2);
}

const PARTS_OF_ONE_MAX = 10;

/** `1/2`, `1 of 4`. */
function stepRatio(pen: Pen, value: number): boolean {
  const { tokens, at } = pen;
  const join = tokenAt(tokens, at + 1).text;
  const of = tokenAt(tokens, at + 2).value;
  const isRatio = (join === "/" || join === "of") && value >= 1 && value < of;
  const isWhole = Number.isInteger(value) && Number.isInteger(of) && of <= PARTS_OF_ONE_MAX;
  return isRatio && isWhole && wrote(pen, "Q", 3, shareOf(value, of));
}

/** The entry of "ES long 6326" and "ES long from 6326": it tells which trade is meant. */
function isOfEntry(pen: Pen): boolean {
  const last = pen.named.at(-1);
  const back = pen.code.endsWith("F") ? 1 : 0;
  const isTold = last?.at === pen.code.length - back && pen.sideAt === last.at;
  if (isTold && back === 1) {
    pen.code = pen.code.slice(0, -1);
    pen.values.pop();
  }
  return isTold;
}

/** One half of a time, or letters that touch it: no price. */
function isTorn(tokens: readonly Token[], at: number): boolean {
  const next = tokenAt(tokens, at + 1);
  const isTail = next.kind === "word" && next.glued;
  return isTail || isTime(tokens, at) || isTime(tokens, at - 2);
}

/** `10:42` */
const isTime = (tokens: readonly Token[], at: number): boolean =>
  tokenAt(tokens, at + 1).text === ":" &&
  tokenAt(tokens, at + 1).glued &&
  tokenAt(tokens, at + 2).glued &&
  /^\d\d$/.test(tokenAt(tokens, at + 2).text);

/** What is spoken of: named in the sentence, or else by the message it answers. */
const rootsOf = ({ named, reader }: Pen): readonly Root[] =>
  named.length > 0 ? named.map(({ root }) => root) : reader.roots;
