/**
 * A close the books passed over.
 *
 * While the program was down somebody closed by hand, and before the venue's list could tell, the
 * stop had filled as well: the trade looked over, and more had left than it held. The list shows the
 * close, and positions that differ by it. So it is booked after all; the trade is on again, reversed,
 * and is bought back like any other that was sold twice.
 */
import { valuesOf } from "../../std/trie.ts";
import type { Trade } from "../model/trade.ts";
import { contracts } from "../model/units.ts";
import { exitSide, type VenueFill, type VenueReport } from "../model/venue.ts";
import { reopening } from "../track/reopening.ts";
import { record, type Turn } from "../turn.ts";

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

/** True when there was one; only asked where the positions differ. */
export function bookOverlooked(turn: Turn, { account, fills }: Snapshot): boolean {
  const trades = valuesOf(turn.state.trades).filter((one) => one.account === account);
  const isBooked = ({ fill }: VenueFill) => trades.some((one) => one.fills.includes(fill));
  let any = false;
  for (const fill of fills) {
    if (fill.role !== "close" || isBooked(fill)) continue;
    const trade = trades.find((one) => wasOn(one, fill));
    if (trade === undefined) continue;
    book(turn, trade, fill);
    any = true;
  }
  return any;
}

/** It is over now, and was not when the fill came. */
const wasOn = ({ plan, plannedAt, closedAt }: Trade, fill: VenueFill): boolean =>
  closedAt !== null &&
  plannedAt <= fill.at &&
  fill.at <= closedAt &&
  plan.contract === fill.contract &&
  exitSide(plan.side) === fill.side;

function book(turn: Turn, trade: Trade, { fill, order, price, quantity, fees }: VenueFill): void {
  const { at } = turn;
  const entered = trade.tranches.findLastIndex((one) => one.entered.quantity > 0);
  const most = trade.tranches.reduce((sum, one) => sum + one.entered.quantity, 0);
  record(turn, ...reopening(trade, at), {
    at,
    trade: trade.id,
    tranche: Math.max(0, entered),
    kind: "ExitFilled",
    by: "hand",
    fill,
    order,
    price,
    quantity: contracts(Math.min(most, quantity)),
    fees,
  });
}
