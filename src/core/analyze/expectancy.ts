/**
 * Expectancy: what the next trade is worth on average, in dollars and in R. The two may differ in
 * sign, when the large sizes happened to win. Source: Van Tharp.
 */
import { type Figure, isKnown, ratio } from "./figure.ts";
import { ENOUGH_DECIDED, ENOUGH_RISKED, ENOUGH_TRADES, type Metric } from "./metric.ts";
import { payoffRatio } from "./payoff.ts";
import { averageLoss, averageTrade, averageWin, known, netPerDecided } from "./profit.ts";
import type { Results } from "./results.ts";
import type { Study } from "./study.ts";
import { winRateOfAll } from "./win-rate.ts";

const expectancyInR = ({ risked: { count, mean } }: Pick<Study, "risked">): Figure =>
  count === 0 ? "noRisk" : mean;

/** W·(average win) - L·(average loss), W and L of all trades: the same number by another way. */
function byRates(results: Results): Figure {
  const { trades, wins, losses } = results;
  if (trades === 0) return "noTrades";
  const [win, loss] = [known(averageWin(results), 0), known(averageLoss(results), 0)];
  return (wins / trades) * win + (losses / trades) * loss;
}

function ratioByRates(results: Results): Figure {
  const [rate, payoff] = [winRateOfAll(results), payoffRatio(results)];
  if (!isKnown(rate)) return rate;
  return isKnown(payoff) ? (1 + payoff) * rate - 1 : payoff;
}

export const EXPECTANCY: readonly Metric[] = [
  {
    key: "expectancy.usdPerTrade",
    formula: "net / trades",
    ...{ unit: "USD", source: "Tharp", gate: ENOUGH_TRADES },
    of: ({ results }) => averageTrade(results),
  },
  {
    key: "expectancy.rPerTrade",
    formula: "mean of net / initial risk",
    ...{ unit: "R", source: "Tharp", gate: ENOUGH_RISKED },
    of: expectancyInR,
  },
  {
    key: "expectancy.check_WxAW_minus_LxAL",
    formula: "wins/trades · average win - losses/trades · |average loss|",
    ...{ unit: "USD", source: "common use", gate: ENOUGH_TRADES },
    of: ({ results }) => byRates(results),
  },
  {
    key: "expectancy.usdPerDecidedTrade_nautilus",
    formula: "net / (wins + losses)",
    ...{ unit: "USD", source: "NautilusTrader", gate: ENOUGH_DECIDED },
    of: netPerDecided,
  },
  {
    key: "expectancy.expectancyRatio_freqtrade",
    formula: "(1 + payoff)·wins/trades - 1",
    ...{ unit: "ratio", source: "freqtrade", gate: ENOUGH_TRADES },
    of: ({ results }) => ratioByRates(results),
  },
  {
    key: "expectancy.perDollarRisked",
    formula: "net / initial risk, both summed",
    ...{ unit: "ratio", source: "Tharp", gate: ENOUGH_RISKED },
    of: ({ risked: { net, risk } }) => ratio(net, risk, "noRisk"),
  },
];
