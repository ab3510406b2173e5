/**
 * Trades that are over, as a table: what they were, how they ended, what they made.
 *
 * They are read from the facts, because the state forgets a trade when its trade date ends.
 */
import { evolve } from "../core/evolve.ts";
import type { FactOf } from "../core/model/fact.ts";
import type { TradeId } from "../core/model/ids.ts";
import type { Instrument, Root } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import { isoOf } from "../core/model/iso-time.ts";
import { type FillSum, filledBeyond, type Trade } from "../core/model/trade.ts";
import { tradeDateOf } from "../core/model/trade-date.ts";
import { contracts, dollars, type Money, money, toDollars } from "../core/model/units.ts";
import { showMoney } from "../core/model/wording.ts";
import { initialState, type State } from "../core/state.ts";
import { renderTable, type TableColumn } from "../core/views/table.ts";
import { formatTime } from "../core/views/timeline.ts";
import { getIn } from "../std/trie.ts";
import type { Readable } from "./recover.ts";

export interface FinishedTrade {
  readonly trade: number;
  readonly account: string;
  readonly instrument: Root;
  readonly side: Trade["plan"]["side"];
  /** Contracts entered. */
  readonly quantity: number;
  readonly entryAverage: number | null;
  readonly exitAverage: number | null;
  readonly how: FactOf<"TradeClosed">["how"] | "abandoned";
  readonly reason: string | null;
  readonly netUsd: number;
  readonly feesUsd: number;
  readonly openedAt: string;
  readonly closedAt: string;
  readonly clock: string;
  readonly tradeDate: string;
}

export interface TradesView {
  readonly state: State;
  /** By number, oldest first. */
  readonly finished: readonly FinishedTrade[];
}

export function tradesIn(journal: Readable): TradesView {
  const finished = new Map<TradeId, FinishedTrade>();
  let state = initialState;
  for (const { fact } of journal.read(0)) {
    state = evolve(state, fact);
    if (fact.kind === "TradeReopened") finished.delete(fact.trade);
    if (fact.kind !== "TradeClosed" && fact.kind !== "TradeAbandoned") continue;
    const trade = getIn(state.trades, fact.trade);
    if (trade !== undefined) finished.set(fact.trade, finishedTrade(trade, fact));
  }
  return { state, finished: [...finished.values()].toSorted((a, b) => a.trade - b.trade) };
}

type Ending = FactOf<"TradeClosed"> | FactOf<"TradeAbandoned">;

function finishedTrade(trade: Trade, ending: Ending): FinishedTrade {
  const { plan } = trade;
  const instrument = instrumentOf(plan.instrument);
  const entered = sumOf(trade, "entered");
  const isClosed = ending.kind === "TradeClosed";
  return {
    trade: trade.number,
    account: trade.account,
    instrument: plan.instrument,
    side: plan.side,
    quantity: entered.quantity,
    entryAverage: averageOf(instrument, entered),
    exitAverage: averageOf(instrument, sumOf(trade, "exited")),
    how: isClosed ? ending.how : "abandoned",
    reason: isClosed ? reasonOf(trade) : ending.reason,
    netUsd: isClosed ? toDollars(ending.net) : 0,
    feesUsd: isClosed ? toDollars(ending.fees) : 0,
    openedAt: isoOf(trade.plannedAt),
    closedAt: isoOf(ending.at),
    clock: formatTime(ending.at),
    tradeDate: tradeDateOf(ending.at),
  };
}

/** Why it, or a part of it, was left before its time. */
const reasonOf = ({ exit, tranches }: Trade): string | null =>
  exit?.reason ?? (tranches.some(filledBeyond) ? "filled-beyond-target" : null);

const sumOf = ({ tranches }: Trade, way: "entered" | "exited"): FillSum =>
  tranches.reduce(
    (sum, tranche) => ({
      quantity: contracts(sum.quantity + tranche[way].quantity),
      priceSum: sum.priceSum + tranche[way].priceSum,
    }),
    { quantity: contracts(0), priceSum: 0 },
  );

/** In points, two decimals finer than a price: an average need not lie on a tick. */
function averageOf(instrument: Instrument, { quantity, priceSum }: FillSum): number | null {
  if (quantity === 0) return null;
  const perTick = instrument.tickUnits / 10 ** instrument.decimals;
  return Number(((priceSum * perTick) / quantity).toFixed(instrument.decimals + 2));
}

const LAYOUT: readonly TableColumn[] = [
  { title: "#", align: "right" },
  { title: "CLOSED", align: "left" },
  { title: "ACCOUNT", align: "left" },
  { title: "TRADE", align: "left" },
  { title: "ENTRY", align: "right" },
  { title: "EXIT", align: "right" },
  { title: "HOW", align: "left" },
  { title: "NET", align: "right" },
];

export const renderFinished = (
  trades: readonly FinishedTrade[],
  columns: number,
): readonly string[] => renderTable(LAYOUT, trades.map(cellsOf), columns);

function cellsOf(one: FinishedTrade): readonly string[] {
  const { decimals } = instrumentOf(one.instrument);
  const price = (points: number | null): string =>
    points === null ? "-" : points.toFixed(decimals);
  const reason = one.reason === null ? "" : ` (${one.reason})`;
  return [
    String(one.trade),
    `${one.tradeDate} ${one.clock}`,
    one.account,
    `${one.quantity} ${one.instrument} ${one.side}`,
    price(one.entryAverage),
    price(one.exitAverage),
    `${one.how}${reason}`,
    showMoney(dollars(one.netUsd)),
  ];
}

/** What they made together. */
export const netOf = (trades: readonly FinishedTrade[]): Money =>
  money(trades.reduce((sum, one) => sum + dollars(one.netUsd), 0));
