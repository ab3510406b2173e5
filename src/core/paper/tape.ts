/**
 * A tape: every print of one instrument, in columns.
 *
 * ```text
 *   at    │ 08:30:00.120 │ 08:30:00.340 │ ...        pages of 256 prints
 *   last  │ 25304        │ 25305        │ ...   ──►  low 25301, high 25310
 *   bid   │ 25304        │ 25304        │ ...        low 25288, high 25303
 *   ask   │ 25305        │ 25305        │ ...        (of the trades: a book moves no order)
 *   size  │ 2            │ 1            │ ...
 * ```
 *
 * The question asked all day is "when does the price next leave this band?". Each page remembers how
 * far its prints reach, so pages that stay inside the band are passed over in one step and only the
 * page that leaves it is read print by print.
 *
 * A column that would only repeat another is that other: a tape of plain trades keeps one array for
 * last, bid and ask. Prices are ticks; times are milliseconds UTC and never run backwards.
 */
import { invariant } from "../../std/assert.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { type Band, type Quote, RANGE_MINUTES } from "../model/quote.ts";
import { minuteNumber } from "../model/recent-range.ts";
import { type Millis, millis, type Ticks, ticks } from "../model/units.ts";
import {
  FIRST_CAPACITY,
  isColumnPrice,
  NEVER_HIGH,
  NEVER_LOW,
  widenTimes,
  widenWhole,
  widerThan,
} from "./columns.ts";

export interface Tape {
  readonly instrument: Root;
  /** How far apart two prints may lie in normal trading: 0 for ticks, the bar length for bars. */
  readonly resolution: Millis;
  readonly length: number;
  readonly at: Float64Array;
  readonly last: Int32Array;
  readonly bid: Int32Array;
  readonly ask: Int32Array;
  /** Contracts; null when the source states none. */
  readonly size: Int32Array | null;
  readonly pages: Pages;
}

/** How far the trades of each page reach. */
interface Pages {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

export interface TapeShape {
  readonly instrument: Root;
  readonly resolution: Millis;
  /** Prints it may hold at most. */
  readonly printsMax?: number;
}

export interface TapeBuilder {
  /** False, with nothing kept, once the tape is full. Bare numbers: this runs millions of times. */
  add(at: number, last: number, bid: number, ask: number, size: number | null): boolean;
  finish(): Tape;
}

/** Half a gigabyte at worst, and more than a fortnight of every ES trade. */
export const PRINTS_MAX = 20_000_000;

/** No print answers the question. */
export const NONE = -1;

const PAGE_BITS = 8;
const PAGE = 1 << PAGE_BITS;

export function tapeBuilder(shape: TapeShape): TapeBuilder {
  const printsMax = shape.printsMax ?? PRINTS_MAX;
  let capacity = Math.min(FIRST_CAPACITY, printsMax);
  let length = 0;
  let newest = Number.NEGATIVE_INFINITY;
  let at: Float64Array = new Float64Array(capacity);
  let last: Int32Array = new Int32Array(capacity);
  // Kept only once they differ from `last`, or from "not stated".
  let bid: Int32Array | null = null;
  let ask: Int32Array | null = null;
  let size: Int32Array | null = null;

  const widen = (): void => {
    capacity = widerThan(capacity, printsMax);
    at = widenTimes(at, capacity);
    last = widenWhole(last, capacity);
    bid = bid && widenWhole(bid, capacity);
    ask = ask && widenWhole(ask, capacity);
    size = size && widenWhole(size, capacity);
  };

  return {
    add(atNow, lastNow, bidNow, askNow, sizeNow) {
      if (length === printsMax) return false;
      if (length === capacity) widen();
      if (!(atNow >= newest))
        invariant(false, `a tape runs forwards, was ${newest}, then ${atNow}`);
      const whole = isColumnPrice(lastNow) && isColumnPrice(bidNow) && isColumnPrice(askNow);
      if (!whole) invariant(false, `prices are 32-bit ticks, was ${lastNow} ${bidNow} ${askNow}`);
      if (bid === null && bidNow !== lastNow) bid = last.slice();
      if (ask === null && askNow !== lastNow) ask = last.slice();
      if (size === null && sizeNow !== null) size = new Int32Array(capacity);
      newest = atNow;
      at[length] = atNow;
      last[length] = lastNow;
      if (bid !== null) bid[length] = bidNow;
      if (ask !== null) ask[length] = askNow;
      if (size !== null) size[length] = sizeNow ?? 0;
      length += 1;
      return true;
    },
    finish() {
      const trades = last.subarray(0, length);
      const columns = {
        length,
        at: at.subarray(0, length),
        last: trades,
        bid: bid?.subarray(0, length) ?? trades,
        ask: ask?.subarray(0, length) ?? trades,
        size: size?.subarray(0, length) ?? null,
      };
      const { instrument, resolution } = shape;
      return { instrument, resolution, ...columns, pages: pagesOf(columns) };
    },
  };
}

/** The same prints under another name of equal tick size: an ES tape that fills MES orders. */
export function alsoAs(tape: Tape, instrument: Root): Tape {
  const [from, to] = [instrumentOf(tape.instrument), instrumentOf(instrument)];
  const sameGrid = from.tickUnits === to.tickUnits && from.decimals === to.decimals;
  invariant(sameGrid, `${from.root} and ${to.root} count the same ticks`);
  return { ...tape, instrument };
}

/**
 * The first print from index `from` up to, not including, `until` whose trade touches the band or
 * lies beyond it; `NONE` when there is none.
 */
export function nextTouch(tape: Tape, from: number, until: number, band: Band): number {
  const below = band.atOrBelow ?? NEVER_LOW;
  const above = band.atOrAbove ?? NEVER_HIGH;
  const { low, high } = tape.pages;
  let index = from;
  while (index < until) {
    const page = index >>> PAGE_BITS;
    const pageEnd = Math.min((page + 1) << PAGE_BITS, until);
    // The index is in range, so an element is a number: here and in the loops below.
    if ((low[page] as number) <= below || (high[page] as number) >= above) {
      const found = readPage(tape.last, index, pageEnd, below, above);
      if (found !== NONE) return found;
    }
    index = pageEnd;
  }
  return NONE;
}

function readPage(
  last: Int32Array,
  from: number,
  until: number,
  below: number,
  above: number,
): number {
  for (let i = from; i < until; i++) {
    const trade = last[i] as number;
    if (trade <= below || trade >= above) return i;
  }
  return NONE;
}

/** Highest and lowest trade from index `from` to `to`, both included. */
export function extremesBetween(
  tape: Tape,
  from: number,
  to: number,
): { readonly high: Ticks; readonly low: Ticks } {
  const { last, pages } = tape;
  let high = last[to] as number;
  let low = high;
  for (let i = from; i < to; ) {
    const page = i >>> PAGE_BITS;
    const isWhole = (i & (PAGE - 1)) === 0 && i + PAGE <= to;
    high = Math.max(high, (isWhole ? pages.high[page] : last[i]) as number);
    low = Math.min(low, (isWhole ? pages.low[page] : last[i]) as number);
    i += isWhole ? PAGE : 1;
  }
  return { high: high as Ticks, low: low as Ticks };
}

/**
 * The newest print at or before `at`, `NONE` before the first. `near` is where the last answer was:
 * time mostly moves on a little, so the search strides out from there before it halves.
 */
export function indexAt(tape: Tape, at: Millis, near: number): number {
  const times = tape.at;
  const isBehind = near >= 0 && (times[near] as number) <= at;
  let low = isBehind ? near : NONE;
  let high = near >= 0 && !isBehind ? near : tape.length;
  if (isBehind) {
    for (let stride = 1; low + stride < high; stride *= 2) {
      if ((times[low + stride] as number) > at) high = low + stride;
      else low += stride;
    }
  }
  // Here: the print at `low` is not after `at`, the one at `high` is (or there is none).
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) > at) high = middle;
    else low = middle;
  }
  return low;
}

/** The print as a quote; its extremes count trades from index `since` on. */
export function quoteOf(tape: Tape, index: number, since: number): Quote {
  return {
    instrument: tape.instrument,
    at: tape.at[index] as Millis,
    last: tape.last[index] as Ticks,
    bid: tape.bid[index] as Ticks,
    ask: tape.ask[index] as Ticks,
    ...extremesBetween(tape, Math.min(since, index), index),
  };
}

/**
 * From the lowest to the highest trade of the last whole minutes before `at`; null where the tape
 * does not go back that far, or nothing was traded. `index` is the print the market stands at.
 */
export function rangeBefore(tape: Tape, at: Millis, index: number): Ticks | null {
  const until = minuteNumber(at);
  const from = until - RANGE_MINUTES;
  const begins = tape.at[0];
  if (begins === undefined || minuteNumber(millis(begins)) > from) return null;
  const last = indexAt(tape, millis(until * MINUTE - 1), index);
  const first = indexAt(tape, millis(from * MINUTE - 1), last) + 1;
  if (first > last) return null;
  const { high, low } = extremesBetween(tape, first, last);
  return ticks(high - low);
}

const MINUTE = 60_000;

function pagesOf({ length, last }: Pick<Tape, "length" | "last">): Pages {
  const count = Math.ceil(length / PAGE);
  const low = new Int32Array(count).fill(NEVER_HIGH - 1);
  const high = new Int32Array(count).fill(NEVER_LOW);
  for (let i = 0; i < length; i++) {
    const page = i >>> PAGE_BITS;
    const trade = last[i] as number;
    if (trade < (low[page] as number)) low[page] = trade;
    if (trade > (high[page] as number)) high[page] = trade;
  }
  return { low, high };
}
