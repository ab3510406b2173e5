/**
 * Live trades beside their twins on paper: what the real fills cost, or brought, against the model.
 *
 * ```text
 * one alert ─┬─ live trade ──┐
 *            └─ its twin ────┴─► drift = live less paper: entry, slippage, profit
 * ```
 *
 * Two trades belong together when one alert made both, on an account and on that account's twin.
 * Everything is in the journal already; this only lays it side by side. A drift that keeps growing
 * says that paper results are not to be believed.
 */
import { directionOf } from "../core/model/alert.ts";
import type { Fact, FactOf } from "../core/model/fact.ts";
import { accountId, isTwin, twinOf } from "../core/model/ids.ts";
import { ticksToPoints } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import { messageKey } from "../core/model/message.ts";
import { dollars, type Money, money } from "../core/model/units.ts";
import { showMoney } from "../core/model/wording.ts";
import { renderTable, type TableColumn } from "../core/views/table.ts";
import type { FinishedTrade } from "./finished-trades.ts";

/** One side of a pair; prices in points, slippage positive where it was paid. */
export interface TwinSide {
  readonly trade: number;
  readonly quantity: number;
  readonly entry: number | null;
  readonly slippage: number | null;
  readonly exit: number | null;
  readonly netUsd: number;
}

export interface TwinPair {
  readonly instrument: FinishedTrade["instrument"];
  readonly side: FinishedTrade["side"];
  readonly account: string;
  readonly closedAt: string;
  readonly live: TwinSide;
  /** Null while the other one is open, or was never taken. */
  readonly paper: TwinSide | null;
  /** Live less paper: points paid more at the entry, dollars made more. */
  readonly drift: { readonly entry: number | null; readonly netUsd: number } | null;
}

type Planned = FactOf<"TradePlanned">;

/** Of every finished live trade, in order. */
export function twinPairs(
  finished: readonly FinishedTrade[],
  facts: Iterable<{ readonly fact: Fact }>,
): readonly TwinPair[] {
  const plans = new Map<number, Planned>();
  for (const { fact } of facts) if (fact.kind === "TradePlanned") plans.set(fact.number, fact);
  const byAlert = new Map<string, FinishedTrade>();
  for (const one of finished) {
    const plan = plans.get(one.trade);
    if (plan !== undefined) byAlert.set(keyOf(one.account, plan), one);
  }
  const accounts = new Set([...plans.values()].map(({ account }) => account));
  return finished.flatMap((live) => {
    const plan = plans.get(live.trade);
    const twin = twinOf(accountId(live.account));
    if (plan === undefined || isTwin(accountId(live.account)) || !accounts.has(twin)) return [];
    return [pairOf(live, plan, byAlert.get(keyOf(twin, plan)), plans)];
  });
}

const keyOf = (account: string, { message }: Planned): string =>
  `${account} ${messageKey(message)}`;

function pairOf(
  live: FinishedTrade,
  plan: Planned,
  twin: FinishedTrade | undefined,
  plans: ReadonlyMap<number, Planned>,
): TwinPair {
  const { instrument, side, account, closedAt } = live;
  const about = { instrument, side, account, closedAt, live: sideOf(live, plan) };
  const twinPlan = twin === undefined ? undefined : plans.get(twin.trade);
  if (twin === undefined || twinPlan === undefined) return { ...about, paper: null, drift: null };
  const paper = sideOf(twin, twinPlan);
  const { slippage } = about.live;
  const entry = slippage === null || paper.slippage === null ? null : slippage - paper.slippage;
  const netUsd = round(live.netUsd - twin.netUsd);
  return { ...about, paper, drift: { entry: entry === null ? null : round(entry), netUsd } };
}

function sideOf(one: FinishedTrade, { plan }: Planned): TwinSide {
  const alerted = ticksToPoints(instrumentOf(plan.instrument), plan.alerted);
  const { entryAverage: entry, exitAverage: exit, trade, quantity, netUsd } = one;
  const slippage = entry === null ? null : round((entry - alerted) * directionOf(plan.side));
  return { trade, quantity, entry, slippage, exit, netUsd };
}

/** Floats of a screen: what is beyond a hundredth of any tick is noise. */
const round = (value: number): number => Number(value.toFixed(6));

const LAYOUT: readonly TableColumn[] = [
  { title: "LIVE", align: "right" },
  { title: "PAPER", align: "right" },
  { title: "TRADE", align: "left" },
  { title: "ENTRY", align: "right" },
  { title: "ON PAPER", align: "right" },
  { title: "WORSE BY", align: "right" },
  { title: "NET", align: "right" },
  { title: "ON PAPER", align: "right" },
  { title: "DRIFT", align: "right" },
];

export const renderTwins = (pairs: readonly TwinPair[], columns: number): readonly string[] =>
  renderTable(LAYOUT, pairs.map(cellsOf), columns);

function cellsOf({ instrument, side, live, paper, drift }: TwinPair): readonly string[] {
  const { decimals } = instrumentOf(instrument);
  const points = (value: number | null | undefined): string =>
    value === null || value === undefined ? "-" : value.toFixed(decimals);
  const dollarText = (value: number | undefined): string =>
    value === undefined ? "-" : showMoney(dollars(value));
  return [
    `#${live.trade}`,
    paper === null ? "-" : `#${paper.trade}`,
    `${live.quantity} ${instrument} ${side}`,
    ...[live.entry, paper?.entry, drift?.entry].map(points),
    ...[live.netUsd, paper?.netUsd, drift?.netUsd].map(dollarText),
  ];
}

/** What live made more than paper, over all pairs. */
export const driftOf = (pairs: readonly TwinPair[]): Money =>
  money(pairs.reduce((sum, { drift }) => sum + dollars(drift?.netUsd ?? 0), 0));
