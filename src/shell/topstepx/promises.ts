/**
 * Calls that are spoken for: what looking after an account may still take.
 *
 * | there is                     | with brackets of the venue          | without                       |
 * |------------------------------|-------------------------------------|-------------------------------|
 * | an entry order that may fill | 4: both legs moved, two lists       | 6: stop and target placed, one |
 * |                              |                                     | resized, a cancel, two lists  |
 * | a position                   | 4: a stop moved, the way out, lists | 6: and the legs left over     |
 * | contracts without a stop     | 4 more: the stop, two lists, a close | the same                     |
 *
 * Counted in a calm of the storm: 4 to 5 calls an order. A trade has two entry orders by default, so the
 * first of them is promised for both: half a trade on each account is worth less than a whole one on half
 * of them. All accounts of a login share its calls; who stays home for that is the budget's to say.
 */
import { readName, tagOf } from "../../core/model/ids.ts";
import type { AccountBook } from "./account-book.ts";
import { isBare } from "./cover.ts";

interface Care {
  readonly entry: number;
  readonly held: number;
}

const NATIVE: Care = { entry: 4, held: 4 };
const BY_US: Care = { entry: 6, held: 6 };
const BARE = 4;

/** By account, and in all. */
export class Promises {
  readonly #calls = new Map<number, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  set(account: number, calls: number): void {
    this.#total += calls - (this.#calls.get(account) ?? 0);
    this.#calls.set(account, calls);
  }
}

/** `unseen` are tags of orders that were placed and that nobody has shown yet. */
export function callsOwed(
  book: AccountBook,
  unseen: Iterable<string>,
  keepsBrackets: boolean,
): number {
  const care = keepsBrackets ? NATIVE : BY_US;
  const working = book.orders.live.flatMap(({ customTag }) => customTag ?? []);
  const entries = ordersToCome(new Set([...unseen, ...working]));
  let positions = 0;
  for (const net of book.trades.nets.values()) if (net !== 0) positions += 1;
  return entries * care.entry + positions * care.held + (isBare(book) ? BARE : 0);
}

/** Entry orders under these tags; the first of a trade brings a second, known or not. */
function ordersToCome(tags: ReadonlySet<string>): number {
  let orders = 0;
  for (const tag of tags) {
    const named = readName(tag);
    if (named?.role !== "e") continue;
    const isAlone = named.tranche === 0 && !tags.has(tagOf(named.trade, "e", 1, named.attempt));
    orders += isAlone ? 2 : 1;
  }
  return orders;
}
