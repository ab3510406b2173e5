/**
 * Where a venue's order stands, and which of two words about it is the younger one.
 *
 * ```text
 * 8 suspended, 6 pending ─► 1 open, 7 being cancelled ─► 2 filled, 3 cancelled, 4 expired, 5 rejected
 * ```
 *
 * It goes one way only, so an event that comes late or twice cannot take an order back. Within a
 * stage (a price was moved) the venue's own time of the change decides. Where that says nothing, an
 * event counts as news, and a row of a list only if a second list agrees: lists lag behind.
 *
 * `updateTimestamp` is no time of a fill: a leg that filled still bears the moment it was activated
 * (topstepx-gateway, 4.4).
 */
import { parseIso } from "../../core/model/iso-time.ts";
import type { Millis } from "../../core/model/units.ts";
import type { VenueOrderStatus } from "../../core/model/venue.ts";
import { isFinalStatus, ORDER_STATUS } from "./codes.ts";
import type { WireOrder } from "./wire-types.ts";

/** What may still fill. */
export const ACTIVE_STATUSES: readonly number[] = [
  ORDER_STATUS.open,
  ORDER_STATUS.pending,
  ORDER_STATUS.pendingCancellation,
  ORDER_STATUS.suspended,
];

export const isOver = ({ status }: WireOrder): boolean => isFinalStatus(status);

/** It waits for the exchange, or for its entry: nothing of it works or has filled. */
export const isOnlyTaken = ({ status, fillVolume }: WireOrder): boolean =>
  fillVolume === 0 && (status === ORDER_STATUS.pending || status === ORDER_STATUS.suspended);

export const isRejected = ({ status }: WireOrder): boolean => status === ORDER_STATUS.rejected;

/** A leg counts as working once it is, not when it is about to be: it may be all the protection. */
export function statusOf({ status }: WireOrder, isLeg: boolean): VenueOrderStatus {
  switch (status) {
    case ORDER_STATUS.filled:
      return "filled";
    case ORDER_STATUS.cancelled:
      return "cancelled";
    case ORDER_STATUS.expired:
      return "expired";
    case ORDER_STATUS.rejected:
      return "rejected";
    case ORDER_STATUS.open:
    case ORDER_STATUS.pendingCancellation:
      return "working";
    default:
      return isLeg ? "suspended" : "working";
  }
}

/** When it was over, as far as the row itself can say. */
export const endOf = ({ updateTimestamp, creationTimestamp }: WireOrder): Millis | null =>
  (updateTimestamp === null ? null : parseIso(updateTimestamp)) ?? parseIso(creationTimestamp);

export type Age =
  | "younger"
  | "older"
  | "same"
  /** It differs, and nothing tells which of the two is the truth. */
  | "undecided";

/** What `next` is, beside what is known. */
export function ageOf(known: WireOrder, next: WireOrder): Age {
  if (isOver(known)) return isOver(next) ? byVolume(known, next, "same") : "older";
  if (isOver(next)) return "younger";
  const stages = stageOf(next) - stageOf(known);
  if (stages !== 0) return stages > 0 ? "younger" : "older";
  return byVolume(known, next, isAlike(known, next) ? "same" : byTime(known, next));
}

function byVolume(known: WireOrder, next: WireOrder, otherwise: Age): Age {
  if (next.fillVolume === known.fillVolume) return otherwise;
  return next.fillVolume > known.fillVolume ? "younger" : "older";
}

function byTime(known: WireOrder, next: WireOrder): Age {
  const [before, after] = [changedAt(known), changedAt(next)];
  if (before === null || after === null || before === after) return "undecided";
  return after > before ? "younger" : "older";
}

const changedAt = ({ updateTimestamp }: WireOrder): Millis | null =>
  updateTimestamp === null ? null : parseIso(updateTimestamp);

const stageOf = ({ status }: WireOrder): number =>
  status === ORDER_STATUS.open || status === ORDER_STATUS.pendingCancellation ? 1 : 0;

const isAlike = (a: WireOrder, b: WireOrder): boolean =>
  a.limitPrice === b.limitPrice && a.stopPrice === b.stopPrice && a.size === b.size;
