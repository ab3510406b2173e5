/**
 * Who has to be woken at which price.
 *
 * Thousands of accounts may have orders resting; a price that reaches none of them must cost
 * nothing, and one that reaches some must touch only those. So each market keeps its levels sorted,
 * nearest to the price first, and each level knows its accounts.
 *
 * ```text
 *   above   6340 ─ a, b        a report looks at the first level of either side;
 *           6333 ─ a, c        usually that is all
 *   ─────── price ───────
 *   below   6319 ─ a, b, c
 * ```
 *
 * Accounts that follow the same alert share their levels, so the lists stay short.
 */
import {
  emptyTrie,
  entriesOf,
  getIn,
  removeIn,
  setIn,
  type Trie,
  trieOf,
  valuesOf,
} from "../../std/trie.ts";
import type { AccountId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import type { Band, Quote } from "../model/quote.ts";
import type { Ticks } from "../model/units.ts";
import { type Trigger, triggerOf } from "./price.ts";
import { type Level, type Market, marketIn, type PaperOrder, type VenueState } from "./state.ts";
import type { Change } from "./turn.ts";

/** The markets after the orders of one account changed. */
export function withChanges(
  state: VenueState,
  account: AccountId,
  changes: readonly Change[],
): Trie<Market> {
  let { markets } = state;
  let next = 0;
  while (next < changes.length) {
    // An event is about one instrument, nearly always: its market is written back once.
    const root = changes[next]?.after.root as Root;
    let market = marketIn(markets, root);
    for (; changes[next]?.after.root === root; next++) {
      market = withChange(state, market, account, changes[next] as Change);
    }
    markets = setIn(markets, root, market);
  }
  return markets;
}

function withChange(
  { settings }: VenueState,
  market: Market,
  account: AccountId,
  { before, after }: Change,
): Market {
  const from = before === null ? null : triggerOf(before, settings.limitFill);
  const to = triggerOf(after, settings.limitFill);
  if (from?.when === to?.when && from?.price === to?.price) return market;
  return count(count(market, account, from, -1), account, to, +1);
}

const NO_LEVELS: Pick<Market, "below" | "above"> = { below: [], above: [] };

/** All levels anew, for terms of filling that change where orders wait. */
export function relevelled(state: VenueState): Trie<Market> {
  const bare = trieOf(
    entriesOf(state.markets).map(([root, market]) => [root, { ...market, ...NO_LEVELS }] as const),
  );
  return valuesOf(state.accounts).reduce<Trie<Market>>(
    (markets, { id, live }) => withChanges({ ...state, markets }, id, live.map(asBorn)),
    bare,
  );
}

/** An order that comes into the books, and one that goes, as changes. */
export const asBorn = (order: PaperOrder): Change => ({ before: null, after: order });
export const asGone = (order: PaperOrder): Change => ({
  before: order,
  after: { ...order, view: { ...order.view, status: "cancelled" } },
});

/** Accounts with an order this report reached, each once. */
export function accountsReached(market: Market, quote: Quote): readonly AccountId[] {
  const found = new Set<AccountId>();
  collect(found, market.below, (level) => quote.low <= level.price);
  collect(found, market.above, (level) => quote.high >= level.price);
  return [...found];
}

/** The prices between which nothing happens; null while nothing waits or nothing trades. */
export function bandOf(market: Market): Band | null {
  const atOrBelow = market.below[0]?.price ?? null;
  const atOrAbove = market.above[0]?.price ?? null;
  if (market.session !== "open" || (atOrBelow === null && atOrAbove === null)) return null;
  return { atOrBelow, atOrAbove };
}

function collect(
  found: Set<AccountId>,
  levels: readonly Level[],
  isReached: (level: Level) => boolean,
): void {
  for (const level of levels) {
    if (!isReached(level)) return;
    for (const [account] of entriesOf(level.accounts)) found.add(account as AccountId);
  }
}

function count(market: Market, account: AccountId, trigger: Trigger | null, by: 1 | -1): Market {
  if (trigger === null) return market;
  const { when, price } = trigger;
  return when === "below"
    ? withLevels(market, recount(market.below, -1, price, account, by), market.above)
    : withLevels(market, market.below, recount(market.above, +1, price, account, by));
}

const withLevels = (
  { session, quotesFrom }: Market,
  below: readonly Level[],
  above: readonly Level[],
): Market => ({ session, quotesFrom, below, above });

function recount(
  levels: readonly Level[],
  direction: 1 | -1,
  price: Ticks,
  account: AccountId,
  by: 1 | -1,
): readonly Level[] {
  const index = placeOf(levels, direction, price);
  const found = levels[index];
  const level = found?.price === price ? found : null;
  const before = level?.accounts ?? emptyTrie<number>();
  const left = (getIn(before, account) ?? 0) + by;
  const accounts = left === 0 ? removeIn(before, account) : setIn(before, account, left);
  return replaced(levels, index, level, { price, accounts });
}

function replaced(
  levels: readonly Level[],
  index: number,
  old: Level | null,
  level: Level,
): readonly Level[] {
  if (level.accounts.size === 0) return levels.toSpliced(index, 1);
  return old === null ? levels.toSpliced(index, 0, level) : levels.with(index, level);
}

/** Where this price stands, or would stand, in a list sorted in that direction. */
function placeOf(levels: readonly Level[], direction: 1 | -1, price: number): number {
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const level = levels[middle];
    if (level !== undefined && direction * (level.price - price) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
