/**
 * The limits a trader sets against his own bad day, as plain data.
 *
 * ```text
 * loss of the day   0 ──── 50 ──── 75 ──── 90 ──── 100 % of the limit
 *                        warn   warn,    warn,    everything is closed,
 *                               half     no more  and nothing entered until
 *                               size     entries  the next trade date
 * ```
 *
 * All of it may be left out, as in journals written before there was any: then nothing is limited.
 */
import type { SizeLetter } from "./alert.ts";
import type { Root } from "./instrument.ts";
import { type Millis, type Money, money } from "./units.ts";

/** Whose loss a limit counts: of one account, or of all together. */
export type LossScope = "account" | "total";

export type BreakerName = "losses" | "drawdown" | "errors" | "slippage" | "feed";

/** Dollars, or ten-thousandths of what the account held when the trade date began. */
export type Amount = Money | { readonly ofBalance: number };

/** In dollars. A part is rounded down; of an account that owes money it is nothing. */
export const amountOf = (amount: Amount, opening: Money): Money =>
  typeof amount === "number"
    ? amount
    : money(Math.max(0, Math.floor((opening / 10_000) * amount.ofBalance)));

/** Where each step begins, in thousandths of the limit; null = that step is not taken. */
export interface LossSteps {
  readonly warn: readonly number[];
  readonly half: number | null;
  readonly block: number | null;
  readonly flatten: number | null;
}

export interface DailyLoss {
  readonly limit: Amount;
  readonly steps: LossSteps;
}

/** Of all accounts together; those that only mirror others on paper are counted by themselves. */
export interface TotalLimits {
  readonly dailyLoss?: DailyLoss;
  /** Contracts of a product family. */
  readonly exposure?: Exposure;
}

export type Exposure = Readonly<Partial<Record<Root, number>>>;

/** Of the alerts of one channel or kind of source, or of one size letter. */
export interface PartLimits {
  readonly tradesPerDay?: number;
  readonly lossPerTrade?: Amount;
  /** Of trades that are over. */
  readonly dailyLoss?: Amount;
}

/** What stops entries for a while; each may be left out. */
export interface BreakerLimits {
  /** From the best the day had booked down to where it stands now. */
  readonly drawdown?: { readonly limit: Amount };
  /** Orders the venue refused or left without an answer. */
  readonly errors?: { readonly count: number; readonly within: Millis; readonly pause: Millis };
  /** The mean of the last fills of stops and market orders against the slippage allowed for. */
  readonly slippage?: { readonly fills: number };
  /** After a price was found too old to be traded on. */
  readonly feed?: { readonly pause: Millis };
}

export interface DayLimits {
  readonly dailyLoss?: DailyLoss;
  readonly total?: TotalLimits;
  /** Losing trades in a row. */
  readonly consecutiveLosses?: number;
  readonly entriesPerMinute?: number;
  /** Contracts of a product family, where that is to be less than `positionSize`. */
  readonly exposure?: Exposure;
  readonly bySize?: Readonly<Partial<Record<SizeLetter, PartLimits>>>;
  /** By channel, or by kind of source. */
  readonly bySource?: Readonly<Record<string, PartLimits>>;
  readonly breakers?: BreakerLimits;
}

/** More is not remembered of fills and troubles, nor asked for by any breaker. */
export const REMEMBERED_MAX = 20;
/** Nor of the entries of the last minute. */
export const ENTRIES_MAX = 60;
