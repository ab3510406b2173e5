/**
 * Calls that are spoken for: what looking after an account may still take.
 *
 * | there is                        | takes, with brackets of the venue | without |
 * |---------------------------------|-----------------------------------|---------|
 * | an entry order that may fill    | 5: itself, both legs moved, two lists | 8: itself, its cancel, stop and target placed and once resized, two lists |
 * | a position                      | 4: a stop moved, the way out, two lists | 6: and the legs nobody else cancels |
 * | contracts without a stop        | 4 more: the stop once more, two lists, the close | the same |
 *
 * In a calm of the storm it is 4 to 5 calls an order, so one or three are for what goes wrong. All
 * accounts of a login share its calls, so an entry that would find too few of them left stays home:
 * see the budget. What was called for is counted there, and is owed no more as soon as it is seen.
 */
import { readName } from "../../core/model/ids.ts";
import type { AccountBook } from "./account-book.ts";
import { isBare } from "./cover.ts";
import { isOver } from "./order-stage.ts";

interface Care {
  readonly entry: number;
  readonly held: number;
}

const NATIVE: Care = { entry: 5, held: 4 };
const BY_US: Care = { entry: 8, held: 6 };
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
  const entries = new Set([...unseen].filter(isEntryTag));
  for (const order of book.orders.live)
    if (order.customTag !== null && isEntryTag(order.customTag) && !isOver(order))
      entries.add(order.customTag);
  let positions = 0;
  for (const net of book.trades.nets.values()) if (net !== 0) positions += 1;
  return entries.size * care.entry + positions * care.held + (isBare(book) ? BARE : 0);
}

/** A child of an entry has a longer name. */
const isEntryTag = (tag: string): boolean => readName(tag)?.role === "e";
