/**
 * Value at risk and what lies beyond it, of the daily returns as they were (historical).
 *
 * VaR 95 = the loss that one day in twenty exceeds; CVaR 95 = the mean of those days, also called
 * expected shortfall. Both positive for a loss. Of fewer than 20 days (95 %) or 100 (99 %) the tail
 * holds less than one day. Source: J.P. Morgan, RiskMetrics (1996); Rockafellar and Uryasev (2000).
 */
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import { type Figure, type Gate, mapped } from "./figure.ts";
import { ofReturns } from "./growth.ts";
import type { Metric } from "./metric.ts";
import { deviationOf } from "./moments.ts";
import { NORMAL_1_PERCENT, NORMAL_5_PERCENT } from "./normal.ts";
import { lowerQuantileOf, quantileOf } from "./quantile.ts";
import type { Returns, Study } from "./study.ts";

const GATES: Readonly<Record<95 | 99, Gate>> = {
  95: { of: "days", least: 20 },
  99: { of: "days", least: 100 },
};
const SHARES = { 95: 0.05, 99: 0.01 } as const;
type Level = keyof typeof SHARES;

export const valueAtRisk = (sorted: Float64Array, level: Level): number =>
  0 - quantileOf(sorted, SHARES[level]);

const lowerValueAtRisk = (sorted: Float64Array, level: Level): number =>
  0 - lowerQuantileOf(sorted, SHARES[level]);

/** Mean of what is not above the quantile; the lowest never is. */
function shortfall(sorted: Float64Array, quantile: number): number {
  let [sum, count] = [0, 0];
  for (const value of sorted) {
    if (value > quantile) break;
    sum += value;
    count += 1;
  }
  return 0 - sum / count;
}

export const conditionalValueAtRisk = (sorted: Float64Array, level: Level): number =>
  shortfall(sorted, quantileOf(sorted, SHARES[level]));

/** Mean of the lowest int((n - 1)·share) + 1. */
function ofEmpyrical(sorted: Float64Array, level: Level): number {
  const count = Math.floor((sorted.length - 1) * SHARES[level]) + 1;
  return 0 - sorted.subarray(0, count).reduce((sum, value) => sum + value, 0) / count;
}

/** Of a normal distribution with the same mean and spread. */
export const parametricValueAtRisk = ({ moments }: Returns, level: Level): Figure => {
  const spread = deviationOf(moments);
  const z = level === 95 ? NORMAL_5_PERCENT : NORMAL_1_PERCENT;
  return spread === "noSpread"
    ? 0 - moments.mean
    : mapped(spread, (it) => -(moments.mean + z * it));
};

const metric = (
  key: string,
  level: Level,
  formula: string,
  of: (returns: Returns) => Figure,
): Metric => ({
  key,
  ...{ formula, unit: "fraction", source: "RiskMetrics", gate: GATES[level] },
  of: (study) => ofReturns(study, of),
});

/** On the dollars of a day: the same quantile of net results. */
const onDollars = (
  { daily, returnsOnStart }: Study,
  of: (sorted: Float64Array) => number,
): Figure =>
  daily.dates.length === 0
    ? "noTrades"
    : (of(returnsOnStart.sorted) * daily.start) / MONEY_PER_DOLLAR;

const dollarMetric = (
  key: string,
  level: Level,
  formula: string,
  of: (sorted: Float64Array) => number,
): Metric => ({
  key,
  ...{ formula, unit: "USD", source: "RiskMetrics", gate: GATES[level] },
  of: (study) => onDollars(study, of),
});

const percent = { 95: "5 %", 99: "1 %" } as const;
const LEVELS: readonly Level[] = [95, 99];

export const VALUE_AT_RISK: readonly Metric[] = [
  ...LEVELS.map((level) =>
    metric(`var.hist${level}_linear`, level, `-quantile(r, ${percent[level]}), linear`, (it) =>
      valueAtRisk(it.sorted, level),
    ),
  ),
  ...LEVELS.map((level) =>
    metric(`var.hist${level}_lower`, level, `-quantile(r, ${percent[level]}), lower`, (it) =>
      lowerValueAtRisk(it.sorted, level),
    ),
  ),
  ...LEVELS.map((level) =>
    dollarMetric(
      `var.hist${level}_linear_usdOnDailyPnl`,
      level,
      `-quantile(net of a day, ${percent[level]}), linear`,
      (sorted) => valueAtRisk(sorted, level),
    ),
  ),
  ...LEVELS.map((level) =>
    metric(
      `var.parametricNormal${level}`,
      level,
      `-(mean(r) + z·sd(r)), z = Φ⁻¹(${percent[level]})`,
      (it) => parametricValueAtRisk(it, level),
    ),
  ),
  {
    key: "var.perTrade95_linear_usd",
    formula: "-quantile(net of a trade, 5 %), linear",
    ...{ unit: "USD", source: "RiskMetrics", gate: { of: "trades", least: 20 } },
    of: ({ results, quantiles }) =>
      results.trades === 0 ? "noTrades" : (0 - quantiles.low) / MONEY_PER_DOLLAR,
  },
];

export const CONDITIONAL_VALUE_AT_RISK: readonly Metric[] = [
  ...LEVELS.map((level) =>
    metric(`cvar.hist${level}_linear`, level, "-mean of r not above the linear quantile", (it) =>
      conditionalValueAtRisk(it.sorted, level),
    ),
  ),
  ...LEVELS.map((level) =>
    metric(`cvar.hist${level}_lower`, level, "-mean of r not above the lower quantile", (it) =>
      shortfall(it.sorted, lowerQuantileOf(it.sorted, SHARES[level])),
    ),
  ),
  ...LEVELS.map((level) =>
    dollarMetric(
      `cvar.hist${level}_linear_usdOnDailyPnl`,
      level,
      "-mean of the days not above the linear quantile",
      (sorted) => conditionalValueAtRisk(sorted, level),
    ),
  ),
  ...LEVELS.map((level) => ({
    ...metric(
      `cvar.hist${level}_empyrical`,
      level,
      "-mean of the lowest int((n - 1)·share) + 1",
      (it) => ofEmpyrical(it.sorted, level),
    ),
    source: "empyrical",
  })),
];
