/**
 * The stop and the target an entry is born with, and how the three move together.
 *
 * ```text
 * placed     entry working      -SL, -TP suspended, no price yet
 * filled 1   entry 1 of 3       both working for 1, priced from the average fill
 * filled 3   entry filled       both working for 3
 * target 2   -TP 2 of 3         -SL shrinks to 1 in the same event
 * target 3   -TP filled         -SL cancelled in the same event
 * ```
 *
 * So what is held is covered by a working stop in every state the world can see. A child that
 * fills whole also ends what is left of its entry: contracts bought after it would have no stop.
 */
import { contracts, type Ticks, ticks } from "../model/units.ts";
import type { Bracket, VenueOrder } from "../model/venue.ts";
import { NEVER, type PaperOrder } from "./state.ts";
import { stopTagOf, targetTagOf } from "./tags.ts";
import { endOrder, orderIdOf, putOrder, type Turn } from "./turn.ts";

/** The venue takes no bracket leg nearer to the entry than this. */
export const BRACKET_MIN = ticks(4);

/** Puts the two suspended children of an entry beside it. */
export function attachBracket(turn: Turn, entry: PaperOrder, tag: string, bracket: Bracket): void {
  putOrder(turn, childOf(turn, entry, tag, "stop", bracket.stopTicks));
  putOrder(turn, childOf(turn, entry, tag, "target", bracket.targetTicks));
}

function childOf(
  turn: Turn,
  entry: PaperOrder,
  parent: string,
  role: "stop" | "target",
  distance: Ticks,
): PaperOrder {
  const number = turn.orderCount + 1;
  const { contract, quantity, side } = entry.view;
  return {
    number,
    root: entry.root,
    type: role === "stop" ? "stop" : "limit",
    priceSum: 0,
    distance,
    waiting: false,
    seenAt: NEVER,
    view: {
      order: orderIdOf(turn, number),
      tag: role === "stop" ? stopTagOf(parent) : targetTagOf(parent),
      parent,
      role,
      contract,
      side: side === "buy" ? "sell" : "buy",
      status: "suspended",
      price: null,
      quantity,
      filled: NOTHING,
      reason: null,
    },
  };
}

/** An order that has filled, as far as the rest of its bracket must know. */
export interface Filled {
  readonly view: VenueOrder;
  /** Of everything it filled so far, ticks; perhaps between two. */
  readonly average: number;
}

export const filledOf = (order: PaperOrder): Filled => ({
  view: order.view,
  average: order.priceSum / order.view.filled,
});

/** Lets the rest of a bracket follow when one of its orders has filled `quantity` more. */
export function followFill(turn: Turn, filled: Filled, quantity: number): void {
  const { role, parent } = filled.view;
  if (role === "entry") growChildren(turn, filled, quantity);
  else if (parent !== null) settleSibling(turn, filled.view, parent, quantity);
}

/** Takes an order out of the market; with an entry go the children that never worked. */
export function withdraw(turn: Turn, order: PaperOrder, reason: string): void {
  endOrder(turn, order, "cancelled", reason);
  if (turn.settings.links !== undefined) return;
  for (const child of childrenOf(turn, order.view)) {
    if (child.view.status === "suspended") endOrder(turn, child, "cancelled", reason);
  }
}

/** The live children of an entry, the stop first. */
export function childrenOf(turn: Turn, { role, tag }: VenueOrder): readonly PaperOrder[] {
  if (role !== "entry" || tag === null) return [];
  return turn.live.filter((order) => order.view.parent === tag);
}

function growChildren(turn: Turn, entry: Filled, quantity: number): void {
  for (const child of childrenOf(turn, entry.view)) {
    const before = child.view.status === "suspended" ? 0 : child.view.quantity;
    const grown = contracts(before + quantity);
    const price = childPrice(entry, child);
    const view: VenueOrder = { ...child.view, status: "working", quantity: grown, price };
    putOrder(turn, { ...child, view });
  }
}

/** Counted from the average fill until somebody gives the child a price of its own. */
function childPrice(entry: Filled, child: PaperOrder): Ticks | null {
  if (child.distance === null) return child.view.price;
  const average = Math.round(entry.average);
  const up = (entry.view.side === "buy") === (child.view.role === "target");
  return ticks(up ? average + child.distance : average - child.distance);
}

function settleSibling(turn: Turn, child: VenueOrder, parent: string, quantity: number): void {
  const isOver = child.status === "filled";
  const sibling = turn.live.find(
    ({ view }) => view.parent === parent && view.order !== child.order,
  );
  if (sibling !== undefined) yieldTo(turn, sibling, isOver, quantity);
  const entry = isOver ? turn.live.find((one) => one.view.tag === parent) : undefined;
  if (entry !== undefined) withdraw(turn, entry, "its bracket is done");
}

/** One cancels the other; one that fills in part shrinks the other by as much. */
function yieldTo(turn: Turn, sibling: PaperOrder, isOver: boolean, quantity: number): void {
  const left = contracts(sibling.view.quantity - quantity);
  if (isOver || left <= sibling.view.filled) {
    endOrder(turn, sibling, "cancelled", "the other leg filled");
  } else putOrder(turn, { ...sibling, view: { ...sibling.view, quantity: left } });
}

const NOTHING = contracts(0);
