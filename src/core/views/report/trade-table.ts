/** The trades and the months of a report as rows of words, for every form that is made of lines. */
import type { Period } from "../../analyze/periods.ts";
import { usd } from "../metrics.ts";
import type { TableColumn, TableRow } from "../table.ts";
import type { ReportTrade } from "./report.ts";
import { dayAndClock, NONE, nameOf, percentText, pointsText, rText, tradeText } from "./words.ts";

export const TRADE_LAYOUT: readonly TableColumn[] = [
  { title: "#", align: "right" },
  { title: "CLOSED (CT)", align: "left" },
  { title: "ACCOUNT", align: "left" },
  { title: "AUTHOR", align: "left" },
  { title: "TRADE", align: "left" },
  { title: "ENTRY", align: "right" },
  { title: "EXIT", align: "right" },
  { title: "HOW", align: "left" },
  { title: "NET", align: "right" },
  { title: "R", align: "right" },
];

export const tradeRow = (trade: ReportTrade, index: number): TableRow => [
  nameOf(trade, index),
  dayAndClock(trade.exitAt),
  orNone(trade.account),
  orNone(trade.author),
  tradeText(trade),
  pointsText(trade.entry, trade),
  pointsText(trade.exit, trade),
  orNone(trade.how),
  usd(trade.net),
  rText(trade.r),
];

const orNone = (name: string): string => (name === "" ? NONE : name);

export const MONTH_LAYOUT: readonly TableColumn[] = [
  { title: "MONTH", align: "left" },
  { title: "TRADES", align: "right" },
  { title: "WON", align: "right" },
  { title: "NET", align: "right" },
  { title: "FEES", align: "right" },
  { title: "RETURN", align: "right" },
  { title: "EQUITY", align: "right" },
];

export const monthRow = (month: Period): TableRow => [
  month.period,
  String(month.count),
  percentText(month.winRate),
  usd(month.net),
  usd(month.fees),
  percentText(month.ret, 2),
  usd(month.equityEnd),
];
