/**
 * Changing a resting order in place. It keeps its id and its bracket; a refused change leaves it
 * exactly as it was.
 *
 * This is also the way out of a position: a target moved to where the market already is takes it
 * at once, and the venue removes the stop in the same event.
 */
import { contracts } from "../model/units.ts";
import type { Outcome } from "../model/venue.ts";
import {
  done,
  type Floor,
  isQuantity,
  orderNamed,
  priceNow,
  type RefusalCode,
  type RequestOf,
  refused,
} from "./answer.ts";
import { withdraw } from "./brackets.ts";
import { meetMarket } from "./match.ts";
import { isThrough } from "./price.ts";
import type { PaperOrder } from "./state.ts";
import { putOrder, type Turn } from "./turn.ts";

type Modify = RequestOf<"modify">;

export function modifyOrder(turn: Turn, request: Modify, floor: Floor): Outcome {
  const order = orderNamed(turn, request);
  if (typeof order === "string") return refused(order);
  const fault = faultOf(order, request, floor);
  if (fault !== null) return refused(fault);
  change(turn, order, request, floor);
  return done(order.view.order);
}

function faultOf(order: PaperOrder, request: Modify, { quote }: Floor): RefusalCode | null {
  const { price, quantity } = request;
  const isSuspended = order.view.status === "suspended";
  if (quantity !== null && isSuspended) return "order-suspended";
  // Nothing left to fill is a way to cancel, so zero is a quantity here.
  if (quantity !== null && quantity !== 0 && !isQuantity(quantity)) return "invalid-quantity";
  if (price === null) return null;
  if (!Number.isSafeInteger(price)) return "invalid-price";
  if (order.type !== "stop" || isSuspended || quote === null) return null;
  return isThrough(order.view.side, price, quote) ? "price-through-market" : null;
}

function change(turn: Turn, order: PaperOrder, request: Modify, floor: Floor): void {
  const price = request.price ?? order.view.price;
  const quantity = request.quantity ?? order.view.quantity;
  if (quantity <= order.view.filled) {
    withdraw(turn, order, "its quantity was lowered");
    return;
  }
  const changed: PaperOrder = {
    ...order,
    // From now on the leg has a price of its own, whatever the entry still fills at.
    distance: request.price === null ? order.distance : null,
    seenAt: request.price === null ? order.seenAt : (floor.quote?.at ?? order.seenAt),
    view: { ...order.view, price, quantity: contracts(quantity) },
  };
  putOrder(turn, changed);
  const mayTrade = request.price !== null && changed.type === "limit";
  if (!mayTrade || changed.view.status === "suspended") return;
  const quote = priceNow(floor);
  meetMarket(turn, changed, typeof quote === "string" ? null : quote);
}
