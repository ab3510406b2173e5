/**
 * What every act of a rehearsal needs: an order, a look that has patience, prices so many ticks away,
 * and somewhere to write what was seen. Stops and targets stand in `rehearsal-legs.ts`.
 */

import type { Check } from "../../core/model/check.ts";
import { ticksToPoints } from "../../core/model/instrument.ts";
import type { BracketSupport } from "../../core/model/rules.ts";
import { type Millis, ticks } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Ask, failureText, ordersAtWork, pause } from "./asking.ts";
import { BRACKET_TYPE, ORDER_SIDE, ORDER_TYPE } from "./codes.ts";
import type { KnownContract } from "./contract-names.ts";
import type { Called } from "./gateway.ts";
import type { Answers } from "./open-questions.ts";
import type { WireOrder } from "./wire-types.ts";

export interface Stage {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly accountId: number;
  readonly contract: KnownContract;
  /** "none": the account keeps Position Brackets, so stop and target are orders of our own. */
  readonly brackets: BracketSupport;
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

/** One contract bought, with a stop and a target where the venue keeps them. */
export function place(
  { ask, accountId, brackets, contract }: Stage,
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
      ...(brackets === "native" && {
        stopLossBracket: { ticks: -BRACKET, type: BRACKET_TYPE.stop },
        takeProfitBracket: { ticks: BRACKET, type: BRACKET_TYPE.target },
      }),
    },
    "enter",
  );
}

export const farBelow = ({ contract }: Stage, market: number): number =>
  priceFrom(market, contract, -FAR);

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
