/** What many samples of one thing say together: the middle, the slow ones, the slowest. */

export interface Distribution {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** How far repetitions of a whole round lie apart. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function distributionOf(samples: readonly number[]): Distribution {
  const sorted = Float64Array.from(samples).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  const middle = ((sorted[last >> 1] ?? Number.NaN) + (sorted[(last + 1) >> 1] ?? Number.NaN)) / 2;
  return { min: sorted[0] ?? Number.NaN, median: middle, max: sorted[last] ?? Number.NaN };
}

export const medianOf = (values: readonly number[]): number => spreadOf(values).median;

/** The usual round: each figure is the median of that figure over the rounds. */
export const typicalOf = (rounds: readonly Distribution[]): Distribution => ({
  p50: medianOf(rounds.map((one) => one.p50)),
  p90: medianOf(rounds.map((one) => one.p90)),
  p99: medianOf(rounds.map((one) => one.p99)),
  max: medianOf(rounds.map((one) => one.max)),
});
