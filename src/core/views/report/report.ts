/**
 * A report: what some closed trades amount to, each of them, and for the newest how it came about.
 *
 * ```text
 * trades ─► summary, intervals ─┐
 *        ─► rows ───────────────┼─► report ─► text, Markdown, CSV, JSON, one page of HTML
 * ledger ─► cards ──────────────┘
 * ```
 *
 * Dollars, points and names as they are shown; times in milliseconds UTC. What nobody said is null.
 */
import type { Intervals } from "../../analyze/bootstrap.ts";
import { type Choice, closedTrade } from "../../analyze/chosen.ts";
import type { Summary } from "../../analyze/summary.ts";
import type { Side } from "../../model/alert.ts";
import type { Root } from "../../model/instrument.ts";
import type { TradeColumns } from "../../model/trade-columns.ts";
import { type Millis, MONEY_PER_DOLLAR } from "../../model/units.ts";

export interface Report {
  readonly madeAt: Millis;
  /** Whose trades: `the ledger`, or the name of a file. */
  readonly source: string;
  readonly choice: Choice;
  readonly summary: Summary;
  readonly intervals: Intervals;
  /** Oldest first. */
  readonly trades: readonly ReportTrade[];
  /** Newest first; of very many trades the newest only. */
  readonly cards: readonly TradeCard[];
}

export interface ReportTrade {
  /** Null in a file of somebody's. */
  readonly number: number | null;
  readonly account: string;
  /** "" = nobody said, as for every name here. */
  readonly author: string;
  readonly tag: string;
  readonly sizeLetter: string;
  readonly instrument: Root;
  readonly side: Side;
  readonly quantity: number;
  readonly entryAt: Millis;
  readonly exitAt: Millis;
  /** Average fills in points. */
  readonly entry: number | null;
  readonly exit: number | null;
  readonly how: string;
  readonly net: number;
  readonly fees: number;
  readonly risk: number | null;
  /** Result in parts of what was risked. */
  readonly r: number | null;
  /** Worst and best excursion, points, both 0 or more. */
  readonly mae: number | null;
  readonly mfe: number | null;
  /** Dollars a point of all its contracts. */
  readonly pointUsd: number;
}

export interface TradeCard {
  readonly trade: ReportTrade & { readonly number: number };
  readonly contract: string;
  /** As planned, in points. */
  readonly stop: number;
  readonly targets: readonly number[];
  readonly fills: readonly CardFill[];
  /** What a stranger wrote: shown, never believed. */
  readonly alert: { readonly author: string | null; readonly text: string } | null;
  /** From the alert to the close, one sentence each. */
  readonly chain: readonly ChainLink[];
}

export interface CardFill {
  readonly at: Millis;
  readonly price: number;
  readonly quantity: number;
  readonly way: "in" | "out";
}

export interface ChainLink {
  readonly at: Millis;
  readonly text: string;
}

/** Trades as their columns tell them: without numbers and prices. */
export const tradesIn = (columns: TradeColumns): readonly ReportTrade[] =>
  Array.from({ length: columns.length }, (_, at) => rowOf(columns, at));

function rowOf(columns: TradeColumns, at: number): ReportTrade {
  const { entryAt, exitAt, direction, quantity, pointWorth, labels, ...of } = closedTrade(
    columns,
    at,
  );
  return {
    ...labels,
    ...{ number: null, entry: null, exit: null, how: labels.exit, quantity },
    side: direction > 0 ? "long" : "short",
    entryAt: entryAt as Millis,
    exitAt: exitAt as Millis,
    net: of.net / MONEY_PER_DOLLAR,
    fees: of.fees / MONEY_PER_DOLLAR,
    risk: of.risk > 0 ? of.risk / MONEY_PER_DOLLAR : null,
    r: of.risk > 0 ? of.net / of.risk : null,
    mae: of.mae >= 0 ? of.mae : null,
    mfe: of.mfe >= 0 ? of.mfe : null,
    pointUsd: (pointWorth * quantity) / MONEY_PER_DOLLAR,
  };
}
