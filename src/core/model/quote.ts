/**
 * The market as it reaches us: the last trade, both sides of the book, and how far the price went
 * since the previous report, because a report is only made when an alarm asked for one.
 */
import type { Root } from "./instrument.ts";
import { type Millis, millis, type Ticks } from "./units.ts";

export interface Quote {
  readonly instrument: Root;
  readonly at: Millis;
  readonly last: Ticks;
  readonly bid: Ticks;
  readonly ask: Ticks;
  /** Highest and lowest trade since the previous report to the same listener, `last` included. */
  readonly high: Ticks;
  readonly low: Ticks;
  /**
   * From the lowest to the highest trade of the last `RANGE_MINUTES` whole minutes; left out while
   * nobody has watched for so long, or hardly anything was traded.
   */
  readonly range?: Ticks;
}

export const RANGE_MINUTES = 15;

/**
 * A band of prices. A *trade* at an edge or beyond it rings; null never rings. Bid and ask do not
 * ring: no order fills and no level is reached until somebody trades there.
 */
export interface Band {
  readonly atOrBelow: Ticks | null;
  readonly atOrAbove: Ticks | null;
}

/**
 * How long a quote of a live feed is trusted. A feed that is granted more prints more rarely than
 * that: it delivers bars.
 */
export const QUOTE_AGE_MAX: Millis = millis(3_000);
