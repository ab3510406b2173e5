/**
 * What a person is told without asking, on every trade date: that all is ready, and how the day was;
 * and at its end, at that of the week and of the month, that a summary is due.
 *
 * A fact each, so that a restart tells nothing twice. The messages of the day carry every figure they
 * show: whoever puts one into words later need not know the state it came from. A summary carries none:
 * it is put together from the journal and the ledger, in its own time.
 */
import type { SummaryPeriod } from "./duty.ts";
import type { Ailing, Component } from "./health.ts";
import type { AccountId } from "./ids.ts";
import type { Root } from "./instrument.ts";
import type { Amount } from "./limits.ts";
import type { PushChannel } from "./push-proof.ts";
import type { Refusal } from "./refusal.ts";
import type { Sizing } from "./rules.ts";
import type { TradeDate } from "./trade-date.ts";
import type { Millis, Money } from "./units.ts";

/** Why entries would not be taken, or not be heard. */
export type Unready =
  | { readonly kind: "account"; readonly account: AccountId; readonly refusal: Refusal }
  | { readonly kind: "no-prices" }
  | { readonly kind: "price"; readonly instrument: Root; readonly age: Millis }
  | { readonly kind: "source"; readonly source: string; readonly since: Millis }
  /** A part of the house does not work. */
  | (Omit<Ailment, "state"> & { readonly kind: "health" });

/** A part of the house that is not well. */
export interface Ailment extends Ailing {
  readonly component: Component;
}

export interface ReadyAccount {
  readonly account: AccountId;
  readonly balance: Money;
  readonly sizing: Sizing;
  readonly lossPerTrade: Amount;
  /** Null: none is set. */
  readonly dailyLoss: Amount | null;
  readonly tradesPerDay: number;
}

export interface ClosingAccount {
  readonly account: AccountId;
  readonly trades: number;
  readonly net: Money;
  readonly balance: Money;
  /** Numbers of the trades that are on. */
  readonly open: readonly number[];
}

interface OfDate {
  readonly at: Millis;
  readonly tradeDate: TradeDate;
  /** When it was to be told; much earlier than `at` where the program was not running. */
  readonly due: Millis;
}

export type DutyFact =
  | (OfDate & {
      readonly kind: "ReadyTold";
      readonly mode: "paper" | "live" | "demo";
      readonly unready: readonly Unready[];
      readonly accounts: readonly ReadyAccount[];
      readonly prices: readonly { readonly instrument: Root; readonly age: Millis }[];
      readonly sources: readonly { readonly source: string; readonly state: "up" | "down" }[];
      /** What of the house is not well; left out where all is. */
      readonly ailments?: readonly Ailment[];
      /** Entries end then; null: at no hour of their own. */
      readonly cutOff: Millis | null;
    })
  | (OfDate & {
      readonly kind: "ClosingTold";
      readonly accounts: readonly ClosingAccount[];
      /** Entries that wait for a person's yes, or for another trade to end. */
      readonly waiting: number;
    })
  | (OfDate & {
      readonly kind: "SummaryDue";
      readonly period: SummaryPeriod;
      /** Its first day; `tradeDate` is its last trade date. */
      readonly from: TradeDate;
    })
  /** A test message was taken on this channel, as it was then. */
  | (PushChannel & { readonly at: Millis; readonly kind: "ChannelPassed" })
  /** A source of alerts can be heard, or not any more. */
  | {
      readonly at: Millis;
      readonly kind: "SourceMoved";
      readonly source: string;
      readonly state: "up" | "down";
    };

const KINDS: ReadonlySet<string> = new Set<DutyFact["kind"]>([
  ...(["ReadyTold", "ClosingTold", "SummaryDue", "SourceMoved", "ChannelPassed"] as const),
]);

export const isOfDuty = <Fact extends { readonly kind: string }>(
  fact: Fact | DutyFact,
): fact is DutyFact => KINDS.has(fact.kind);
