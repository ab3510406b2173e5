/**
 * Why an alert did not become a trade: a value with its numbers, journaled like any other fact.
 *
 * *Ignored* = the text is no entry. *Refused* = it is one, and we will not take it.
 * Prices and distances are ticks of the instrument the refusal speaks of, money ten-thousandths.
 */

import type { Side } from "./alert.ts";
import type { FirmLimit } from "./firm-state.ts";
import type { AccountId } from "./ids.ts";
import type { Root } from "./instrument.ts";
import type { BreakerName, LossScope } from "./limits.ts";
import type { Score } from "./score.ts";
import type { CapRoom, Room } from "./size-room.ts";
import type { Millis, Money, Ticks } from "./units.ts";

/** What stands on the other side. */
export interface Opponent {
  readonly account: AccountId;
  readonly name: string;
  readonly side: Side;
  readonly instrument: Root;
  /** Contracts held, and those ordered that may still fill. */
  readonly quantity: number;
  /** Its number; null for contracts that no trade of ours accounts for. */
  readonly trade: number | null;
  /** Why it stands against it in another product; left out: it is in the same family. */
  readonly correlated?: Correlation;
}

/** A group of products that a plan of a firm counts as one bet. */
export interface Correlation {
  readonly plan: string;
  readonly group: string;
}

/** What the micro contract of the family met, where it was tried in place of the mini. */
export interface InMicro {
  readonly instrument: Root;
  readonly refusal: Refusal;
}

export type Refusal = Reason & { readonly micro?: InMicro };

type Reason =
  | { readonly kind: "unknown-size" }
  | { readonly kind: "stop-wrong-side"; readonly entry: Ticks; readonly stop: Ticks }
  | { readonly kind: "target-wrong-side"; readonly entry: Ticks; readonly target: Ticks }
  | { readonly kind: "stop-too-far"; readonly distance: Ticks; readonly limit: Ticks }
  | { readonly kind: "stop-too-near"; readonly distance: Ticks; readonly limit: Ticks }
  | { readonly kind: "stale"; readonly age: Millis; readonly limit: Millis }
  | { readonly kind: "duplicate"; readonly of: string; readonly sameStop: boolean }
  /** An update that was sent later has been heard already: the author has gone on since. */
  | { readonly kind: "superseded"; readonly by: string; readonly after: Millis }
  | { readonly kind: "trades-per-day"; readonly taken: number; readonly limit: number }
  | { readonly kind: "position-size"; readonly wanted: number; readonly limit: number }
  /** A live account begins small. */
  | {
      readonly kind: "probation";
      readonly wanted: number;
      readonly limit: number;
      /** This live trade date, from 1, and how many are kept small. */
      readonly date: number;
      readonly of: number;
    }
  | {
      readonly kind: "loss-per-trade";
      readonly risk: Money;
      readonly limit: Money;
      /** What trades of the family that are on can still lose; it counts as well. */
      readonly open?: Money;
    }
  /** So much of the daily loss is lost that nothing more is entered before `until`. */
  | {
      readonly kind: "daily-loss";
      readonly scope: LossScope;
      readonly reached: number;
      readonly limit: Money;
      readonly until: Millis;
    }
  /** Not one contract fits below the limit of the day. */
  | (Room & { readonly kind: "no-room" })
  /** The firm has taken the account away, or would have. */
  | {
      readonly kind: "firm-lost";
      readonly of: FirmLimit;
      readonly equity: Money;
      readonly level: Money;
      readonly since: Millis;
    }
  /** The firm's daily limit was reached. */
  | { readonly kind: "firm-locked"; readonly limit: Money; readonly until: Millis }
  | { readonly kind: "firm-product"; readonly plan: string; readonly instrument: Root }
  /** The account has to be flat soon; entries end before that. */
  | {
      readonly kind: "firm-hours";
      readonly plan: string;
      readonly until: Millis;
      readonly flatBy: Millis;
    }
  /** Around a report the firm wants nothing held, or nothing opened, from `from` to `until`. */
  | {
      readonly kind: "firm-news";
      readonly plan: string;
      readonly report: string;
      readonly at: Millis;
      readonly from: Millis;
      readonly until: Millis;
      readonly asks: "flat" | "no-opening";
    }
  | {
      readonly kind: "firm-mixing";
      readonly plan: string;
      readonly instrument: Root;
      readonly held: Root;
    }
  | (CapRoom & { readonly kind: "firm-cap" })
  | {
      readonly kind: "breaker";
      readonly breaker: BreakerName;
      readonly measured: number;
      readonly limit: number;
      readonly until: Millis;
    }
  /** The one trade of proof that a breaker asks for is on. */
  | { readonly kind: "half-open"; readonly breaker: BreakerName; readonly trade: number }
  | { readonly kind: "entries-per-minute"; readonly taken: number; readonly limit: number }
  | {
      readonly kind: "exposure";
      readonly scope: LossScope;
      readonly family: Root;
      readonly wanted: number;
      readonly limit: number;
    }
  /** Of the alerts of one source or one size letter. */
  | {
      readonly kind: "part-trades";
      readonly part: string;
      readonly taken: number;
      readonly limit: number;
    }
  | {
      readonly kind: "part-loss";
      readonly part: string;
      /** By this trade, or by those of the day that are over. */
      readonly of: "trade" | "day";
      readonly loss: Money;
      readonly limit: Money;
    }
  /** From `limit` on nothing is entered. */
  | { readonly kind: "score"; readonly score: Score; readonly limit: number }
  | { readonly kind: "risk-too-small"; readonly risk: Money; readonly budget: Money }
  /** Of so many contracts the account may take so many thousandths, which is less than one. */
  | { readonly kind: "ratio-too-small"; readonly quantity: number; readonly ratio: number }
  /** Another account of the same hands holds, or has ordered, the other side of the family. */
  | (Opponent & { readonly kind: "opposing-account"; readonly family: Root })
  /** An account of the firm has the other side of a product the firm counts as correlated. */
  | (Opponent & {
      readonly kind: "firm-hedging";
      readonly family: Root;
      readonly correlated: Correlation;
    })
  /** The room's group has no account. */
  | { readonly kind: "no-account"; readonly group: string }
  /** So many entries wait for a person's answer already. */
  | { readonly kind: "queue-full"; readonly limit: number }
  | { readonly kind: "already-in-trade"; readonly trade: number }
  | { readonly kind: "opposite-open"; readonly trade: number }
  | { readonly kind: "off-grid"; readonly instrument: Root }
  | { readonly kind: "not-traded"; readonly instrument: Root }
  | { readonly kind: "no-price"; readonly instrument: Root }
  | { readonly kind: "stale-price"; readonly age: Millis; readonly limit: Millis }
  | {
      readonly kind: "collar";
      readonly last: Ticks;
      readonly alerted: Ticks;
      readonly limit: Ticks;
    }
  | { readonly kind: "too-far-gone"; readonly price: Ticks; readonly limit: Ticks }
  | { readonly kind: "stop-touched"; readonly price: Ticks; readonly stop: Ticks }
  | { readonly kind: "target-passed"; readonly price: Ticks; readonly target: Ticks }
  | { readonly kind: "market-closed"; readonly reason: string; readonly opensAt: Millis }
  /** No entry any more on this trade date; `opensAt` is when they are taken again. */
  | { readonly kind: "cut-off"; readonly cutOff: Millis; readonly opensAt: Millis }
  /** The market is open, and this account takes no entries yet. */
  | { readonly kind: "outside-hours"; readonly opensAt: Millis; readonly until: Millis }
  | { readonly kind: "news"; readonly name: string; readonly until: Millis }
  /** By the operator's own word, which nothing takes back. */
  | { readonly kind: "locked-out"; readonly until: Millis }
  /** Nobody has given a sign of life since then. */
  /** Nobody knows whether an alarm would reach anyone: none of these channels has taken a test. */
  | { readonly kind: "no-push"; readonly channels: readonly string[] }
  | { readonly kind: "unattended"; readonly since: Millis; readonly limit: Millis }
  /** The operator switched this account off, and it alone. */
  | { readonly kind: "switched-off"; readonly since: Millis }
  | { readonly kind: "gate"; readonly gate: "reducing" | "halted"; readonly reason: string }
  | { readonly kind: "not-settled" }
  /** The venue's own reports do not reach us: fills would be seen late. */
  | { readonly kind: "link-down" }
  /** Nobody knows how old an alert or a price is; `offset` added to our time gives the venue's. */
  | { readonly kind: "clock-off"; readonly offset: Millis; readonly limit: Millis }
  | { readonly kind: "closed-by-hand"; readonly instrument: Root; readonly trade: number }
  | { readonly kind: "outcome-unknown"; readonly trade: number };
