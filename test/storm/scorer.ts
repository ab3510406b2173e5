/**
 * I41: what the risk score promises where it is switched on, by the facts alone and by a reckoning of
 * its own: every entry says its score and what it is made of; none is taken from the cut-off on, and
 * none refused below it; and no entry is larger than the curve lets its letter be. Where it is off, it
 * changes nothing.
 */
import type { Fact } from "../../src/core/model/fact.ts";
import type { Score, ScoreRules } from "../../src/core/model/score.ts";
import { chance } from "../../src/std/seeded.ts";

/** With both switched on, or nothing. */
export type StormScore = Required<Pick<ScoreRules, "cutOff" | "sizeCurve">>;

/** Scores of a usual half hour lie between 20 and 50. */
export const scoreFor = (seed: number): StormScore => ({
  cutOff: 36 + (chance(seed, "weather/cut-off", 0) % 20),
  sizeCurve: [
    { from: 20 + (chance(seed, "weather/curve", 0) % 8), share: 667 },
    { from: 32 + (chance(seed, "weather/curve", 1) % 8), share: 334 },
  ],
});

export interface Scored {
  readonly rules: StormScore | null;
  /** Contracts of each letter before anything is cut. */
  readonly bySize: Readonly<Record<"A" | "B" | "C", number>>;
  /** Micros that may be bought for one contract of the letter. */
  readonly ratio: number;
}

/** Where the score is only told, whatever the sizes are. */
export const UNSCORED: Scored = { rules: null, bySize: { A: 0, B: 0, C: 0 }, ratio: 1 };

export function scorer(
  { rules, bySize, ratio }: Scored,
  blame: (detail: string) => void,
): (fact: Fact) => void {
  return (fact) => {
    if (fact.kind === "TradeRefused" && fact.refusal.kind === "score") {
      const { score, limit } = fact.refusal;
      check(score, fact.account);
      if (limit !== rules?.cutOff || score.total < limit)
        blame(`${fact.account} refuses a score of ${score.total} from ${limit} on`);
    }
    if (fact.kind !== "TradePlanned") return;
    const { score, plan, size = "A", trade } = fact;
    const taken = plan.tranches.reduce((sum, one) => sum + one.quantity, 0);
    if (score === undefined) return blame(`${trade} says no score`);
    check(score, trade);
    if (rules === null) {
      if (plan.cuts?.some(({ why }) => why === "score") === true)
        blame(`${trade} is smaller for its score, which is off`);
      return;
    }
    if (score.total >= rules.cutOff)
      blame(`${trade} enters with a score of ${score.total}, cut off at ${rules.cutOff}`);
    const whole = bySize[size] * (plan.instrument === "MES" ? ratio : 1);
    const most = Math.max(1, Math.floor((whole * shareOf(rules, score.total)) / 1_000));
    if (taken > most)
      blame(`${trade} takes ${taken} of ${whole} at a score of ${score.total}, ${most} at most`);
  };

  /** Each part in its bounds, and all of them together what was told. */
  function check({ total, parts }: Score, what: string): void {
    const all = Object.values(parts);
    const sum = all.reduce((so, [, points, weight]) => so + points * weight, 0);
    const isSound = all.every(([, points]) => points >= 0 && points <= 100);
    if (!isSound || total !== Math.ceil(sum / 100) || total > 100)
      blame(`${what} has a score of ${total}, its parts make ${sum} of 10,000`);
  }
}

const shareOf = ({ sizeCurve }: StormScore, total: number): number =>
  sizeCurve.reduce(
    (least, { from, share }) => (total >= from ? Math.min(least, share) : least),
    1_000,
  );
