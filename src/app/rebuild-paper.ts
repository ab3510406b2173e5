/**
 * After a power cut the journal wins, and the paper venue is rebuilt from it.
 *
 * Facts are flushed to the disk one commit at a time, the paper book is not: it survives the death
 * of the process, but losing power may cost it its last entries. Only then do these two stories
 * exist side by side:
 *
 * ```text
 * journal     sent  filled  target 1  stop to breakeven  ┃ power cut
 * paper book  sent  filled  ......................  lost ┃
 * after it:   rebuilt from the journal: 2 held, stop at breakeven, target 2
 * ```
 *
 * After any other death the venue knows as much as the journal, or more: a fill may have been booked
 * there that was never heard here. So nothing is touched unless the journal can show a confirmed
 * order, fill or change that these books do not hold. They are two ends of one conversation, so who
 * is behind in one thing is ahead in none.
 */
import type { AccountId } from "../core/model/ids.ts";
import { tradeOfTag } from "../core/model/ids.ts";
import type { EntryOrder, Leg, Trade } from "../core/model/trade.ts";
import type { VenueFill, VenueOrder } from "../core/model/venue.ts";
import type { AccountBooks } from "../core/paper/event.ts";
import { hasGivenOut } from "../core/paper/series.ts";
import type { PaperAccount, VenueState } from "../core/paper/state.ts";
import type { State } from "../core/state.ts";
import type { Journal } from "../ports/journal.ts";
import type { Log } from "../ports/log.ts";
import type { Result } from "../std/result.ts";
import { getIn, valuesOf } from "../std/trie.ts";
import { booksOf } from "./paper-books.ts";

/** A venue whose books can be read and written from here: the paper broker before its first word. */
export interface RebuildableVenue {
  readonly state: VenueState;
  rebuild(account: AccountId, books: AccountBooks): Result<void, string>;
}

export interface RebuildParts {
  readonly venue: RebuildableVenue;
  readonly state: State;
  readonly journal: Pick<Journal, "read">;
  readonly log: Log;
}

/** To be called before the venue is opened. Returns the accounts that were made anew. */
export function rebuildAfterPowerCut(parts: RebuildParts): readonly AccountId[] {
  const { venue, state, journal, log } = parts;
  const trades = tradesByAccount(state);
  return valuesOf(state.accounts).flatMap((account) => {
    const { id } = account;
    const own = trades.get(id) ?? [];
    const why = lossIn(getIn(venue.state.accounts, id), own);
    if (why === null) return [];
    const books = booksOf(state, account, own, journal.read(0));
    const rebuilt = venue.rebuild(id, books);
    if (rebuilt.ok) log.write("warn", "paper-books-rebuilt", { account: id, why, ...said(books) });
    else log.write("error", "paper-rebuild-refused", { account: id, why, detail: rebuilt.error });
    return rebuilt.ok ? [id] : [];
  });
}

const said = ({ positions, orders, balance }: AccountBooks) => ({
  positions: positions.map(({ net, contract }) => `${net} ${contract}`).join(", "),
  orders: orders.filter(({ status }) => status === "working").length,
  balance,
});

function tradesByAccount({ trades }: State): ReadonlyMap<AccountId, readonly Trade[]> {
  const byAccount = new Map<AccountId, Trade[]>();
  for (const trade of valuesOf(trades)) {
    const others = byAccount.get(trade.account);
    if (others === undefined) byAccount.set(trade.account, [trade]);
    else others.push(trade);
  }
  return byAccount;
}

/** What the journal knows and these books do not; null when there is no such thing. */
function lossIn(account: PaperAccount | undefined, trades: readonly Trade[]): string | null {
  if (account === undefined) return "the account is not in its books";
  const name = trades.flatMap(confirmedNames).find((one) => !hasGivenOut(account, one));
  if (name !== undefined) return `${name} is not in its books`;
  if (account.fills.some((fill) => isNews(fill, trades))) return null;
  const live = new Map(account.live.map(({ view }) => [view.order, view]));
  const find = (order: VenueOrder["order"]): VenueOrder | undefined => live.get(order);
  const lost = trades
    .flatMap((trade) => trade.tranches)
    .flatMap(({ entry, stop, target }) => [
      ...lostEnding(entry, find),
      ...lostChange(stop, find),
      ...lostChange(target, find),
    ]);
  return lost[0] ?? null;
}

/** Orders and fills the venue itself has told us of. */
const confirmedNames = ({ tranches, fills }: Trade): readonly string[] => [
  ...tranches.flatMap(({ entry, stop, target }) =>
    [entry.order, stop?.order ?? null, target?.order ?? null].filter((one) => one !== null),
  ),
  ...fills,
];

/** A fill we have not heard of: the venue is the one that knows more. */
function isNews(fill: VenueFill, trades: readonly Trade[]): boolean {
  if (trades.some((trade) => trade.fills.includes(fill.fill))) return false;
  const named = tradeOfTag(fill.parent ?? fill.tag);
  return trades.some(({ id, plan, plannedAt }) =>
    named === null ? plan.contract === fill.contract && plannedAt <= fill.at : id === named,
  );
}

type Find = (order: VenueOrder["order"]) => VenueOrder | undefined;

function lostEnding({ order, state }: EntryOrder, find: Find): readonly string[] {
  const isOver = state === "cancelled" || state === "expired";
  return isOver && order !== null && find(order) ? [`${order} still works there`] : [];
}

function lostChange(leg: Leg | null, find: Find): readonly string[] {
  const order = leg?.order ?? null;
  const there = order === null ? undefined : find(order);
  if (leg === null || there === undefined) return [];
  if (leg.state === "cancelled") return [`${order} still works there`];
  // While something was asked and not answered, either side may be the one that knows.
  const isSettled = leg.state === "working" && leg.change === null && leg.cancelAskedAt === null;
  const isSame = leg.price === there.price && leg.quantity === there.quantity;
  return isSettled && !isSame ? [`the last change of ${order} is not in its books`] : [];
}
