/**
 * Kelly's fraction: the share of the account that, staked on each trade, makes it grow fastest. Above
 * it ruin comes closer, and half of it is what prudent people stake. Below zero there is nothing to
 * stake on. Source: J. L. Kelly (1956); the continuous form is Edward Thorp's.
 */
import { type Figure, isKnown, mapped } from "./figure.ts";
import { ofReturns } from "./growth.ts";
import { ENOUGH_DAYS, ENOUGH_DECIDED, type Metric } from "./metric.ts";
import { payoffRatio } from "./payoff.ts";
import type { Results } from "./results.ts";
import { meanOverVariance } from "./sharpe.ts";
import { winRateOfAll, winRateOfDecided } from "./win-rate.ts";

function fraction(rate: Figure, results: Results): Figure {
  const payoff = payoffRatio(results);
  if (!isKnown(rate)) return rate;
  if (!isKnown(payoff)) return payoff;
  return rate - (1 - rate) / payoff;
}

const kellyOfDecided = (results: Results): Figure => fraction(winRateOfDecided(results), results);

const DISCRETE = { unit: "fraction", source: "Kelly", gate: ENOUGH_DECIDED } as const;

export const KELLY: readonly Metric[] = [
  {
    key: "kelly.discrete_allTrades",
    formula: "W - (1 - W) / payoff, W of all trades",
    ...DISCRETE,
    of: ({ results }) => fraction(winRateOfAll(results), results),
  },
  {
    key: "kelly.discrete_decidedTrades",
    formula: "W - (1 - W) / payoff, W of decided trades; below zero: stake nothing",
    ...DISCRETE,
    of: ({ results }) => kellyOfDecided(results),
  },
  {
    key: "kelly.half_decided",
    formula: "half of that",
    ...DISCRETE,
    of: ({ results }) => mapped(kellyOfDecided(results), (it) => it / 2),
  },
  {
    key: "kelly.continuous_meanOverVariance_daily",
    formula: "mean(r) / variance(r), n - 1, daily",
    ...{ unit: "ratio", source: "Thorp", gate: ENOUGH_DAYS },
    of: (study) => ofReturns(study, meanOverVariance),
  },
];
