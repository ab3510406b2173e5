/**
 * The turning points of a trade: breakeven due, what filled split anew, legs cleared, trade over.
 */
import type { Fact } from "../model/fact.ts";
import { reaches } from "../model/levels.ts";
import {
  filledBeyond,
  isLeaving,
  type Leg,
  type Trade,
  type TradeEnd,
  type Tranche,
} from "../model/trade.ts";
import { breakevenOf, enteredOf, grossOf, heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { type Millis, money, type Ticks, ticks } from "../model/units.ts";
import { splitAnew } from "../plan/split.ts";
import { isPending } from "./order-states.ts";
import { isOver } from "./phases.ts";
import { venueSizesIt } from "./protection.ts";
import { exitPrice, PATIENCE, type Scene } from "./scene.ts";

/**
 * Due with the first contract that left at the target's leg, also where that was no profit because
 * it had filled beyond the target; see `breakevenNow` for what it does.
 */
export function breakevenByTarget(trade: Trade, scene: Scene): readonly Fact[] {
  const { breakevenAfter } = trade.plan;
  if (breakevenAfter === 0) return [];
  const reached = trade.targetsHit >= breakevenAfter || leftBeyond(trade) >= breakevenAfter;
  return reached ? breakevenNow(trade, sinceTheFill(scene), "target") : [];
}

/**
 * Fills and quotes come over two lines, and either may be the younger. A quote from before the fill
 * knows nothing of the price that filled it, and would call a trade stopped that stands at its target.
 */
function sinceTheFill(scene: Scene): Scene {
  const { quote, fill } = scene;
  if (quote === null || fill === null || quote.at >= fill.at) return scene;
  return { ...scene, quote: { ...quote, bid: fill.price, ask: fill.price } };
}

/** The farthest target whose leg let contracts out that had filled beyond it; 0 = none, or all go. */
function leftBeyond({ tranches }: Trade): number {
  if (tranches.every((one) => isLeaving(one) || heldOfTranche(one) <= 0)) return 0;
  const left = tranches.filter((one) => filledBeyond(one) && (one.target?.filled ?? 0) > 0);
  return Math.max(0, ...left.map((one) => one.targetIndex + 1));
}

/**
 * The stop to the average fill, or out at once when the price is already through it: the trade
 * would have been stopped there by now.
 */
export function breakevenNow(
  trade: Trade,
  scene: Scene,
  why: "target" | "price" | "command" | "message",
): readonly Fact[] {
  const stop = breakevenOf(trade);
  // Rules that never do it, or that kept the old stop, do not bind a person who asks for it.
  const isAsked = why === "command" || why === "message";
  const isOpen = trade.breakeven === "waiting" || (isAsked && trade.breakeven === "off");
  if (!isOpen || trade.exit !== null || heldOf(trade) <= 0 || stop === null) return [];
  const { at, quote } = scene;
  const { side, onBreakevenPassed } = trade.plan;
  const passed = quote !== null && reaches(side, stop, exitPrice(trade, quote));
  if (passed && onBreakevenPassed === "keep")
    return [{ at, trade: trade.id, kind: "BreakevenKept", stop: trade.stopAim }];
  const due: Fact = { at, trade: trade.id, kind: "BreakevenDue", stop, why };
  return passed
    ? [due, { at, trade: trade.id, kind: "ExitBegun", reason: "breakeven-passed" }]
    : [due];
}

/** With targets counted from the fill, each follows the average entry as it becomes known. */
export function anchorTargets(trade: Trade, at: Millis): readonly Fact[] {
  if (trade.plan.anchor !== "fill") return [];
  return trade.tranches.flatMap((tranche, index): readonly Fact[] => {
    const target = targetLevel(trade, tranche.targetIndex) ?? tranche.targetAim;
    // What a person chose, or what is on its way out, does not follow the fills.
    const follows = tranche.targetWhy === "plan" || tranche.targetWhy === "anchor";
    return target === tranche.targetAim || !follows
      ? []
      : [{ at, trade: trade.id, tranche: index, kind: "TargetAimed", target, why: "anchor" }];
  });
}

/** Where a target lies now: as planned, or moved with the average fill. Null past the last one. */
export function targetLevel(trade: Trade, index: number): Ticks | null {
  const planned = trade.plan.targets[index];
  const average = trade.plan.anchor === "fill" ? breakevenOf(trade) : null;
  if (planned === undefined) return null;
  return average === null ? planned : ticks(planned + average - trade.plan.alerted);
}

/** Once all entries are final, what filled is split over the targets again. */
export function splitWhatFilled(trade: Trade, { at }: Scene): readonly Fact[] {
  const pending = trade.tranches.some((one) => isPending(one.entry.state));
  const touched = trade.tranches.some((one) => one.exited.quantity !== 0 || isLeaving(one));
  if (pending || touched || trade.exit !== null || enteredOf(trade).quantity === 0) return [];
  const current = trade.tranches.map((one) => one.targetIndex);
  const wanted = splitAnew(
    trade.tranches.map((one) => one.entered.quantity),
    trade.plan.shares,
    current,
  );
  const same = current.every((one, index) => one === wanted[index]);
  return same ? [] : [{ at, trade: trade.id, kind: "EntrySplit", targetIndexes: wanted }];
}

/** Legs that outlive their contracts could open a position of their own: cancel them. */
export function clearLegs(trade: Trade, scene: Scene): readonly Fact[] {
  const facts: Fact[] = [];
  // Fills come in any order: that one tranche makes up for another is only true once it was proved.
  const isNetted = trade.exit?.reason === "reversed" && heldOf(trade) <= 0;
  for (const [index, tranche] of trade.tranches.entries()) {
    if (heldOfTranche(tranche) > 0 && !isNetted) continue;
    if (!isPending(tranche.entry.state)) facts.push(...clearLegsOf(trade, index, tranche, scene));
  }
  return facts;
}

const clearLegsOf = (
  trade: Trade,
  index: number,
  tranche: Tranche,
  scene: Scene,
): readonly Fact[] =>
  (["stop", "target"] as const).flatMap((side): readonly Fact[] => {
    const leg = tranche[side];
    if (leg?.state !== "working" || leg.order === null) return [];
    // A venue that links the legs cancels the other by itself, unless a close went past them.
    const venueDoesIt =
      isLinked(tranche) && leftByLegs(trade, tranche) && venueSizesIt(tranche, leg, scene);
    if (venueDoesIt || askedLately(leg, scene)) return [];
    const { at } = scene;
    const about = { at, trade: trade.id, tranche: index, leg: side };
    return [{ ...about, kind: "LegCancelAsked", order: leg.order }];
  });

/** Both are the venue's own: one that we placed ourselves is nobody's sibling. */
const isLinked = ({ stop, target }: Tranche): boolean =>
  (stop?.tag ?? null) === null && (target?.tag ?? null) === null;

/** Nothing of it is left, and no close took it: neither ours nor that of another trade. */
function leftByLegs(trade: Trade, tranche: Tranche): boolean {
  if (trade.exit?.closeAskedAt != null || heldOfTranche(tranche) > 0) return false;
  const legs = [tranche.stop, tranche.target];
  const filled = legs.reduce((sum, leg) => sum + (leg?.filled ?? 0), 0);
  return legs.some((leg) => leg?.state === "filled") || filled >= tranche.exited.quantity;
}

const askedLately = (leg: Leg, { at }: Scene): boolean =>
  leg.cancelAskedAt !== null && at < leg.cancelAskedAt + PATIENCE;

/** Over: nothing can fill any more, nothing is held, and of what filled nothing is missing. */
export function conclude(trade: Trade, scene: Scene): readonly Fact[] {
  if (isOver(trade.phase) || heldOf(trade) !== 0 || !trade.tranches.every(isQuiet)) return [];
  if (trade.tranches.some(({ stop, target }) => [stop, target].some(missesFills(scene)))) return [];
  const { at } = scene;
  if (enteredOf(trade).quantity === 0) {
    return [{ at, trade: trade.id, kind: "TradeAbandoned", reason: reasonOf(trade) }];
  }
  const gross = grossOf(trade);
  return [
    {
      at,
      trade: trade.id,
      kind: "TradeClosed",
      how: howOf(trade),
      gross,
      fees: trade.fees,
      net: money(gross - trade.fees),
    },
  ];
}

const isQuiet = (tranche: Trade["tranches"][number]): boolean =>
  !isPending(tranche.entry.state) && !mayFill(tranche.stop) && !mayFill(tranche.target);

const mayFill = (leg: Leg | null): boolean =>
  leg !== null && (leg.state === "working" || leg.state === "sent" || leg.state === "unknown");

/** It ended by fill, and not all of that was heard of: a list asked for since then has the rest. */
const missesFills =
  ({ truthAt }: Scene) =>
  (leg: Leg | null): boolean =>
    leg?.state === "filled" &&
    leg.filled < leg.quantity &&
    (truthAt === null || truthAt <= leg.touchedAt);

function reasonOf(trade: Trade): string {
  if (trade.entryEnding !== null) return trade.entryEnding;
  const rejected = trade.tranches.some((one) => one.entry.state === "rejected");
  return rejected ? "the venue rejected the entry" : "the entry never reached the venue";
}

function howOf(trade: Trade): TradeEnd {
  if (trade.exit !== null) return "exit";
  // A released trade is closed by hand because that is what it was released for.
  if (trade.byHand && !trade.released) return "external";
  const stopped = trade.tranches.some((one) => (one.stop?.filled ?? 0) > 0);
  // Ended by another trade's close of the same contract, or taken off piece by piece.
  if (!stopped) return trade.targetsHit > 0 ? "targets" : "exit";
  return trade.breakeven === "due" ? "breakeven" : "stop";
}
