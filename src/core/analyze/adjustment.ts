/**
 * Lundberg's coefficient of a record of trades: the λ above zero with mean(e^(-λx)) = 1.
 *
 * It is found by Newton's method, from above, where it only ever falls towards its goal. Of very many
 * trades the sum is taken over buckets of neighbouring results, with the second and third moment
 * inside each; what that leaves out is smaller than a double shows, or the trades are added one by
 * one after all.
 */
import type { Figure } from "./figure.ts";
import type { Results } from "./results.ts";
import { inSlices, type Sliced } from "./slices.ts";

interface Facts {
  readonly trades: number;
  readonly mean: number;
  readonly squares: number;
  readonly lowest: number;
  readonly highest: number;
}

/** λ per unit of money. */
export function* adjustment(
  net: Float64Array,
  { trades, net: sum, lowest, highest }: Results,
  squares: number,
): Sliced<Figure> {
  const facts: Facts = { trades, mean: sum / trades, squares, lowest, highest };
  if (trades === 0) return "noTrades";
  if (facts.mean <= 0) return "noEdge";
  if (lowest >= 0) return "noLosses";
  if (trades <= EXACT_BELOW) return yield* solved(exactly(net), facts);
  const bucketed = yield* buckets(net, facts);
  const roughly = yield* solved(bucketed.sums, facts);
  const reach = roughly * bucketed.halfWidth;
  // The first term left out, beside what the equation turns on.
  const isExactEnough = reach ** 4 / 24 < 1e-11 * roughly * facts.mean;
  return isExactEnough ? roughly : yield* solved(exactly(net), facts);
}

const EXACT_BELOW = 20_000;
const BUCKETS = 4_096;
const STEPS_MAX = 200;

/** At some λ: mean(e^(-λx)) - 1, and its slope. */
interface Sums {
  readonly excess: number;
  readonly slope: number;
}
type SumsAt = (lambda: number) => Sliced<Sums>;

function* solved(at: SumsAt, { mean, squares, trades, lowest }: Facts): Sliced<number> {
  // The worst trade alone already adds e^(λ·|worst|)/n, so λ lies below this.
  const most = Math.log(trades) / -lowest;
  // Where results are small beside their spread this is the answer itself.
  let lambda = Math.min(most, (2 * mean) / (mean * mean + squares / trades));
  let sums = yield* at(lambda);
  while (sums.excess <= 0 && lambda < most) {
    lambda = Math.min(most, lambda * 2);
    sums = yield* at(lambda);
  }
  for (let step = 0; step < STEPS_MAX; step++) {
    const next = Math.min(lambda, lambda - sums.excess / sums.slope);
    const isThere = lambda - next <= next * 1e-15;
    lambda = next;
    if (isThere) break;
    sums = yield* at(lambda);
  }
  return lambda;
}

const exactly = (net: Float64Array): SumsAt =>
  function* (lambda) {
    let [excess, slope] = [0, 0];
    yield* inSlices(net.length, (from, to) => {
      for (let at = from; at < to; at++) {
        const made = net[at] as number;
        const above = Math.expm1(-lambda * made);
        excess += above;
        slope -= made * (above + 1);
      }
    });
    return { excess: excess / net.length, slope: slope / net.length };
  };

/** Count and moments about the middle of each bucket. */
function* buckets(
  net: Float64Array,
  { lowest, highest }: Facts,
): Sliced<{ sums: SumsAt; halfWidth: number }> {
  const width = (highest - lowest) / (BUCKETS - 1);
  const scale = 1 / width;
  const moments = new Float64Array(BUCKETS * 4);
  yield* inSlices(net.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const place = ((net[at] as number) - lowest) * scale;
      const bucket = place | 0;
      const off = (place - bucket - 0.5) * width;
      const base = bucket * 4;
      moments[base] = (moments[base] as number) + 1;
      moments[base + 1] = (moments[base + 1] as number) + off;
      moments[base + 2] = (moments[base + 2] as number) + off * off;
      moments[base + 3] = (moments[base + 3] as number) + off * off * off;
    }
  });
  const sums: SumsAt = function* (lambda) {
    yield;
    return sumsOfBuckets(moments, lambda, { lowest, width, trades: net.length });
  };
  return { sums, halfWidth: width / 2 };
}

/**
 * With x = c + d: e^(-λx) - 1 = (e^(-λc) - 1)·T + (T - 1), T = e^(-λd) = 1 - λd + (λd)²/2 - (λd)³/6.
 */
function sumsOfBuckets(
  moments: Float64Array,
  lambda: number,
  { lowest, width, trades }: { lowest: number; width: number; trades: number },
): Sums {
  let [excess, slope] = [0, 0];
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const base = bucket * 4;
    const count = moments[base] as number;
    if (count === 0) continue;
    const [d1, d2, d3] = [
      moments[base + 1] as number,
      moments[base + 2] as number,
      moments[base + 3] as number,
    ];
    const middle = lowest + (bucket + 0.5) * width;
    const above = Math.expm1(-lambda * middle);
    const shift = lambda * (-d1 + lambda * (d2 / 2 - (lambda * d3) / 6));
    excess += above * (count + shift) + shift;
    // -sum of x·e^(-λx), to the same order.
    const spread = d1 - lambda * d2 + (lambda * lambda * d3) / 2;
    slope -= (above + 1) * (middle * (count + shift) + spread);
  }
  return { excess: excess / trades, slope: slope / trades };
}
