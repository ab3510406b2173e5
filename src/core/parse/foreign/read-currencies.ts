/**
 * Reads currency signals as the Telegram rooms write them.
 *
 * ```text
 * XAUUSD BUY 4329        Sell GBPJPY @ 191.250     3. GOLD BUY SETUP
 * SL 4320                SL @ 191.850              @4329,50 ⏎ Stop Lose 4320 ⏎ TP1 4334 ⏎ TP2: open
 * TP 4334
 * TP 4339
 * ```
 *
 * Entry and stop have to be stated, both on their sides; two numbers for a price are a zone, and a
 * zone is unsure. A comma is a decimal point where the pair never costs thousands.
 */

import type { Side } from "../../model/alert.ts";
import type { Tracked } from "../../model/tracked.ts";
import { isOne, words } from "../dictionary.ts";
import { SIDES, TAGS } from "../lexicon.ts";
import { STOP_MARK, TARGET_MARK } from "../marks.ts";
import { doubtful, type None, none, type Parsed, unsure } from "../outcome.ts";
import type { Sentence } from "../sentences.ts";
import { type Range, type Token, tokenAt } from "../tokens.ts";
import { faultOfLevels, type NamedPair, pairAt } from "./currency-pairs.ts";
import { vetoOf } from "./foreign-context.ts";
import { tagsIn } from "./option-extras.ts";

const SIGNALS_MAX = 6;

/** Null: the message holds no pair with a side. */
export function readCurrencies(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
): Parsed | null {
  const heads = headsIn(tokens).slice(0, SIGNALS_MAX + 1);
  if (heads.length === 0) return null;
  if (heads.length > SIGNALS_MAX) return unsure("too many alerts in one message");
  const read = heads.map((head, index) => {
    const to = heads[index + 1]?.from ?? tokens.length;
    return signalOf(tokens, sentences, head, to);
  });
  const [fault] = read.filter((one) => one.kind === "none");
  if (fault !== undefined) return fault;
  return { kind: "tracked", tracked: read.filter((one) => one.kind !== "none") };
}

interface Head extends Range {
  readonly pair: NamedPair;
  readonly side: Side;
  readonly isPending: boolean;
}

function headsIn(tokens: readonly Token[]): readonly Head[] {
  const heads: Head[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const pair = pairAt(tokens, at);
    if (pair === null) continue;
    const head = headOf(tokens, pair, heads.at(-1)?.to ?? 0);
    if (head !== null) heads.push(head);
    at = (head?.to ?? pair.to) - 1;
  }
  return heads;
}

const BETWEEN = words(`
  : , | / ( @ > - now signal setup trade new the a going is direction action type
`);
const BETWEEN_MAX = 5;

/** The side behind the pair, or in front of it. */
function headOf(tokens: readonly Token[], pair: NamedPair, first: number): Head | null {
  if (pair.side !== null) return headBetween(tokens, pair, pair.side, pair.from, pair.to);
  let at = pair.to;
  while (at - pair.to < BETWEEN_MAX && isBetween(tokenAt(tokens, at))) at += 1;
  const behind = SIDES.get(tokenAt(tokens, at).text);
  if (behind !== undefined) return headBetween(tokens, pair, behind, pair.from, at + 1);
  at = pair.from - 1;
  while (at >= first && pair.from - at <= BETWEEN_MAX && isBetween(tokenAt(tokens, at))) at -= 1;
  const before = at >= first ? SIDES.get(tokenAt(tokens, at).text) : undefined;
  return before === undefined ? null : headBetween(tokens, pair, before, at, pair.to);
}

const isBetween = (token: Token): boolean =>
  token.kind === "emoji" || token.kind === "newline" || isOne(token, BETWEEN);

const PENDING = words("limit stop lmt");

/** "BUY LIMIT" and "SELL STOP" rest until the price comes; they are no entries at a price. */
function headBetween(
  tokens: readonly Token[],
  pair: NamedPair,
  side: Side,
  from: number,
  to: number,
): Head {
  const [next, after] = [tokenAt(tokens, to), tokenAt(tokens, to + 1)];
  const isPending = isOne(next, PENDING) && after.text !== "loss";
  return { from, to, isPending, pair, side };
}

function signalOf(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  head: Head,
  to: number,
): Tracked | None {
  const levels = levelsOf(tokens, head, to);
  const body = { from: head.to, to: levels.entryTo };
  const veto = vetoOf(tokens, sentences, { head, body, to, isEntry: true });
  if (veto !== null) return veto.startsWith("unsure") ? doubtful(veto) : none(veto);
  if (head.isPending) return unsure("not a plain market entry");
  if (levels.fault !== null) return unsure(levels.fault);
  const { entry, stop, targets } = levels;
  if (entry === null) return unsure("no entry price");
  if (stop === null) return doubtful("no stop");
  if (levels.isTold) return doubtful("a recap: it tells the outcome");
  // "gold long 3368 stop 3361" may as well be GC.
  const isTelegram = targets.length > 0 && !usesLongShort(tokens, head);
  if (head.pair.isNickname && !isTelegram) return unsure("which gold is meant?");
  const fault = faultOfLevels({ side: head.side, entry, stop, targets });
  if (fault !== null) return doubtful(fault);
  return {
    kind: "entry",
    contract: { asset: "currency", symbol: head.pair.symbol },
    ...{ side: head.side, entry, stop, targets, targetsPct: [], stopPct: null, quantity: null },
    tags: tagsIn(tokens, { from: head.to, to }),
  };
}

/** Traders of futures go long and short; those rooms buy and sell. */
const usesLongShort = (tokens: readonly Token[], { from, to }: Head): boolean =>
  tokens.slice(from, to).some(({ text }) => /^(?:gold)?(?:long|short)/.test(text));

interface Levels {
  entry: number | null;
  entryTo: number;
  stop: number | null;
  readonly targets: number[];
  isTold: boolean;
  fault: string | null;
}

function levelsOf(tokens: readonly Token[], head: Head, to: number): Levels {
  const isMoney = !/^(?:xau|xpt|xpd|btc|eth)/i.test(head.pair.symbol);
  const scan: Scan = { tokens, to, isMoney, at: head.to };
  const levels: Levels = {
    entry: null,
    entryTo: head.to,
    stop: null,
    targets: [],
    isTold: false,
    fault: null,
  };
  while (scan.at < to && levels.fault === null) takeLevel(scan, levels);
  return levels;
}

interface Scan {
  readonly tokens: readonly Token[];
  readonly to: number;
  /** A pair that never costs thousands. */
  readonly isMoney: boolean;
  at: number;
}

const ENTRY_LEADS = words(": @ at now entry price in from here = ( - > | enter zone setup signal");
const TOLD = words("hit reached smashed closed stopped \u2705 \u2714 \u2611 \u{1F4B0}");
const TARGETS_MAX = 8;

function takeLevel(scan: Scan, levels: Levels): void {
  const { tokens, at } = scan;
  const token = tokenAt(tokens, at);
  const { kind, marks } = token;
  if ((marks & STOP_MARK) !== 0) takeStop(scan, levels);
  else if ((marks & TARGET_MARK) !== 0) takeTargets(scan, levels);
  else if (kind === "number" && levels.entry === null && levels.stop === null) {
    levels.entry = onePriceAt(scan, levels);
    levels.entryTo = scan.at;
  } else {
    if (isOne(token, TOLD) && !startsLine(tokens, at)) levels.isTold = true;
    const mayLead = kind === "emoji" || kind === "newline" || kind === "mention";
    const isLead = mayLead || isOne(token, ENTRY_LEADS) || isOne(token, TAGS);
    if (levels.entry === null && levels.stop === null && !isLead) levels.fault = "no entry price";
    scan.at += 1;
  }
}

function startsLine(tokens: readonly Token[], at: number): boolean {
  const { kind } = tokenAt(tokens, at - 1);
  return kind === "newline" || kind === "end";
}

const LEADS = words(": @ = ( > - at loss lose price level is");

function passLeads(scan: Scan): void {
  const { tokens } = scan;
  for (let count = 0; count < 4; count++) {
    const token = tokenAt(tokens, scan.at);
    const isLead = isOne(token, LEADS) || (token.kind === "emoji" && !isOne(token, TOLD));
    const isLine = token.kind === "newline" && tokenAt(tokens, scan.at - 1).text === ":";
    if (!isLead && !isLine) return;
    scan.at += 1;
  }
}

function takeStop(scan: Scan, levels: Levels): void {
  scan.at += 1;
  passLeads(scan);
  if (tokenAt(scan.tokens, scan.at).kind !== "number") return;
  const stop = onePriceAt(scan, levels);
  const differs = levels.stop !== null && levels.stop !== stop;
  if (differs) levels.fault = "two different stops";
  levels.stop = stop;
}

function takeTargets(scan: Scan, levels: Levels): void {
  const { tokens } = scan;
  const number = tokenAt(tokens, scan.at + 1);
  const isOrdinal =
    /^[1-9]$/.test(number.text) && /^[:@-]$/.test(tokenAt(tokens, scan.at + 2).text);
  scan.at += isOrdinal ? 2 : 1;
  passLeads(scan);
  while (tokenAt(tokens, scan.at).kind === "number" && levels.fault === null) {
    levels.targets.push(priceAt(scan, levels));
    if (levels.targets.length > TARGETS_MAX) levels.fault = "too many targets";
    if (!/^(?:[/&,|]|and)$/.test(tokenAt(tokens, scan.at).text)) return;
    scan.at += 1;
  }
}

const RANGE = /^(?:[-~]|to|or)$/;
const UNIT = /^(?:pips?|pts?|points?|%|x|lots?)$/;

/** Where no list can stand: `3350/3347` is a zone. */
function onePriceAt(scan: Scan, levels: Levels): number {
  const price = priceAt(scan, levels);
  const isList = /^[/&]$/.test(tokenAt(scan.tokens, scan.at).text);
  if (isList && tokenAt(scan.tokens, scan.at + 1).kind === "number") levels.fault ??= ZONE;
  return price;
}

const ZONE = "a zone instead of one price";

/** The price at the scan, which goes behind it; a fault where it is not one price. */
function priceAt(scan: Scan, levels: Levels): number {
  const { tokens, isMoney } = scan;
  const { text } = tokenAt(tokens, scan.at);
  const joined = /^\d+$/.test(text) ? joinedAt(tokens, scan.at) : null;
  const shown = joined?.text ?? (isMoney ? text.replace(",", ".") : text);
  const value = /^[\d.]/.test(text)
    ? (numberOf(shown) ?? tokenAt(tokens, scan.at).value)
    : Number.NaN;
  scan.at += joined === null ? 1 : 3;
  const next = tokenAt(tokens, scan.at);
  const other = tokenAt(tokens, scan.at + 1);
  if (!(value > 0)) levels.fault = `what number is "${text.slice(0, 20)}"?`;
  else if (UNIT.test(next.text)) levels.fault = "a distance instead of a price";
  else if (isZone(next, other)) levels.fault = ZONE;
  else if (next.glued && next.kind === "word" && !isLabel(next)) {
    levels.fault = `letters are glued to ${text.slice(0, 20)}`;
  }
  return value;
}

const isLabel = ({ marks }: Token): boolean => (marks & (STOP_MARK | TARGET_MARK)) !== 0;

/** A second number behind the first, or joined to it. */
const isZone = (next: Token, other: Token): boolean =>
  (RANGE.test(next.text) && other.kind === "number") || (next.kind === "number" && !next.glued);

/** `1,0850`: a comma with more than three digits behind it is a decimal point. */
function joinedAt(tokens: readonly Token[], at: number): { readonly text: string } | null {
  const comma = tokenAt(tokens, at + 1);
  const rest = tokenAt(tokens, at + 2);
  const isDecimal = comma.text === "," && comma.glued && rest.glued && /^\d{1,5}$/.test(rest.text);
  return isDecimal ? { text: `${tokenAt(tokens, at).text}.${rest.text}` } : null;
}

const numberOf = (text: string): number | null =>
  /^\d{1,6}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null;
