/**
 * What a venue's word about one order means for the trade it belongs to.
 *
 * The word may come in an event, late or twice, or as a row of a snapshot. It is compared with the
 * books, and only a difference is a fact; a terminal state never regresses, and a snapshot older
 * than our last touch of a leg says nothing about that leg.
 */
import { unreachable } from "../../std/assert.ts";
import type { Fact } from "../model/fact.ts";
import { readName } from "../model/ids.ts";
import { reaches } from "../model/levels.ts";
import { type Change, type EntryOrder, type Leg, type Trade, touchedAnew } from "../model/trade.ts";
import { heldOfTranche } from "../model/trade-sums.ts";
import { type Millis, millis, type Ticks } from "../model/units.ts";
import type { VenueOrder } from "../model/venue.ts";
import { canBecome } from "./order-states.ts";
import { reopening } from "./reopening.ts";
import { PATIENCE } from "./scene.ts";

export interface Reading {
  readonly at: Millis;
  /** When the venue was asked; null for an event, which is news by nature. */
  readonly askedAt: Millis | null;
}

export function readEntryOrder(
  trade: Trade,
  tranche: number,
  order: VenueOrder,
  reading: Reading,
): readonly Fact[] {
  const entry = trade.tranches[tranche]?.entry;
  if (!entry) return [];
  const about = { at: reading.at, trade: trade.id, tranche };
  const facts: Fact[] = [];
  if (order.status !== "rejected" && order.status !== "suspended" && needsAcceptance(entry)) {
    facts.push(...reopening(trade, reading.at));
    facts.push({ ...about, kind: "EntryAccepted", order: order.order });
  }
  const ended = order.status === "cancelled" || order.status === "expired";
  if (ended && canBecome(entry.state, order.status)) {
    facts.push({ ...about, kind: "EntryEnded", how: order.status });
  }
  if (order.status === "rejected" && canBecome(entry.state, "rejected")) {
    facts.push({
      ...about,
      kind: "EntryRejected",
      code: "rejected",
      reason: order.reason ?? "no reason given",
    });
  }
  return facts;
}

const needsAcceptance = (entry: EntryOrder): boolean =>
  entry.order === null && canBecome(entry.state, "working");

export function readLegOrder(
  trade: Trade,
  tranche: number,
  side: "stop" | "target",
  order: VenueOrder,
  reading: Reading,
): readonly Fact[] {
  const leg = trade.tranches[tranche]?.[side];
  if (leg === undefined) return [];
  if (isOlderLeg(leg, order)) return cancelOlder(trade, tranche, leg, order, reading);
  if (isOld(leg, order, reading)) return [];
  const about = { at: reading.at, trade: trade.id, tranche, leg: side };
  switch (order.status) {
    case "suspended":
      return [];
    case "working":
      return confirms(leg, order, reading) ? [] : heardWorking(trade, leg, order, about, reading);
    case "rejected":
      return leg?.state === "sent" || leg?.state === "unknown"
        ? [{ ...about, kind: "LegRejected", reason: order.reason ?? "no reason given" }]
        : [];
    case "filled":
    case "cancelled":
    case "expired":
      return endOf(leg, order, about);
    default:
      return unreachable(order.status);
  }
}

/** A word about an earlier order of this place (a stop that was replaced) is history. */
function isOlderLeg(leg: Leg | null, order: VenueOrder): boolean {
  if (leg === null) return false;
  if (leg.tag !== null && order.tag !== leg.tag) return true;
  return leg.order !== null && leg.order !== order.order;
}

/**
 * It was given up and replaced, yet it works: two of a kind would exit twice. As long as the new one
 * does not work, though, the old one is all that protects what is held.
 */
function cancelOlder(
  trade: Trade,
  tranche: number,
  newer: Leg | null,
  { order, contract, status }: VenueOrder,
  { at }: Reading,
): readonly Fact[] {
  const isNeeded = newer?.state !== "working" && heldIn(trade, tranche) > 0;
  return status !== "working" || isNeeded
    ? []
    : [{ at, kind: "OrphanCancelAsked", account: trade.account, contract, order }];
}

const heldIn = ({ tranches }: Trade, index: number): number =>
  tranches.reduce((sum, one, at) => (at === index ? sum + heldOfTranche(one) : sum), 0);

type AboutLeg = { at: Millis; trade: Trade["id"]; tranche: number; leg: "stop" | "target" };

/**
 * A leg that stood where we wanted it and moved without us was moved by a person. An event that
 * says so may as well be an echo of where it stood before, so only the venue's own list is believed;
 * it comes within a second.
 */
function heardWorking(
  trade: Trade,
  leg: Leg | null,
  order: VenueOrder,
  about: AboutLeg,
  { askedAt }: Reading,
): readonly Fact[] {
  const price = order.price ?? trade.plan.stop;
  const moved = leg !== null && isMoved(trade, leg, { ...order, price }, about);
  if (moved && askedAt === null) return [];
  const news: Fact = {
    at: about.at,
    trade: about.trade,
    tranche: about.tranche,
    leg: about.leg,
    kind: "LegConfirmed",
    order: order.order,
    price,
    quantity: order.quantity,
  };
  return moved ? [news, ...byHand(trade, price, about)] : [news];
}

/** A venue's child that grew was moved by the fill that grew it: it follows the average entry. */
function isMoved(
  trade: Trade,
  leg: Leg,
  { price, quantity }: Pick<VenueOrder, "price" | "quantity">,
  { tranche, leg: side }: AboutLeg,
): boolean {
  const aim = side === "stop" ? trade.stopAim : trade.tranches[tranche]?.targetAim;
  // The same hand may have moved another stop of this trade, and with it the aim of them all.
  const isAside = side === "stop" && trade.stopWhy === "by-hand";
  const stood = leg.state === "working" && leg.change === null && (leg.price === aim || isAside);
  return stood && leg.price !== price && quantity <= leg.quantity;
}

/** A tighter stop and any target are theirs to choose; a looser stop is not. */
function byHand(trade: Trade, price: Ticks, about: AboutLeg): readonly Fact[] {
  const { at, tranche, leg } = about;
  if (leg === "target")
    return trade.exit === null
      ? [{ at, trade: trade.id, tranche, kind: "TargetAimed", target: price, why: "by-hand" }]
      : [];
  if (reaches(trade.plan.side, price, trade.stopAim))
    return [{ at, trade: trade.id, kind: "StopAimed", stop: price, why: "by-hand" }];
  const isTheirs = trade.released || trade.exit !== null;
  return isTheirs ? [] : [{ at, trade: trade.id, tranche, kind: "StopLoosened", price }];
}

/**
 * Asked for before the last touch, it cannot know what that did. But what ended stays ended, and one
 * that was only sent is there once any list shows its tag: else a list that always comes just after
 * we asked again would never be heard.
 */
function isOld(leg: Leg | null, { status }: VenueOrder, { askedAt }: Reading): boolean {
  if (leg === null || askedAt === null || ENDED.has(status)) return false;
  return leg.state !== "sent" && leg.state !== "unknown" && askedAt <= touchedAnew(leg);
}

const ENDED: ReadonlySet<VenueOrder["status"]> = new Set(["filled", "cancelled", "expired"]);

/** No news: the books already say so, are past it, or wait for a change this word precedes. */
function confirms(leg: Leg | null, order: VenueOrder, { askedAt }: Reading): boolean {
  if (leg === null) return false;
  if (leg.state === "filled") return true;
  // Missing for long enough to be taken for lost, and now the venue's own list has it working.
  if (leg.state === "cancelled") return askedAt === null;
  const same =
    leg.state === "working" && leg.price === order.price && leg.quantity === order.quantity;
  return same && (leg.change === null || !isDone(leg.change, leg));
}

/** What the change asked for is what the leg already has. */
const isDone = (change: Change, leg: Leg): boolean =>
  (change.price ?? leg.price) === leg.price && (change.quantity ?? leg.quantity) === leg.quantity;

function endOf(leg: Leg | null, order: VenueOrder, about: AboutLeg): readonly Fact[] {
  // A child that ended before we ever saw it work leaves nothing to end.
  if (leg === null || leg.state === "filled" || leg.state === "cancelled") return [];
  // Its fills come as fills; a leg is over by fill once they add up.
  return order.status === "filled"
    ? [{ ...about, kind: "LegEnded", how: "filled" }]
    : [{ ...about, kind: "LegEnded", how: "cancelled" }];
}

/** Agreeing reads over this long prove that an entry never reached the venue. */
const ABSENCES = 3;
const ABSENCE_SPAN = millis(20_000);

/**
 * A snapshot that does not show an entry that was sent before it was asked for.
 *
 * One such read proves nothing (venues lag behind themselves); three that agree over 20 s do, and
 * even then the order is given up, never sent again.
 */
export function readAbsence(
  trade: Trade,
  tranche: number,
  reading: Reading & { readonly askedAt: Millis },
): readonly Fact[] {
  const entry = trade.tranches[tranche]?.entry;
  if (!entry || (entry.state !== "sent" && entry.state !== "unknown")) return [];
  if (entry.sentAt === null || reading.askedAt <= entry.sentAt) return [];
  // Its answer may still be under way: silence means something only after the time an answer takes.
  if (entry.state === "sent" && reading.askedAt < entry.sentAt + PATIENCE) return [];
  // Reads count that lie apart: three in one second would agree about one and the same lag.
  const apart = (entry.absences * ABSENCE_SPAN) / (ABSENCES - 1);
  if (entry.absentSince !== null && reading.askedAt < entry.absentSince + apart) return [];
  const about = { at: reading.at, trade: trade.id, tranche };
  const facts: Fact[] = [];
  if (entry.state === "sent")
    facts.push({
      ...about,
      kind: "EntryUnknown",
      reason: "no answer, and not in the venue's list",
    });
  const reads = entry.absences + 1;
  facts.push({ ...about, kind: "EntryAbsent", reads, askedAt: reading.askedAt });
  const span = reading.askedAt - (entry.absentSince ?? reading.askedAt);
  if (reads >= ABSENCES && span >= ABSENCE_SPAN) {
    facts.push({
      ...about,
      kind: "EntryNotSent",
      reason: `not found in ${reads} reads over ${span / 1000} s`,
    });
  }
  return facts;
}

/** How long one of our own legs may be missing from the list before it is taken for lost. */
const LEG_ABSENCE_SPAN = millis(5_000);

/** A stop or target that should be in the list and is not: it never arrived, or it is gone. */
export function readLegAbsence(
  trade: Trade,
  tranche: number,
  side: "stop" | "target",
  reading: Reading & { readonly askedAt: Millis },
): readonly Fact[] {
  const leg = trade.tranches[tranche]?.[side];
  if (!leg || !isAlive(leg)) return [];
  // After our cancel the next list is answer enough; else it may be the list that is behind.
  const patience = leg.cancelAskedAt === null ? LEG_ABSENCE_SPAN : 1;
  if (reading.askedAt < leg.touchedAt + patience) return [];
  return [
    { at: reading.at, trade: trade.id, tranche, leg: side, kind: "LegEnded", how: "cancelled" },
  ];
}

const isAlive = ({ state }: Leg): boolean =>
  state === "sent" || state === "unknown" || state === "working";

/** The tranche whose own or bracket order this is, and in which role. */
export function placeOf(
  trade: Trade,
  order: Pick<VenueOrder, "tag" | "parent" | "role">,
): { readonly tranche: number; readonly role: "entry" | "stop" | "target" } | null {
  const named = readName(order.parent ?? order.tag ?? "");
  if (named === null || named.trade !== trade.id || order.role === "close") return null;
  return named.tranche < trade.tranches.length
    ? { tranche: named.tranche, role: order.role }
    : null;
}
