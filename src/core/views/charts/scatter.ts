/**
 * One mark a trade: how far it went against us, or for us, beside what it made. Winners are dots,
 * losers are crosses.
 *
 * Marks that would lie on each other are drawn once, and all dots are one path, so ten thousand
 * trades take no more room than a few hundred.
 */
import { html } from "../html.ts";
import { type Axis, axisOf, moneyTicks } from "./axis.ts";
import { at, CHART, type Chart, PLOT, type Scale, xAxis, xScale, yAxis, yScale } from "./frame.ts";
import { extentOf } from "./line.ts";

export interface Scatter {
  readonly title: string;
  readonly says: string;
  /** Dollars, one point at least; x is 0 or more. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Where a trade lies that left at its farthest: at the best price, or at the worst. */
  readonly edge: "y = x" | "y = -x";
}

/** Marks nearer than this are one. */
const CELL = 3;
const ARM = 2.5;

export function scatterChart({ title, says, points, edge }: Scatter): Chart {
  const x = axisOf(
    ...extentOf(
      points.map((one) => one.x),
      0,
    ),
  );
  const y = axisOf(
    ...extentOf(
      points.map((one) => one.y),
      0,
    ),
  );
  const [toX, toY] = [xScale(x), yScale(y)];
  const [wins, losses] = [new Set<string>(), new Set<string>()];
  for (const point of points) {
    const place = `${snapped(toX(point.x))} ${snapped(toY(point.y))}`;
    (point.y > 0 ? wins : losses).add(place);
  }
  const dots = [...wins].map((place) => `M${place}h0`).join("");
  const crosses = [...losses].map((place) => `M${place}${CROSS}`).join("");
  return {
    ...CHART,
    ...{ title, says },
    drawn: html`${yAxis(moneyTicks(y), toY)}${xAxis(moneyTicks(x), toX)}<path class="base" d="${edgeLine({ x, y }, { toX, toY }, edge)}"/><path class="loss mark" d="${crosses}"/><path class="win mark" d="${dots}"/>`,
  };
}

const CROSS = `m-${ARM}-${ARM}l${2 * ARM} ${2 * ARM}m0-${2 * ARM}l-${2 * ARM} ${2 * ARM}`;

const snapped = (place: number): number => Math.round(place / CELL) * CELL;

/** As far as the chart goes. */
function edgeLine(
  { x, y }: { readonly x: Axis; readonly y: Axis },
  { toX, toY }: { readonly toX: Scale; readonly toY: Scale },
  edge: Scatter["edge"],
): string {
  const sign = edge === "y = x" ? 1 : -1;
  const reach = Math.min(x.high, sign > 0 ? y.high : -y.low);
  return `M${PLOT.left} ${at(toY(0))}L${at(toX(reach))} ${at(toY(sign * reach))}`;
}
