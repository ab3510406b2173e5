/**
 * Notices that an alert is told with its outcome: then it is a recap, whatever the words before it.
 *
 * ```text
 * ES long 6341: B, stop 6332 (+7/+12)      outcome      T1: 6333 ✅         outcome
 * ... out 6338   ... both targets hit      outcome      ... CANCELLED       taken back
 * ... The last one hit both targets.       about another trade
 * ... When T1 is hit, stop to BE.          an instruction
 * ```
 */
import { isTargetWord, words } from "./lexicon.ts";
import { isNear } from "./prices.ts";
import type { Sentence } from "./sentences.ts";
import { type Range, type Token, tokenAt } from "./tokens.ts";

const OTHER_TRADE = words(`
  last previous yesterday yesterday's earlier prior other if once when after until unless before
  will looking want need aiming hoping expect expecting
`);
const HITS = words("hit tagged smashed reached filled");
const HITTABLE = /^(?:t\d?|tp\d?|pt\d?|targets?|target\d|both|all|stop|sl)$/;
const LEAVING = words("out exit exited closed sold covered cover");
const PRAISE = words("banked nailed congrats congratulations winner winners booked");
const TELLING = words("gave netted paid earned worked finished ended outcome result");
const TAKEN_BACK = words(
  "cancelled canceled cancel void voided disregard scratch scratched invalidated correction",
);
const TICKS = /^[\u2705\u2714\u2611\u{1F4B0}]$/u;
const OUTCOME = "a recap: it tells the outcome";

export interface Told {
  readonly pair: Range;
  readonly entry: number;
  /** Where the block ends. */
  readonly to: number;
  /** Positions of the numbers that are targets, however they are written. */
  readonly targetsAt: ReadonlySet<number>;
}

/** Says what gives the outcome away, looking behind the pair; null if nothing does. */
export function outcomeIn(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  told: Told,
): string | null {
  for (const { from, to } of sentences) {
    const range = { from: Math.max(from, told.pair.to), to: Math.min(to, told.to) };
    if (range.from >= range.to) continue;
    const reason = outcomeInSentence(tokens, range, told, from <= told.pair.from);
    if (reason !== null) return reason;
  }
  return null;
}

function outcomeInSentence(
  tokens: readonly Token[],
  { from, to }: Range,
  told: Told,
  isOwn: boolean,
): string | null {
  if (!isOwn && anyOf(tokens, { from, to }, OTHER_TRADE)) return null;
  if (anyOf(tokens, { from, to }, TAKEN_BACK)) return "an alert taken back";
  if (isTold(tokens, { from, to }, isOwn)) return OUTCOME;
  for (let at = from; at < to; at++) if (isOutcome(tokens, at, told)) return OUTCOME;
  return null;
}

/** Told in words: praise, something that was hit, or how it ended. */
function isTold(tokens: readonly Token[], range: Range, isOwn: boolean): boolean {
  if (anyOf(tokens, range, PRAISE) || (isOwn && anyOf(tokens, range, TELLING))) return true;
  if (!anyOf(tokens, range, HITS)) return false;
  for (let at = range.from; at < range.to; at++) {
    if (HITTABLE.test(tokenAt(tokens, at).text)) return true;
  }
  return false;
}

function anyOf(
  tokens: readonly Token[],
  { from, to }: Range,
  wanted: ReadonlySet<string>,
): boolean {
  for (let at = from; at < to; at++) if (wanted.has(tokenAt(tokens, at).text)) return true;
  return false;
}

function isOutcome(tokens: readonly Token[], at: number, told: Told): boolean {
  const { kind, text } = tokenAt(tokens, at);
  if (kind === "number") {
    const isGain = text.startsWith("+") && tokenAt(tokens, at + 1).text !== "%";
    return isGain && !told.targetsAt.has(at);
  }
  if (kind === "emoji") return TICKS.test(text) && tokenAt(tokens, at - 1).kind !== "newline";
  if (text === "stopped" || isWholeSet(tokens, at) || isPathToPrice(tokens, at)) return true;
  return LEAVING.has(text) && leavesAtPrice(tokens, at + 1, told.entry);
}

/** "6326 → 6338", "A → T1": where it went; but "T1 → 6333" states a target. */
const isPathToPrice = (tokens: readonly Token[], at: number): boolean =>
  tokenAt(tokens, at).text === ">" &&
  !isTargetWord(tokenAt(tokens, at - 1).text) &&
  (tokenAt(tokens, at + 1).kind === "number" || isTargetWord(tokenAt(tokens, at + 1).text));

/** "Both targets in 11 minutes", but "Both targets: 6333 / 6338" states them. */
const isWholeSet = (tokens: readonly Token[], at: number): boolean =>
  /^(?:both|all)$/.test(tokenAt(tokens, at).text) &&
  tokenAt(tokens, at + 1).text === "targets" &&
  tokenAt(tokens, at + 2).text !== ":";

/** "Out 6338", "closed at 6338", "out rest @ 6338"; not "CPI out at 8:30". */
function leavesAtPrice(tokens: readonly Token[], from: number, entry: number): boolean {
  let at = from;
  while (at - from < 3 && /^(?:[:@-]|at|rest|half|the)$/.test(tokenAt(tokens, at).text)) at += 1;
  return isNear(tokenAt(tokens, at).value, entry);
}
