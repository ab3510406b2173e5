/** A line over trade dates or trades: the equity, and how far it lies below its peak. */
import { html, type Markup } from "../html.ts";
import { type AxisTick, axisOf, moneyTicks } from "./axis.ts";
import { at, CHART, type Chart, PLOT, xAxis, xScale, yAxis, yScale } from "./frame.ts";
import { type Point, thinned } from "./thinned.ts";

export interface Line {
  readonly title: string;
  readonly says: string;
  /** Dollars over 0, 1, 2 ...; 0 is the start, and there is one more at least. */
  readonly values: readonly number[];
  readonly ticks: readonly AxisTick[];
  /** What is between the line and this is filled; dollars. */
  readonly base: number;
  readonly look: "equity" | "drawdown";
}

const COLUMNS = 400;

export function lineChart({ title, says, values, ticks, base, look }: Line): Chart {
  const [least, most] = extentOf(values, base);
  const y = axisOf(least, most);
  const [toX, toY] = [xScale({ low: 0, high: values.length - 1 }), yScale(y)];
  const points = thinned(
    values.map((value, index): Point => ({ x: toX(index), y: toY(value) })),
    COLUMNS,
  );
  const path = pathOf(points);
  const floor = at(toY(base));
  const area = `${path}V${floor}H${PLOT.left}Z`;
  const baseLine = `M${PLOT.left} ${floor}H${PLOT.right}`;
  return {
    ...CHART,
    ...{ title, says },
    drawn: html`${yAxis(moneyTicks(y), toY)}${xAxis(ticks, toX)}<path class="${look} area" d="${area}"/><path class="base" d="${baseLine}"/><path class="${look} line" d="${path}"/>${last(points, look)}`,
  };
}

/** Where it stands now. */
function last(points: readonly Point[], look: Line["look"]): Markup {
  const end = points.at(-1) as Point;
  return html`<circle class="${look} dot" cx="${at(end.x)}" cy="${at(end.y)}" r="3"/>`;
}

const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${at(x)} ${at(y)}`).join("");

export function extentOf(values: readonly number[], ...more: readonly number[]) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of [...more, ...values]) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most] as const;
}
