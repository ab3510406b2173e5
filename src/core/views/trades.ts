/**
 * Trades as rows: what was planned, what is held, where it stands, what it made so far.
 *
 * Two shapes of the same. A *row* holds the units of the house, for programs; a *view* is ready for
 * JSON (points, dollars, ISO times) and is what travels to a screen and is drawn there.
 */
import { directionOf, type Side } from "../model/alert.ts";
import type { AccountId } from "../model/ids.ts";
import { type Instrument, type Root, ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { isoOf } from "../model/iso-time.ts";
import type { FillSum, Phase, Trade } from "../model/trade.ts";
import {
  confirmedStop,
  enteredOf,
  grossOf,
  heldOf,
  heldOfTranche,
  openRiskOf,
  pendingOf,
} from "../model/trade-sums.ts";
import {
  type Contracts,
  contracts,
  dollars,
  type Millis,
  type Money,
  money,
  type Ticks,
  toDollars,
} from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { renderTable, type TableColumn } from "./table.ts";

export interface TradeRow {
  readonly number: number;
  readonly account: AccountId;
  readonly instrument: Root;
  readonly contract: string;
  readonly side: Side;
  readonly phase: Phase;
  readonly planned: Contracts;
  readonly held: Contracts;
  /** All entry fills in one sum, from which averages come. */
  readonly entered: FillSum;
  /** The farthest confirmed stop of what is held; null while nothing held has one. */
  readonly stop: Ticks | null;
  /** Where what is held or may still be entered should leave. */
  readonly targets: readonly RowTarget[];
  /** Lost if everything held leaves at its stop and every entry still fills at its worst. */
  readonly openRisk: Money;
  /** Of the exited contracts, less all fees so far. */
  readonly realised: Money;
  /** The risk score it was entered at; null where its journal does not say. */
  readonly score: number | null;
  readonly plannedAt: Millis;
  readonly closedAt: Millis | null;
}

export interface RowTarget {
  readonly price: Ticks;
  readonly quantity: Contracts;
}

/** By number, oldest first. */
export const tradeRows = (trades: readonly Trade[]): readonly TradeRow[] =>
  trades.map(rowOf).toSorted((a, b) => a.number - b.number);

function rowOf(trade: Trade): TradeRow {
  const { plan } = trade;
  return {
    number: trade.number,
    account: trade.account,
    instrument: plan.instrument,
    contract: plan.contract,
    side: plan.side,
    phase: trade.phase,
    planned: contracts(plan.tranches.reduce((sum, tranche) => sum + tranche.quantity, 0)),
    held: heldOf(trade),
    entered: enteredOf(trade),
    stop: farthestStop(trade),
    targets: targetsOf(trade),
    openRisk: openRiskOf(trade),
    realised: money(grossOf(trade) - trade.fees),
    score: trade.score ?? null,
    plannedAt: trade.plannedAt,
    closedAt: trade.closedAt,
  };
}

function farthestStop(trade: Trade): Ticks | null {
  const direction = directionOf(trade.plan.side);
  const stops = trade.tranches.filter((one) => heldOfTranche(one) > 0).flatMap(confirmedStop);
  return stops.toSorted((a, b) => direction * (a - b))[0] ?? null;
}

function targetsOf(trade: Trade): readonly RowTarget[] {
  return trade.tranches.flatMap((one) => {
    const quantity = contracts(Math.max(0, heldOfTranche(one)) + pendingOf(one));
    return quantity === 0 ? [] : [{ price: one.target?.price ?? one.targetAim, quantity }];
  });
}

export interface TradeView {
  readonly trade: number;
  readonly account: AccountId;
  readonly instrument: Root;
  readonly contract: string;
  readonly side: Side;
  readonly phase: Phase;
  readonly planned: number;
  readonly held: number;
  readonly entryAverage: number | null;
  readonly stop: number | null;
  readonly targets: readonly { readonly price: number; readonly quantity: number }[];
  readonly openRiskUsd: number;
  readonly realisedUsd: number;
  readonly score: number | null;
  readonly plannedAt: string;
  readonly closedAt: string | null;
}

/** The same row in points, dollars and ISO times. */
export function tradeView(row: TradeRow): TradeView {
  const instrument = instrumentOf(row.instrument);
  const points = (price: Ticks): number => ticksToPoints(instrument, price);
  return {
    trade: row.number,
    account: row.account,
    instrument: row.instrument,
    contract: row.contract,
    side: row.side,
    phase: row.phase,
    planned: row.planned,
    held: row.held,
    entryAverage: averageOf(instrument, row.entered),
    stop: row.stop === null ? null : points(row.stop),
    targets: row.targets.map(({ price, quantity }) => ({ price: points(price), quantity })),
    openRiskUsd: toDollars(row.openRisk),
    realisedUsd: toDollars(row.realised),
    score: row.score,
    plannedAt: isoOf(row.plannedAt),
    closedAt: row.closedAt === null ? null : isoOf(row.closedAt),
  };
}

/** In points, two decimals finer than a price: an average need not lie on a tick. */
function averageOf(instrument: Instrument, { quantity, priceSum }: FillSum): number | null {
  if (quantity === 0) return null;
  const points = (priceSum * instrument.tickUnits) / (quantity * 10 ** instrument.decimals);
  return Number(points.toFixed(instrument.decimals + 2));
}

const LAYOUT: readonly TableColumn[] = [
  { title: "#", align: "right" },
  { title: "ACCOUNT", align: "left" },
  { title: "TRADE", align: "left" },
  { title: "PHASE", align: "left" },
  { title: "HELD", align: "right" },
  { title: "ENTRY", align: "right" },
  { title: "STOP", align: "right" },
  { title: "TARGETS", align: "left" },
  { title: "RISK", align: "right" },
  { title: "NET", align: "right" },
];

/** A table of trades for a screen of so many columns, or one line that says there are none. */
export function renderTrades(views: readonly TradeView[], columns: number): readonly string[] {
  if (views.length === 0) return ["no trades"];
  return renderTable(LAYOUT, views.map(cellsOf), columns);
}

function cellsOf(view: TradeView): readonly string[] {
  const { decimals } = instrumentOf(view.instrument);
  const price = (points: number | null): string =>
    points === null ? "-" : points.toFixed(decimals);
  return [
    String(view.trade),
    view.account,
    `${view.planned} ${view.instrument} ${view.side}`,
    view.phase,
    String(view.held),
    price(view.entryAverage),
    price(view.stop),
    view.targets.map((target) => `${price(target.price)} x${target.quantity}`).join(", "),
    showMoney(dollars(view.openRiskUsd)),
    showMoney(dollars(view.realisedUsd)),
  ];
}
