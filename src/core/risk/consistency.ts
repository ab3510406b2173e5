/**
 * One lucky day is no record: firms ask that the best day be only a part of the whole.
 *
 * While a target is to be reached, too good a day raises it: at 55 %, a best day of 2,000 asks for
 * 2,000 / 0.55 = 3,636.36 in place of 3,000. Where a payout is asked for, it blocks the payout until
 * other days have caught up. The line is hard and nothing is rounded; a losing day lowers the whole
 * and not the best day.
 *
 * What the whole is, the same articles tell in two ways, the profit target or the net profit. What has
 * to be earned is the same in both, for net >= target and best <= share x net mean net >=
 * max(target, best / share). They differ in how much one day may make before that happens.
 */
import type { PayoutConsistency, PayoutWay, TargetConsistency } from "../model/firm-plan.ts";
import { type Money, money } from "../model/units.ts";

const WHOLE = 1_000;

export interface DaySums {
  /** Of the best day; 0 when no day has won. */
  readonly best: Money;
  readonly net: Money;
}

/** `days` are net results of whole trade dates. */
export const sumsOf = (days: readonly Money[]): DaySums => ({
  best: money(Math.max(0, ...days)),
  net: money(days.reduce((sum, day) => sum + day, 0)),
});

/** What has to be earned after such a best day. A part of a ten-thousandth counts whole. */
export function profitNeeded(
  target: Money,
  consistency: TargetConsistency | null,
  best: Money,
): Money {
  if (consistency === null) return target;
  return money(Math.max(target, Math.ceil((best * WHOLE) / consistency.share)));
}

/** The share of the best day stays within its limit; where nothing was earned, none does. */
export const isWithin = (shareMax: number, { best, net }: DaySums): boolean =>
  net > 0 && best * WHOLE <= shareMax * net;

/**
 * The most a day can make without raising the target; null: any sum. `net` is the profit of the days
 * before it.
 */
export function dayProfitMax(
  { measure, share }: TargetConsistency,
  { target, net }: { readonly target: Money; readonly net: Money },
): Money | null {
  if (measure === "target") return money(Math.floor((target * share) / WHOLE));
  if (share === WHOLE) return null;
  return money(Math.max(0, Math.floor((net * share) / (WHOLE - share))));
}

/** `payouts` is how many were made before. */
export function shareMaxOf({ shares }: PayoutConsistency, payouts: number): number {
  const [first, ...later] = shares;
  return later.slice(0, payouts).at(-1) ?? first;
}

export type PayoutFault =
  | { readonly kind: "qualifying-days"; readonly have: number; readonly need: number }
  | { readonly kind: "best-day"; readonly sums: DaySums; readonly shareMax: number };

/** `days` are the results of those the way counts, each of them traded: of the account's life, or since the last payout. */
export function payoutFaults(
  { qualifyingDays, consistency }: PayoutWay,
  days: readonly Money[],
  payouts: number,
): readonly PayoutFault[] {
  const faults: PayoutFault[] = [];
  if (qualifyingDays !== null) {
    const { count: need, profitMin } = qualifyingDays;
    const have = days.filter((day) => profitMin === null || day >= profitMin).length;
    if (have < need) faults.push({ kind: "qualifying-days", have, need });
  }
  if (consistency !== null) {
    const sums = sumsOf(days);
    const shareMax = shareMaxOf(consistency, payouts);
    if (!isWithin(shareMax, sums)) faults.push({ kind: "best-day", sums, shareMax });
  }
  return faults;
}
