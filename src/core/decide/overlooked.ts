/**
 * A close the books passed over.
 *
 * While the program was down somebody closed by hand, and before the venue's list could tell, the
 * stop had filled as well: the trade looked over, and more had left than it held. The list shows the
 * close, and positions that differ by it. So it is booked after all; the trade is on again, reversed,
 * and is bought back like any other that was sold twice.
 *
 * Or it has been bought back already, by a second close that nobody heard of either. Then the
 * positions agree, and only the cash would not: both are booked, and the trade is over again.
 */
import { valuesOf } from "../../std/trie.ts";
import type { FactOf } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Trade } from "../model/trade.ts";
import { enteredOf, heldOf } from "../model/trade-sums.ts";
import { contracts } from "../model/units.ts";
import { exitSide, type VenueFill, type VenueReport } from "../model/venue.ts";
import { tradeOf } from "../state.ts";
import { reopening } from "../track/reopening.ts";
import { record, type Turn } from "../turn.ts";

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

/** True when there was one; only asked where the positions differ. */
export function bookOverlooked(turn: Turn, { account, fills }: Snapshot): boolean {
  // Who was over is asked of the books as they were: the first of two fills puts the trade on again.
  const before = valuesOf(turn.state.trades);
  let any = false;
  for (const fill of fills) {
    if (fill.role !== "close" || isBooked(before, fill)) continue;
    const over = tradeOverlooked(before, account, fill);
    if (over === undefined) continue;
    const trade = tradeOf(turn.state, over.id);
    // As many contracts as were in the trade may have left once more; others were not its own.
    const most = enteredOf(trade).quantity + heldOf(trade);
    const quantity = Math.min(most, fill.quantity);
    if (quantity > 0) record(turn, ...reopening(trade, turn.at), taken(over, fill, quantity, turn));
    any ||= quantity > 0;
  }
  return any;
}

/** One that is over now, and was not when this close was filled. */
export const tradeOverlooked = (
  trades: readonly Trade[],
  account: AccountId,
  fill: VenueFill,
): Trade | undefined =>
  trades.find(
    (one) =>
      one.account === account && wasOn(one, fill, 0) && exitSide(one.plan.side) === fill.side,
  );

/** True when there were some that even out; only asked where the positions agree. */
export function bookEvened(turn: Turn, { account, fills }: Snapshot): boolean {
  const closes = fills.filter(({ role }) => role === "close");
  if (closes.length === 0) return false;
  let any = false;
  for (const trade of valuesOf(turn.state.trades)) {
    const booked = valuesOf(turn.state.trades);
    const isOwn = (one: VenueFill) => wasOn(trade, one, reachOf(trade)) && !isBooked(booked, one);
    const own = trade.account === account ? closes.filter(isOwn) : [];
    const facts = own.map((one) => taken(trade, one, signOf(trade, one) * one.quantity, turn));
    if (facts.length === 0 || !isEven(trade, facts)) continue;
    record(turn, ...reopening(trade, turn.at), ...facts);
    any = true;
  }
  return any;
}

/** As much came back as had left, and no more had left than was ever in the trade. */
function isEven(trade: Trade, facts: readonly FactOf<"ExitFilled">[]): boolean {
  const gone = facts.reduce((sum, { quantity }) => sum + Math.max(0, quantity), 0);
  const net = facts.reduce((sum, { quantity }) => sum + quantity, 0);
  return net === 0 && gone <= enteredOf(trade).quantity;
}

/** A close call that was asked for again as the trade ended is filled a moment after that. */
const REACH = 10_000;

const reachOf = ({ exit }: Trade): number => (exit?.closeAskedAt == null ? 0 : REACH);

const wasOn = ({ plan, plannedAt, closedAt }: Trade, fill: VenueFill, reach: number): boolean =>
  closedAt !== null &&
  plannedAt <= fill.at &&
  fill.at <= closedAt + reach &&
  plan.contract === fill.contract;

const isBooked = (trades: readonly Trade[], { fill }: VenueFill): boolean =>
  trades.some((one) => one.fills.includes(fill));

const signOf = ({ plan }: Trade, { side }: VenueFill): 1 | -1 =>
  side === exitSide(plan.side) ? 1 : -1;

/** Out of the last tranche that had any; negative where it came back. */
function taken(
  { id, tranches, exit }: Trade,
  { fill, order, price, fees }: VenueFill,
  quantity: number,
  { at }: Turn,
): FactOf<"ExitFilled"> {
  const entered = tranches.findLastIndex((one) => one.entered.quantity > 0);
  const by = exit?.closeAskedAt == null ? "hand" : "close";
  const about = { at, trade: id, tranche: Math.max(0, entered) };
  return {
    ...about,
    kind: "ExitFilled",
    by,
    fill,
    order,
    price,
    quantity: contracts(quantity),
    fees,
  };
}
