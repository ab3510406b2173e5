/**
 * What every act of a rehearsal needs: an order with its bracket, a look that has patience, prices
 * so many ticks away, and somewhere to write what was seen.
 */
import { ticksToPoints } from "../../core/model/instrument.ts";
import { type Millis, ticks } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Check } from "../../ports/venue-desk.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Ask, failureText, ordersAtWork, pause } from "./asking.ts";
import { BRACKET_TYPE, ORDER_SIDE, ORDER_STATUS, ORDER_TYPE } from "./codes.ts";
import type { KnownContract } from "./contract-names.ts";
import type { Called } from "./gateway.ts";
import type { Answers } from "./open-questions.ts";
import type { WireOrder } from "./wire-types.ts";

export interface Stage {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly accountId: number;
  readonly contract: KnownContract;
  readonly begun: Millis;
  /** What has to be so. */
  readonly checks: Check[];
  /** What only has to be known. */
  readonly answers: Answers;
}

/** Ticks from the fill to the stop, and to the target. */
export const BRACKET = 40;
/** Ticks below the market: far enough to wait, near enough to be taken. */
const FAR = 160;
const LOOK_EVERY = 250;
const PATIENCE = 10_000;
/** What follows by itself has followed within 20 ms, wherever it was measured. */
const SETTLED = 600;

export const checkOf = (what: string, isWell: boolean, says: string): Check => ({
  what: `rehearsal: ${what}`,
  state: isWell ? "ok" : "problem",
  says,
});

/** Distinct in every rehearsal, for the venue never takes a tag twice. */
export const tagOf = ({ begun }: Stage, part: string): string =>
  `ts-rehearsal-${begun.toString(36)}-${part}`;

export interface Wished {
  /** Null: at the market. */
  readonly limit: number | null;
  readonly tag: string | null;
}

/** One contract bought, with a stop and a target. */
export function place(
  { ask, accountId, contract }: Stage,
  { limit, tag }: Wished,
): Promise<Called<{ readonly orderId: number | null }>> {
  return ask(
    "Order/place",
    {
      ...{ accountId, contractId: contract.id, side: ORDER_SIDE.buy, size: 1 },
      ...(limit === null
        ? { type: ORDER_TYPE.market }
        : { type: ORDER_TYPE.limit, limitPrice: limit }),
      ...(tag === null ? {} : { customTag: tag }),
      stopLossBracket: { ticks: -BRACKET, type: BRACKET_TYPE.stop },
      takeProfitBracket: { ticks: BRACKET, type: BRACKET_TYPE.target },
    },
    "enter",
  );
}

export interface Legs {
  readonly stop: WireOrder;
  readonly target: WireOrder;
}

/** Both children of an entry: at work, or also those that wait for it. */
export async function legsOf(
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

/** In at the market, both children at work. */
export async function enter(stage: Stage, part: string): Promise<Legs | null> {
  const { clock, checks } = stage;
  const begun = clock.now();
  const placed = await place(stage, { limit: null, tag: tagOf(stage, part) });
  const entry = placed.kind === "done" ? placed.value.orderId : null;
  const legs =
    entry === null ? null : await until(stage, () => legsOf(stage, entry, { isAtWork: true }));
  const says =
    legs === null
      ? `not filled with stop and target: ${whyOf(placed)}`
      : `filled, stop and target rest after ${clock.now() - begun} ms`;
  checks.push(checkOf("entry", legs !== null, says));
  return legs;
}

export const farBelow = ({ contract }: Stage, market: number): number =>
  priceFrom(market, contract, -FAR);

export interface Far {
  readonly entry: number;
  /** Null when they are not listed while they wait. */
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
  const rests = await until(stage, async () => {
    const now = await orderNow(stage, entry);
    return now?.status === ORDER_STATUS.open ? true : null;
  });
  if (rests === null) return err(`not at work: ${whyOf(placed)}`);
  return ok({ entry, legs: await legsOf(stage, entry, { isAtWork: false }) });
}

const WRONG_MODE = /Position Brackets/i;

export function whyOf(called: Called<unknown>): string {
  if (called.kind === "done") return "nothing seen of it in time; look at the platform";
  const text = failureText(called);
  const hint = "set the account to Auto OCO Brackets (Settings, Risk Settings), and rehearse again";
  return WRONG_MODE.test(text) ? `${text.replace(/\.$/, "")}: ${hint}` : text;
}

export const priceFrom = (price: number, { instrument }: KnownContract, away: number): number => {
  const grid = ticksToPoints(instrument, ticks(1));
  return ticksToPoints(instrument, ticks(Math.round(price / grid) + away));
};

/** Where the entry filled, by its stop. */
export const fillOf = (stop: WireOrder, contract: KnownContract): number =>
  priceFrom(stop.stopPrice ?? 0, contract, BRACKET);

export async function heldIn({ ask, accountId, contract }: Stage): Promise<number | null> {
  const open = await ask("Position/searchOpen", { accountId }, "read");
  if (open.kind !== "done") return null;
  return open.value.positions
    .filter(({ contractId }) => contractId === contract.id)
    .reduce((sum, { size }) => sum + size, 0);
}

export async function nothingLeft(stage: Stage): Promise<true | null> {
  const orders = await ordersAtWork(stage.ask, stage.accountId);
  const isBare = orders.kind === "done" && orders.value.length === 0;
  return isBare && (await heldIn(stage)) === 0 ? true : null;
}

/** The order as it stands; null when it is not at work, or nobody knows. */
export async function orderNow(stage: Stage, id: number): Promise<WireOrder | null> {
  const orders = await ordersAtWork(stage.ask, stage.accountId);
  return orders.kind === "done" ? (orders.value.find((one) => one.id === id) ?? null) : null;
}

/** Which of these are at work; null when nobody knows. */
export async function stillThere<Order extends Pick<WireOrder, "id">>(
  stage: Stage,
  orders: readonly Order[],
): Promise<readonly Order[] | null> {
  const listed = await ordersAtWork(stage.ask, stage.accountId);
  if (listed.kind !== "done") return null;
  return orders.filter(({ id }) => listed.value.some((one) => one.id === id));
}

/** What would fill later, beside the next act; one that is on its way cannot be cancelled yet. */
export async function clear(stage: Stage, orders: readonly Pick<WireOrder, "id">[]): Promise<void> {
  const { ask, accountId } = stage;
  await until(stage, async () => {
    const left = await stillThere(stage, orders);
    for (const { id } of left ?? [])
      await ask("Order/cancel", { accountId, orderId: id }, "reduce");
    return left?.length === 0 ? true : null;
  });
}

export const settle = ({ clock }: Stage): Promise<void> => pause(clock, SETTLED);

/** What `look` finds, once it finds something; null when time is up. */
export async function until<T>(
  { clock }: Pick<Stage, "clock">,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const deadline = clock.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== null || clock.now() >= deadline) return found;
    await pause(clock, LOOK_EVERY);
  }
}
