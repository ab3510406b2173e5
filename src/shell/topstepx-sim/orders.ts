/**
 * Orders as the wire shows them. What an order is worth to the market, its price, size and fills, is
 * copied here from the paper books as they change; what only the gateway knows, its number, its
 * times, its tag and its family, lives here alone.
 *
 * ```text
 *  6 pending ─► 1 open ─► 2 filled · 3 cancelled · 4 expired       5 rejected: never more than a row
 *               ▲
 *  8 suspended ─┘  a leg before its entry filled
 * ```
 *
 * `updatedAt` is no fill time: it moves when an order starts to work, is changed or cancelled.
 */
import { ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { type Contracts, type Millis, type Ticks, ticks } from "../../core/model/units.ts";
import type { VenueOrder, VenueOrderStatus } from "../../core/model/venue.ts";
import type { TradedContract } from "./contracts.ts";

export const STATUS = {
  open: 1,
  filled: 2,
  cancelled: 3,
  expired: 4,
  rejected: 5,
  pending: 6,
  suspended: 8,
} as const;

export const TYPE = { limit: 1, market: 2, stop: 4, trailing: 5, joinBid: 6, joinAsk: 7 } as const;
export const TYPE_NAMES = [
  "Unknown",
  "Limit",
  "Market",
  "StopLimit",
  "Stop",
  "TrailingStop",
  "JoinBid",
  "JoinAsk",
] as const;

export const BUY = 0;
export const SELL = 1;

/** What an order is from its first moment on. */
export interface OrderBirth {
  readonly id: number;
  readonly account: number;
  readonly contract: TradedContract;
  readonly createdAt: Millis;
  readonly type: number;
  readonly side: number;
  readonly size: number;
  readonly tag: string | null;
  /** The entry of a leg. */
  readonly parent: OrderRow | null;
  /** Of a leg: whether it is the stop. */
  readonly isStopLeg: boolean;
  /** Of a leg: id of the stop beside it, on the target only. */
  readonly linked: number | null;
  /** Ticks; with a sign on legs. */
  readonly trail: number | null;
}

export interface OrderRow extends OrderBirth {
  /** Of a close it is only certain once it is carried out. */
  side: number;
  size: number;
  updatedAt: Millis;
  status: number;
  /** Points. */
  limitPrice: number | null;
  stopPrice: number | null;
  filled: number;
  /** Sum of price in ticks x contracts over the fills. */
  priceSum: number;
  /** Its name in the paper books, once it is there. */
  name: VenueOrder["order"] | null;
  /** Of an entry, the stop first. */
  legs: readonly OrderRow[];
  /** Its cancellation is a rejection to the world. */
  isDoomed: boolean;
  /** Fills its bracket knows of. */
  followed: number;
  /** Cancelled when this one fills, where the venue honours a link asked for. */
  partner: OrderRow | null;
  trailTicks: number | null;
  /** What the hubs last said of it. */
  told: string;
}

/** Null leaves it as it is. */
export interface OrderChange {
  readonly price: Ticks | null;
  readonly quantity: Contracts | null;
}

export interface OrderBook {
  /** A new id; a gap in front of it if asked for. */
  nextId(gap: number): number;
  add(birth: OrderBirth, status: number): OrderRow;
  find(account: number, id: number): OrderRow | null;
  /** Oldest first. */
  of(account: number): readonly OrderRow[];
}

/** Ended orders beyond this many are forgotten, oldest first; their tags are not. */
const ROWS_MAX = 20_000;
/** Where the real venue's numbers stood in August 2026. */
const FIRST_ID = 3_400_000_001;

export function orderBook(): OrderBook {
  const rows = new Map<number, OrderRow>();
  const byAccount = new Map<number, OrderRow[]>();
  let next = FIRST_ID;

  function listOf(account: number): OrderRow[] {
    const list = byAccount.get(account) ?? [];
    byAccount.set(account, list);
    return list;
  }

  function forgetOldest(list: OrderRow[]): void {
    if (list.length <= ROWS_MAX) return;
    // A leg is found through its entry.
    const index = list.findIndex((row) => !isLive(row) && !row.legs.some(isLive));
    for (const row of list.splice(index, index === -1 ? 0 : 1)) rows.delete(row.id);
  }

  return {
    nextId(gap) {
      next += gap + 1;
      return next - 1;
    },
    add(birth, status) {
      const row = newRow(birth, status);
      const list = listOf(row.account);
      rows.set(row.id, row);
      list.push(row);
      forgetOldest(list);
      return row;
    },
    find(account, id) {
      const row = rows.get(id);
      return row?.account === account ? row : null;
    },
    of: (account) => listOf(account),
  };
}

/** Written out: objects made by a spread are slow to read, and every search reads all of them. */
const newRow = (birth: OrderBirth, status: number): OrderRow => ({
  id: birth.id,
  account: birth.account,
  contract: birth.contract,
  createdAt: birth.createdAt,
  type: birth.type,
  side: birth.side,
  size: birth.size,
  tag: birth.tag,
  parent: birth.parent,
  isStopLeg: birth.isStopLeg,
  linked: birth.linked,
  trail: birth.trail,
  updatedAt: birth.createdAt,
  status,
  limitPrice: null,
  stopPrice: null,
  filled: 0,
  priceSum: 0,
  name: null,
  legs: [],
  isDoomed: false,
  followed: 0,
  partner: null,
  trailTicks: birth.trail === null ? null : Math.abs(birth.trail),
  told: "",
});

export const isLive = ({ status }: OrderRow): boolean =>
  status === STATUS.open || status === STATUS.pending || status === STATUS.suspended;

export const isStopType = (type: number): boolean => type === TYPE.stop || type === TYPE.trailing;

const STATUS_OF: Readonly<Record<VenueOrderStatus, number>> = {
  suspended: STATUS.suspended,
  working: STATUS.open,
  filled: STATUS.filled,
  cancelled: STATUS.cancelled,
  expired: STATUS.expired,
  rejected: STATUS.rejected,
};

export const statusAfterFill = ({ filled, size }: OrderRow): number =>
  filled === size ? STATUS.filled : STATUS.open;

/** Takes price and size from the books. */
export function adjust(row: OrderRow, view: VenueOrder, at: Millis): void {
  const price = view.price === null ? null : pointsOf(row.contract, view.price);
  const isStop = isStopType(row.type);
  const before = isStop ? row.stopPrice : row.limitPrice;
  const isChanged = price !== before || view.quantity !== row.size;
  row.name = view.order;
  row.side = view.side === "buy" ? BUY : SELL;
  row.size = view.quantity;
  if (isStop) row.stopPrice = price;
  else row.limitPrice = price;
  if (isChanged && row.status !== STATUS.pending) row.updatedAt = at;
}

/** Takes the status from the books. */
export function advance(row: OrderRow, view: VenueOrder, at: Millis): void {
  const isRejected = row.isDoomed && view.status === "cancelled";
  const status = isRejected ? STATUS.rejected : STATUS_OF[view.status];
  const woke = row.status === STATUS.suspended && status === STATUS.open;
  const ended = status !== row.status && status >= STATUS.cancelled && status !== STATUS.suspended;
  row.status = status;
  if (woke || ended) row.updatedAt = at;
}

export const pointsOf = ({ root }: TradedContract, price: number): number =>
  ticksToPoints(instrumentOf(root), ticks(price));

/** An average that may lie between two ticks. */
export function averagePoints({ root }: TradedContract, average: number): number {
  const { tickUnits, decimals } = instrumentOf(root);
  return Number(((average * tickUnits) / 10 ** decimals).toFixed(9));
}

type Stamp = (at: Millis) => string;

/** An order for the wire; null stays null, the hubs leave it out themselves. */
export function orderJson(row: OrderRow, stamp: Stamp): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    accountId: row.account,
    contractId: row.contract.id,
    symbolId: row.contract.symbolId,
    creationTimestamp: stamp(row.createdAt),
    updateTimestamp: stamp(row.updatedAt),
    status: row.status,
    type: row.type,
    side: row.side,
    size: row.size,
    limitPrice: row.limitPrice,
    stopPrice: row.stopPrice,
    fillVolume: row.filled,
    filledPrice: row.filled === 0 ? null : averagePoints(row.contract, row.priceSum / row.filled),
    customTag: row.tag,
    ...(row.trail === null ? {} : trailJson(row, row.trail)),
    ...(row.parent === null ? {} : { parentOrderId: row.parent.id }),
    ...(row.linked === null ? {} : { linkedOrderId: row.linked }),
  };
}

/** Read back, a trail price is a distance and not the level that was sent. */
const trailJson = (row: OrderRow, trail: number) => ({
  trailDistance: trail,
  trailPrice: pointsOf(row.contract, trail),
});
