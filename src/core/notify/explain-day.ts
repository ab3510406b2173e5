/** Refusals by the limits of the day, in the words of `explain.ts`. */
import { unreachable } from "../../std/assert.ts";
import type { BreakerName } from "../model/limits.ts";
import type { Refusal } from "../model/refusal.ts";
import type { BudgetScope } from "../model/size-room.ts";
import { millis, money } from "../model/units.ts";
import { showDuration, showMoney } from "../model/wording.ts";
import { dayAndTime } from "./day-and-time.ts";
import { roomlessText } from "./explain-firm.ts";

export type DayRefusal = Extract<
  Refusal,
  {
    kind:
      | "daily-loss"
      | "no-room"
      | "breaker"
      | "half-open"
      | "entries-per-minute"
      | "exposure"
      | "part-trades"
      | "part-loss";
  }
>;

export function explainDay(refusal: DayRefusal): string {
  switch (refusal.kind) {
    case "daily-loss": {
      const { reached, limit, scope, until } = refusal;
      const lost = `${reached / 10}% of the daily loss of ${showMoney(limit)} was reached`;
      return `${lost}${ofScope(scope)}; entries start again ${dayAndTime(until)}`;
    }
    case "no-room": {
      const { lost, open, limit, each, scope } = refusal;
      if (isOfFirm(scope)) return roomlessText(refusal);
      const spent = `${showMoney(lost)} lost today, ${showMoney(open)} at risk in open trades`;
      return `${spent} and ${showMoney(each)} for one contract are more than the daily loss of ${showMoney(limit)}${ofScope(scope)}`;
    }
    case "breaker": {
      const { breaker, measured, limit, until } = refusal;
      const found = breakerText(breaker, measured, limit);
      return `the breaker "${breaker}" is open (${found}) until ${dayAndTime(until)}`;
    }
    case "half-open":
      return `the breaker "${refusal.breaker}" asks for one trade of proof, and #${refusal.trade} is on`;
    case "entries-per-minute":
      return `${refusal.taken} of ${refusal.limit} entries allowed in one minute are taken`;
    case "exposure": {
      const { wanted, limit, family, scope } = refusal;
      return `it would make ${wanted} contracts of ${family}${ofScope(scope)} and the limit is ${limit}`;
    }
    case "part-trades":
      return `${refusal.taken} of ${refusal.limit} trades a day of ${refusal.part} are taken`;
    case "part-loss": {
      const { of, loss, limit, part } = refusal;
      const lost = of === "day" ? "lost today" : "could be lost";
      return `${showMoney(loss)} ${lost} and the limit of ${part} is ${showMoney(limit)}`;
    }
    default:
      return unreachable(refusal);
  }
}

export const isOfFirm = (scope: BudgetScope): boolean =>
  scope === "firm-floor" || scope === "firm-day";

export const ofScope = (scope: BudgetScope): string =>
  scope === "total" ? " over all accounts" : "";

/** What tripped it, against what is allowed. */
export function breakerText(breaker: BreakerName, measured: number, limit: number): string {
  switch (breaker) {
    case "losses":
      return `${measured} losing trades in a row, limit ${limit}`;
    case "drawdown":
      return `${showMoney(money(measured))} below the best of the day, limit ${showMoney(money(limit))}`;
    case "errors":
      return `${measured} orders refused or unanswered, limit ${limit}`;
    case "slippage":
      return `fills ${measured / 1_000} ticks worse than their price on average, limit ${limit / 1_000}`;
    case "feed":
      return `a price ${showDuration(millis(measured))} old, limit ${showDuration(millis(limit))}`;
    default:
      return unreachable(breaker);
  }
}
