/**
 * Finds where the stop goes. Without a stop there is no trade.
 *
 * ```text
 * Stop: 6316   SL 6316   w/ stop @ 6316   6316 stop      a price
 * 10 pt stop   Stop: 9 points                            a distance from the entry
 * Stop: 5m close 6331                                    a price with a condition
 * raise stop to 6322   stop now 6328                     not the stop of an entry at all
 * ```
 */
import { isOne, words } from "./dictionary.ts";
import { MOVING_WORDS, POINT_WORDS, STOP_LEADS } from "./lexicon.ts";
import { STOP_MARK } from "./marks.ts";
import { priceAt } from "./prices.ts";
import { type Range, type Token, tokenAt } from "./tokens.ts";

export interface Stop {
  readonly kind: "price" | "points";
  readonly value: number;
  /** Such as "5m close". */
  readonly condition: string | null;
  /** Position of the stop word. */
  readonly at: number;
}

export type StopReading =
  | Stop
  | { readonly kind: "absent" }
  | { readonly kind: "unclear"; readonly why: string };

const ABSENT: StopReading = { kind: "absent" };
const TWO_STOPS: StopReading = { kind: "unclear", why: "two different stops" };

/** The one stop stated in a range of tokens; two that differ are unclear. */
export function readStop(
  tokens: readonly Token[],
  { from, to }: Range,
  entryAt: number,
): StopReading {
  let found: StopReading = ABSENT;
  for (let at = from; at < to; at++) {
    if ((tokenAt(tokens, at).marks & STOP_MARK) === 0) continue;
    const next = stopAt(tokens, at, entryAt);
    if (next.kind === "unclear") return next;
    if (next.kind === "absent" || isSame(found, next)) continue;
    // "Stops under 6300 will be run" below the alert is talk; a second "stop 6300" is not.
    if (found.kind === "absent") found = next;
    else if (tokenAt(tokens, at).text !== "stops") return TWO_STOPS;
  }
  return found;
}

const isSame = (one: StopReading, other: Stop): boolean =>
  one.kind === other.kind && "value" in one && one.value === other.value;

function stopAt(tokens: readonly Token[], at: number, entryAt: number): StopReading {
  if (isMoved(tokens, at)) return ABSENT;
  const forward = stopBehind(tokens, at);
  return forward.kind === "absent" ? stopBefore(tokens, at, entryAt) : forward;
}

const BETWEEN = words("my the your our a hard initial protective");

/** "Move my stop", "new stop". */
function isMoved(tokens: readonly Token[], at: number): boolean {
  const before = isOne(tokenAt(tokens, at - 1), BETWEEN) ? at - 2 : at - 1;
  return isOne(tokenAt(tokens, before), MOVING_WORDS);
}

const LEAD_SIGN = words(": @ = | / ( [ -");
const LEADS_MAX = 5;

function stopBehind(tokens: readonly Token[], at: number): StopReading {
  const early = closeAt(tokens, behindLeads(tokens, at + 1));
  const start = early === null ? behindLeads(tokens, at + 1) : behindLeads(tokens, early.to);
  const reading = priceAt(tokens, start);
  if (reading.kind === "unclear") return reading;
  if (reading.kind === "other") return ABSENT;
  if (hasAlternative(tokens, reading.to)) return TWO_STOPS;
  const close = early ?? closeAt(tokens, behindWords(tokens, reading.to));
  return { kind: reading.kind, value: reading.value, condition: close?.text ?? null, at };
}

/** Over `:`, `@`, "at", "below" and the like; over a line end only right behind a colon. */
function behindLeads(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at - from < LEADS_MAX && isLead(tokens, at)) at += 1;
  return at;
}

function isLead(tokens: readonly Token[], at: number): boolean {
  const token = tokenAt(tokens, at);
  if (token.kind === "newline") return tokenAt(tokens, at - 1).text === ":";
  if (token.kind === "sign") return isOne(token, LEAD_SIGN);
  return token.kind === "emoji" || isOne(token, STOP_LEADS);
}

/** "6316 (or 6310 if you can stomach it)". */
function hasAlternative(tokens: readonly Token[], to: number): boolean {
  if (tokenAt(tokens, to).text !== "(") return false;
  const at = tokenAt(tokens, to + 1).text === "or" ? to + 2 : to + 1;
  return /^\d/.test(tokenAt(tokens, at).text) && priceAt(tokens, at).kind === "price";
}

const UNIT = words("m min mins minute minutes h hr hour hours");
const BAR = words("candle bar candlestick chart");
const CLOSE = words("close closes closed closing");

/** "5m close", "15 min candle close", "1h close". */
function closeAt(tokens: readonly Token[], at: number): { text: string; to: number } | null {
  const count = tokenAt(tokens, at);
  const hasUnit = count.kind === "number" && isOne(tokenAt(tokens, at + 1), UNIT);
  const noun = hasUnit ? at + 2 : at;
  const close = isOne(tokenAt(tokens, noun), BAR) ? noun + 1 : noun;
  if (!isOne(tokenAt(tokens, close), CLOSE)) return null;
  const span = hasUnit ? `${count.text}${tokenAt(tokens, at + 1).text.charAt(0)} ` : "";
  return { text: `${span}close`, to: close + 1 };
}

const BEFORE_CLOSE = words("( - on by a if and");

function behindWords(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at - from < LEADS_MAX && isOne(tokenAt(tokens, at), BEFORE_CLOSE)) at += 1;
  return at;
}

const KINDS_OF_STOP = words("hard initial protective max -");

/** "10 pt stop", "6316 stop". */
function stopBefore(tokens: readonly Token[], at: number, entryAt: number): StopReading {
  let last = at - 1;
  while (at - last < LEADS_MAX && isOne(tokenAt(tokens, last), KINDS_OF_STOP)) last -= 1;
  const isPoints = isOne(tokenAt(tokens, last), POINT_WORDS);
  const dash = isPoints && tokenAt(tokens, last - 1).text === "-" ? 1 : 0;
  const number = isPoints ? last - 1 - dash : last;
  const { kind, value, text } = tokenAt(tokens, number);
  if (kind !== "number" || number === entryAt || !/^[\d.]/.test(text)) return ABSENT;
  if (Number.isNaN(value)) return { kind: "unclear", why: "what number is the stop?" };
  return { kind: isPoints ? "points" : "price", value, condition: null, at };
}
