/**
 * Prices no alert can honestly hold: the net that catches a missing digit or a wrong symbol.
 *
 * These are bounds on sanity, not on risk. Any fixed range goes stale as an index rises (the S&P
 * future moved from 4,949 to 6,338 in one spring), so they are wide, and they can be replaced.
 * Points, by product family: MES is judged by the row of ES.
 */
import type { PriceLimit, PriceLimits } from "../model/format.ts";
import type { Root } from "../model/instrument.ts";

const row = (min: number, max: number, stopMax: number): PriceLimit => ({ min, max, stopMax });

export const PRICE_LIMITS = {
  ES: row(3_000, 8_000, 50),
  NQ: row(10_000, 35_000, 200),
  YM: row(30_000, 60_000, 500),
  RTY: row(1_500, 3_500, 40),
  CL: row(30, 150, 3),
  NG: row(1, 20, 0.5),
  GC: row(1_500, 6_000, 60),
  SI: row(10, 120, 2),
  ZB: row(80, 200, 3),
  ZN: row(90, 150, 2),
  ZF: row(90, 140, 1.5),
  ZT: row(95, 115, 0.75),
  "6E": row(0.8, 1.6, 0.02),
} as const satisfies Partial<Record<Root, PriceLimit>>;

/** The built-in rows, with those of a format in their place. */
export const limitsWith = (own: PriceLimits): PriceLimits =>
  Object.keys(own).length === 0 ? PRICE_LIMITS : { ...PRICE_LIMITS, ...own };
