/**
 * Bars from a line at zero: what each hour, letter or weekday made, or how many trades made how much.
 * Up is made, down is lost, so nobody has to tell colours apart.
 */
import { html, type Markup } from "../html.ts";
import { type Axis, type AxisTick, axisOf, moneyTicks, plainTicks } from "./axis.ts";
import { at, CHART, type Chart, PLOT, type Scale, xAxis, yAxis, yScale } from "./frame.ts";
import { extentOf } from "./line.ts";

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Shown when pointed at. */
  readonly says: string;
}

export interface Bars {
  readonly title: string;
  readonly says: string;
  readonly bars: readonly Bar[];
}

const GAP_SHARE = 0.28;
const WIDEST = 56;

/** Dollars by group, one at least. */
export function barChart({ title, says, bars }: Bars): Chart {
  const [least, most] = extentOf(
    bars.map(({ value }) => value),
    0,
  );
  const y = axisOf(least, most);
  const toY = yScale(y);
  const slot = (PLOT.right - PLOT.left) / bars.length;
  const middle: Scale = (index) => PLOT.left + slot * (index + 0.5);
  const width = Math.min(WIDEST, slot * (1 - GAP_SHARE));
  const drawn = bars.map(({ value, says: told }, index) => {
    const left = middle(index) - width / 2;
    return bar({ left, width, value, says: told, look: value < 0 ? "down" : "up" }, toY);
  });
  const every = Math.ceil(bars.length / LABELS_MAX);
  const ticks = bars.flatMap(({ name }, index): readonly AxisTick[] =>
    index % every === 0 ? [{ value: index, label: shortName(name, bars.length) }] : [],
  );
  return {
    ...CHART,
    ...{ title, says },
    drawn: html`${yAxis(moneyTicks(y), toY)}${drawn}${zeroLine(toY)}${xAxis(ticks, middle)}`,
  };
}

/** Labels that fit side by side. */
const LABELS_MAX = 12;

/** What fits below one bar of so many. */
function shortName(name: string, bars: number): string {
  const room = Math.max(2, Math.floor(46 / Math.min(bars, LABELS_MAX)));
  return name.length <= room ? name : `${name.slice(0, room - 1)}…`;
}

interface Drawn {
  readonly left: number;
  readonly width: number;
  readonly value: number;
  readonly says: string;
  readonly look: "up" | "down";
}

/** Thin as it may be, a bar that is not zero is seen. */
const LEAST = 1;

function bar({ left, width, value, says, look }: Drawn, toY: Scale): Markup {
  const [zero, end] = [toY(0), toY(value)];
  const height = value === 0 ? 0 : Math.max(LEAST, Math.abs(end - zero));
  const top = value < 0 ? zero : zero - height;
  return html`<rect class="${look}" x="${at(left)}" y="${at(top)}" width="${at(width)}" height="${at(height)}"><title>${says}</title></rect>`;
}

const zeroLine = (toY: Scale): Markup =>
  html`<path class="zero" d="M${PLOT.left} ${at(toY(0))}H${PLOT.right}"/>`;

export interface Histogram {
  readonly title: string;
  readonly says: string;
  /** Dollars. */
  readonly values: readonly number[];
}

const BINS = 16;

/** How many trades made how much, one at least; zero is an edge, so no bar holds wins and losses. */
export function histogram({ title, says, values }: Histogram): Chart {
  const bins = axisOf(...extentOf(values, 0), BINS);
  const counts = countsIn(values, bins);
  const y = axisOf(0, Math.max(...counts), Math.min(5, Math.max(...counts)));
  const toY = yScale(y);
  const slot = (PLOT.right - PLOT.left) / counts.length;
  const drawn = counts.map((count, index) => {
    const from = bins.ticks[index] as number;
    const look = from < 0 ? "down" : "up";
    const told = `${count} from $${from} to $${bins.ticks[index + 1]}`;
    return bar(
      { left: PLOT.left + slot * index + 1, width: slot - 2, value: count, says: told, look },
      toY,
    );
  });
  const toX: Scale = (value) => PLOT.left + ((value - bins.low) / bins.step) * slot;
  const every = Math.ceil(bins.ticks.length / 6);
  const zero = bins.ticks.indexOf(0);
  const ticks = moneyTicks(bins).filter((_, index) => (index - zero) % every === 0);
  const split = `M${at(toX(0))} ${PLOT.top}V${PLOT.bottom}`;
  return {
    ...CHART,
    ...{ title, says },
    drawn: html`${yAxis(plainTicks(y), toY)}${drawn}<path class="base" d="${split}"/>${xAxis(ticks, toX)}`,
  };
}

function countsIn(values: readonly number[], { low, step, ticks }: Axis): readonly number[] {
  const counts = new Array<number>(ticks.length - 1).fill(0);
  for (const value of values) {
    const bin = Math.min(counts.length - 1, Math.floor((value - low) / step));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}
