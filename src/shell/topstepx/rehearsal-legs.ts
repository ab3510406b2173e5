/**
 * Stop and target of a rehearsed trade: kept by the venue as legs of the entry, or orders of our own.
 *
 * ```text
 * native   entry with a bracket ─► filled, both legs at work ─► out: the other leg goes with it
 * none     entry ─► filled ─► our stop ─► our target          ─► out: the other one is ours to cancel
 * ```
 *
 * The second is what a house does with an account that keeps Position Brackets. What the platform may
 * add to a position by itself is looked for as well: nobody here would know what it is for.
 */
import { err, ok, type Result } from "../../std/result.ts";
import { ordersAtWork } from "./asking.ts";
import { BRACKET_TYPE, ORDER_SIDE, ORDER_STATUS, ORDER_TYPE } from "./codes.ts";
import type { KnownContract } from "./contract-names.ts";
import {
  BRACKET,
  checkOf,
  clear,
  farBelow,
  heldIn,
  nothingLeft,
  orderNow,
  place,
  priceFrom,
  type Stage,
  tagOf,
  until,
  whyOf,
} from "./rehearsal-stage.ts";
import type { Asked, WireOrder } from "./wire-types.ts";

export interface Legs {
  readonly stop: WireOrder;
  readonly target: WireOrder;
}

/** Both children of an entry: at work, or also those that wait for it. */
async function childrenOf(
  { ask, accountId }: Stage,
  entry: number,
  { isAtWork }: { readonly isAtWork: boolean },
): Promise<Legs | null> {
  const orders = await ordersAtWork(ask, accountId);
  if (orders.kind !== "done") return null;
  const own = orders.value.filter(
    ({ parentOrderId, status }) =>
      parentOrderId === entry && (!isAtWork || status === ORDER_STATUS.open),
  );
  const stop = own.find(({ type }) => type === BRACKET_TYPE.stop);
  const target = own.find(({ type }) => type === BRACKET_TYPE.target);
  return stop === undefined || target === undefined ? null : { stop, target };
}

/** In at the market, stop and target at work. */
export async function enter(stage: Stage, part: string): Promise<Legs | null> {
  const { clock, checks } = stage;
  const begun = clock.now();
  const placed = await place(stage, { limit: null, tag: tagOf(stage, part) });
  const entry = placed.kind === "done" ? placed.value.orderId : null;
  const legs = entry === null ? null : await covered(stage, entry, part);
  const says =
    legs === null
      ? `not filled with stop and target: ${whyOf(placed)}`
      : `filled, stop and target rest after ${clock.now() - begun} ms`;
  checks.push(checkOf("entry", legs !== null, says));
  return legs;
}

/** An entry that is to fill: its legs, or null when they are not at work in time. */
export const covered = (stage: Stage, entry: number, part: string): Promise<Legs | null> =>
  stage.brackets === "native"
    ? until(stage, () => childrenOf(stage, entry, { isAtWork: true }))
    : coverIt(stage, part);

/** Our own, as soon as it has filled: the stop first. */
async function coverIt(stage: Stage, part: string): Promise<Legs | null> {
  const { contract } = stage;
  const fill = await until(stage, () => heldAt(stage));
  if (fill === null) return null;
  const stop = await placeLeg(stage, `${part}s`, {
    ...{ type: ORDER_TYPE.stop, stopPrice: priceFrom(fill, contract, -BRACKET) },
  });
  const target = await placeLeg(stage, `${part}t`, {
    ...{ type: ORDER_TYPE.limit, limitPrice: priceFrom(fill, contract, BRACKET) },
  });
  return stop === null || target === null ? null : { stop, target };
}

/** What is held, by its price; null while nothing is. */
async function heldAt({ ask, accountId, contract }: Stage): Promise<number | null> {
  const open = await ask("Position/searchOpen", { accountId }, "read");
  if (open.kind !== "done") return null;
  const held = open.value.positions.find(({ contractId }) => contractId === contract.id);
  return held?.averagePrice ?? null;
}

type LegPrice = Pick<Asked<"Order/place">, "type" | "stopPrice" | "limitPrice">;

async function placeLeg(stage: Stage, part: string, price: LegPrice): Promise<WireOrder | null> {
  const { ask, accountId, contract } = stage;
  const about = { accountId, contractId: contract.id, side: ORDER_SIDE.sell, size: 1 };
  const asked = { ...about, ...price, customTag: tagOf(stage, part) };
  const placed = await ask("Order/place", asked, "protect");
  const id = placed.kind === "done" ? placed.value.orderId : null;
  return id === null ? null : until(stage, () => workingOrder(stage, id));
}

async function workingOrder(stage: Stage, id: number): Promise<WireOrder | null> {
  const order = await orderNow(stage, id);
  return order?.status === ORDER_STATUS.open ? order : null;
}

/** Once it is being left: flat, and nothing at work any more. False when that does not come. */
export async function isLeft(stage: Stage, { stop, target }: Legs): Promise<boolean> {
  if (stage.brackets === "none") {
    const isOut = await until(stage, async () => ((await heldIn(stage)) === 0 ? true : null));
    if (isOut === null) return false;
    await clear(stage, [stop, target]);
  }
  return (await until(stage, () => nothingLeft(stage))) !== null;
}

export const HOW_LEFT: Readonly<Record<Stage["brackets"], string>> = {
  native: "out at once, and the stop went with it",
  none: "out at once, and the stop was cancelled by us",
};

/** Why there are no legs to try something with. */
export const whyNoLegs = ({ brackets }: Stage): string =>
  brackets === "native" ? "legs are not listed while they wait" : NOT_KEPT;

export const NOT_KEPT = "this account keeps no brackets";

/** Beside our own: what the platform adds to a position by its own settings. */
export async function alone(stage: Stage, { stop, target }: Legs): Promise<void> {
  const orders = await ordersAtWork(stage.ask, stage.accountId);
  if (stage.brackets === "native" || orders.kind !== "done") return;
  const others = orders.value.filter(({ id }) => id !== stop.id && id !== target.id);
  const says =
    others.length === 0
      ? "the platform adds none of its own"
      : `${others.length} orders at work that we did not place; take the values of Position Brackets away (Settings, Risk Settings)`;
  stage.checks.push(checkOf("stop and target", others.length === 0, says));
}

export interface Far {
  readonly entry: number;
  /** Null when they are not listed while they wait, or there are none. */
  readonly legs: Legs | null;
}

/** An entry that rests far below the market; an error: why it does not. */
export async function restFar(
  stage: Stage,
  market: number,
  tag: string | null,
): Promise<Result<Far, string>> {
  const placed = await place(stage, { limit: farBelow(stage, market), tag });
  const entry = placed.kind === "done" ? placed.value.orderId : null;
  if (entry === null) return err(`not taken: ${whyOf(placed)}`);
  const rests = await until(stage, () => workingOrder(stage, entry));
  if (rests === null) return err(`not at work: ${whyOf(placed)}`);
  return ok({ entry, legs: await childrenOf(stage, entry, { isAtWork: false }) });
}

/** Where the entry filled, by its stop. */
export const fillOf = (stop: WireOrder, contract: KnownContract): number =>
  priceFrom(stop.stopPrice ?? 0, contract, BRACKET);
