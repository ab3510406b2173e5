/**
 * The desk's way of asking: one question after the other, each awaited.
 *
 * The broker works by callbacks, because the storm plays it on a clock of its own. The desk serves a
 * person who waits for a list to be printed; there a sequence is best written as one.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { ORDER_STATUS } from "./codes.ts";
import type { Called, Gateway, Urgency } from "./gateway.ts";
import type { Answer, Asked, CallName, WireOrder } from "./wire-types.ts";

export type Ask = <Name extends CallName>(
  name: Name,
  asked: Asked<Name>,
  urgency: Urgency,
) => Promise<Called<Answer<Name>>>;

export const asking =
  (gateway: Gateway): Ask =>
  (name, asked, urgency) =>
    new Promise((resolve) => gateway.call(name, asked, urgency, resolve));

export const pause = (clock: Clock, span: Millis | number): Promise<void> =>
  new Promise((resolve) => void clock.schedule(millis(clock.now() + span), () => resolve()));

/** Why a call came to nothing, in one piece. */
export function failureText(called: Exclude<Called<unknown>, { readonly kind: "done" }>): string {
  if (called.kind !== "refused") return called.reason;
  return called.reason === "" ? `${called.name} (code ${called.code})` : called.reason;
}

/** Open, pending, being cancelled, and the children of a bracket that wait for their entry. */
const { open, pending, pendingCancellation, suspended } = ORDER_STATUS;
const AT_WORK: readonly number[] = [open, pending, pendingCancellation, suspended];
const PAGE = 100;
/** More than any account has; past it something is wrong with the list. */
const PAGES_MAX = 20;

/** Every order that can still do something, also those the list of open orders leaves out. */
export async function ordersAtWork(
  ask: Ask,
  accountId: number,
): Promise<Called<readonly WireOrder[]>> {
  const orders: WireOrder[] = [];
  for (let page = 0; page < PAGES_MAX; page++) {
    const filter = { accountId, statuses: AT_WORK };
    const asked = { filter, pageSize: PAGE, pageOffset: orders.length };
    const called = await ask("Order/v2/query", asked, "reduce");
    if (called.kind !== "done") return called;
    orders.push(...called.value.orders.filter(({ status }) => AT_WORK.includes(status)));
    if (called.value.orders.length < PAGE) break;
  }
  return { kind: "done", value: orders };
}
