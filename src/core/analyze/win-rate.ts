/**
 * Win rate: how often a trade wins. Of all trades, and of those that were decided; the second is what
 * Kelly and the break-even rate are made of.
 */
import { type Figure, ratio } from "./figure.ts";
import { ENOUGH_DECIDED, ENOUGH_TRADES, type Metric } from "./metric.ts";
import type { Results } from "./results.ts";

export const winRateOfAll = ({ wins, trades }: Results): Figure => ratio(wins, trades, "noTrades");

export function winRateOfDecided({ wins, losses, trades }: Results): Figure {
  return ratio(wins, wins + losses, trades === 0 ? "noTrades" : "noDecided");
}

export const WIN_RATE: readonly Metric[] = [
  {
    key: "winRate.overAllTrades",
    formula: "wins / trades",
    ...{ unit: "fraction", source: "freqtrade counts so", gate: ENOUGH_TRADES },
    of: ({ results }) => winRateOfAll(results),
  },
  {
    key: "winRate.overDecidedTrades",
    formula: "wins / (wins + losses)",
    ...{ unit: "fraction", source: "quantstats counts so", gate: ENOUGH_DECIDED },
    of: ({ results }) => winRateOfDecided(results),
  },
];
