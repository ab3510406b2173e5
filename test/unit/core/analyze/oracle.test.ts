/** The metrics beside values computed by another program, and checked against four libraries. */
import { describe, expect, test } from "vitest";
import { depthsOf, pathOf } from "../../../../src/core/analyze/equity-path.ts";
import { annualGrowth } from "../../../../src/core/analyze/growth.ts";
import { momentsOf } from "../../../../src/core/analyze/moments.ts";
import { gainToPain, omega } from "../../../../src/core/analyze/omega.ts";
import {
  annualSharpe,
  GEOMETRIC_DAY,
  meanOverVariance,
} from "../../../../src/core/analyze/sharpe.ts";
import { finished } from "../../../../src/core/analyze/slices.ts";
import { annualSortino, downsideDeviation } from "../../../../src/core/analyze/sortino.ts";
import { returnsOf } from "../../../../src/core/analyze/study.ts";
import { summaryOf } from "../../../../src/core/analyze/summary.ts";
import { tailRatio } from "../../../../src/core/analyze/tail-ratio.ts";
import { ulcerIndex } from "../../../../src/core/analyze/ulcer.ts";
import {
  conditionalValueAtRisk,
  parametricValueAtRisk,
  valueAtRisk,
} from "../../../../src/core/analyze/value-at-risk.ts";
import type { TradeColumns } from "../../../../src/core/model/trade-columns.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import {
  at,
  columnsOf,
  inARow,
  isNear,
  leavesOf,
  oracle,
  oracleTrades,
} from "../../../kit/closed-trades.ts";

const summary = (columns: TradeColumns, startingEquity = 50_000) =>
  finished(summaryOf(columns, { startingEquity: dollars(startingEquity), days: "all" }));

describe("twenty-six trades of MES", () => {
  const found = summary(columnsOf(oracleTrades));
  const tree = {
    ...found.figures,
    returns: {
      ...(found.figures["returns"] as object),
      bestDay: found.bestDay,
      worstDay: found.worstDay,
    },
    bySide: found.groups.side,
    bySizeLetter: found.groups.sizeLetter,
  };
  const wanted = leavesOf(oracle.expected).filter(([key]) => !key.includes("WRONG"));

  test("have every figure the oracle has", () => {
    expect(wanted.length).toBeGreaterThan(150);
    const off = wanted.filter(([key, value]) =>
      typeof value === "number" ? !isNear(at(tree, key), value) : at(tree, key) !== value,
    );
    expect(off.map(([key, value]) => [key, value, at(tree, key)])).toEqual([]);
  });

  test("have every day the oracle has", () => {
    expect(found.daily.length).toBe(oracle.daily.length);
    const off = oracle.daily.flatMap((day, index) =>
      leavesOf(day).filter(([key, value]) => {
        const own = at(found.daily[index], key);
        return typeof value === "number" ? !isNear(own, value) : own !== value;
      }),
    );
    expect(off).toEqual([]);
  });
});

describe("sixty daily returns", () => {
  const values = Float64Array.from(oracle.set60.dailyReturns);
  const returns = returnsOf(values);
  const { moments, sorted } = returns;
  // The equity that has these returns.
  const changes: number[] = [];
  let equity = 1;
  for (const value of values) {
    changes.push(equity * value);
    equity *= 1 + value;
  }
  const steps = Float64Array.from(changes);
  const path = pathOf(steps, 1);
  const deviation = Math.sqrt(moments.squares / (moments.count - 1));
  const cagr = annualGrowth(equity, values.length);
  const nonZero = values.filter((value) => value !== 0);
  const found: Record<string, unknown> = {
    n: moments.count,
    totalReturn: equity - 1,
    cagr_252: cagr,
    mean: moments.mean,
    std_ddof1: deviation,
    volatilityAnnual: deviation * Math.sqrt(252),
    sharpe: annualSharpe(moments),
    sharpe_rf4pct_geometric: annualSharpe(moments, GEOMETRIC_DAY),
    sortino_mar0: annualSortino(returns),
    downsideDeviation: downsideDeviation(values),
    maxDrawdownFraction: path.deepestShare,
    calmar: (cagr as number) / path.deepestShare,
    ulcerPercent_n: ulcerIndex(depthsOf(steps, 1)),
    longestUnderwaterDays: path.longestBelow,
    currentUnderwaterDays: path.currentBelow,
    var95_linear: valueAtRisk(sorted, 95),
    var99_linear: valueAtRisk(sorted, 99),
    cvar95_linear: conditionalValueAtRisk(sorted, 95),
    cvar99_linear: conditionalValueAtRisk(sorted, 99),
    varParam95: parametricValueAtRisk(returns, 95),
    varParam99: parametricValueAtRisk(returns, 99),
    skew_population: moments.skewness,
    kurtosis_population: moments.kurtosis,
    gainToPain: gainToPain(values),
    omega0: omega(values),
    tailRatio95: tailRatio(sorted),
    winRateNonZero: nonZero.filter((value) => value > 0).length / nonZero.length,
    bestDay: sorted.at(-1),
    worstDay: sorted[0],
    kellyContinuous: meanOverVariance(returns),
  };

  test.each(Object.keys(found))("%s", (key) => {
    const wanted = oracle.set60.expected[key];
    expect(wanted).toBeTypeOf("number");
    expect([key, found[key], isNear(found[key], wanted)]).toEqual([key, found[key], true]);
  });
});

describe("edge cases", () => {
  const KEYS: Readonly<Record<string, string>> = {
    winRate: "winRate.overAllTrades",
    winRateAll: "winRate.overAllTrades",
    winRateDecided: "winRate.overDecidedTrades",
    profitFactor: "profitFactor",
    expectancy: "expectancy.usdPerTrade",
    sharpe: "sharpe.daily_rf0_annualised252",
    sortino: "sortino.daily_mar0_annualised252",
    maxDrawdownAbs: "drawdownByTrade.maxAbs",
    maxDrawdownFraction: "drawdownByTrade.maxFraction",
    stdTrade: "pnl.stdTrade",
    sqn: "sqn.usd_ddof1",
    payoffRatio: "payoffRatio",
  };
  const ofTrades = oracle.edgeCases.filter(({ netPnls }) => netPnls !== undefined);

  test.each(ofTrades.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const { figures, notes } = summary(inARow(one.netPnls ?? []), one.startEquity);
    for (const [name, value] of Object.entries(one.expect)) {
      const key = KEYS[name] as string;
      if (typeof value === "string") expect(notes[key]?.reason).toBe("noLosses");
      const wanted = typeof value === "string" ? null : value;
      expect([name, at(figures, key)]).toEqual([name, wanted]);
    }
  });

  test("constant positive daily return", () => {
    const returns = returnsOf(Float64Array.of(0.001, 0.001, 0.001, 0.001, 0.001));
    expect(annualSharpe(returns.moments)).toBe("noSpread");
    expect(annualSortino(returns)).toBe("noLosingDays");
    expect(momentsOf(returns.values).mean).toBeCloseTo(0.001, 15);
  });

  test("max abs and max pct drawdown at different places", () => {
    const one = oracle.edgeCases.find(({ equity }) => equity !== undefined);
    const [start = 0, ...later] = one?.equity ?? [];
    const changes = later.map(
      (value, index) => value - (index === 0 ? start : (later[index - 1] as number)),
    );
    const path = pathOf(Float64Array.from(changes), start);
    expect(path.deepest).toBe(one?.expect["maxDrawdownAbs"]);
    expect(path.deepestShare).toBe(one?.expect["maxDrawdownFraction"]);
  });
});
