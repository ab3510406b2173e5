/**
 * Mean, spread, skewness and kurtosis of a series, in two passes: first the mean, then the distances
 * from it, so that nothing is lost to a large mean. Skewness and kurtosis are those of the population
 * (a normal series has 0 and 3).
 */
import type { Figure } from "./figure.ts";

export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sum of the squared distances from the mean. */
  readonly squares: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

export function momentsOf(values: Float64Array): Moments {
  const count = values.length;
  const mean = count === 0 ? 0 : sumOf(values) / count;
  let [squares, cubes, fourths] = [0, 0, 0];
  for (const value of values) {
    const distance = value - mean;
    const square = distance * distance;
    squares += square;
    cubes += square * distance;
    fourths += square * square;
  }
  const variance = squares / count;
  return {
    ...{ count, mean, squares },
    skewness: cubes / count / variance ** 1.5,
    kurtosis: fourths / count / variance ** 2,
  };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Below so many parts of the mean a spread is what rounding left over. */
const ROUNDING = 1e-12;

/** Standard deviation of a sample (n - 1); why not, where there is none. */
export const deviationOf = (moments: Moments): Figure => spreadOf(moments, 1);

/** The same with another correction: 0 for a population. */
export function spreadOf(
  { count, mean, squares }: Pick<Moments, "count" | "mean" | "squares">,
  correction: 0 | 1,
): Figure {
  if (count < 2) return "tooFew";
  const deviation = Math.sqrt(squares / (count - correction));
  return deviation <= Math.abs(mean) * ROUNDING ? "noSpread" : deviation;
}
