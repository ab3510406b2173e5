/**
 * A trade at the venue, from chance to cash.
 *
 * ```text
 * price is right ─► how much of it fills ─► cash, position, the order ─► its bracket follows
 * ```
 */
import { chance } from "../../std/seeded.ts";
import { feePerSide } from "../model/fees.ts";
import { fillId } from "../model/ids.ts";
import { worthOf } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { tradeDateOf } from "../model/trade-date.ts";
import { contracts, type Millis, money, type Ticks } from "../model/units.ts";
import { filledOf, followFill } from "./brackets.ts";
import { move, positionIn, withPosition } from "./position.ts";
import { worse } from "./price.ts";
import { type PaperOrder, remainingOf } from "./state.ts";
import { liveOrder, putOrder, type Turn } from "./turn.ts";

/** Fills a market order or a stop whole; what a thin book does not hold costs one tick more. */
export function fillAtMarket(turn: Turn, order: PaperOrder, price: Ticks): void {
  fill(turn, order, partOf(turn, order), price);
  const rest = liveOrder(turn, order.number);
  if (rest === undefined) return;
  fill(turn, rest, remainingOf(rest), worse(order.view.side, price, 1));
}

/** Fills a limit as far as the book goes; the rest keeps its place until the price after `seenAt`. */
export function fillLimit(turn: Turn, order: PaperOrder, price: Ticks, seenAt: Millis): void {
  fill(turn, { ...order, seenAt }, partOf(turn, order), price);
}

/** How many contracts find somebody to trade with; all of them unless partial fills are on. */
function partOf(turn: Turn, order: PaperOrder): number {
  const left = remainingOf(order);
  const { partialFill } = turn.settings;
  if (partialFill === null || left < 2) return left;
  const draw = chance(partialFill.seed, order.view.order, order.view.filled);
  return draw % 1000 < partialFill.permille ? 1 + (Math.floor(draw / 1000) % (left - 1)) : left;
}

function fill(turn: Turn, order: PaperOrder, quantity: number, price: Ticks): void {
  const filled = contracts(order.view.filled + quantity);
  const status = filled === order.view.quantity ? "filled" : "working";
  const priceSum = order.priceSum + price * quantity;
  const after: PaperOrder = { ...order, priceSum, view: { ...order.view, filled, status } };
  book(turn, order, quantity, price);
  putOrder(turn, after);
  if (turn.settings.links === undefined) followFill(turn, filledOf(after), quantity);
}

/** Position, cash and the fill itself. */
function book(turn: Turn, order: PaperOrder, quantity: number, price: Ticks): void {
  const { before, at, fills } = turn;
  const { contract, side, parent, role, tag } = order.view;
  const signed = side === "buy" ? quantity : -quantity;
  const { position, earned } = move(positionIn(turn.positions, contract), signed, price);
  const gain = worthOf(instrumentOf(order.root), earned, 1);
  const fees = money(feePerSide(before.fees, order.root, tradeDateOf(at)) * quantity);
  turn.positions = withPosition(turn.positions, position);
  turn.balance = money(turn.balance + gain - fees);
  turn.realised = money(turn.realised + gain);
  turn.feesPaid = money(turn.feesPaid + fees);
  fills.push({
    fill: fillId(`${before.series}-f${before.fillCount + fills.length + 1}`),
    order: order.view.order,
    tag,
    parent,
    role,
    contract,
    side,
    price,
    quantity: contracts(quantity),
    fees,
    at,
  });
}
