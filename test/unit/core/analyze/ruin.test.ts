/** Risk of ruin where it is not a matter of twenty-six trades. */
import { describe, expect, test } from "vitest";
import { adjustment } from "../../../../src/core/analyze/adjustment.ts";
import type { Results } from "../../../../src/core/analyze/results.ts";
import { finished } from "../../../../src/core/analyze/slices.ts";
import { seeded } from "../../../../src/std/seeded.ts";

function lambdaOf(net: Float64Array): unknown {
  const trades = net.length;
  const sum = net.reduce((all, made) => all + made, 0);
  const mean = sum / trades;
  const squares = net.reduce((all, made) => all + (made - mean) ** 2, 0);
  const results = { trades, net: sum, lowest: Math.min(...net), highest: Math.max(...net) };
  return finished(adjustment(net, results as Results, squares));
}

/** mean(e^(-λx)) - 1. */
const excessAt = (net: Float64Array, lambda: number): number =>
  net.reduce((sum, made) => sum + Math.expm1(-lambda * made), 0) / net.length;

const isSolved = (net: Float64Array): void => {
  const lambda = lambdaOf(net) as number;
  expect(lambda).toBeGreaterThan(0);
  expect(excessAt(net, lambda * (1 - 1e-9))).toBeLessThan(0);
  expect(excessAt(net, lambda * (1 + 1e-9))).toBeGreaterThan(0);
};

const thrown = (count: number, of: (dice: ReturnType<typeof seeded>) => number): Float64Array => {
  const dice = seeded(11);
  return Float64Array.from({ length: count }, () => of(dice));
};

describe("λ", () => {
  test("of many trades is found from buckets", () => {
    isSolved(thrown(30_000, (dice) => dice.below(4_000_000) - 1_900_000));
  });

  test("of many trades and one that made a fortune is found trade by trade", () => {
    const net = thrown(30_000, (dice) => (dice.below(100) < 60 ? 90_000 : -110_000));
    net[7] = 1e11;
    isSolved(net);
  });

  test("of one loss among many small wins is found from far away", () => {
    isSolved(Float64Array.from({ length: 1_000 }, (_, at) => (at === 500 ? -20_000 : 10_000)));
    isSolved(Float64Array.from({ length: 10_000 }, (_, at) => (at === 500 ? -9e6 : 1_000)));
  });

  test("is not there without an edge, without a loss, without a trade", () => {
    expect(lambdaOf(Float64Array.of(100, -100))).toBe("noEdge");
    expect(lambdaOf(Float64Array.of(100, 50))).toBe("noLosses");
    expect(lambdaOf(new Float64Array())).toBe("noTrades");
  });
});
