/**
 * A report as Markdown, for a notebook or a chat. Names of strangers are escaped: none of them can
 * open a table, a link or a tag.
 */
import { figureTables, groupRow, groupTables } from "../metrics.ts";
import { clean } from "../plain-text.ts";
import type { TableColumn, TableRow } from "../table.ts";
import type { Report } from "./report.ts";
import { MONTH_LAYOUT, monthRow, TRADE_LAYOUT, tradeRow } from "./trade-table.ts";
import { NO_TRADES, scopeText } from "./words.ts";

export function reportMarkdown(report: Report): readonly string[] {
  const { summary, intervals, trades } = report;
  const head = ["# Trading report", "", marked(scopeText(report)), ""];
  if (trades.length === 0) return [...head, NO_TRADES];
  const figures = figureTables(summary, intervals).flatMap(({ title, rows }) =>
    section(
      title,
      FIGURES,
      rows.map(({ words, value, between, remark }) => [words, value ?? "-", between, remark]),
    ),
  );
  const groups = groupTables(summary).flatMap(({ title, rows }) =>
    section(title, GROUPS, rows.map(groupRow)),
  );
  return [
    ...head,
    ...figures,
    ...section("By month", MONTH_LAYOUT, summary.monthly.map(monthRow)),
    ...groups,
    ...section("Trades", TRADE_LAYOUT, trades.map(tradeRow)),
  ];
}

const FIGURES: readonly TableColumn[] = [
  { title: "FIGURE", align: "left" },
  { title: "VALUE", align: "right" },
  { title: "95 % INTERVAL", align: "right" },
  { title: "REMARK", align: "left" },
];

const GROUPS: readonly TableColumn[] = [
  { title: "GROUP", align: "left" },
  { title: "TRADES", align: "right" },
  { title: "WON", align: "right" },
  { title: "NET", align: "right" },
  { title: "AVERAGE", align: "right" },
];

const section = (
  title: string,
  layout: readonly TableColumn[],
  rows: readonly TableRow[],
): readonly string[] => [
  `## ${title}`,
  "",
  lineOf(layout.map((column) => column.title)),
  lineOf(layout.map(({ align }) => (align === "right" ? "---:" : "---"))),
  ...rows.map((row) => lineOf(row.map(marked))),
  "",
];

const lineOf = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** A backslash before every sign that Markdown, or HTML in it, could read as its own. */
const marked = (text: string): string => clean(text).replace(/[\\`*_{}[\]<>()#!|~&@:]/g, MARK);
const MARK = "\\$&";
