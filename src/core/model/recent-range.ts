/**
 * How far a price went in the last whole minutes, kept a minute a slot.
 *
 * ```text
 * minute    09:30  09:31  ...  09:44 │ 09:45 (under way: it counts for nothing yet)
 * low, high  ▪▪▪     ▪▪         ▪▪▪  │  ▪
 * ```
 *
 * A whole number of minutes, so that the answer does not depend on the moment within one at which
 * somebody asks.
 */
import { RANGE_MINUTES } from "./quote.ts";
import type { Millis, Ticks } from "./units.ts";

export interface RecentRange {
  /** A trade; times hardly ever run backwards, and one of a minute long gone counts for nothing. */
  add(price: Ticks, at: Millis): void;
  /** Null while it was not watched for so long, or hardly anything was traded. */
  at(now: Millis): Ticks | null;
}

interface Minute {
  readonly number: number;
  low: Ticks;
  high: Ticks;
}

/** One of three minutes with a trade, or the range says nothing. */
export const TRADED_MIN = RANGE_MINUTES / 3;
const SLOTS = RANGE_MINUTES + 1;

export const minuteNumber = (at: Millis): number => Math.floor(at / 60_000);

export function recentRange(): RecentRange {
  const slots: (Minute | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
  let first: number | null = null;
  return {
    add(price, at) {
      const number = minuteNumber(at);
      first ??= number;
      const minute = slots[number % SLOTS];
      if (minute === undefined || minute.number < number)
        slots[number % SLOTS] = { number, low: price, high: price };
      else if (minute.number === number) {
        if (price < minute.low) minute.low = price;
        if (price > minute.high) minute.high = price;
      }
    },
    at(now) {
      const until = minuteNumber(now);
      const from = until - RANGE_MINUTES;
      if (first === null || first > from) return null;
      const traded = slots.filter(
        (one): one is Minute => one !== undefined && one.number >= from && one.number < until,
      );
      return traded.length < TRADED_MIN ? null : rangeOf(traded);
    },
  };
}

const rangeOf = (minutes: readonly Minute[]): Ticks =>
  (Math.max(...minutes.map(({ high }) => high)) -
    Math.min(...minutes.map(({ low }) => low))) as Ticks;
