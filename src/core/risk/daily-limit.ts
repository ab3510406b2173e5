/**
 * The most a firm lets an account lose on one trade date, and until when it is shut out then.
 *
 * How much that is can grow with the profit of earlier days, so it is looked up at the last close and
 * stays for the date. What counts as lost differs: booked losses alone, or open ones as well, with
 * or without fees.
 */
import { centralClock, centralDayToUtc } from "../model/central-time.ts";
import type { DailyLimitRule } from "../model/firm-plan.ts";
import type { Millis, Money } from "../model/units.ts";
import { money } from "../model/units.ts";
import { tierAt } from "./profit-tiers.ts";

export interface LastClose {
  readonly balanceStart: Money;
  /** Closed balance. */
  readonly balance: Money;
  readonly floor: Money;
}

/** One trade date so far. */
export interface DayResult {
  /** Of closed trades and parts of trades, before fees. */
  readonly realised: Money;
  /** Of what is open, as it could be left now. */
  readonly open: Money;
  /** Charged so far; never negative. */
  readonly fees: Money;
}

/** Null where the rule holds no longer. */
export function dailyLimitOf(
  rule: DailyLimitRule,
  { balanceStart, balance, floor }: LastClose,
): Money | null {
  if (rule.ends === "floor-at-start" && floor >= balanceStart) return null;
  return tierAt(rule.amount, money(balance - balanceStart));
}

/** What the day has lost in the firm's eyes; below 0 it has gained. */
export function dayLossOf(
  { basis, feesCounted }: Pick<DailyLimitRule, "basis" | "feesCounted">,
  { realised, open, fees }: DayResult,
): Money {
  const gained = realised + (basis === "equity" ? open : 0) - (feesCounted ? fees : 0);
  return money(-gained);
}

/** To reach it is to hit it. */
export const isLimitHit = (limit: Money, loss: Money): boolean => loss >= limit;

/** The first reset after the hit: from that moment on the account may trade again. */
export function lockedUntil({ resetsAt }: Pick<DailyLimitRule, "resetsAt">, hitAt: Millis): Millis {
  const { dayNumber } = centralClock(hitAt);
  const today = centralDayToUtc(dayNumber, resetsAt);
  return today > hitAt ? today : centralDayToUtc(dayNumber + 1, resetsAt);
}
