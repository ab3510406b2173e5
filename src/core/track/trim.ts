/**
 * Taking part of a trade off by command.
 *
 * Whole tranches leave through their own target leg, nearest target first. What remains is no whole
 * tranche, so it takes three steps: shrink that tranche's legs, close the part, and if either does
 * not come in time, grow the legs back (the size rule of `protection.ts` does that by itself).
 */
import type { Fact } from "../model/fact.ts";
import type { Leg, Trade } from "../model/trade.ts";
import { heldOfTranche } from "../model/trade-sums.ts";
import { contracts } from "../model/units.ts";
import { marketablePrice, type Scene } from "./scene.ts";

export const PART_PATIENCE = 1_500;

/**
 * Empty when nothing can be trimmed: no fresh price, or another part is still leaving. A part is
 * closed by the venue's own call, which beside a trade of the other side would meet the sum of both.
 */
export function beginTrim(trade: Trade, quantity: number, scene: Scene): readonly Fact[] {
  if (scene.quote === null || trade.part !== null || trade.exit !== null) return [];
  const price = marketablePrice(trade, scene.quote);
  let left = quantity;
  const facts: Fact[] = [];
  for (const { index, held } of byTarget(trade)) {
    if (left >= held) {
      facts.push({
        at: scene.at,
        trade: trade.id,
        tranche: index,
        kind: "TargetAimed",
        target: price,
        why: "trim",
      });
    } else if (left > 0) {
      if (!mayClosePart(scene)) return [];
      facts.push({
        at: scene.at,
        trade: trade.id,
        tranche: index,
        kind: "TrimBegun",
        quantity: contracts(left),
      });
    }
    left = Math.max(0, left - held);
  }
  return facts;
}

const mayClosePart = ({ beside }: Scene): boolean => beside === "nothing" || beside === "same-side";

const byTarget = (trade: Trade) =>
  trade.tranches
    .map((one, index) => ({ index, held: heldOfTranche(one), target: one.targetIndex }))
    .filter((one) => one.held > 0)
    .toSorted((a, b) => a.target - b.target);

/**
 * The part is closed once both legs are confirmed at the smaller size; never before. A target that is
 * over (a person took it away) has no size, and nobody would ever make it smaller.
 */
export function continueTrim(trade: Trade, scene: Scene): readonly Fact[] {
  const { at } = scene;
  const { part } = trade;
  const tranche = part === null ? undefined : trade.tranches[part.tranche];
  if (part === null || tranche === undefined) return [];
  const about = { at, trade: trade.id, tranche: part.tranche };
  if (at >= part.askedAt + PART_PATIENCE || (part.stage === "shrinking" && !mayClosePart(scene)))
    return [{ at, trade: trade.id, kind: "TrimEnded", how: "late" }];
  const keep = heldOfTranche(tranche) - part.quantity;
  const { stop, target } = tranche;
  const shrunk = covers(stop, keep) && (isGone(target) || covers(target, keep));
  return part.stage === "shrinking" && shrunk
    ? [{ ...about, kind: "TrimSent", quantity: part.quantity }]
    : [];
}

const covers = (leg: Leg | null, quantity: number): boolean =>
  leg?.state === "working" && leg.change === null && leg.quantity - leg.filled === quantity;

const isGone = (leg: Leg | null): boolean =>
  leg?.state === "cancelled" || leg?.state === "rejected" || leg?.state === "filled";
