/**
 * Drawdown: how far the equity fell below its last peak, after each trade and after each day, and how
 * long it stayed there. Positive numbers are losses. Source: house rule; the peak starts at the
 * starting equity, as pyfolio and empyrical have it. Index 0 is the start.
 */
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import type { EquityPath } from "./equity-path.ts";
import { type Figure, ratio, type Unit } from "./figure.ts";
import type { Metric } from "./metric.ts";
import type { Study } from "./study.ts";

const SOURCE = "common use";

function metricsOf(
  prefix: string,
  step: "trade" | "day",
  pathIn: (study: Study) => EquityPath,
): readonly Metric[] {
  const metric = (
    key: string,
    unit: Unit,
    formula: string,
    of: (path: EquityPath) => number,
  ): Metric => ({
    key: `${prefix}.${key}`,
    ...{ formula, unit, source: SOURCE },
    of: (study) => of(pathIn(study)),
  });
  const steps = step === "trade" ? "Trades" : "Days";
  const deepest = "of the deepest in dollars:";
  return [
    metric(
      "maxAbs",
      "USD",
      `max of peak - equity, after each ${step}`,
      (it) => it.deepest / MONEY_PER_DOLLAR,
    ),
    metric("maxFraction", "fraction", "max of (peak - equity) / peak", (it) => it.deepestShare),
    metric(
      "peakEquity",
      "USD",
      `${deepest} equity at the peak`,
      (it) => it.peak.equity / MONEY_PER_DOLLAR,
    ),
    metric(
      "troughEquity",
      "USD",
      `${deepest} equity at the bottom`,
      (it) => it.trough.equity / MONEY_PER_DOLLAR,
    ),
    metric(
      step === "trade" ? "peakIndexAbs" : "peakIndex",
      "count",
      `${deepest} ${step} of the peak`,
      (it) => it.peak.index,
    ),
    metric(
      step === "trade" ? "troughIndexAbs" : "troughIndex",
      "count",
      `${deepest} ${step} of the bottom`,
      (it) => it.trough.index,
    ),
    metric(
      `longestUnderwater${steps}`,
      "count",
      `most ${step}s in a row below a peak`,
      (it) => it.longestBelow,
    ),
    metric(
      `currentUnderwater${steps}`,
      "count",
      `${step}s since the last peak`,
      (it) => it.currentBelow,
    ),
  ];
}

const recoveryFactor = ({ results, path }: Pick<Study, "results" | "path">): Figure =>
  ratio(results.net, path.deepest, "noDrawdown");

export const DRAWDOWN_BY_TRADE: readonly Metric[] = [
  ...metricsOf("drawdownByTrade", "trade", ({ path }) => path),
  {
    key: "drawdownByTrade.recoveryFactor",
    formula: "net / deepest drawdown in dollars",
    ...{ unit: "ratio", source: SOURCE },
    of: recoveryFactor,
  },
];

export const DRAWDOWN_DAILY: readonly Metric[] = [
  ...metricsOf("drawdownDaily", "day", ({ dailyPath }) => dailyPath),
  {
    key: "drawdownDaily.averageDrawdownFraction",
    formula: "mean of (peak - equity) / peak over all days",
    ...{ unit: "fraction", source: SOURCE },
    of: ({ dailyDepths: { sum, steps } }) => ratio(sum, steps, "noTrades"),
  },
];
