/**
 * A close the books passed over.
 *
 * While the program was down somebody closed by hand, and before the venue's list could tell, the
 * stop had filled as well: the trade looked over, and more had left than it held. The list shows the
 * close, and positions that differ by it. So it is booked after all; the trade is on again, reversed,
 * and is bought back like any other that was sold twice.
 */
import { valuesOf } from "../../std/trie.ts";
import type { Fact } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Trade } from "../model/trade.ts";
import { enteredOf, heldOf } from "../model/trade-sums.ts";
import { contracts, type Millis } from "../model/units.ts";
import { exitSide, type VenueFill, type VenueReport } from "../model/venue.ts";
import { tradeOf } from "../state.ts";
import { reopening } from "../track/reopening.ts";
import { record, type Turn } from "../turn.ts";

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

/** True when there was one; only asked where the positions differ. */
export function bookOverlooked(turn: Turn, { account, fills }: Snapshot): boolean {
  // Who was over is asked of the books as they were: the first of two fills puts the trade on again.
  const before = valuesOf(turn.state.trades);
  const isBooked = ({ fill }: VenueFill) => before.some((one) => one.fills.includes(fill));
  let any = false;
  for (const fill of fills) {
    if (fill.role !== "close" || isBooked(fill)) continue;
    const trade = tradeOverlooked(before, account, fill);
    if (trade === undefined) continue;
    const facts = takenToo(tradeOf(turn.state, trade.id), fill, turn.at);
    record(turn, ...facts);
    any ||= facts.length > 0;
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
    ({ plan, plannedAt, closedAt, ...one }) =>
      closedAt !== null &&
      one.account === account &&
      plannedAt <= fill.at &&
      fill.at <= closedAt &&
      plan.contract === fill.contract &&
      exitSide(plan.side) === fill.side,
  );

/** As many contracts as were in the trade may have left once more; others were not its own. */
function takenToo(trade: Trade, { fill, order, price, ...said }: VenueFill, at: Millis) {
  const entered = trade.tranches.findLastIndex((one) => one.entered.quantity > 0);
  const most = enteredOf(trade).quantity + heldOf(trade);
  const taken: Fact = {
    at,
    trade: trade.id,
    tranche: Math.max(0, entered),
    kind: "ExitFilled",
    by: "hand",
    fill,
    order,
    price,
    quantity: contracts(Math.min(most, said.quantity)),
    fees: said.fees,
  };
  return most > 0 ? [...reopening(trade, at), taken] : [];
}
