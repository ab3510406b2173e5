/**
 * The machine stays awake while contracts are held, and may sleep when all is flat.
 *
 * Who looks after trades from a laptop closes its lid now and then. Stops and targets rest at the
 * venue and hold all the same; breakeven, trims and the cut-off do not happen in a sleep.
 */
import type { Fact } from "../core/model/fact.ts";
import type { State } from "../core/state.ts";
import type { Audience } from "../ports/audience.ts";
import type { KeepAwake } from "../ports/keep-awake.ts";
import { heldTrades } from "./exposure.ts";

/** After one of these something may be held that was not, or the other way round. */
const MOVES: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["EntryFilled", "ExitFilled", "TradeClosed", "TradeReopened", "TradeReleased"] as const),
  ...(["RunStarted", "AccountSettled"] as const),
]);

export interface KeptAwake extends Audience {
  /** The run is over: what is left rests at the venue, and the machine may sleep. */
  stop(): void;
}

export function keptAwake(keeper: KeepAwake, state: () => State): KeptAwake {
  let isHeld = false;
  return {
    told(recorded) {
      if (!recorded.some(({ fact }) => MOVES.has(fact.kind))) return;
      const held = heldTrades(state()).length;
      if (held > 0 && !isHeld) keeper.hold("contracts are open");
      if (held === 0 && isHeld) keeper.release();
      isHeld = held > 0;
    },
    stop: () => keeper.release(),
  };
}
