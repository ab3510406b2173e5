/**
 * The stop, from the first fill to the last contract.
 *
 * ```text
 * fill ─► stop at the alert's price ─(target 1)─► stop at breakeven ─(target 2)─► none
 * ```
 *
 * Rules this file keeps:
 * 1. Every held contract is covered by a working stop; what cannot be covered in time is closed.
 * 2. Legs are moved by modify, never by cancel and replace: between the two the position would
 *    stand naked.
 * 3. One change per leg is under way; an answer that does not come is asked for again.
 *
 * It compares what rests with what should rest, so it does not matter how a difference came about:
 * a bracket priced from the fill, a partial fill, a lost answer or a person's hand.
 */
import type { Fact, FactOf } from "../model/fact.ts";
import { type Change, isLeaving, type Leg, type Trade, type Tranche } from "../model/trade.ts";
import { heldOfTranche } from "../model/trade-sums.ts";
import { type Contracts, contracts, type Ticks } from "../model/units.ts";
import { afterOverrun } from "./overrun.ts";
import {
  knowsBetter,
  PATIENCE,
  type Scene,
  stopPatience,
  targetPatience,
  UNSEEN_MAX,
} from "./scene.ts";

/** A stop cancelled under us this often will not stay; leave instead. */
const PLACEMENTS_MAX = 3;
/** A stop taken away by hand is put back so often. Who does it again wants something else than we. */
const RESTORED_MAX = 1;
/** A change refused this often will not be taken. */
const REFUSALS_MAX = 5;
/** The one refusal that cannot change by asking again. */
const THROUGH = "price-through-market";

export function protect(trade: Trade, scene: Scene): readonly Fact[] {
  // Sold twice somewhere: what looks held is not, and every leg is on its way out.
  if (trade.exit?.reason === "reversed") return [];
  const facts: Fact[] = [];
  for (const [index, tranche] of trade.tranches.entries()) {
    const held = heldOfTranche(tranche);
    if (held <= 0) continue;
    if (tranche.loosened > RESTORED_MAX && trade.exit === null)
      return leave(trade, scene, "stop-loosened");
    const place: Place = { trade, tranche, index, held, scene };
    const stop = coverWithStop(place);
    // One reason to leave is enough, whichever tranche has it first.
    if (stop.some(({ kind }) => kind === "ExitBegun")) return [...facts, ...stop];
    facts.push(...(stop.length > 0 || trade.exit !== null ? stop : tendTarget(place)));
  }
  return facts;
}

interface Place {
  readonly trade: Trade;
  readonly tranche: Tranche;
  readonly index: number;
  readonly held: number;
  readonly scene: Scene;
}

function coverWithStop(place: Place): readonly Fact[] {
  const { trade, tranche, scene } = place;
  const leg = tranche.stop;
  switch (leg?.state) {
    case undefined:
      return scene.brackets === "none" ? placeLeg(place, "stop", 1) : waitForChild(place);
    case "sent":
    case "unknown":
      // The same tag again: if the first one arrived, the venue says so instead of doubling it.
      if (scene.at >= leg.placedAt + UNSEEN_MAX) return leave(trade, scene, "unprotected");
      return scene.at < leg.touchedAt + stopPatience(leg)
        ? []
        : placeLeg(place, "stop", leg.attempts);
    case "working":
      return tendStop(place, leg);
    case "rejected":
      return leave(trade, scene, "stop-refused");
    case "cancelled":
    case "filled":
      return replaceStop(place, leg);
  }
}

/** A child may be listed as waiting for its entry a moment after the entry filled. */
const CHILD_PATIENCE = 300;

/** A venue that keeps brackets shows the child with the fill; if its own list does not, we leave. */
function waitForChild({ trade, tranche, scene }: Place): readonly Fact[] {
  const filledAt = tranche.filledAt ?? scene.at;
  const missing = scene.truthAt !== null && scene.truthAt > filledAt + CHILD_PATIENCE;
  return missing || scene.at >= filledAt + UNSEEN_MAX ? leave(trade, scene, "unprotected") : [];
}

/**
 * The stop is gone and the contracts are not, by the books. Its fill may only be on its way, so it
 * takes the venue's own list, asked for since, to say that they are uncovered.
 */
function replaceStop(place: Place, leg: Leg): readonly Fact[] {
  const { trade, tranche, scene } = place;
  if (!(knowsBetter(scene, tranche, leg) || isSeenGone(trade, leg, scene)) || scene.fewer)
    return [];
  if (leg.placements >= PLACEMENTS_MAX) return leave(trade, scene, "unprotected");
  return [...takenAway(place, leg), ...placeLeg(place, "stop", leg.attempts + 1)];
}

/**
 * The very list that tells of its end shows the contracts as well; another would tell no more. Of a
 * trade on its way out it might, for a close takes contracts and legs at nearly the same time.
 */
const isSeenGone = ({ exit }: Trade, { order }: Leg, scene: Scene): boolean =>
  exit === null && scene.showsGone(order);

/** It worked, and we never asked for its end. */
function takenAway({ trade, index, scene }: Place, leg: Leg): readonly Fact[] {
  const isOurs = leg.state !== "cancelled" || leg.order === null || leg.cancelAskedAt !== null;
  const { at } = scene;
  return isOurs || trade.exit !== null
    ? []
    : [{ at, trade: trade.id, tranche: index, kind: "StopLoosened", price: null }];
}

function tendStop(place: Place, leg: Leg): readonly Fact[] {
  const { trade, scene } = place;
  if (trade.exit !== null) return [];
  const overrun = afterOverrun(place, leg);
  if (overrun !== null) return overrun;
  if (isFinal(leg) && leg.price !== trade.stopAim) return afterRefusal(trade, leg, scene);
  // Where it should be, but too small for what is held: the rest would stay uncovered.
  if (isFinal(leg) && sizeFor(place, leg) > leg.quantity) return leave(trade, scene, "unprotected");
  return tend(place, "stop", leg, trade.stopAim);
}

/** Any other refusal may be a passing mood of the venue; the old stop protects while we ask again. */
const isFinal = (leg: Leg): boolean =>
  leg.refusal !== null && (leg.refusal === THROUGH || leg.refusals >= REFUSALS_MAX);

/** Refused because the price is already through it: the trade would have been out by now. */
function afterRefusal(trade: Trade, leg: Leg, scene: Scene): readonly Fact[] {
  if (trade.breakeven !== "due") return leave(trade, scene, "stop-refused");
  if (trade.plan.onBreakevenPassed === "exit")
    return leave(trade, scene, leg.refusal === THROUGH ? "breakeven-passed" : "stop-refused");
  // Where another stands at breakeven already, keeping this one must not loosen that one.
  if (trade.tranches.some((one) => standsAtAim(trade, one))) return [];
  const { at } = scene;
  return [
    { at, trade: trade.id, kind: "StopAimed", stop: leg.price, why: "refused" },
    { at, trade: trade.id, kind: "BreakevenKept", stop: leg.price },
  ];
}

function tendTarget(place: Place): readonly Fact[] {
  const { tranche, scene } = place;
  const leg = tranche.target;
  switch (leg?.state) {
    case undefined:
    case "cancelled":
      // Stop first: the target follows once the stop is known to work.
      if (!mayPlaceTarget(place) || tranche.stop?.state !== "working") return [];
      return (leg?.placements ?? 0) < PLACEMENTS_MAX
        ? placeLeg(place, "target", (leg?.attempts ?? 0) + 1)
        : [];
    case "sent":
    case "unknown":
      return scene.at < leg.touchedAt + targetPatience(leg)
        ? []
        : placeLeg(place, "target", leg.attempts);
    case "working":
      return tendWorkingTarget(place, leg);
    case "filled":
    case "rejected":
      return [];
  }
}

/**
 * Where the venue keeps the legs, a target that is gone was taken away by a person, and stays so. But a
 * tranche that is to leave at once has no other way out.
 */
function mayPlaceTarget({ tranche, scene }: Place): boolean {
  if (scene.brackets === "none") return true;
  const { target } = tranche;
  return (
    target !== null && isLeaving(tranche) && knowsBetter(scene, tranche, target) && !scene.fewer
  );
}

/** One refused for good stays where it is: the stop protects, and a new aim is asked for anew. */
function tendWorkingTarget(place: Place, leg: Leg): readonly Fact[] {
  const isSized = sizeFor(place, leg) === leg.quantity;
  return isFinal(leg) && isSized ? [] : tend(place, "target", leg, place.tranche.targetAim);
}

/** Modify when price or size differ from what they should be, and nothing is under way. */
function tend(place: Place, side: "stop" | "target", leg: Leg, aim: Ticks): readonly Fact[] {
  const { trade, index, scene } = place;
  if (leg.change !== null && isAwaited(leg.change, side, scene)) return [];
  // Refused a moment ago: asking again at once would only be refused again, as fast as the wire goes.
  if (leg.refusal !== null && scene.at < leg.touchedAt + PATIENCE) return [];
  const quantity = sizeFor(place, leg);
  if (leg.price === aim && leg.quantity === quantity && leg.change === null) return [];
  return [
    {
      at: scene.at,
      trade: trade.id,
      tranche: index,
      leg: side,
      kind: "LegChangeAsked",
      // What an unanswered change had asked for is stated again: nobody knows whether it came through.
      price: leg.price === aim && leg.change?.price == null ? null : aim,
      quantity: leg.quantity === quantity && leg.change?.quantity == null ? null : quantity,
      attempt: leg.attempts + 1,
      why: leg.price === aim ? "resize" : whyOf(place, side),
    },
  ];
}

/** Of a stop the list may say sooner that nothing has changed: asked for a moment after the change. */
const isAwaited = ({ askedAt }: Change, side: "stop" | "target", { at, truthAt }: Scene): boolean =>
  at < askedAt + PATIENCE && !(side === "stop" && Number(truthAt) > askedAt + CHILD_PATIENCE);

/** Whatever gave the leg its aim; to the plan's own prices it is a correction. */
function whyOf(
  { trade, tranche }: Place,
  side: "stop" | "target",
): FactOf<"LegChangeAsked">["why"] {
  const why = side === "stop" ? trade.stopWhy : tranche.targetWhy;
  return why === "plan" || why === "refused" ? "correct" : why;
}

/** The order's full size: what it already filled and what is still held, less what leaves by command. */
function sizeFor({ trade, tranche, index, held, scene }: Place, leg: Leg): Contracts {
  const leaving = trade.part?.tranche === index ? trade.part.quantity : 0;
  const wanted = contracts(leg.filled + Math.max(0, held - leaving));
  // A size of ours that was not answered is stated again, and not what it was to change.
  const isAsked = leg.change?.quantity != null;
  const isOurs = leaving > 0 || isAsked || (trade.shrunk === index && leg.quantity < wanted);
  if (wanted === leg.filled || (!isOurs && venueSizesIt(tranche, leg, scene))) return leg.quantity;
  return wanted;
}

/**
 * A venue's child follows its fills by itself, and its new size may be known before the fill is; or it
 * takes the venue some milliseconds, and whoever resizes it meanwhile has it resized twice. Only the
 * venue's own list, asked for a moment after all that, says that it did not.
 */
export const venueSizesIt = (tranche: Tranche, leg: Leg, scene: Scene): boolean =>
  leg.tag === null && !(hasSettled(tranche, scene) && knowsBetter(scene, tranche, leg));

/** The list was asked for a moment after the last fill of entry or leg. */
const hasSettled = ({ filledAt, stop, target }: Tranche, { truthAt }: Scene): boolean =>
  [stop, target]
    .map((leg) => (leg !== null && leg.filled > 0 ? leg.touchedAt : 0))
    .concat(filledAt ?? 0)
    .every((at) => Number(truthAt) > at + CHILD_PATIENCE);

function placeLeg(place: Place, leg: "stop" | "target", attempt: number): readonly Fact[] {
  const { trade, tranche, index, held, scene } = place;
  const price = leg === "stop" ? trade.stopAim : tranche.targetAim;
  return [
    {
      at: scene.at,
      trade: trade.id,
      tranche: index,
      leg,
      kind: "LegPlaced",
      price,
      quantity: contracts(held),
      attempt,
    },
  ];
}

function leave(
  trade: Trade,
  scene: Scene,
  reason: "stop-refused" | "unprotected" | "breakeven-passed" | "stop-loosened",
): readonly Fact[] {
  return trade.exit === null ? [{ at: scene.at, trade: trade.id, kind: "ExitBegun", reason }] : [];
}

const standsAtAim = (trade: Trade, tranche: Tranche): boolean =>
  heldOfTranche(tranche) > 0 &&
  tranche.stop?.state === "working" &&
  tranche.stop.price === trade.stopAim;
