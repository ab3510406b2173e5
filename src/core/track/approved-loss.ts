/** What risk approved is what may be lost, also where the entry was paid worse than it allowed. */
import type { Fact } from "../model/fact.ts";
import { reaches } from "../model/levels.ts";
import type { Trade, Tranche } from "../model/trade.ts";
import type { Ticks } from "../model/units.ts";
import type { Scene } from "./scene.ts";

/** A fill worse than was approved keeps the approved loss: the stop moves by what was overpaid. */
export function keepApprovedLoss(trade: Trade, { at }: Scene): readonly Fact[] {
  const { plan } = trade;
  const overpaid = trade.tranches.reduce(
    (worst, one) => Math.max(worst, overpaidOf(trade, one)),
    0,
  );
  if (overpaid === 0 || trade.breakeven === "due") return [];
  const stop = (plan.stop + (plan.side === "long" ? overpaid : -overpaid)) as Ticks;
  return reaches(plan.side, trade.stopAim, stop)
    ? []
    : [{ at, trade: trade.id, kind: "StopAimed", stop, why: "worse-fill" }];
}

/** Whole ticks a tranche's average entry lies beyond the worst approved price, rounded up. */
function overpaidOf({ plan }: Trade, { entered }: Tranche): number {
  if (entered.quantity === 0) return 0;
  const direction = plan.side === "long" ? 1 : -1;
  return Math.max(
    0,
    Math.ceil((direction * (entered.priceSum - plan.worst * entered.quantity)) / entered.quantity),
  );
}
