/**
 * Finds the targets an alert states. None is normal: then the trader's own exit rules apply.
 *
 * ```text
 * T1: 6334 ⏎ T2: 6341   Targets: 6355 / 6360   TP1 6370 TP2 6365   🎯 6329   6338 target
 * T1 +7, T2 +12         a distance from the entry
 * T3: open, R:R 1:1.3   nothing
 * ```
 */
import { isOne, words } from "./dictionary.ts";
import { POINT_WORDS, STOP_WORDS } from "./lexicon.ts";
import { TARGET_MARK } from "./marks.ts";
import { leadsToPrice, listedPriceAt } from "./prices.ts";
import { type Range, type Token, tokenAt } from "./tokens.ts";

export interface Target {
  readonly kind: "price" | "points";
  readonly value: number;
  /** Position of its number. */
  readonly at: number;
}

export interface TargetsReading {
  readonly targets: readonly Target[];
  /** Why the targets cannot be trusted. */
  readonly fault: string | null;
}

const TARGETS_MAX = 8;

export function readTargets(
  tokens: readonly Token[],
  { from, to }: Range,
  entryAt: number,
): TargetsReading {
  const targets: Target[] = [];
  for (let at = from; at < to; at++) {
    if (!isLabel(tokens, at)) continue;
    const fault = readList(tokens, behindLabel(tokens, at), targets);
    if (fault !== null) return { targets, fault };
    if (targets.length === 0) readBefore(tokens, at, entryAt, targets);
    if (targets.length > TARGETS_MAX) return { targets, fault: "too many targets" };
  }
  return { targets, fault: null };
}

/** "Next target 6360" speaks of the market, not of this trade. */
const DISTANT = words(
  "next possible potential upside downside gamma weekly daily measured eventual",
);

/** "10 pt stop" and "Profit: +7" hold target words that announce no target. */
function isLabel(tokens: readonly Token[], at: number): boolean {
  const { text, marks } = tokenAt(tokens, at);
  if ((marks & TARGET_MARK) === 0) return false;
  if (text === "profit") return tokenAt(tokens, at - 1).text === "take";
  if (isOne(tokenAt(tokens, at - 1), DISTANT)) return false;
  const isUnit = /^pts?$/.test(text) && tokenAt(tokens, at - 1).kind === "number";
  return !isUnit || leadsToPrice(tokens, at + 1);
}

const LEAD = words(": @ = > ( [ - at is are price level as usual");
const LEADS_MAX = 4;

/** Over the number of the target ("Target 1:") and over `:`, "at" and the like. */
function behindLabel(tokens: readonly Token[], label: number): number {
  let at = isOrdinal(tokens, label + 1) ? label + 2 : label + 1;
  const last = at + LEADS_MAX;
  while (at < last && isLead(tokens, at)) at += 1;
  return at;
}

const SHARED_SIGNS = words("/ & , %");

/** The 1 of "Target 1: 6333"; but "Target 7 points" states a distance. */
function isOrdinal(tokens: readonly Token[], at: number): boolean {
  const next = tokenAt(tokens, at + 1);
  const isDigit = /^[1-9]$/.test(tokenAt(tokens, at).text);
  return isDigit && !isOne(next, SHARED_SIGNS) && !isOne(next, POINT_WORDS);
}

function isLead(tokens: readonly Token[], at: number): boolean {
  const token = tokenAt(tokens, at);
  if (token.kind === "newline") return tokenAt(tokens, at - 1).text === ":";
  return token.kind === "emoji" ? (token.marks & TARGET_MARK) === 0 : isOne(token, LEAD);
}

const JOINT = words("/ & , and");

/** Reads prices until something else comes; says what is wrong with them, if anything. */
function readList(tokens: readonly Token[], from: number, targets: Target[]): string | null {
  let at = from;
  while (tokenAt(tokens, at).kind === "number" && targets.length <= TARGETS_MAX) {
    const reading = listedPriceAt(tokens, at);
    if (reading.kind === "unclear") return reading.why;
    if (reading.kind === "other" || isOne(tokenAt(tokens, reading.to), STOP_WORDS)) return null;
    const sign = tokenAt(tokens, at).text.charAt(0);
    targets.push({ kind: sign === "+" ? "points" : reading.kind, value: reading.value, at });
    if (isRange(tokens, reading.to)) return "a range instead of one target";
    at = isOne(tokenAt(tokens, reading.to), JOINT) ? reading.to + 1 : reading.to;
  }
  return null;
}

const isRange = (tokens: readonly Token[], at: number): boolean =>
  /^(?:-|to|or)$/.test(tokenAt(tokens, at).text) && tokenAt(tokens, at + 1).kind === "number";

/** "6338 target", "12 pt target". */
function readBefore(
  tokens: readonly Token[],
  label: number,
  entryAt: number,
  targets: Target[],
): void {
  const isPoints = isOne(tokenAt(tokens, label - 1), POINT_WORDS);
  const at = isPoints ? label - 2 : label - 1;
  const { kind, value, text } = tokenAt(tokens, at);
  const isStated = kind === "number" && at !== entryAt && /^\d/.test(text) && value > 0;
  if (isStated) targets.push({ kind: isPoints ? "points" : "price", value, at });
}
