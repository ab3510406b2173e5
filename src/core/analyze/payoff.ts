/** Payoff ratio: the average win in average losses; and the win rate at which that would break even. */
import { type Figure, ratio } from "./figure.ts";
import { ENOUGH_DECIDED, type Metric } from "./metric.ts";
import { averageLoss, averageWin } from "./profit.ts";
import type { Results } from "./results.ts";

export function payoffRatio(results: Results): Figure {
  const [win, loss] = [averageWin(results), averageLoss(results)];
  if (results.trades === 0) return "noTrades";
  return typeof loss === "number" ? ratio(win, -loss, "noLosses") : loss;
}

function breakevenWinRate(results: Results): Figure {
  const payoff = payoffRatio(results);
  return typeof payoff === "number" ? 1 / (1 + payoff) : payoff;
}

export const PAYOFF: readonly Metric[] = [
  {
    key: "payoffRatio",
    formula: "average win / |average loss|",
    ...{ unit: "ratio", source: "common use", gate: ENOUGH_DECIDED },
    of: ({ results }) => payoffRatio(results),
  },
  {
    key: "breakevenWinRate",
    formula: "1 / (1 + payoff ratio)",
    ...{ unit: "fraction", source: "common use", gate: ENOUGH_DECIDED },
    of: ({ results }) => breakevenWinRate(results),
  },
];
