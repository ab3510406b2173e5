/**
 * Bars as a tape: four timed prints each, because everything behind the tape knows only prints.
 *
 * ```text
 *   open ──► one extreme ──► the other ──► close │ open ...
 *   0        1/3             2/3           1 ms before the next bar
 * ```
 *
 * Which extreme came first a bar does not say, and for a trade with its stop and its target inside
 * one bar that decides everything. `worst-first` takes the answer that hurts: the low first if it is
 * `against` a long, the high first against a short. A replay whose trades go both ways has no such side. Then
 * the extreme farther from the open comes first: the larger move is the one that can reach a stop,
 * so it finds positions before the smaller move has moved their stops to safety. That is strict
 * against neither side; a study that wants certainty names the side, or plays both orders and
 * compares.
 *
 * A bar knows no book: bid and ask are the print itself, and costs come from slippage and from
 * limits that fill only on trade-through. The tape declares the bar length as its resolution, so
 * that nobody takes it for a live feed.
 */
import { invariant } from "../../std/assert.ts";
import type { Side } from "../model/alert.ts";
import type { BarPath } from "../model/config.ts";
import type { Root } from "../model/instrument.ts";
import { type Millis, millis } from "../model/units.ts";
import { FIRST_CAPACITY, widenTimes, widenWhole, widerThan } from "./columns.ts";
import { PRINTS_MAX, type Tape, tapeBuilder } from "./tape.ts";

/** Bars of one instrument, oldest first; `at` is when each began, prices are ticks. */
export interface Bars {
  readonly instrument: Root;
  readonly length: number;
  readonly at: Float64Array;
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
}

export interface Bar {
  readonly at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export interface BarsBuilder {
  /** False, with nothing kept, once there are as many as there may be. */
  add(bar: Bar): boolean;
  finish(): Bars;
}

export interface BarPlay {
  readonly path: BarPath;
  /** The side `worst-first` is meant for; null when trades go both ways. */
  readonly against: Side | null;
}

const PRINTS_PER_BAR = 4;
export const BARS_MAX = PRINTS_MAX / PRINTS_PER_BAR;

/** Taken for the length of bars too few to tell it. */
const LENGTH_UNKNOWN = 60_000;
/** Enough neighbours to tell the usual distance from a hole in the data. */
const NEIGHBOURS = 1001;

export function barsBuilder(instrument: Root, barsMax: number = BARS_MAX): BarsBuilder {
  let capacity = Math.min(FIRST_CAPACITY, barsMax);
  let length = 0;
  let at: Float64Array = new Float64Array(capacity);
  let [open, high, low, close] = [0, 0, 0, 0].map(() => new Int32Array(capacity)) as FourColumns;

  const widen = (): void => {
    capacity = widerThan(capacity, barsMax);
    at = widenTimes(at, capacity);
    open = widenWhole(open, capacity);
    high = widenWhole(high, capacity);
    low = widenWhole(low, capacity);
    close = widenWhole(close, capacity);
  };

  return {
    add(bar) {
      if (length === barsMax) return false;
      if (length === capacity) widen();
      const isInside = bar.low <= Math.min(bar.open, bar.close);
      const holds = isInside && bar.high >= Math.max(bar.open, bar.close);
      if (!holds) invariant(false, `a bar's prices lie from low to high: ${JSON.stringify(bar)}`);
      at[length] = bar.at;
      open[length] = bar.open;
      high[length] = bar.high;
      low[length] = bar.low;
      close[length] = bar.close;
      length += 1;
      return true;
    },
    finish: () => ({
      instrument,
      length,
      at: at.subarray(0, length),
      open: open.subarray(0, length),
      high: high.subarray(0, length),
      low: low.subarray(0, length),
      close: close.subarray(0, length),
    }),
  };
}

type FourColumns = [Int32Array, Int32Array, Int32Array, Int32Array];

/** How long one bar lasts: the usual distance between neighbours. */
export function barLength(bars: Bars): Millis {
  const count = Math.min(bars.length, NEIGHBOURS);
  if (count < 2) return millis(LENGTH_UNKNOWN);
  const times = bars.at;
  const distances = new Float64Array(count - 1);
  for (let i = 0; i + 1 < count; i++) {
    distances[i] = (times[i + 1] as number) - (times[i] as number);
  }
  return millis(distances.sort()[(count - 2) >> 1] as number);
}

export function barsToTape(bars: Bars, play: BarPlay): Tape {
  const resolution = barLength(bars);
  const printsMax = Math.max(1, bars.length * PRINTS_PER_BAR);
  const tape = tapeBuilder({ instrument: bars.instrument, resolution, printsMax });
  const { at, open, high, low, close } = bars;
  for (let i = 0; i < bars.length; i++) {
    // In range, so every element is a number.
    const starts = at[i] as number;
    const [first, highest] = [open[i] as number, high[i] as number];
    const [lowest, final] = [low[i] as number, close[i] as number];
    const ends = i + 1 < bars.length ? (at[i + 1] as number) : starts + resolution;
    // A bar cut short by its successor must not print into it; a hole does not stretch a bar.
    const span = Math.max(0, Math.min(resolution, ends - starts) - 1);
    const lowFirst = isLowFirst(first, highest, lowest, play);
    const [early, late] = lowFirst ? [lowest, highest] : [highest, lowest];
    add(starts, first);
    add(starts + Math.floor(span / 3), early);
    add(starts + Math.floor((span * 2) / 3), late);
    add(starts + span, final);
  }
  return tape.finish();

  function add(when: number, price: number): void {
    tape.add(when, price, price, price, null);
  }
}

function isLowFirst(open: number, high: number, low: number, play: BarPlay): boolean {
  if (play.path !== "worst-first") return play.path === "low-first";
  if (play.against !== null) return play.against === "long";
  return open - low >= high - open;
}
