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
import { isOne, mark, words } from "./dictionary.ts";
import { endsInDigit } from "./lexicon.ts";
import { GAIN_MARK, OUTCOME_MARK, TARGET_MARK } from "./marks.ts";
import { isNear } from "./prices.ts";
import type { Sentence } from "./sentences.ts";
import { hasOne, type Range, type Token, tokenAt } from "./tokens.ts";

const OTHER_TRADE = words(`
  last previous yesterday yesterday's earlier prior other if once when after until unless before
  will looking want need aiming hoping expect expecting
`);
const HITS = words("hit tagged smashed reached filled");
const HITTABLE = words("t tp pt target targets both all stop sl");
const LEAVING = words("out exit exited closed sold covered cover");
const PRAISE = words("banked nailed congrats congratulations winner winners booked");
const TELLING = words("gave netted paid earned worked finished ended outcome result");
const TAKEN_BACK = words(
  "cancelled canceled cancel void voided disregard scratch scratched invalidated correction",
);
const TICKS = words("\u2705 \u2714 \u2611 \u{1F4B0}");
const OUTCOME = "a recap: it tells the outcome";

export interface Told {
  readonly pair: Range;
  readonly entry: number;
  /** Where the block ends. */
  readonly to: number;
  /** However they are written, they are no gains. */
  readonly targets: readonly { readonly at: number }[];
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
  if (!mayTell(tokens, { from, to })) return null;
  if (!isOwn && hasOne(tokens, { from, to }, OTHER_TRADE)) return null;
  if (hasOne(tokens, { from, to }, TAKEN_BACK)) return "an alert taken back";
  if (isTold(tokens, { from, to }, isOwn)) return OUTCOME;
  for (let at = from; at < to; at++) if (isOutcome(tokens, at, told)) return OUTCOME;
  return null;
}

/** Without one of these words and without a gain nothing is told. */
mark([...TAKEN_BACK, ...PRAISE, ...TELLING, ...HITS, ...LEAVING, ...TICKS], OUTCOME_MARK);
mark(["stopped", "both", "all", ">"], OUTCOME_MARK);

function mayTell(tokens: readonly Token[], { from, to }: Range): boolean {
  for (let at = from; at < to; at++) {
    if ((tokenAt(tokens, at).marks & (OUTCOME_MARK | GAIN_MARK)) !== 0) return true;
  }
  return false;
}

/** Told in words: praise, something that was hit, or how it ended. */
function isTold(tokens: readonly Token[], range: Range, isOwn: boolean): boolean {
  if (hasOne(tokens, range, PRAISE) || (isOwn && hasOne(tokens, range, TELLING))) return true;
  if (!hasOne(tokens, range, HITS)) return false;
  for (let at = range.from; at < range.to; at++) {
    const token = tokenAt(tokens, at);
    if (isOne(token, HITTABLE) || isNumbered(token)) return true;
  }
  return false;
}

/** `T1`, `TP2` */
const isNumbered = ({ marks, text }: Token): boolean =>
  (marks & TARGET_MARK) !== 0 && endsInDigit(text) && /^(?:t|tp|pt|target)\d$/.test(text);

function isOutcome(tokens: readonly Token[], at: number, told: Told): boolean {
  const token = tokenAt(tokens, at);
  const { kind, text, marks } = token;
  if (kind === "number") {
    const isGain = (marks & GAIN_MARK) !== 0 && tokenAt(tokens, at + 1).text !== "%";
    return isGain && !told.targets.some((target) => target.at === at);
  }
  if (kind === "emoji") return isOne(token, TICKS) && tokenAt(tokens, at - 1).kind !== "newline";
  if (text === "stopped" || isWholeSet(tokens, at) || isPathToPrice(tokens, at)) return true;
  return isOne(token, LEAVING) && leavesAtPrice(tokens, at + 1, told.entry);
}

/** "6326 → 6338", "A → T1": where it went; but "T1 → 6333" states a target. */
const isPathToPrice = (tokens: readonly Token[], at: number): boolean =>
  tokenAt(tokens, at).text === ">" &&
  !isTarget(tokenAt(tokens, at - 1)) &&
  (tokenAt(tokens, at + 1).kind === "number" || isTarget(tokenAt(tokens, at + 1)));

const isTarget = ({ marks }: Token): boolean => (marks & TARGET_MARK) !== 0;

const WHOLE_SET = words("both all");

/** "Both targets in 11 minutes", but "Both targets: 6333 / 6338" states them. */
const isWholeSet = (tokens: readonly Token[], at: number): boolean =>
  isOne(tokenAt(tokens, at), WHOLE_SET) &&
  tokenAt(tokens, at + 1).text === "targets" &&
  tokenAt(tokens, at + 2).text !== ":";

const PRICE_LEADS = words(": @ - at rest half the");

/** "Out 6338", "closed at 6338", "out rest @ 6338"; not "CPI out at 8:30". */
function leavesAtPrice(tokens: readonly Token[], from: number, entry: number): boolean {
  let at = from;
  while (at - from < 3 && isOne(tokenAt(tokens, at), PRICE_LEADS)) at += 1;
  return isNear(tokenAt(tokens, at).value, entry);
}
