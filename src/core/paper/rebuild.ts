/**
 * An account made anew from somebody else's memory.
 *
 * A power cut may take the venue's last writes with it, and then the trader's journal knows better.
 * What it says is held is held, and the stops and targets it says are resting rest. Entries that
 * were not filled are not brought back: an order that was perhaps never there is safer gone, and the
 * next look at the venue says so. Tags stay used up, and new ids begin with a new series, because
 * nobody can tell which of the old ones were given out after the last write that survived.
 */

import { rootOf } from "../model/instruments.ts";
import { type Millis, money } from "../model/units.ts";
import type { VenueOrder } from "../model/venue.ts";
import type { AccountBooks } from "./event.ts";
import { seriesSince } from "./series.ts";
import { NEVER, type PaperAccount, type PaperOrder } from "./state.ts";
import { claimTag } from "./tags.ts";
import { isLive } from "./turn.ts";

export function rebuilt(account: PaperAccount, books: AccountBooks, at: Millis): PaperAccount {
  const isKept = (order: VenueOrder): boolean =>
    order.status === "working" && order.role !== "entry" && order.price !== null;
  const live = books.orders
    .filter(isKept)
    .flatMap((order, index) => restingOrder(order, index + 1));
  const ended = books.orders.filter((order) => !isKept(order));
  return {
    id: account.id,
    fees: account.fees,
    series: seriesSince(account.id, at),
    orderCount: live.length,
    fillCount: 0,
    balance: books.balance,
    realised: money(0),
    feesPaid: money(0),
    positions: books.positions.filter((position) => position.net !== 0),
    live,
    ended: ended.map((order) => ({ at, order: isLive(order) ? lost(order) : order })),
    fills: books.fills,
    tags: books.orders
      .flatMap(namesOf)
      .reduce((tags, tag) => claimTag(tags, tag, false) ?? tags, account.tags),
  };
}

/** Where a child is, its entry has been. */
const namesOf = ({ tag, parent }: VenueOrder): readonly string[] =>
  [tag, parent].filter((name) => name !== null);

const lost = (order: VenueOrder): VenueOrder => ({
  ...order,
  status: "cancelled",
  reason: "the venue's books were rebuilt",
});

function restingOrder(view: VenueOrder, number: number): readonly PaperOrder[] {
  const root = rootOf(view.contract);
  if (root === null) return [];
  const type = view.role === "stop" ? "stop" : "limit";
  return [{ number, root, type, priceSum: 0, distance: null, waiting: false, seenAt: NEVER, view }];
}
