/** A report as plain lines, for a terminal. */
import { renderMetrics } from "../metrics.ts";
import { clean, cutTo } from "../plain-text.ts";
import { renderTable } from "../table.ts";
import type { Report } from "./report.ts";
import { MONTH_LAYOUT, monthRow, TRADE_LAYOUT, tradeRow } from "./trade-table.ts";
import { NO_TRADES, scopeText } from "./words.ts";

export function reportText(report: Report, columns: number): readonly string[] {
  const { summary, intervals, trades } = report;
  const title = cutTo(clean(`Report: ${scopeText(report)}`), columns);
  if (trades.length === 0) return [title, NO_TRADES];
  return [
    title,
    ...renderMetrics(summary, intervals, columns),
    "",
    "By month",
    ...renderTable(MONTH_LAYOUT, summary.monthly.map(monthRow), columns),
    "",
    "Trades",
    ...renderTable(TRADE_LAYOUT, trades.map(tradeRow), columns),
  ];
}
