/**
 * One account while one event is worked out: a draft of its books, and what the world must be told.
 *
 * A draft is written to freely, because nobody else sees it; `closeTurn` turns it into an account
 * again. That is the only place in the venue where anything is changed rather than made new: a
 * thousand entries arriving at once must not copy a thousand accounts ten times over.
 *
 * An order may change several times in an event (placed, filled, its children grown); the world
 * sees only how it ended up. Reports come in an order in which nobody is frightened needlessly:
 *
 * ```text
 * orders that rest  ─►  fills  ─►  orders that ended
 * (protection first)              (its end only after the position's)
 * ```
 */
import type { Trie } from "../../std/trie.ts";
import { type AccountId, type OrderId, orderId } from "../model/ids.ts";
import { type Millis, type Money, millis } from "../model/units.ts";
import type { VenueFill, VenueOrder, VenueOrderStatus, VenueReport } from "../model/venue.ts";
import type { VenueSettings } from "./settings.ts";
import type { EndedOrder, PaperAccount, PaperOrder, PaperPosition } from "./state.ts";

export interface Turn {
  readonly at: Millis;
  readonly settings: VenueSettings;
  readonly before: PaperAccount;
  readonly live: PaperOrder[];
  /** One row an order, in the order of their first change. */
  readonly changes: Change[];
  /** Made in this turn. */
  readonly fills: VenueFill[];
  readonly ended: EndedOrder[];
  orderCount: number;
  balance: Money;
  realised: Money;
  feesPaid: Money;
  positions: readonly PaperPosition[];
  tags: Trie<number>;
}

export interface Change {
  /** Null for an order born in this turn. */
  readonly before: PaperOrder | null;
  after: PaperOrder;
}

export const openTurn = (account: PaperAccount, at: Millis, settings: VenueSettings): Turn => ({
  at,
  settings,
  before: account,
  live: account.live.slice(),
  changes: [],
  fills: [],
  ended: [],
  orderCount: account.orderCount,
  balance: account.balance,
  realised: account.realised,
  feesPaid: account.feesPaid,
  positions: account.positions,
  tags: account.tags,
});

/** The account after the turn; the very same one when nothing happened to it. */
export function closeTurn(turn: Turn): PaperAccount {
  const { before, at } = turn;
  if (turn.changes.length === 0) return before;
  return {
    id: before.id,
    fees: before.fees,
    series: before.series,
    orderCount: turn.orderCount,
    fillCount: before.fillCount + turn.fills.length,
    balance: turn.balance,
    realised: turn.realised,
    feesPaid: turn.feesPaid,
    positions: turn.positions,
    live: turn.live,
    ended: kept(before.ended, turn.ended, at),
    fills: kept(before.fills, turn.fills, at),
    tags: turn.tags,
  };
}

/** Writes an order down, new or changed; one that is over moves from the live to the ended. */
export function putOrder(turn: Turn, order: PaperOrder): void {
  const index = turn.live.findIndex((one) => one.number === order.number);
  note(turn.changes, turn.live[index] ?? null, order);
  turn.orderCount = Math.max(turn.orderCount, order.number);
  if (!isLive(order.view)) {
    turn.ended.push({ at: turn.at, order: order.view });
    if (index !== -1) turn.live.splice(index, 1);
  } else if (index === -1) turn.live.push(order);
  else turn.live[index] = order;
}

export const endOrder = (
  turn: Turn,
  order: PaperOrder,
  status: VenueOrderStatus,
  reason: string,
): void => putOrder(turn, { ...order, view: { ...order.view, status, reason } });

export const liveOrder = (turn: Turn, number: number): PaperOrder | undefined =>
  turn.live.find((order) => order.number === number);

/** Names are counted, so the same events give the same names. */
export const orderIdOf = (turn: Turn, number: number): OrderId =>
  orderId(`${turn.before.series}-o${number}`);

export const isLive = (order: VenueOrder): boolean =>
  order.status === "working" || order.status === "suspended";

/** Appends what the world must be told of this turn. */
export function report(turn: Turn, reports: VenueReport[]): void {
  const account = turn.before.id;
  for (const { after } of turn.changes) {
    if (isLive(after.view)) reports.push(orderReport(account, after.view));
  }
  for (const fill of turn.fills) reports.push({ kind: "fill", account, fill });
  for (const { after } of turn.changes) {
    if (!isLive(after.view)) reports.push(orderReport(account, after.view));
  }
}

const orderReport = (account: AccountId, order: VenueOrder): VenueReport => ({
  kind: "order",
  account,
  order,
});

/** How long, and how many, ended orders and fills can still be looked up. */
export const KEPT_FOR = millis(2 * 24 * 60 * 60 * 1000);
const KEPT_MAX = 5_000;

/** Appends, and lets go of what is too old or too much. */
function kept<T extends { readonly at: Millis }>(
  list: readonly T[],
  more: readonly T[],
  at: Millis,
): readonly T[] {
  if (more.length === 0) return list;
  const fresh = list.findIndex((one) => one.at >= at - KEPT_FOR);
  if (fresh === -1) return more;
  const tooMany = Math.max(0, list.length + more.length - KEPT_MAX);
  return list.slice(Math.max(fresh, tooMany)).concat(more);
}

function note(changes: Change[], before: PaperOrder | null, after: PaperOrder): void {
  const known = changes.find((change) => change.after.number === after.number);
  if (known === undefined) changes.push({ before, after });
  else known.after = after;
}
