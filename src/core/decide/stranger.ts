/**
 * Orders the books do not know.
 *
 * Somebody else's are reported once and never touched. One with a tag of ours is either the leg of
 * a trade that is over, which could open a position nobody watches, or the leg of a trade this
 * journal has never heard of. The latter may be all that protects a position that outlived its
 * journal, so it is only cancelled where the venue holds nothing.
 */
import { getIn } from "../../std/trie.ts";
import { type AccountId, tradeOfTag } from "../model/ids.ts";
import type { VenueOrder, VenueReport } from "../model/venue.ts";
import { findTrade } from "../state.ts";
import { record, type Turn } from "../turn.ts";

/** Untagged closing orders are answers to our own close calls; their fills say what they did. */
export function reportStranger(turn: Turn, account: AccountId, order: VenueOrder): void {
  if (order.role === "close" || order.status !== "working") return;
  if (getIn(turn.state.foreign, `${account}/${order.order}`) !== undefined) return;
  const { contract } = order;
  const detail = `${order.side} ${order.quantity} ${contract}`;
  record(turn, {
    at: turn.at,
    kind: "ForeignOrderSeen",
    account,
    order: order.order,
    contract,
    detail,
  });
}

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

export function cancelOrphans(turn: Turn, snapshot: Snapshot): void {
  const { account, orders, positions, askedAt } = snapshot;
  const held = new Set(positions.filter((one) => one.net !== 0).map((one) => one.contract));
  for (const { order, contract, status, parent, tag } of orders) {
    const id = status === "working" || status === "suspended" ? tradeOfTag(parent ?? tag) : null;
    if (id === null) continue;
    const trade = findTrade(turn.state, id);
    // A list older than the trade's end shows legs that ended with it.
    const isOver = trade?.closedAt != null && trade.closedAt < askedAt;
    const isOrphan = trade === undefined ? !held.has(contract) : isOver;
    if (isOrphan)
      record(turn, { at: turn.at, kind: "OrphanCancelAsked", account, contract, order });
  }
}
