/**
 * What a summary says: of a day its page, of a week and a month what `report` says of them; and its
 * charts. Every figure is the one those commands show.
 *
 * ```text
 * report of the stretch ─┬─► title, headline figures      all there is on a phone
 * page of the day        └─► tables, charts               where there is room: a mail
 * ```
 */
import type { Day } from "../analyze/periods.ts";
import type { FactOf } from "../model/fact.ts";
import type { Detail, Item, Sheet, SheetColumn, SheetTable } from "../model/notification.ts";
import { counted } from "../model/wording.ts";
import { type AuthorView, authorTables } from "./authors.ts";
import type { Chart } from "./charts/frame.ts";
import { drawingOf } from "./charts/picture.ts";
import type { DayView } from "./day.ts";
import { dayTables, dayTitle } from "./day-text.ts";
import { figureRow, figureTables, GROUP_LAYOUT, groupRow, groupTables, usd } from "./metrics.ts";
import {
  type Division,
  distributionChart,
  divisionChart,
  drawdownChart,
  equityChart,
} from "./report/charts.ts";
import type { Report } from "./report/report.ts";
import { MONTH_LAYOUT, monthRow } from "./report/trade-table.ts";
import { NO_TRADES, percentText } from "./report/words.ts";
import { periodText } from "./tell-duty.ts";

export type SummaryText = Required<Pick<Item, "title" | "details" | "sheet">>;

export function daySummary(day: DayView, report: Report): SummaryText {
  const tables = [...dayTables(day), moreIn(`tradestream day ${day.tradeDate}`)];
  return { title: dayTitle(day), details: headlines(report), sheet: sheetOf(tables, report) };
}

/** Of a week or a month. */
export function stretchSummary(
  fact: FactOf<"SummaryDue">,
  report: Report,
  authors: readonly AuthorView[],
): SummaryText {
  const { summary, intervals, trades } = report;
  const { from, tradeDate } = fact;
  const name = fact.period === "week" ? `Week of ${from}` : periodText(fact);
  const net = trades.reduce((sum, one) => sum + one.net, 0);
  const figures = figureTables(summary, intervals).map(({ title, rows }) => ({
    ...{ title, columns: FIGURES },
    rows: rows.map(({ words, value, between, remark }) => [words, value ?? "-", between, remark]),
  }));
  const groups = groupTables(summary).map(({ title, rows }) => ({
    ...{ title, columns: GROUP_LAYOUT, rows: rows.map(groupRow) },
  }));
  const tables: readonly SheetTable[] =
    trades.length === 0
      ? [{ title: "", lines: [NO_TRADES] }, ...authorTables(authors)]
      : [stepsOf(fact, report), ...figures, ...groups, ...authorTables(authors)];
  const more = moreIn(`tradestream report --from ${from} --to ${tradeDate}`);
  return {
    title: `${name}: ${counted(trades.length, "trade")}, net ${usd(net)}`,
    details: headlines(report),
    sheet: sheetOf([...tables, more], report),
  };
}

const FIGURES: readonly SheetColumn[] = [
  { title: "FIGURE", align: "left" },
  { title: "VALUE", align: "right" },
  { title: "95 % INTERVAL", align: "right" },
  { title: "REMARK", align: "left", wraps: true },
];

/** A week by its days, a month by its weeks. */
function stepsOf({ period }: FactOf<"SummaryDue">, { summary }: Report): SheetTable {
  const { daily, weekly } = summary;
  const columns = (first: string): readonly SheetColumn[] => [
    { title: first, align: "left" },
    ...MONTH_LAYOUT.slice(1),
  ];
  return period === "week"
    ? { title: "By day", columns: columns("DATE"), rows: daily.map(dayRow) }
    : { title: "By week", columns: columns("WEEK OF"), rows: weekly.map(monthRow) };
}

const dayRow = ({ date, trades, wins, pnl, fees, ret, equityEnd }: Day): readonly string[] => [
  ...[date, String(trades), percentText(trades === 0 ? null : wins / trades), usd(pnl)],
  ...[usd(fees), percentText(ret, 2), usd(equityEnd)],
];

const HEADLINES = [
  ["winRate.overAllTrades", "Win rate"],
  ["profitFactor", "Profit factor"],
  ["expectancy.usdPerTrade", "Expectancy"],
  ["drawdownByTrade.maxAbs", "Deepest drawdown"],
] as const;

function headlines({ summary, intervals, trades }: Report): readonly Detail[] {
  if (trades.length === 0) return [];
  return HEADLINES.map(([key, label]) => {
    const { value, remark } = figureRow(summary, intervals, key, label);
    if (value === null) return { label, value: `none: ${remark}` };
    return { label, value: remark === "" ? value : `${value} (${remark})` };
  });
}

/** More rows are no summary; the command that is named with them has all. */
const ROWS_MAX = 100;

function sheetOf(tables: readonly SheetTable[], report: Report): Sheet {
  return {
    tables: tables.flatMap(shortened),
    charts: chartsOf(report).map(drawingOf),
  };
}

function shortened(table: SheetTable): readonly SheetTable[] {
  const length = ("lines" in table ? table.lines : table.rows).length;
  if (length <= ROWS_MAX) return [table];
  const cut =
    "lines" in table
      ? { ...table, lines: table.lines.slice(0, ROWS_MAX) }
      : { ...table, rows: table.rows.slice(0, ROWS_MAX) };
  return [cut, { title: "", lines: [`and ${length - ROWS_MAX} more`] }];
}

const moreIn = (command: string): SheetTable => ({
  title: "",
  lines: [`All of it, at any time: ${command}`],
});

const isDrawn = (chart: Chart | null): chart is Chart => chart !== null;

/** Nothing is drawn of no trades. */
function chartsOf({ summary, trades }: Report): readonly Chart[] {
  if (trades.length === 0) return [];
  const charted = { summary, trades };
  const by = (division: Division) => [divisionChart(summary, division)].filter(isDrawn);
  const curves = [equityChart(charted), drawdownChart(charted)];
  const isOneDay = summary.daily.length < 2;
  return isOneDay
    ? [equityChart(charted), ...by("hour")]
    : [...curves, distributionChart(trades), ...by("weekday")];
}
