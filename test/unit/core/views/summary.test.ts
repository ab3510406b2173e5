/** What a summary says, and that it says nothing of its own. */
import { describe, expect, it } from "vitest";
import type { FactOf } from "../../../../src/core/model/fact.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { authorsOf } from "../../../../src/core/views/authors.ts";
import { dayBook } from "../../../../src/core/views/day.ts";
import { renderDay } from "../../../../src/core/views/day-text.ts";
import { letterLines } from "../../../../src/core/views/letter-text.ts";
import { letterOf } from "../../../../src/core/views/letter-words.ts";
import { renderMetrics } from "../../../../src/core/views/metrics.ts";
import { newNarrator } from "../../../../src/core/views/narrator.ts";
import {
  daySummary,
  type SummaryText,
  stretchSummary,
} from "../../../../src/core/views/summary.ts";
import { dutyDetails } from "../../../../src/core/views/tell-duty.ts";
import { narrate } from "../../../../src/core/views/timeline.ts";
import { anAlertRecord } from "../../../kit/alert-records.ts";
import { closedTrade } from "../../../kit/closed-trades.ts";
import { NOON } from "../../../kit/sample-facts.ts";
import { sampleItem } from "../../../kit/sample-letter.ts";
import { manyTrades, reportOn } from "../../../kit/sample-report.ts";
import { aTradeRecord } from "../../../kit/trade-records.ts";

const due = (period: "week" | "month", from: string): FactOf<"SummaryDue"> => ({
  ...{ at: millis(NOON), kind: "SummaryDue", due: millis(NOON), period },
  ...{ from: tradeDate(from), tradeDate: tradeDate("2026-11-20") },
});

const textOf = ({ title, details, sheet }: SummaryText): readonly string[] => {
  const { trade: _, ...item } = sampleItem;
  const items = [{ ...item, trade: null, quote: null, title, details, sheet }];
  return letterLines(letterOf({ id: "ts-1", channel: "mail", at: millis(NOON) }, items));
};

it("is announced in a quiet line of the timeline, late or not", () => {
  const week = due("week", "2026-11-16");
  const later = { ...week, at: millis(NOON + 3 * 3_600_000) };
  const lines = [week, due("month", "2026-11-01"), later].flatMap(
    (fact) => narrate(newNarrator, fact).lines,
  );
  expect(lines.map(({ tone }) => tone)).toEqual(["quiet", "quiet", "quiet"]);
  // Its figures are in the letter that is made of it.
  expect(dutyDetails(week, String)).toEqual([]);
  expect(lines.map(({ text }) => text)).toEqual([
    "summary of the week of 2026-11-16",
    "summary of 2026-11",
    "summary of the week of 2026-11-16, 3 h late: nothing ran here Thursday 09:00 CT",
  ]);
});

/** Some weeks of trades. */
const report = reportOn(manyTrades(60));

describe("of a day", () => {
  const book = dayBook(tradeDate("2026-11-19"));
  const page = book.page({ alerts: [anAlertRecord()], trades: [aTradeRecord()] });
  const summary = daySummary(page, reportOn(manyTrades(1)));

  it("is its page, with the headline figures and two charts", () => {
    const lines = textOf(summary);
    const all = renderDay(page, 110);
    expect(lines.filter((line) => all.includes(line)).length).toBeGreaterThan(10);
    expect(all.slice(1, -2).filter((line) => !lines.includes(line))).toEqual([]);
    expect(summary.title).toBe(all[0]);
    expect(lines).toContain("All of it, at any time: tradestream day 2026-11-19");
    expect(summary.sheet.charts.map(({ says }) => says.split(". ")[0])).toEqual([
      "Equity after each trade",
      "By hour of the entry, Chicago",
    ]);
  });

  it("says of a figure on how little it stands, or why there is none", () => {
    expect(summary.details.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      "Win rate: 0.00 % (1 trade; below 30 it says little)",
      "Profit factor: 0.000 (1 trade; below 30 it says little)",
      "Expectancy: -$153.66 (1 trade; below 30 it says little)",
      "Deepest drawdown: $153.66",
    ]);
  });

  it("says why there is no figure", () => {
    const won = reportOn([closedTrade({ net: 100_000 })]);
    expect(daySummary(page, won).details).toContainEqual({
      label: "Profit factor",
      value: "none: no trade lost",
    });
  });

  it("without trades says so and draws nothing", () => {
    const empty = daySummary(book.page({ alerts: [], trades: [] }), reportOn([]));
    expect(empty).toMatchObject({ title: "2026-11-19: 0 trades, net $0.00", details: [] });
    expect(empty.sheet.charts).toEqual([]);
  });
});

it("ends a long list of sentences too", () => {
  const book = dayBook(tradeDate("2026-11-19"));
  for (let second = 0; second < 130; second++) {
    const reason = `number ${second}`;
    const at = millis(NOON + second * 1_000);
    book.hear({ at, kind: "GateMoved", account: null, gate: "halted", reason });
  }
  const lines = textOf(daySummary(book.page({ alerts: [], trades: [] }), reportOn([])));
  expect(lines.filter((line) => line.includes("number "))).toHaveLength(100);
  expect(lines).toContain("and 30 more");
});

describe("of a week or a month", () => {
  it("has every figure the metrics show, as they show it", () => {
    const lines = textOf(stretchSummary(due("month", "2026-11-01"), report, []));
    const words = (line: string) => line.replaceAll(/\s+/g, " ").trim();
    const said = new Set(lines.map(words));
    const figures = renderMetrics(report.summary, report.intervals, 200).slice(1);
    const isTitle = (line: string) => line.startsWith("VALUE ");
    const missing = figures.map(words).filter((line) => !said.has(line) && !isTitle(line));
    expect(missing).toEqual([]);
  });

  it("is told by its days, or by its weeks, and names the command that tells all of it", () => {
    const week = stretchSummary(due("week", "2026-11-16"), report, []);
    const month = stretchSummary(due("month", "2026-11-01"), report, []);
    expect(week.title).toMatch(/^Week of 2026-11-16: 60 trades, net -?\$/);
    expect(month.title).toMatch(/^2026-11: 60 trades, net -?\$/);
    expect([week, month].map(({ sheet }) => sheet.tables[0]?.title)).toEqual(["By day", "By week"]);
    expect(textOf(month)).toContain(
      "All of it, at any time: tradestream report --from 2026-11-01 --to 2026-11-20",
    );
    expect(month.sheet.charts).toHaveLength(4);
  });

  it("without trades tells of the alerts, and a long table has an end", () => {
    const authors = authorsOf([anAlertRecord({ outcome: "missed", decisions: [] })], []);
    const empty = stretchSummary(due("week", "2026-11-16"), reportOn([]), authors);
    expect(empty.title).toBe("Week of 2026-11-16: 0 trades, net $0.00");
    expect(textOf(empty).join(" ")).toMatch(/No trade was closed in this range\..+AUTHOR/);
    const many = Array.from({ length: 120 }, (_, n) => anAlertRecord({ author: `a${n}` }));
    const long = stretchSummary(due("week", "2026-11-16"), reportOn([]), authorsOf(many, []));
    expect(textOf(long)).toContain("and 20 more");
    const gates = Array.from({ length: 130 }, (_, n) =>
      anAlertRecord({ author: `a${n}`, decisions: [] }),
    );
    expect(
      textOf(stretchSummary(due("week", "2026-11-16"), reportOn([]), authorsOf(gates, []))),
    ).toContain("and 30 more");
  });
});
