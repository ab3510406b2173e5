/**
 * Axes a reader can trust: round steps, and labels with just the digits that the steps need.
 *
 * ```text
 * 37 .. 912, five steps ─► 0, 200, 400, 600, 800, 1000
 * ```
 */

export interface Axis {
  /** The ends, both on a step. */
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly ticks: readonly number[];
}

export interface AxisTick {
  readonly value: number;
  readonly label: string;
}

const ROUND = [1, 2, 2.5, 5] as const;

/** From the least to the most, in about so many steps; of one value alone a stretch around it. */
export function axisOf(least: number, most: number, steps = 5): Axis {
  const widened = least === most ? Math.max(Math.abs(least) * 0.02, 1) : 0;
  const [from, to] = [least - widened, most + widened];
  const step = roundStep((to - from) / steps);
  const [first, last] = [Math.floor(from / step + SLACK), Math.ceil(to / step - SLACK)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => onStep(first + index, step));
  return { low: onStep(first, step), high: onStep(last, step), step, ticks };
}

/** A float's noise is no reason for another step. */
const SLACK = 1e-9;

const onStep = (index: number, step: number): number => Number((index * step).toPrecision(12));

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = ROUND.find((one) => one * power >= least * (1 - SLACK)) ?? 10;
  return factor * power;
}

/** Digits behind the point that tell one step from the next. */
export function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < DECIMALS_MAX; decimals++) {
    const shifted = step * 10 ** decimals;
    if (Math.abs(shifted - Math.round(shifted)) < SLACK * Math.max(1, shifted)) return decimals;
  }
  return DECIMALS_MAX;
}

const DECIMALS_MAX = 6;

const moneyScales = [
  { at: 1_000_000, stepLeast: 10_000, sign: "M" },
  { at: 10_000, stepLeast: 100, sign: "k" },
] as const;

/** `-$250`, `$52.5k`, `$1.25M`: short enough for the margin of a chart. */
export function moneyTicks({ ticks, step, low, high }: Axis): readonly AxisTick[] {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const scale = moneyScales.find(({ at, stepLeast }) => largest >= at && step >= stepLeast);
  const unit = scale?.sign === "M" ? 1_000_000 : scale?.sign === "k" ? 1_000 : 1;
  const decimals = decimalsOf(step / unit);
  return ticks.map((value) => {
    if (value === 0) return { value, label: "$0" };
    const digits = grouped(Math.abs(value) / unit, decimals);
    return { value, label: `${value < 0 ? "-" : ""}$${digits}${scale?.sign ?? ""}` };
  });
}

export const plainTicks = ({ ticks, step }: Axis): readonly AxisTick[] =>
  ticks.map((value) => ({ value, label: grouped(value, decimalsOf(step)) }));

/** `12,345.60`: thousands set apart. */
export function grouped(value: number, decimals: number): string {
  const [whole = "", rest] = Math.abs(value).toFixed(decimals).split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const digits = rest === undefined ? apart : `${apart}.${rest}`;
  return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits;
}
