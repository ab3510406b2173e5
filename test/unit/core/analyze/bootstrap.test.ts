/** Intervals: repeatable, about the figure, narrower with more trades. */
import { describe, expect, test } from "vitest";
import { resampled, resampleTask, TRADES_MAX } from "../../../../src/core/analyze/bootstrap.ts";
import { finished } from "../../../../src/core/analyze/slices.ts";
import { type Study, studyOf } from "../../../../src/core/analyze/study.ts";
import { summarised } from "../../../../src/core/analyze/summary.ts";
import type { ClosedTrade } from "../../../../src/core/model/trade-columns.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import { figureIn } from "../../../../src/core/views/metrics.ts";
import { seeded } from "../../../../src/std/seeded.ts";
import { closedTrade, columnsOf, oracleTrades } from "../../../kit/closed-trades.ts";

function intervalsOf(trades: readonly ClosedTrade[], seed = 1) {
  const columns = columnsOf(trades);
  const study: Study = finished(studyOf(columns, { startingEquity: dollars(50_000), days: "all" }));
  const { figures } = finished(summarised(study));
  return resampled(resampleTask(columns, study, seed), (key) => figureIn(figures, key));
}

const RATE = "winRate.overAllTrades";

describe("intervals", () => {
  const found = intervalsOf(oracleTrades);

  test("hold the figures of the record", () => {
    expect(Object.keys(found)).toEqual([
      RATE,
      "profitFactor",
      "payoffRatio",
      "expectancy.usdPerTrade",
      "expectancy.rPerTrade",
      "sqn.rMultiples_ddof1",
      "sharpe.daily_rf0_annualised252",
      "sortino.daily_mar0_annualised252",
    ]);
    expect(found[RATE]?.low).toBeCloseTo(9 / 26, 1);
    expect(found[RATE]?.high).toBeCloseTo(19 / 26, 1);
    expect(found["expectancy.usdPerTrade"]?.low).toBeLessThan(9.04);
    expect(found["expectancy.usdPerTrade"]?.high).toBeGreaterThan(9.04);
  });

  test("are those of their seed", () => {
    expect(intervalsOf(oracleTrades)).toEqual(found);
    expect(intervalsOf(oracleTrades, 2)).not.toEqual(found);
  });

  test("are not given for what most draws do not have", () => {
    const none = intervalsOf([closedTrade({ net: 10_000 }), closedTrade({ net: 20_000 })]);
    expect(none["profitFactor"]).toBeNull();
    expect(none["expectancy.rPerTrade"]).toBeNull();
    expect(none[RATE]).toEqual({ low: 1, high: 1 });
    expect(none["sharpe.daily_rf0_annualised252"]).toBeNull();
  });

  test("need two trades", () => {
    expect(Object.values(intervalsOf([])).every((one) => one === null)).toBe(true);
    expect(intervalsOf([closedTrade({ net: 10_000 })])[RATE]).toBeNull();
  });

  test("of very many trades are as narrow as their number says", () => {
    const dice = seeded(5);
    const many = Array.from({ length: TRADES_MAX * 4 }, (_, index) =>
      closedTrade({
        entryAt: 1.77e12 + index * 1_000,
        exitAt: 1.77e12 + index * 1_000,
        net: dice.below(2) === 0 ? 100_000 : -90_000,
      }),
    );
    const { low = 0, high = 0 } = intervalsOf(many)[RATE] ?? {};
    // Two standard errors to each side of one half: 2 x 1.96 x 0.5 / √40,000.
    expect(high - low).toBeGreaterThan(0.0088);
    expect(high - low).toBeLessThan(0.0108);
    expect((low + high) / 2).toBeCloseTo(0.5, 1);
  });

  test("of a record without returns leave the days out", () => {
    const lost = intervalsOf([
      closedTrade({ net: -600_000_000 }),
      closedTrade({ net: 9, entryAt: 1.78e12, exitAt: 1.78e12 }),
    ]);
    expect(lost["sharpe.daily_rf0_annualised252"]).toBeNull();
  });
});
