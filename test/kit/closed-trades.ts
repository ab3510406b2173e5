/** Closed trades for tests of the metrics: the oracle's, and others made from a few words. */
import type { Root } from "../../src/core/model/instrument.ts";
import { instrumentOf, pointValue } from "../../src/core/model/instruments.ts";
import { parseIso } from "../../src/core/model/iso-time.ts";
import {
  type ClosedTrade,
  columnsBuilder,
  type TradeColumns,
} from "../../src/core/model/trade-columns.ts";
import { read } from "./tree.ts";

interface OracleTrade {
  readonly entryTime: string;
  readonly exitTime: string;
  readonly side: "long" | "short";
  readonly sizeLetter: string;
  readonly qty: number;
  readonly netPnl: number;
  readonly fees: number;
  readonly initialRisk: number;
  readonly maePoints: number;
  readonly mfePoints: number;
  readonly entry: number;
  readonly exits: readonly { readonly qty: number; readonly price: number }[];
}

export type Tree = { readonly [key: string]: number | string | null | Tree };

interface Oracle {
  readonly trades: readonly OracleTrade[];
  readonly daily: readonly Tree[];
  readonly expected: Tree;
  readonly set60: { readonly dailyReturns: readonly number[]; readonly expected: Tree };
  readonly edgeCases: readonly {
    readonly name: string;
    readonly netPnls?: readonly number[];
    readonly startEquity?: number;
    readonly dailyReturns?: readonly number[];
    readonly equity?: readonly number[];
    readonly expect: Tree;
  }[];
}

export const oracle = JSON.parse(read("test/data/metrics/metrics-oracle.json")) as Oracle;

/** Money of an amount in dollars that may end in a float's noise. */
const cents = (amount: number): number => Math.round(amount * 100) * 100;

const NOBODY = { author: "", tag: "", account: "", sizeLetter: "", exit: "" };
const EARLY = parseIso("2026-03-02T15:00:00Z") as number;

/** A trade of one MES; what is not said is the usual. */
export function closedTrade(
  parts: Partial<Omit<ClosedTrade, "labels">> & {
    readonly labels?: Partial<ClosedTrade["labels"]>;
  },
): ClosedTrade {
  const instrument: Root = parts.labels?.instrument ?? "MES";
  const entryAt = parts.entryAt ?? EARLY;
  return {
    entryAt,
    exitAt: entryAt + 600_000,
    net: 0,
    fees: 0,
    quantity: 1,
    direction: 1,
    pointWorth: pointValue(instrumentOf(instrument)),
    risk: Number.NaN,
    mae: Number.NaN,
    mfe: Number.NaN,
    ...parts,
    labels: { ...NOBODY, instrument, ...parts.labels },
  };
}

export function columnsOf(trades: readonly ClosedTrade[]): TradeColumns {
  const builder = columnsBuilder();
  for (const trade of trades) builder.add(trade);
  return builder.finish();
}

export const oracleTrades: readonly ClosedTrade[] = oracle.trades.map((one) =>
  closedTrade({
    entryAt: parseIso(one.entryTime) as number,
    exitAt: parseIso(one.exitTime) as number,
    net: cents(one.netPnl),
    fees: cents(one.fees),
    quantity: one.qty,
    direction: one.side === "long" ? 1 : -1,
    risk: cents(one.initialRisk),
    mae: one.maePoints,
    mfe: one.mfePoints,
    labels: { sizeLetter: one.sizeLetter },
  }),
);

/** Trades of these results, in dollars, ten minutes each, one after the other on one day. */
export const inARow = (nets: readonly number[]): TradeColumns =>
  columnsOf(
    nets.map((net, index) => closedTrade({ entryAt: EARLY + index * 900_000, net: cents(net) })),
  );

/** Every number of a tree, with the way to it. */
export const leavesOf = (tree: Tree, way = ""): readonly (readonly [string, unknown])[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "object" && value !== null
      ? leavesOf(value, `${way}${key}.`)
      : [[`${way}${key}`, value] as const],
  );

export const at = (tree: unknown, way: string): unknown =>
  way
    .split(".")
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], tree);

/** Equal to one part, or one unit, in a thousand million. */
export const isNear = (found: unknown, wanted: unknown): boolean =>
  typeof found === "number" &&
  typeof wanted === "number" &&
  Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
