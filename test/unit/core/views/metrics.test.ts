/** The metrics as a person and as a program read them. */
import { describe, expect, test } from "vitest";
import { resampled, resampleTask } from "../../../../src/core/analyze/bootstrap.ts";
import { METRICS } from "../../../../src/core/analyze/catalogue.ts";
import { finished } from "../../../../src/core/analyze/slices.ts";
import { studyOf } from "../../../../src/core/analyze/study.ts";
import { summarised } from "../../../../src/core/analyze/summary.ts";
import type { ClosedTrade } from "../../../../src/core/model/trade-columns.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import { figureIn, metricsJson, renderMetrics, shown } from "../../../../src/core/views/metrics.ts";
import { at, columnsOf, oracleTrades } from "../../../kit/closed-trades.ts";

function looked(trades: readonly ClosedTrade[], days: "all" | "traded" = "all") {
  const columns = columnsOf(trades);
  const study = finished(studyOf(columns, { startingEquity: dollars(50_000), days }));
  const summary = finished(summarised(study));
  const task = resampleTask(columns, study, 1);
  return { summary, intervals: resampled(task, (key) => figureIn(summary.figures, key)) };
}

describe("as JSON", () => {
  const { summary, intervals } = looked(oracleTrades);
  const json = metricsJson(summary, intervals);

  test("every metric stands where its key says", () => {
    for (const { key } of METRICS) expect([key, at(json, key)]).not.toEqual([key, undefined]);
  });

  test("groups are called after what they are by", () => {
    expect(Object.keys(json)).toEqual(
      expect.arrayContaining([
        "bySide",
        "bySizeLetter",
        "byHour",
        "byWeekday",
        "byAuthor",
        "byTag",
      ]),
    );
    expect(at(json, "returns.bestDay.date")).toBe("2026-03-04");
    expect(at(json, "notes")).toMatchObject({
      "sqn.rMultiples_ddof1": { sample: 26, gate: 30 },
      "var.hist99_linear": { sample: 20, gate: 100 },
    });
  });
});

describe("as tables", () => {
  test("the headline figures, their intervals, and what they stand on", () => {
    const { summary, intervals } = looked(oracleTrades);
    const text = renderMetrics(summary, intervals, 120).join("\n");
    expect(text).toMatch(/^2026-03-02 to 2026-03-27, every trade date, from \$50000\.00\n/);
    expect(text).toMatch(
      /^profit factor +1\.137 +\S+ to \S+ +26 trades; below 30 it says little$/m,
    );
    expect(text).toMatch(/^By size letter$/m);
    expect(text).not.toMatch(/^By instrument$/m);
  });

  test("without trades say why there is nothing", () => {
    const { summary, intervals } = looked([], "traded");
    const text = renderMetrics(summary, intervals, 120).join("\n");
    expect(text).toMatch(/^no trades, days with trades, from \$50000\.00\n/);
    expect(text).toMatch(/^profit factor +- +there are no trades$/m);
  });

  test("each unit in its own way", () => {
    expect(shown(1e9, "USD")).toBe("$1000000000.00");
    expect(shown(0.25, "fraction")).toBe("25.00 %");
    expect(shown(0.0000123, "1/USD")).toBe("1.230e-5");
  });
});

test("a key that leads nowhere has no figure", () => {
  const { summary } = looked(oracleTrades);
  expect(figureIn(summary.figures, "nowhere")).toBeNull();
  expect(figureIn(summary.figures, "counts.nowhere")).toBeNull();
  expect(figureIn(summary.figures, "counts")).toBeNull();
});
