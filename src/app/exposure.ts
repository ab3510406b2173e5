/** What is at risk in the books, in the words of someone about to leave them alone. */

import { showPrice } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { Trade } from "../core/model/trade.ts";
import { heldOf } from "../core/model/trade-sums.ts";
import { openTradesOf, type State } from "../core/state.ts";
import { isPending } from "../core/track/order-states.ts";
import { valuesOf } from "../std/trie.ts";

export const openTrades = (state: State): readonly Trade[] =>
  valuesOf(state.accounts)
    .flatMap((account) => openTradesOf(state, account))
    .toSorted((a, b) => a.number - b.number);

export const heldTrades = (state: State): readonly Trade[] =>
  openTrades(state).filter((trade) => heldOf(trade) !== 0);

/** An entry may still fill, or a change of a stop or target has not been answered. */
export const isUnanswered = (trade: Trade): boolean =>
  trade.tranches.some(
    ({ entry, stop, target }) =>
      isPending(entry.state) || (stop?.change ?? target?.change ?? null) !== null,
  );

/** A line a trade: what stays at the venue, and what will not happen without us. */
export function exposureLines(state: State): readonly string[] {
  return heldTrades(state).map((trade) => {
    const instrument = instrumentOf(trade.plan.instrument);
    const what = `#${trade.number} ${heldOf(trade)} ${instrument.root} ${trade.plan.side}`;
    const waiting = trade.breakeven === "waiting" ? "; no breakeven while this is off" : "";
    return `${what}: stop ${showPrice(instrument, trade.stopAim)} and targets stay at the venue${waiting}`;
  });
}
