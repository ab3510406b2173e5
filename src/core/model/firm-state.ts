/**
 * What a firm would say of an account: where its floor is, what the day may lose, how much may be
 * held, and whether the account is lost.
 *
 * ```text
 *  equity    50,640 ┤            what it has, open trades at the bid or the ask
 *  opening   50,500 ┤ day        closed balance at the last end of a trade date
 *  buffer    48,600 ┤ floor+100  everything is closed here, before the firm would
 *  floor     48,500 ┤            touched once, the account is lost
 * ```
 *
 * Folded from facts that carry the figures themselves, so that no restart, no other pack and no
 * clock can lower a floor: only the operator's word that the firm has begun the account anew does.
 * All dollars are as the firm counts them; they differ from our books by `shift` alone.
 */
import type { FirmPlan } from "./firm-plan.ts";
import type { TradeDate } from "./trade-date.ts";
import type { Millis, Money, Weight } from "./units.ts";

/** What an account is told of its firm by the settings. */
export interface FirmTerms {
  /** Id of one of the plans of the settings. */
  readonly plan: string;
  /** So far above the floor everything is closed. */
  readonly buffer: Money;
  /** What the account did before it was first seen here; left out: nothing. */
  readonly soFar?: SoFar;
}

/** What a person was shown of it before it was allowed to trade live. */
export interface FirmAllowed {
  readonly plan: FirmPlan;
  readonly buffer: Money;
}

/** Each may be left out: then the account has only just begun. */
export interface SoFar {
  /** Highest closed balance, or highest equity where the floor follows that. */
  readonly highest?: Money;
  /** Net results of the trade dates it was traded on, oldest first. */
  readonly days?: readonly Money[];
  readonly payouts?: number;
  /** The trade date it began on. */
  readonly since?: TradeDate;
}

/** The level that must not be touched. */
export interface LossFloor {
  readonly at: Money;
  /** It rises no further; null: without end. */
  readonly lock: Money | null;
}

export type FirmLimit = "floor" | "daily-limit";

/** What holds for one trade date, by its opening. */
export interface FirmDay {
  readonly date: TradeDate;
  /** Closed balance when it began. */
  readonly opening: Money;
  /** How much may be held; it only comes down while the date lasts. */
  readonly size: Weight;
  /** Null where none is set. */
  readonly dailyLimit: Money | null;
  /** Highest part of each limit that was told, thousandths. */
  readonly reached: Readonly<Record<FirmLimit, number>>;
}

/** A trade date that is over, on which something was traded. */
export interface FirmDayResult {
  /** Null for those before the account was first seen here. */
  readonly date: TradeDate | null;
  readonly net: Money;
  /** How many payouts there had been. */
  readonly payouts: number;
}

/** More are not remembered; the oldest go first. */
export const FIRM_DAYS_MAX = 500;

export interface FirmBreach {
  readonly at: Millis;
  readonly of: FirmLimit;
  readonly equity: Money;
  /** What it must not have come down to. */
  readonly level: Money;
}

/** The daily limit was reached: no entry before `until`. */
export interface FirmLock {
  readonly until: Millis;
  readonly limit: Money;
}

export interface FirmState {
  /** Among the plans in force; null: the settings name none any more, and only a breach counts. */
  readonly plan: string | null;
  readonly buffer: Money;
  /** What the firm's figure has over ours; not 0 only where a paper account was begun anew. */
  readonly shift: Money;
  readonly began: TradeDate;
  readonly floor: LossFloor;
  /** Highest that the floor has followed: closed balances, or equity. */
  readonly peak: Money;
  readonly day: FirmDay;
  readonly lock?: FirmLock;
  readonly breach?: FirmBreach;
  readonly payouts: number;
  /** Oldest first. */
  readonly days: readonly FirmDayResult[];
  /** The first and the last trade date with a fill that is in no result yet; left out: none. */
  readonly traded?: readonly TradeDate[];
}
