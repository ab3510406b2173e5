/**
 * A new order. Either it is taken whole, bracket and all, or refused whole.
 *
 * A refused one stays in the books as `rejected` and its tag is spent. Only a tag met before leaves
 * no trace: that order exists already, and this request is its echo.
 */
import { contracts } from "../model/units.ts";
import type { Outcome } from "../model/venue.ts";
import {
  done,
  type Floor,
  isQuantity,
  type RefusalCode,
  type RequestOf,
  refused,
} from "./answer.ts";
import { attachBracket, BRACKET_MIN } from "./brackets.ts";
import { fillAtMarket } from "./fills.ts";
import { meetMarket } from "./match.ts";
import { isThrough, marketPrice } from "./price.ts";
import { NEVER, type PaperOrder } from "./state.ts";
import { claimTag } from "./tags.ts";
import { endOrder, orderIdOf, putOrder, type Turn } from "./turn.ts";

type Place = RequestOf<"place">;

/** Resting orders an account may have, bracket legs included. */
const LIVE_MAX = 1_000;

export function placeOrder(turn: Turn, request: Place, floor: Floor): Outcome {
  const { tag, bracket } = request;
  const tags = claimTag(turn.tags, tag, bracket !== null);
  if (tags === null) return refused("tag-in-use");
  turn.tags = tags;
  const order = newOrder(turn, request, floor);
  const fault = faultOf(turn, request, floor);
  if (fault !== null) {
    endOrder(turn, order, "rejected", fault);
    return refused(fault);
  }
  putOrder(turn, order);
  if (bracket !== null) attachBracket(turn, order, tag, bracket);
  enter(turn, order, floor);
  return done(order.view.order);
}

function faultOf(turn: Turn, request: Place, floor: Floor): RefusalCode | null {
  if (floor.session !== "open") return "market-closed";
  if (!isQuantity(request.quantity)) return "invalid-quantity";
  return priceFault(request, floor) ?? bracketFault(turn, request) ?? roomFault(turn);
}

function priceFault({ type, side, price }: Place, floor: Floor): RefusalCode | null {
  const { quote } = floor;
  if (type === "market" && price === null) return quote === null ? "no-price" : null;
  if (type === "market" || price === null || !Number.isSafeInteger(price)) return "invalid-price";
  if (type === "limit" || quote === null) return null;
  return isThrough(side, price, quote) ? "price-through-market" : null;
}

function bracketFault(turn: Turn, { bracket, role }: Place): RefusalCode | null {
  if (bracket === null) return null;
  if (turn.settings.brackets === "none" || role !== "entry") return "brackets-unsupported";
  return isFar(bracket.stopTicks) && isFar(bracket.targetTicks) ? null : "bracket-too-near";
}

const isFar = (distance: number): boolean =>
  Number.isSafeInteger(distance) && distance >= BRACKET_MIN;

const roomFault = (turn: Turn): RefusalCode | null =>
  turn.live.length + 3 > LIVE_MAX ? "too-many-orders" : null;

function newOrder(turn: Turn, request: Place, floor: Floor): PaperOrder {
  const number = turn.orderCount + 1;
  const { tag, role, contract, side, price, quantity } = request;
  return {
    number,
    root: floor.root,
    type: request.type,
    priceSum: 0,
    distance: null,
    waiting: false,
    seenAt: floor.quote?.at ?? NEVER,
    view: {
      order: orderIdOf(turn, number),
      tag,
      parent: null,
      role,
      contract,
      side,
      status: "working",
      price,
      quantity,
      filled: contracts(0),
      reason: null,
    },
  };
}

/** What happens to an accepted order in the moment it arrives. */
function enter(turn: Turn, order: PaperOrder, { quote }: Floor): void {
  const { side } = order.view;
  if (order.type === "limit") meetMarket(turn, order, quote);
  else if (order.type === "market" && quote !== null) {
    fillAtMarket(turn, order, marketPrice(side, quote, turn.settings.slippage));
  }
}
