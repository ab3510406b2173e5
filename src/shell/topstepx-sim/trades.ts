/**
 * Half-turns: one a fill, two when a fill turns a position round. Opening ones have no result, a
 * closing one has it gross of fees.
 *
 * The fee table of the house holds what a side costs in all. The wire splits off the broker's
 * commission: 0.25 dollars a micro contract and 0.50 a full one since June 2026, so that MES shows
 * the 0.36 and 0.25 seen there in August.
 */
import { instrumentOf } from "../../core/model/instruments.ts";
import { tradeDate, tradeDateOf } from "../../core/model/trade-date.ts";
import { type Millis, type Money, money, type Ticks, toDollars } from "../../core/model/units.ts";
import { type OrderRow, pointsOf } from "./orders.ts";
import type { Moved } from "./positions.ts";

export interface TradeRow {
  readonly id: number;
  readonly order: OrderRow;
  readonly at: Millis;
  readonly price: Ticks;
  readonly side: number;
  readonly size: number;
  /** Null for an opening half-turn. */
  readonly earned: Money | null;
  readonly fees: Money;
  readonly commissions: Money;
}

export interface TradeFill {
  readonly order: OrderRow;
  readonly at: Millis;
  readonly price: Ticks;
  readonly quantity: number;
  /** Of the whole fill, commissions included. */
  readonly fees: Money;
}

export interface Trades {
  /** What closed first, then what opened. */
  book(fill: TradeFill, moved: Moved): readonly TradeRow[];
  /** Oldest first. */
  of(account: number): readonly TradeRow[];
}

/** Half-turns beyond this many are forgotten, oldest first. */
const ROWS_MAX = 50_000;
const FIRST_ID = 3_000_000_001;

export function trades(hasCommission: boolean): Trades {
  const rows: TradeRow[] = [];
  let nextId = FIRST_ID;

  function row(fill: TradeFill, size: number, earned: Money | null): TradeRow {
    const { order, at, price, fees, quantity } = fill;
    const commissions = hasCommission ? money(commissionOf(order, at) * size) : money(0);
    const share = money(Math.round((fees * size) / quantity));
    nextId += 1;
    return {
      id: nextId - 1,
      order,
      at,
      price,
      side: order.side,
      size,
      earned,
      fees: money(share - commissions),
      commissions,
    };
  }

  return {
    book(fill, { closed, earned, opened }) {
      const made: TradeRow[] = [];
      if (closed > 0) made.push(row(fill, closed, earned));
      if (opened > 0) made.push(row(fill, opened, null));
      rows.push(...made);
      if (rows.length > ROWS_MAX) rows.splice(0, rows.length - ROWS_MAX);
      return made;
    },
    of: (account) => rows.filter((one) => one.order.account === account),
  };
}

const COMMISSIONS_SINCE = tradeDate("2026-06-01");
const MICRO = money(2_500);
const FULL = money(5_000);

function commissionOf({ contract }: OrderRow, at: Millis): Money {
  if (tradeDateOf(at) < COMMISSIONS_SINCE) return money(0);
  const { root, family } = instrumentOf(contract.root);
  return root === family ? FULL : MICRO;
}

export const tradeJson = (row: TradeRow, stamp: (at: Millis) => string) => ({
  id: row.id,
  accountId: row.order.account,
  contractId: row.order.contract.id,
  creationTimestamp: stamp(row.at),
  price: pointsOf(row.order.contract, row.price),
  profitAndLoss: row.earned === null ? null : toDollars(row.earned),
  fees: toDollars(row.fees),
  commissions: toDollars(row.commissions),
  side: row.side,
  size: row.size,
  voided: false,
  orderId: row.order.id,
});
