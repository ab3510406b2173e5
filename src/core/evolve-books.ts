/**
 * Folds what all accounts of a book add up to, so that nobody has to add up a thousand of them.
 *
 * ```text
 * a trade before a fact ──┐            held, base      lines     what leaving would bring
 * the trade after it ─────┴─ less, plus: trades, wanted  sides     who stands where, and with how much
 *                                       approved        asked     what unfilled trades can lose
 * ```
 *
 * Each fact changes the sums by what it changed of its own trade; `rebuiltBooks` adds them up anew,
 * with the same result.
 */
import { valuesOf } from "../std/trie.ts";
import type { Account } from "./model/account.ts";
import type { AccountId } from "./model/ids.ts";
import { instrumentOf, sideKeyOf } from "./model/instruments.ts";
import type { BookName } from "./model/risk-fact.ts";
import type { Trade } from "./model/trade.ts";
import { type Line, lineOf, wantedOf } from "./model/trade-sums.ts";
import { type Money, money } from "./model/units.ts";
import { type Book, bookNameOf, EMPTY_BOOK, type SideSum, type State } from "./state.ts";
import { isOver } from "./track/phases.ts";

type Books = State["books"];

/** Written out: each fill makes one, and a copy with a computed key is several times as dear. */
export const withBook = (books: Books, name: BookName, book: Book): Books =>
  name === "house" ? { house: book, twins: books.twins } : { house: books.house, twins: book };

/** With one trade more. */
export function booksWithTrade(books: Books, trade: Trade): Books {
  const name = bookNameOf(trade.account);
  return withBook(books, name, replaced(books[name], null, trade));
}

/** After a fact that changed a trade and booked so much. */
export function booksAfter(books: Books, before: Trade, next: Trade, net: Money): Books {
  if (net === 0 && isCountedAlike(before, next)) return books;
  const name = bookNameOf(next.account);
  const book = replaced(books[name], before, next);
  return withBook(
    books,
    name,
    net === 0 ? book : { ...book, realised: money(book.realised + net) },
  );
}

/** Most facts are about orders that change nothing held and nothing that may still fill. */
const isCountedAlike = (before: Trade, next: Trade): boolean =>
  before.phase === next.phase &&
  before.fees === next.fees &&
  before.fills === next.fills &&
  (before.tranches === next.tranches ||
    next.tranches.every(({ entry, entered, exited, quantity }, index) => {
      const was = before.tranches[index];
      return (
        was !== undefined &&
        was.entry.state === entry.state &&
        was.entered === entered &&
        was.exited === exited &&
        was.quantity === quantity
      );
    }));

function replaced(book: Book, before: Trade | null, next: Trade): Book {
  const was = before === null || isOver(before.phase) ? null : before;
  const is = isOver(next.phase) ? null : next;
  return {
    accounts: book.accounts,
    differing: book.differing,
    realised: book.realised,
    lines: linesAfter(book.lines, was, is),
    sides: sidesAfter(book.sides, was, is),
    asked: money(book.asked + askedBy(is) - askedBy(was)),
    filled: book.filled + filledIn(is) - filledIn(was),
    reached: book.reached,
  };
}

const hasFilled = ({ fills }: Trade): boolean => fills.length > 0;

const askedBy = (trade: Trade | null): number =>
  trade === null || hasFilled(trade) ? 0 : trade.plan.risk;

const filledIn = (trade: Trade | null): number => Number(trade !== null && hasFilled(trade));

const NO_LINE: Line = { held: 0, base: money(0) };

const lineIn = (trade: Trade | null): Line =>
  trade === null || !hasFilled(trade) ? NO_LINE : lineOf(trade);

function linesAfter(lines: Book["lines"], was: Trade | null, is: Trade | null): Book["lines"] {
  const { held, base } = lineIn(is);
  const before = lineIn(was);
  const trade = is ?? was;
  const isSame = held === before.held && base === before.base;
  if (trade === null || isSame) return lines;
  const key = sideKeyOf(trade.plan.instrument, trade.plan.side);
  const known = lines[key] ?? NO_LINE;
  const line = {
    held: known.held + held - before.held,
    base: money(known.base + base - before.base),
  };
  return line.held === 0 && line.base === 0 ? without(lines, key) : { ...lines, [key]: line };
}

const NO_SIDE: SideSum = { trades: 0, wanted: 0 };

function sidesAfter(sides: Book["sides"], was: Trade | null, is: Trade | null): Book["sides"] {
  const trade = is ?? was;
  if (trade === null) return sides;
  const { side, instrument } = trade.plan;
  const key = sideKeyOf(instrumentOf(instrument).family, side);
  const known = sides[key] ?? NO_SIDE;
  const trades = known.trades + Number(is !== null) - Number(was !== null);
  const wanted = known.wanted + wantedIn(is) - wantedIn(was);
  if (trades === known.trades && wanted === known.wanted) return sides;
  return trades === 0 ? without(sides, key) : { ...sides, [key]: { trades, wanted } };
}

const wantedIn = (trade: Trade | null): number => (trade === null ? 0 : wantedOf(trade));

function without<V>(record: Readonly<Record<string, V>>, key: string): Readonly<Record<string, V>> {
  const { [key]: _, ...others } = record;
  return others;
}

export function countAccount(state: State, account: AccountId): State {
  const name = bookNameOf(account);
  const book = state.books[name];
  return { ...state, books: withBook(state.books, name, { ...book, accounts: book.accounts + 1 }) };
}

/** One account became another version of itself. */
export function countDiffering(state: State, before: Account, next: Account): State {
  const more = Number(next.differs !== undefined) - Number(before.differs !== undefined);
  if (more === 0) return state;
  const name = bookNameOf(next.id);
  const book = state.books[name];
  return {
    ...state,
    books: withBook(state.books, name, { ...book, differing: book.differing + more }),
  };
}

/** Nothing is known to differ any more: of a new run, nothing is known at all. */
export const noneDiffering = ({ house, twins }: Books): Books => ({
  house: { ...house, differing: 0 },
  twins: { ...twins, differing: 0 },
});

/** Added up anew, with the same result as trade by trade and fill by fill. */
export function rebuiltBooks(state: State): State {
  const house = rebuilt(state, "house");
  return { ...state, books: { house, twins: rebuilt(state, "twins") } };
}

function rebuilt(state: State, name: BookName): Book {
  const accounts = valuesOf(state.accounts).filter(({ id }) => bookNameOf(id) === name);
  if (accounts.length === 0) return EMPTY_BOOK;
  const empty: Book = {
    ...EMPTY_BOOK,
    accounts: accounts.length,
    differing: accounts.filter(({ differs }) => differs !== undefined).length,
    realised: money(accounts.reduce((sum, one) => sum + one.realisedToday, 0)),
    reached: state.books[name].reached,
  };
  return valuesOf(state.trades)
    .filter(({ account }) => bookNameOf(account) === name)
    .reduce((book, trade) => replaced(book, null, trade), empty);
}
