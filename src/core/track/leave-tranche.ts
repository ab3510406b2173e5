/**
 * A tranche that leaves at once while the others stay.
 *
 * ```text
 * market entry fills at or beyond its own target ─► target to the market ─► out through its leg
 * trim of a whole tranche ────────────────────────►       (again while the price runs away)
 * ```
 *
 * There is nothing to wait for where the price paid is the price to be had. Whatever has not filled
 * by then stays home: it would pay no less.
 */
import type { Fact } from "../model/fact.ts";
import { reaches, towardsProfit } from "../model/levels.ts";
import { filledBeyond, isLeaving, type Leg, type Trade } from "../model/trade.ts";
import { heldOfTranche } from "../model/trade-sums.ts";
import type { Millis, Ticks } from "../model/units.ts";
import { TRY_EVERY } from "./exit.ts";
import { targetLevel } from "./milestones.ts";
import { isPending } from "./order-states.ts";
import { exitPrice, marketablePrice, type Scene, THROUGH } from "./scene.ts";

/** With targets that count from the fill no fill can lie beyond them. */
export function leaveBeyondTarget(
  trade: Trade,
  tranche: number,
  price: Ticks,
  { at, quote }: Scene,
): readonly Fact[] {
  const { side, anchor } = trade.plan;
  const filled = trade.tranches[tranche];
  if (filled === undefined || isLeaving(filled) || trade.exit !== null || trade.released) return [];
  const level = targetLevel(trade, filled.targetIndex);
  const isBeyond = anchor === "alert" && level !== null && reaches(side, price, level);
  if (!isBeyond) return [];
  const target =
    quote === null ? towardsProfit(side, price, -THROUGH) : marketablePrice(trade, quote);
  const about = { at, trade: trade.id };
  const waits =
    trade.entryEnding === null && trade.tranches.some((one) => isPending(one.entry.state));
  const reason = "it filled at or beyond its target";
  return [
    ...(waits ? [{ ...about, kind: "EntryWithdrawn", reason } as const] : []),
    { ...about, tranche, kind: "TargetAimed", target, why: "filled-beyond-target" },
  ];
}

/** A target the price has run away from is no way out any more: after it, while it goes on. */
export function followMarket(trade: Trade, { at, quote }: Scene): readonly Fact[] {
  if (quote === null || trade.exit !== null || !trade.tranches.some(isLeaving)) return [];
  const { side } = trade.plan;
  return trade.tranches.flatMap((one, tranche): readonly Fact[] => {
    const isWaiting = isLeaving(one) && heldOfTranche(one) > 0 && stands(one.target, at);
    if (!isWaiting || reaches(side, exitPrice(trade, quote), one.targetAim)) return [];
    const target = marketablePrice(trade, quote);
    const why = filledBeyond(one) ? "filled-beyond-target" : "trim";
    return [{ at, trade: trade.id, tranche, kind: "TargetAimed", target, why }];
  });
}

/** It had its second to fill, and nothing is being asked of it. */
const stands = (leg: Leg | null, at: Millis): boolean =>
  leg?.state === "working" &&
  leg.change === null &&
  leg.refusal === null &&
  at >= leg.touchedAt + TRY_EVERY;
