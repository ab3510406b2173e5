/**
 * What the limits remember of an account beyond its counters of the day.
 *
 * Folded from the facts alone, so nothing of it is lost by a restart, undone by other settings, or
 * changed by a clock that jumps: a lock holds until the instant that was written down with it.
 */
import type { SizeLetter } from "./alert.ts";
import type { BreakerName, LossScope } from "./limits.ts";
import type { Millis, Money } from "./units.ts";

/**
 * ```text
 * closed ──trips──► open ──until──► half-open ──win, or a trade without trouble──► closed
 *                     ▲                 └────── loss, or trouble again ──► open
 * ```
 * One that does not ask for a trade of proof is closed by the time alone.
 */
export interface Tripped {
  readonly breaker: BreakerName;
  readonly at: Millis;
  readonly until: Millis;
  /** What was found, and what is allowed, in the breaker's own unit. */
  readonly measured: number;
  readonly limit: number;
}

/** No entry before `until`, whatever settings, restarts and clocks say. */
export interface Lock {
  readonly until: Millis;
  readonly scope: LossScope;
  /** Thousandths of the limit that were reached. */
  readonly reached: number;
  readonly limit: Money;
}

/** What alerts of one source, channel and size letter have come to on this trade date. */
export interface Tally {
  readonly source: string;
  readonly channel: string;
  readonly size: SizeLetter | null;
  readonly trades: number;
  /** Of those that are over. */
  readonly net: Money;
}

export interface AccountRisk {
  /** Highest part of the daily loss at which a step was taken today, thousandths. */
  readonly reached: number;
  /** The daily loss allows no entry; it outlives the counters of its day. */
  readonly lock?: Lock;
  /** The best that was booked today. */
  readonly peak: Money;
  /** Losing trades in a row, over days. */
  readonly streak: number;
  /** Entries of the last minute. */
  readonly entries: readonly Millis[];
  /** Orders refused or left without an answer, oldest first. */
  readonly troubles: readonly Millis[];
  /** By how many ticks the last stops and market orders filled worse than their price. */
  readonly slips: readonly number[];
  /** One for each source, channel and letter that brought a trade, in the order of the first. */
  readonly tallies: readonly Tally[];
  readonly tripped: readonly Tripped[];
}
