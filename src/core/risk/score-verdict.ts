/**
 * The last word before an entry is approved: its risk score, and what the rules make of it.
 *
 * ```text
 * all limits passed ─► score ─► cut-off reached? ─► refused
 *                                 └ size curve ───► fewer contracts, one at least
 * ```
 *
 * Both are off unless a rule set says otherwise; the score goes with the entry in any case.
 *
 * Accounts that stand alike get the same answer, which is worked out once: a thousand of them cost
 * hardly more than one.
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { Cut } from "../model/cut.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Rules } from "../model/rules.ts";
import type { Score, ScoreRules } from "../model/score.ts";
import { DEFAULT_SCORE } from "../model/score-table.ts";
import { contracts } from "../model/units.ts";
import type { AccountView } from "./account-limits.ts";
import { type Candidate, withCuts } from "./candidate.ts";
import type { Moment } from "./day-limits.ts";
import { scoreOf, shareAt, sizeAt } from "./score.ts";
import { type OwnFindings, ownFindings, type SharedFindings } from "./score-findings.ts";

export interface Scored extends Candidate {
  readonly score: Score;
}

/** What a rule set brings to the score of an alert, and the answer given last. */
export interface Scoring {
  readonly shared: SharedFindings;
  last: Answered | null;
}

interface Answered {
  readonly candidate: Candidate;
  readonly own: OwnFindings;
  readonly verdict: Result<Scored, Refusal>;
}

export interface Judged {
  readonly rules: Rules;
  readonly moment: Moment;
  readonly scoring: Scoring;
}

export function judgeScore(
  candidate: Candidate,
  { rules, moment, scoring }: Judged,
  view: AccountView,
): Result<Scored, Refusal> {
  const own = ownFindings(candidate.risk, rules, view, moment);
  const known = scoring.last;
  if (known !== null && known.candidate === candidate && isSame(known.own, own))
    return known.verdict;
  const score = scoreOf({ ...own, ...scoring.shared }, rules.score?.model ?? DEFAULT_SCORE);
  const verdict = judgedBy(candidate, score, rules.score ?? {});
  scoring.last = { candidate, own, verdict };
  return verdict;
}

const isSame = (a: OwnFindings, b: OwnFindings): boolean =>
  a.stop === b.stop &&
  a.floor === b.floor &&
  a.streak === b.streak &&
  a.drawdown === b.drawdown &&
  a.concurrency === b.concurrency;

function judgedBy(
  candidate: Candidate,
  score: Score,
  { cutOff, sizeCurve = [] }: ScoreRules,
): Result<Scored, Refusal> {
  const { total } = score;
  if (cutOff !== undefined && total >= cutOff) return err({ kind: "score", score, limit: cutOff });
  const from = candidate.quantity;
  const to = contracts(sizeAt(sizeCurve, total, from));
  if (to >= from) return ok({ ...candidate, score });
  const cut: Cut = { why: "score", from, to, total, share: shareAt(sizeCurve, total) };
  return ok({ ...withCuts(candidate, [cut]), score });
}
