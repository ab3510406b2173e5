/**
 * What the limits decided by themselves, with all the numbers it was decided by.
 */

import type { AccountId, TradeId } from "./ids.ts";
import type { BreakerName } from "./limits.ts";
import type { Rules } from "./rules.ts";
import type { TradeDate } from "./trade-date.ts";
import type { Millis, Money } from "./units.ts";

interface Timed {
  readonly at: Millis;
}

export type LossStep = "warn" | "half-size" | "block" | "flatten";

/** Accounts counted together: those that trade, and those that mirror them on paper. */
export type BookName = "house" | "twins";

export type RiskFact =
  /** A part of the daily loss is lost; on this trade date no better price undoes it. */
  | (Timed & {
      readonly kind: "LossStepReached";
      readonly account: AccountId;
      readonly step: LossStep;
      /** Where the step begins, thousandths of the limit. */
      readonly share: number;
      readonly limit: Money;
      /** By trades that are over, and by open ones if they were left now, fees in both. */
      readonly realised: Money;
      readonly open: Money;
    })
  /** The same of all accounts of a book together, by the total of one rule set. */
  | (Timed & {
      readonly kind: "TotalStepReached";
      readonly book: BookName;
      readonly rules: string;
      /** Told already of another rule set, which has the very same total. */
      readonly again?: true;
      readonly step: LossStep;
      readonly share: number;
      readonly limit: Money;
      readonly realised: Money;
      readonly open: Money;
    })
  | (Timed & {
      readonly kind: "BreakerOpened";
      readonly account: AccountId;
      readonly breaker: BreakerName;
      readonly measured: number;
      readonly limit: number;
      readonly until: Millis;
    })
  | (Timed & {
      readonly kind: "BreakerClosed";
      readonly account: AccountId;
      readonly breaker: BreakerName;
      /** The trade that proved it. */
      readonly by: TradeId;
    })
  /** New settings allow more, but not on a trade date on which these accounts have traded, or the total took a step. */
  | (Timed & {
      readonly kind: "LimitsKept";
      readonly accounts: readonly AccountId[];
      /** The new rule set, what is looser in it, and what holds until the trade date ends. */
      readonly rules: string;
      readonly loosened: readonly string[];
      readonly name: string;
      readonly ruleSet: Rules;
      readonly until: TradeDate;
    });
