/**
 * What every chart has: a place to draw in, axes with their labels, a name, and a sentence for who
 * cannot see it.
 *
 * ```text
 *  label ┤ · · · · ·      plot: the room between the margins; x runs right, y runs up
 *  label ┤ ────────       a line at zero where zero is in sight
 *  label ┼──┬────┬──
 *         label label
 * ```
 *
 * Only class names say how things look: a page gives them colours for light, dark and paper (see
 * `report/style.ts`), a picture in a mail has colours of its own (`picture.ts`).
 */
import { html, type Markup } from "../html.ts";
import type { Axis, AxisTick } from "./axis.ts";

export interface Chart {
  readonly title: string;
  /** What is to be seen, in a sentence, with its main numbers. */
  readonly says: string;
  readonly width: number;
  readonly height: number;
  readonly drawn: Markup;
}

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const CHART = { width: 480, height: 220 } as const;

/** Room for the labels, also where a small screen shows them larger. */
export const PLOT: Plot = { left: 72, right: 466, top: 14, bottom: 186 };

export type Scale = (value: number) => number;

export function scaleOn(
  from: number,
  to: number,
  { low, high }: Pick<Axis, "low" | "high">,
): Scale {
  const perUnit = (to - from) / (high - low);
  return (value) => from + (value - low) * perUnit;
}

export const xScale = (axis: Pick<Axis, "low" | "high">, plot: Plot = PLOT): Scale =>
  scaleOn(plot.left, plot.right, axis);

export const yScale = (axis: Pick<Axis, "low" | "high">, plot: Plot = PLOT): Scale =>
  scaleOn(plot.bottom, plot.top, axis);

/** To a tenth: finer than any screen, and short. */
export const at = (place: number): string => String(Math.round(place * 10) / 10);

/** Lines and labels of the y axis; the line at zero is the stronger one. */
export const yAxis = (ticks: readonly AxisTick[], scale: Scale, plot: Plot = PLOT): Markup =>
  html`${ticks.map(({ value, label }) => {
    const y = at(scale(value));
    const line = `M${plot.left} ${y}H${plot.right}`;
    const name = value === 0 ? "zero" : "grid";
    return html`<path class="${name}" d="${line}"/><text class="y" x="${plot.left - 7}" y="${y}" dy=".35em">${label}</text>`;
  })}`;

/** A label that would be cut off at the edge is left out. */
export const xAxis = (ticks: readonly AxisTick[], scale: Scale, plot: Plot = PLOT): Markup =>
  html`${ticks.map(({ value, label }) => {
    const x = scale(value);
    const half = label.length * HALF_LETTER;
    const isCut = x + half > plot.right + EDGE;
    const mark = html`<path class="tick" d="M${at(x)} ${plot.bottom}v4"/>`;
    if (isCut) return mark;
    return html`${mark}<text class="x" x="${at(x)}" y="${plot.bottom + 18}">${label}</text>`;
  })}`;

/** Of the largest letters any page shows. */
const HALF_LETTER = 4.4;
const EDGE = 12;

/** In a page: with the ids by which its name and its sentence are found. */
export const svgOf = ({ title, says, width, height, drawn }: Chart, id: string): Markup =>
  html`<svg class="chart" role="img" viewBox="0 0 ${width} ${height}" aria-labelledby="${id}t ${id}d"><title id="${id}t">${title}</title><desc id="${id}d">${says}</desc>${drawn}</svg>`;
