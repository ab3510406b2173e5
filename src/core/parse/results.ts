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
import { isTargetWord } from "./lexicon.ts";
import type { Sentence } from "./sentences.ts";
import { type Range, type Token, tokenAt } from "./tokens.ts";

const OTHER_TRADE =
  /^(?:last|previous|yesterday|yesterday's|earlier|prior|other|if|once|when|after|until|unless|before|will)$/;
const HITS = /^(?:hit|tagged|smashed|reached|filled)$/;
const HITTABLE = /^(?:t\d?|tp\d?|pt\d?|targets?|target\d|both|all|stop|sl)$/;
const LEAVING = /^(?:out|exit|exited|closed|sold|covered|cover)$/;
const TOLD =
  /^(?:banked|nailed|congrats|congratulations|winner|winners|booked|gave|netted|paid|earned|worked|finished|ended|outcome|result)$/;
const TAKEN_BACK =
  /^(?:cancelled|canceled|cancel|void|voided|disregard|scratch|scratched|invalidated|correction)$/;
const TICKS = /^[\u2705\u2714\u2611\u{1F4B0}]$/u;

/** Says what gives the outcome away, looking behind the pair; null if nothing does. */
export function outcomeIn(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  pair: Range,
  to: number,
  targetsAt: ReadonlySet<number>,
): string | null {
  for (const sentence of sentences) {
    const range = { from: Math.max(sentence.from, pair.to), to: Math.min(sentence.to, to) };
    const isOwn = sentence.from <= pair.from;
    if (range.from >= range.to) continue;
    if (!isOwn && tokens.slice(range.from, range.to).some(({ text }) => OTHER_TRADE.test(text)))
      continue;
    const reason = outcomeInSentence(tokens, range, targetsAt);
    if (reason !== null) return reason;
  }
  return null;
}

function outcomeInSentence(
  tokens: readonly Token[],
  { from, to }: Range,
  targetsAt: ReadonlySet<number>,
): string | null {
  const words = tokens.slice(from, to);
  const has = (pattern: RegExp) => words.some(({ text }) => pattern.test(text));
  if (has(TAKEN_BACK)) return "an alert taken back";
  if (has(TOLD) || (has(HITS) && has(HITTABLE))) return "a recap: it tells the outcome";
  for (let at = from; at < to; at++) {
    if (isOutcome(tokens, at) && !targetsAt.has(at)) return "a recap: it tells the outcome";
  }
  return null;
}

function isOutcome(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokenAt(tokens, at);
  if (kind === "number") return text.startsWith("+");
  if (kind === "emoji") return TICKS.test(text) && tokenAt(tokens, at - 1).kind !== "newline";
  if (text === "stopped" || isWholeSet(tokens, at) || isPathToPrice(tokens, at)) return true;
  return LEAVING.test(text) && hasPrice(tokens, at + 1);
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

/** "Out 6338", "closed at 6338", "out rest @ 6338". */
function hasPrice(tokens: readonly Token[], from: number): boolean {
  let at = from;
  while (at - from < 3 && /^(?:[:@-]|at|rest|half|the)$/.test(tokenAt(tokens, at).text)) at += 1;
  return tokenAt(tokens, at).kind === "number";
}
