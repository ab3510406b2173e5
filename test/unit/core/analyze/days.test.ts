/** Which days a record has, and what becomes of returns when the money is gone. */
import { describe, expect, test } from "vitest";
import type { DayChoice } from "../../../../src/core/analyze/days.ts";
import { probabilisticSharpe } from "../../../../src/core/analyze/sharpe.ts";
import { finished } from "../../../../src/core/analyze/slices.ts";
import { returnsOf } from "../../../../src/core/analyze/study.ts";
import { summaryOf } from "../../../../src/core/analyze/summary.ts";
import { parametricValueAtRisk } from "../../../../src/core/analyze/value-at-risk.ts";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import { at, closedTrade, columnsOf } from "../../../kit/closed-trades.ts";

const on = (day: string, net = 100_000) => {
  const entryAt = parseIso(`${day}T16:00:00Z`) as number;
  return closedTrade({ entryAt, exitAt: entryAt + 60_000, net });
};

const summary = (trades: readonly ReturnType<typeof on>[], days: DayChoice = "all") =>
  finished(summaryOf(columnsOf(trades), { startingEquity: dollars(1_000), days }));

describe("the series of days", () => {
  test("leaves out weekends and the days on which nothing trades", () => {
    const { daily } = summary([on("2026-12-23"), on("2026-12-28")]);
    expect(daily.map(({ date }) => date)).toEqual(["2026-12-23", "2026-12-24", "2026-12-28"]);
  });

  test("keeps such a day when a trade was closed on it", () => {
    const { daily } = summary([on("2026-12-24"), on("2026-12-25"), on("2026-12-28")]);
    expect(daily.map(({ date }) => date)).toEqual(["2026-12-24", "2026-12-25", "2026-12-28"]);
  });

  test("keeps a day that is only short", () => {
    const { daily } = summary([on("2026-11-25"), on("2026-11-30")]);
    expect(daily.length).toBe(4);
  });

  test("holds the days with trades alone, where that is asked", () => {
    const { daily, basis } = summary([on("2026-03-02"), on("2026-03-06")], "traded");
    expect(daily.map(({ date }) => date)).toEqual(["2026-03-02", "2026-03-06"]);
    expect(basis).toEqual({
      startingEquity: 1_000,
      days: "traded",
      from: "2026-03-02",
      to: "2026-03-06",
    });
  });

  test("goes on for years", () => {
    const first = parseIso("2025-01-06T16:00:00Z") as number;
    const trades = Array.from({ length: 700 }, (_, index) => {
      const entryAt = first + index * 86_400_000;
      return closedTrade({ entryAt, exitAt: entryAt + 1_000, net: 10_000, fees: 5_000 });
    });
    const { daily, figures } = summary(trades);
    expect(at(figures, "counts.daysWithTrades")).toBe(501);
    expect(daily.reduce((sum, { fees }) => sum + fees, 0)).toBeCloseTo(350, 9);
  });
});

test("days without a trade are there for years", () => {
  const { daily } = summary([on("2021-03-01"), on("2026-03-02")]);
  expect([daily.at(0)?.date, daily.at(-1)?.date]).toEqual(["2021-03-01", "2026-03-02"]);
  expect(daily.length).toBeGreaterThan(1_250);
  expect(new Set(daily.map(({ date }) => date)).size).toBe(daily.length);
});

describe("the hour of an entry", () => {
  test("is Chicago's, on the days on which clocks change too", () => {
    const entry = (time: string) => {
      const entryAt = parseIso(time) as number;
      return closedTrade({ entryAt, exitAt: entryAt + 60_000, net: 100 });
    };
    const { groups } = summary([
      entry("2026-03-06T14:30:00Z"),
      entry("2026-03-08T07:30:00Z"),
      entry("2026-03-08T08:30:00Z"),
      entry("2026-03-09T05:00:00Z"),
      entry("2026-03-10T04:59:00Z"),
    ]);
    expect(Object.entries(groups.hour).map(([hour, { count }]) => [hour, count])).toEqual([
      ["00:00", 1],
      ["01:00", 1],
      ["03:00", 1],
      ["08:00", 1],
      ["23:00", 1],
    ]);
  });
});

describe("an account that was lost", () => {
  const { figures, notes, daily, monthly } = summary([
    on("2026-03-02", -6_000_000),
    on("2026-03-03", -5_000_000),
    on("2026-04-01", 30_000_000),
  ]);

  test("has no returns to speak of", () => {
    expect(at(figures, "sharpe.daily_rf0_annualised252")).toBeNull();
    expect(notes["sharpe.daily_rf0_annualised252"]?.reason).toBe("equityGone");
    expect(daily.at(-1)?.ret).toBeNull();
    expect(monthly.map(({ ret }) => ret)).toEqual([-1.1, null]);
  });

  test("lost more than there was", () => {
    expect(at(figures, "drawdownByTrade.maxFraction")).toBeCloseTo(1.1, 12);
    const gone = summary([on("2026-03-02", -11_000_000)]);
    expect(gone.notes["returns.cagr_252"]?.reason).toBe("equityGone");
  });
});

describe("days that are all alike", () => {
  test("have no spread, and their mean for a value at risk", () => {
    const returns = returnsOf(Float64Array.of(0.001, 0.001, 0.001));
    expect(parametricValueAtRisk(returns, 95)).toBeCloseTo(-0.001, 15);
    const { figures, notes } = summary([on("2026-03-02", 0), on("2026-03-04", 0)]);
    expect(at(figures, "returns.stdDaily_ddof1")).toBe(0);
    expect(at(figures, "pnl.stdTrade")).toBe(0);
    expect(notes["returns.skew_population"]?.reason).toBe("noSpread");
  });
});

test("a record so skewed that its spread has no room has no probable Sharpe ratio", () => {
  const moments = { count: 9, mean: 1, squares: 8, skewness: 2, kurtosis: 1 };
  expect(probabilisticSharpe(moments)).toBe("tooSkewed");
});

test("trades that all made the same of their risk have a spread of zero and no quality", () => {
  const alike = (day: string) => ({ ...on(day), risk: 50_000, mfe: 3 });
  const { figures, notes } = summary([alike("2026-03-02"), alike("2026-03-03")]);
  expect(at(figures, "sqn.rStd")).toBe(0);
  expect(notes["sqn.rMultiples_ddof1"]?.reason).toBe("noSpread");
  expect(at(figures, "maeMfe.avgMfePoints")).toBe(3);
  expect(notes["maeMfe.edgeRatio"]?.reason).toBe("noExcursions");
});

test("only losers: nothing won and nothing to stake on", () => {
  const { notes, figures } = summary([on("2026-03-02", -100_000), on("2026-03-03", -90_000)]);
  expect(notes["kelly.discrete_decidedTrades"]?.reason).toBe("noWins");
  expect(at(figures, "riskOfRuin.bound_500usd")).toBe(1);
  expect(notes["pnl.largestWin"]?.reason).toBe("noWins");
  expect(notes["other.bestDayShareOfNetProfit"]?.reason).toBe("noProfit");
});

test("only winners: ruin is out of the question", () => {
  const { notes, figures } = summary([on("2026-03-02"), on("2026-03-03", 90_000)]);
  expect(at(figures, "riskOfRuin.bound_500usd")).toBe(0);
  expect(notes["profitFactor"]?.reason).toBe("noLosses");
  expect(notes["sortino.freqtrade"]?.reason).toBe("noLosses");
});
