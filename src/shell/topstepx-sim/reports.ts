/**
 * From the reports of the books to rows and events, in the order the real venue speaks in: the
 * order, its half-turn, the position, the cash.
 */
import type { Millis } from "../../core/model/units.ts";
import type { VenueFill, VenueOrder, VenueReport } from "../../core/model/venue.ts";
import type { Links } from "./links.ts";
import {
  adjust,
  advance,
  isLive,
  type OrderBook,
  type OrderRow,
  STATUS,
  statusAfterFill,
} from "./orders.ts";
import type { PositionRow, Positions } from "./positions.ts";
import type { TradeRow, Trades } from "./trades.ts";

/** Who passes news on to the hubs. */
export interface Teller {
  order(row: OrderRow): void;
  trade(row: TradeRow): void;
  position(row: PositionRow): void;
  account(id: number): void;
}

export interface ReportParts {
  readonly at: Millis;
  readonly orders: OrderBook;
  readonly positions: Positions;
  readonly trades: Trades;
  readonly teller: Teller;
  readonly tied: Links;
}

/**
 * In the books an order bears the tag of its row: `101-w3400000001`, with `-SL` or `-TP` behind it
 * for a leg. What a trader calls it is not their business.
 */
export const bookTagOf = (account: number, id: number): string => `${account}-w${id}`;

/** `unnamed` is the row of whatever bears no tag. Legs nobody asked for have no row at all. */
function rowOf(orders: OrderBook, tag: string | null, unnamed: OrderRow | null): OrderRow | null {
  const match = /^(\d+)-w(\d+)(-SL|-TP)?$/.exec(tag ?? "");
  if (match === null) return unnamed;
  const entry = orders.find(Number(match[1]), Number(match[2]));
  if (match[3] === undefined) return entry;
  const isStop = match[3] === "-SL";
  return entry?.legs.find((leg) => leg.isStopLeg === isStop) ?? null;
}

export function takeReports(
  parts: ReportParts,
  reports: readonly VenueReport[],
  unnamed: OrderRow | null,
): void {
  const found = (tag: string | null): OrderRow | null => rowOf(parts.orders, tag, unnamed);
  const orders: (readonly [OrderRow, VenueOrder])[] = [];
  const fills: (readonly [OrderRow, VenueFill])[] = [];
  for (const report of reports) {
    const row = report.kind === "order" ? found(report.order.tag) : null;
    if (report.kind === "order" && row !== null) orders.push([row, report.order]);
    const filled = report.kind === "fill" ? found(report.fill.tag) : null;
    if (report.kind === "fill" && filled !== null) fills.push([filled, report.fill]);
  }
  for (const [row, view] of orders) adjust(row, view, parts.at);
  for (const [row, fill] of fills) takeFill(parts, row, fill);
  for (const [row, view] of orders) advance(row, view, parts.at);
  for (const [row] of orders) tellOrder(parts.teller, row);
  for (const [row, fill] of fills) parts.tied.filled(row, fill.quantity);
  for (const [row] of orders) if (!isLive(row)) parts.tied.ended(row);
}

function takeFill(parts: ReportParts, row: OrderRow, fill: VenueFill): void {
  const { teller, at } = parts;
  const { price, quantity, fees } = fill;
  row.filled += quantity;
  row.priceSum += price * quantity;
  row.status = statusAfterFill(row);
  tellOrder(teller, row);
  const { account, contract } = row;
  const signed = fill.side === "buy" ? quantity : -quantity;
  const moved = parts.positions.fill({ account, contract, signed, price, at });
  const made = parts.trades.book({ order: row, at, price, quantity, fees }, moved);
  for (const trade of made) teller.trade(trade);
  teller.position(moved.row);
  teller.account(account);
}

/** Only what the hubs have not said yet. */
export function tellOrder(teller: Teller, row: OrderRow): void {
  const { status, size, limitPrice, stopPrice, filled } = row;
  const news = `${status} ${size} ${limitPrice} ${stopPrice} ${filled}`;
  if (news === row.told) return;
  row.told = news;
  teller.order(row);
}

/** The end of an order that never reached the books, or was refused by them. */
export function endRow(teller: Teller, row: OrderRow, status: number, at: Millis): void {
  row.status = status;
  if (status !== STATUS.rejected) row.updatedAt = at;
  tellOrder(teller, row);
}
