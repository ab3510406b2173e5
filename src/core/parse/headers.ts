/**
 * Finds where an alert begins: a contract and a side next to each other, and a price.
 *
 * ```text
 * ES long 6326   ES: LONG @ 6326   Going long ES here at 6326   SELL MNQ 23110
 * Direction: LONG ⏎ Contract: MESZ5 ⏎ Entry price: 6318.25
 * ```
 *
 * A pair without a price ("NQ short looks heavy too") is talk, not an alert.
 */

import type { Side } from "../model/alert.ts";
import type { Root } from "../model/instrument.ts";
import { ALARM } from "./characters.ts";
import { isOne, words } from "./dictionary.ts";
import { ENTRY_LABELS, FILLERS, PRICE_LEADS, SIDES, TAGS } from "./lexicon.ts";
import { GAIN_MARK, SIDE_MARK } from "./marks.ts";
import { priceAt } from "./prices.ts";
import { type Range, type Token, tokenAt } from "./tokens.ts";

/** A contract and a side that belong together. */
export interface Pair extends Range {
  readonly root: Root;
  readonly side: Side;
  /** "ES long" or "Long ES" and no other word: how the channel itself writes. */
  readonly isPlain: boolean;
  /** "ES/NQ long": which of them is meant? */
  readonly isShared: boolean;
}

export type EntryReading =
  | { readonly kind: "price"; readonly value: number; readonly at: number; readonly to: number }
  | { readonly kind: "absent" }
  | { readonly kind: "unclear"; readonly why: string; readonly to: number };

/** Every contract-and-side pair, from left to right. */
export function findPairs(tokens: readonly Token[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < tokens.length; ) {
    const pair = pairAt(tokens, at);
    if (pair !== null) pairs.push(pair);
    at = pair?.to ?? at + 1;
  }
  return pairs;
}

function pairAt(tokens: readonly Token[], from: number): Pair | null {
  const first = tokenAt(tokens, from);
  const isSide = (first.marks & SIDE_MARK) !== 0;
  if (first.root === null && !isSide) return null;
  const other = partnerAt(tokens, from, isSide);
  const { root } = tokenAt(tokens, isSide ? other : from);
  const side = SIDES.get(tokenAt(tokens, isSide ? from : other).text);
  if (root === null || side === undefined) return null;
  const isPlain = isPlainPair(tokens, from, other);
  const isShared = hasNeighbour(tokens, isSide ? other : from);
  return { root, side, from, to: other + 1, isPlain, isShared };
}

/** "Going long ES" and "SELL MNQ" are another way of writing. */
function isPlainPair(tokens: readonly Token[], from: number, to: number): boolean {
  const isPlain =
    isOne(tokenAt(tokens, from), PLAIN_SIDES) || isOne(tokenAt(tokens, to), PLAIN_SIDES);
  if (!isPlain || tokenAt(tokens, from - 1).kind === "word") return false;
  for (let at = from + 1; at < to; at++) {
    const { kind } = tokenAt(tokens, at);
    if (kind === "word" || kind === "newline") return false;
  }
  return true;
}

const PLAIN_SIDES = words("long short");

const GAP_MAX = 6;

/** The contract of a side or the side of a contract, over nothing but fillers; -1 if there is none. */
function partnerAt(tokens: readonly Token[], from: number, isOfSide: boolean): number {
  for (let at = from + 1; at <= from + GAP_MAX; at++) {
    const token = tokenAt(tokens, at);
    if (isOfSide ? token.root !== null : (token.marks & SIDE_MARK) !== 0) return at;
    if (!isGap(token)) return -1;
  }
  return -1;
}

const GAP_SIGN = words(": , | / ( & -");

function isGap(token: Token): boolean {
  const { kind, text } = token;
  if (kind === "sign") return isOne(token, GAP_SIGN);
  if (kind === "number") return /^\d{1,2}$/.test(text); // "Buy 2 MES": counted later, by risk
  // An alarm sign begins an alert: "long story short, 🚨 ES long" is one pair, not two.
  return (kind === "emoji" && text !== ALARM) || kind === "newline" || isOne(token, FILLERS);
}

const JOINS = words("/ & , + - and or");

function hasNeighbour(tokens: readonly Token[], at: number): boolean {
  const before = isOne(tokenAt(tokens, at - 1), JOINS) ? at - 2 : at - 1;
  const behind = isOne(tokenAt(tokens, at + 1), JOINS) ? at + 2 : at + 1;
  return tokenAt(tokens, before).root !== null || tokenAt(tokens, behind).root !== null;
}

const ABSENT: EntryReading = { kind: "absent" };
const LEAD_SIGN = words(": @ = , | / ( [ -");
const LEADS_MAX = 8;

/** The price that follows directly, over `:`, "at", "here" and the like. */
export function priceBehind(tokens: readonly Token[], from: number): EntryReading {
  let at = from;
  while (at - from < LEADS_MAX && isLead(tokenAt(tokens, at))) at += 1;
  return entryAt(tokens, at);
}

function isLead(token: Token): boolean {
  const { kind } = token;
  if (kind === "sign") return isOne(token, LEAD_SIGN);
  return kind === "emoji" || kind === "newline" || isOne(token, PRICE_LEADS) || isOne(token, TAGS);
}

function entryAt(tokens: readonly Token[], at: number): EntryReading {
  const reading = priceAt(tokens, at);
  if (reading.kind === "unclear") return { kind: "unclear", why: reading.why, to: at + 1 };
  if (reading.kind !== "price" || (tokenAt(tokens, at).marks & GAIN_MARK) !== 0) return ABSENT;
  return { kind: "price", value: reading.value, at, to: reading.to };
}

/** The price a label announces, such as `Entry: 6326`, `Price: 6336` or `IN: 6304`. */
export function labelledPrice(tokens: readonly Token[], { from, to }: Range): EntryReading {
  for (let at = from; at < to; at++) {
    if (!isLabel(tokens, at)) continue;
    const reading = priceBehind(tokens, at + 1);
    if (reading.kind !== "absent") return reading;
  }
  return ABSENT;
}

/** "In" and "price" are labels only where a line or a column starts; "entry" anywhere. */
function isLabel(tokens: readonly Token[], at: number): boolean {
  const token = tokenAt(tokens, at);
  if (!isOne(token, ENTRY_LABELS)) return false;
  const { kind, text } = tokenAt(tokens, at - 1);
  const isFirst = kind === "newline" || kind === "end" || kind === "emoji" || kind === "mention";
  return token.text === "entry" || isFirst || text === "|";
}
