/** Profit factor: dollars won for each dollar lost. Without a loser there is none, and it is not infinite. */
import { type Figure, ratio } from "./figure.ts";
import { ENOUGH_TRADES, type Metric } from "./metric.ts";
import type { Results } from "./results.ts";

function profitFactor({ won, lost, trades, wins }: Results): Figure {
  if (trades === 0) return "noTrades";
  return ratio(won, lost, wins === 0 ? "noDecided" : "noLosses");
}

export const PROFIT_FACTOR: Metric = {
  key: "profitFactor",
  formula: "gross profit / gross loss",
  ...{ unit: "ratio", source: "common use", gate: ENOUGH_TRADES },
  of: ({ results }) => profitFactor(results),
};
