/**
 * Getting out of things: cancelling an order, and the venue's own way to flatten.
 *
 * A close is an untagged market order against what is held. Resting orders are left alone, as at
 * the real venue; a leg that fills later opens a position the other way.
 */
import { contracts } from "../model/units.ts";
import type { Outcome } from "../model/venue.ts";
import type { RequestOf } from "./answer.ts";
import { done, type Floor, orderNamed, priceNow, refused } from "./answer.ts";
import { withdraw } from "./brackets.ts";
import { fillAtMarket } from "./fills.ts";
import { positionIn } from "./position.ts";
import { marketPrice } from "./price.ts";
import { NEVER, type PaperOrder } from "./state.ts";
import { orderIdOf, putOrder, type Turn } from "./turn.ts";

type Close = RequestOf<"close" | "close-part">;

export function cancelOrder(turn: Turn, request: RequestOf<"cancel">): Outcome {
  const order = orderNamed(turn, request);
  if (typeof order === "string") return refused(order);
  withdraw(turn, order, "as asked");
  return done(order.view.order);
}

export function closePosition(turn: Turn, request: Close, floor: Floor): Outcome {
  const { net } = positionIn(turn.positions, request.contract);
  if (net === 0) return refused("no-position");
  const quantity = request.kind === "close" ? Math.abs(net) : request.quantity;
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > Math.abs(net)) {
    return refused("invalid-close-size");
  }
  const quote = priceNow(floor);
  if (typeof quote === "string") return refused(quote);
  const order = closingOrder(turn, request, floor, Math.sign(net) * quantity);
  const price = marketPrice(order.view.side, quote, turn.settings.slippage);
  putOrder(turn, order);
  fillAtMarket(turn, order, price);
  // The answer names no order: whoever wants it finds it by time, side and size.
  return done(null);
}

/** Against so many contracts: a long is sold. */
function closingOrder(turn: Turn, request: Close, floor: Floor, held: number): PaperOrder {
  const number = turn.orderCount + 1;
  return {
    number,
    root: floor.root,
    type: "market",
    priceSum: 0,
    distance: null,
    waiting: false,
    seenAt: NEVER,
    view: {
      order: orderIdOf(turn, number),
      tag: null,
      parent: null,
      role: "close",
      contract: request.contract,
      side: held > 0 ? "sell" : "buy",
      status: "working",
      price: null,
      quantity: contracts(Math.abs(held)),
      filled: contracts(0),
      reason: null,
    },
  };
}
