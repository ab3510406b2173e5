/**
 * What an entry order may become.
 *
 * Terminal states never regress: a late or doubled report of an older state changes nothing. Fills
 * are not states; a fill that arrives for a cancelled order is booked all the same.
 */
import type { OrderState } from "../model/trade.ts";

const NEXT: Readonly<Record<OrderState, readonly OrderState[]>> = {
  planned: ["sent", "not-sent"],
  sent: ["unknown", "working", "filled", "cancelled", "expired", "rejected", "not-sent"],
  unknown: ["working", "filled", "cancelled", "expired", "rejected", "not-sent"],
  working: ["filled", "cancelled", "expired", "rejected"],
  filled: [],
  cancelled: [],
  expired: [],
  rejected: [],
  // Proved absent, yet there it is: the venue's word beats our proof.
  "not-sent": ["working", "filled", "cancelled", "expired", "rejected"],
};

export const canBecome = (from: OrderState, to: OrderState): boolean => NEXT[from].includes(to);

/** It may still fill, as far as we know. */
export const isLive = (state: OrderState): state is "sent" | "unknown" | "working" =>
  state === "sent" || state === "unknown" || state === "working";

/** It may still fill, or may still be sent. */
export const isPending = (state: OrderState): state is "planned" | "sent" | "unknown" | "working" =>
  state === "planned" || isLive(state);
