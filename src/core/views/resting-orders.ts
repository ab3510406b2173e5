/** What rests of a trade at the venue, or is on its way there, one order a row. */
import { ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Leg, Trade, Tranche } from "../model/trade.ts";
import { pendingOf } from "../model/trade-sums.ts";
import type { Ticks } from "../model/units.ts";
import { isLive, isPending } from "../track/order-states.ts";

export interface OrderView {
  readonly trade: number;
  readonly account: Trade["account"];
  readonly instrument: Trade["plan"]["instrument"];
  readonly what: "entry" | "stop" | "target";
  readonly action: "buy" | "sell";
  readonly quantity: number;
  /** In points; null = at the market. */
  readonly price: number | null;
  readonly state: "planned" | "sent" | "unknown" | "working";
  /** A change of it was asked for and is not confirmed. */
  readonly changing: boolean;
}

/** In the order of its tranches. */
export const ordersOf = (trade: Trade): readonly OrderView[] =>
  trade.tranches.flatMap((tranche) => [
    ...entryOf(trade, tranche),
    ...legOf(trade, "stop", tranche.stop),
    ...legOf(trade, "target", tranche.target),
  ]);

function entryOf(trade: Trade, tranche: Tranche): readonly OrderView[] {
  const { state, cancelAskedAt } = tranche.entry;
  const quantity = pendingOf(tranche);
  if (!isPending(state) || quantity === 0) return [];
  const { entry, side } = trade.plan;
  const price = entry.kind === "limit" ? pointsIn(trade, entry.limit) : null;
  const action = side === "long" ? "buy" : "sell";
  const changing = cancelAskedAt !== null;
  return [{ ...about(trade), what: "entry", action, quantity, price, state, changing }];
}

function legOf(trade: Trade, what: "stop" | "target", leg: Leg | null): readonly OrderView[] {
  if (leg === null || !isLive(leg.state)) return [];
  const { quantity, state, change } = leg;
  const price = pointsIn(trade, leg.price);
  const action = trade.plan.side === "long" ? "sell" : "buy";
  return [{ ...about(trade), what, action, quantity, price, state, changing: change !== null }];
}

const about = ({ number, account, plan }: Trade) => ({
  trade: number,
  account,
  instrument: plan.instrument,
});

const pointsIn = ({ plan }: Trade, price: Ticks): number =>
  ticksToPoints(instrumentOf(plan.instrument), price);
