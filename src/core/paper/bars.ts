/**
 * Bars as a tape, because everything behind the tape knows only prints.
 *
 * ```text
 *   open ──► one extreme ──► the other ──► close │ open ...
 *   0        1/3             2/3           1 ms before the next bar
 * ```
 *
 * Between those corners the price walks tick by tick: a stop inside the bar is met at its own
 * price, as in the market, and only what lies between one bar's close and the next one's open is a
 * gap. A bar of extraordinary range, or one of a very long series, takes larger strides.
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
import { PRINTS_MAX, type Tape, type TapeBuilder, tapeBuilder } from "./tape.ts";

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

const CORNERS = 4;
export const BARS_MAX = PRINTS_MAX / CORNERS;
/** Prints a bar may make between its corners: forty points of ES there and back. */
const STRIDES_MAX = 320;

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
  const strides = Math.min(
    STRIDES_MAX,
    Math.floor(PRINTS_MAX / Math.max(1, bars.length)) - CORNERS,
  );
  const printsMax = Math.max(1, bars.length * (strides + CORNERS));
  const tape = tapeBuilder({ instrument: bars.instrument, resolution, printsMax });
  const { at } = bars;
  for (let i = 0; i < bars.length; i++) {
    // In range, so every element is a number.
    const starts = at[i] as number;
    const ends = i + 1 < bars.length ? (at[i + 1] as number) : starts + resolution;
    // A bar cut short by its successor must not print into it; a hole does not stretch a bar.
    const span = Math.max(0, Math.min(resolution, ends - starts) - 1);
    walk(tape, { starts, span, strides, corners: cornersOf(bars, i, play) });
  }
  return tape.finish();
}

type Corners = readonly [open: number, early: number, late: number, close: number];

function cornersOf({ open, high, low, close }: Bars, i: number, play: BarPlay): Corners {
  const [first, final] = [open[i] as number, close[i] as number];
  const [highest, lowest] = [high[i] as number, low[i] as number];
  return isLowFirst(first, highest, lowest, play)
    ? [first, lowest, highest, final]
    : [first, highest, lowest, final];
}

interface Walk {
  readonly starts: number;
  readonly span: number;
  /** Prints it may make between its corners. */
  readonly strides: number;
  readonly corners: Corners;
}

/** From corner to corner in equal times, a tick at a time or as many as the strides allow. */
function walk(tape: TapeBuilder, { starts, span, strides, corners }: Walk): void {
  const [open, early, late, close] = corners;
  const way = Math.abs(early - open) + Math.abs(late - early) + Math.abs(close - late);
  const stride = Math.max(1, Math.ceil(way / Math.max(1, strides)));
  let price = open;
  print(starts, open);
  for (const [leg, goal] of [early, late, close].entries()) {
    const [from, until] = [Math.floor((span * leg) / 3), Math.floor((span * (leg + 1)) / 3)];
    const steps = Math.max(1, Math.ceil(Math.abs(goal - price) / stride));
    const began = price;
    for (let step = 1; step <= steps; step++) {
      price = step === steps ? goal : began + Math.sign(goal - began) * stride * step;
      print(starts + from + Math.floor(((until - from) * step) / steps), price);
    }
  }

  function print(when: number, at: number): void {
    tape.add(when, at, at, at, null);
  }
}

function isLowFirst(open: number, high: number, low: number, play: BarPlay): boolean {
  if (play.path !== "worst-first") return play.path === "low-first";
  if (play.against !== null) return play.against === "long";
  return open - low >= high - open;
}
