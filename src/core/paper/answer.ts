/**
 * What a request finds when it reaches the venue, and the two ways it can end: yes, or no with a
 * code for programs and a sentence for people.
 */

import type { OrderId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import type { Quote } from "../model/quote.ts";
import type { Outcome, VenueRequest } from "../model/venue.ts";
import type { PaperOrder, SessionState } from "./state.ts";
import type { Turn } from "./turn.ts";

export interface Floor {
  readonly root: Root;
  readonly session: SessionState;
  /** Null when there is no price anybody could trade at. */
  readonly quote: Quote | null;
}

export type RequestOf<Kind extends VenueRequest["kind"]> = Extract<VenueRequest, { kind: Kind }>;

export type RefusalCode = keyof typeof REASONS;

/** Every reason for which the paper venue says no. */
const REASONS = {
  "account-not-found": "There is no such account here.",
  "contract-not-found": "There is no such contract here.",
  "tag-in-use": "This tag has been used on this account before.",
  "market-closed": "The instrument is not in an active trading status.",
  "no-price": "There is no price to trade at.",
  "invalid-quantity": "The quantity is not a whole number of contracts the venue takes.",
  "invalid-price": "A limit or stop order needs a whole number of ticks, a market order no price.",
  "price-through-market": "The stop is on the wrong side of the market.",
  "brackets-unsupported": "This account or order cannot carry a bracket.",
  "bracket-too-near": "Bracket legs must be at least 4 ticks away.",
  "too-many-orders": "The account has as many resting orders as it may have.",
  "order-not-found": "There is no such order on this account and contract.",
  "order-terminal": "The order is over.",
  "order-suspended": "The size of a waiting bracket leg follows its entry.",
  "no-position": "There is no position to close.",
  "invalid-close-size": "The position does not hold that many contracts.",
} as const;

export const refused = (code: RefusalCode): Outcome => ({
  kind: "refused",
  code,
  reason: REASONS[code],
});

export const done = (order: OrderId | null): Outcome => ({ kind: "done", order });

/** More contracts than this in one order is a typing mistake. */
const QUANTITY_MAX = 10_000;

export const isQuantity = (quantity: number): boolean =>
  Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= QUANTITY_MAX;

/** The price to trade at in this moment, or why nothing trades. */
export function priceNow(floor: Floor): Quote | "market-closed" | "no-price" {
  if (floor.session !== "open") return "market-closed";
  return floor.quote ?? "no-price";
}

/** The live order a request speaks of, or why it cannot be touched. */
export function orderNamed(
  turn: Turn,
  request: RequestOf<"modify" | "cancel">,
): PaperOrder | "order-not-found" | "order-terminal" {
  const order = turn.live.find((one) => one.view.order === request.order);
  if (order !== undefined && order.view.contract === request.contract) return order;
  const isOver = turn.before.ended.some((one) => one.order.order === request.order);
  return isOver ? "order-terminal" : "order-not-found";
}
