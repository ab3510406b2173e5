/** What an account or a whole book has made today, if everything open were left at once. */
import { valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import { directionOf, type Side } from "../model/alert.ts";
import { feePerSide } from "../model/fees.ts";
import type { Instrument, Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { amountOf, type DailyLoss } from "../model/limits.ts";
import type { BookName } from "../model/risk-fact.ts";
import type { Rules } from "../model/rules.ts";
import { tradeDateOf } from "../model/trade-date.ts";
import { type Money, money } from "../model/units.ts";
import { openResult, type Prices } from "../risk/day.ts";
import { openingOf } from "../risk/memory.ts";
import { type Book, bookNameOf, openTradesOf, type State } from "../state.ts";
import { quoteIn, type Turn } from "../turn.ts";

const pricesFor = (turn: Turn, { fees, limits }: Rules): Prices => ({
  quoteOf: (instrument: Instrument) => quoteIn(turn, instrument),
  fees,
  slippage: limits.slippage,
  tradeDate: tradeDateOf(turn.at),
});

export const openOf = (turn: Turn, account: Account, rules: Rules): Money =>
  account.open.length === 0
    ? NOTHING
    : openResult(openTradesOf(turn.state, account), pricesFor(turn, rules));

const NOTHING = money(0);

export interface OpenLine {
  readonly instrument: Instrument;
  readonly side: Side;
  readonly held: number;
  readonly base: Money;
}

export const linesOf = ({ lines }: Book): readonly OpenLine[] =>
  Object.entries(lines).map(([key, line]) => {
    // Made by `lineKey`: the root, a slash, the side.
    const [root, side] = key.split("/") as [Root, Side];
    return { ...line, side, instrument: instrumentOf(root) };
  });

export function bookResult(turn: Turn, book: BookName, rules: Rules) {
  const { quoteOf, fees, tradeDate } = pricesFor(turn, rules);
  const { realised, lines } = turn.state.books[book];
  let open = 0;
  if (Object.keys(lines).length > 0)
    for (const { instrument, side, held, base } of linesOf(turn.state.books[book])) {
      const quote = quoteOf(instrument);
      const price = quote === null ? null : side === "long" ? quote.bid : quote.ask;
      const worth = directionOf(side) * held * instrument.tickValue;
      const fee = Math.max(0, held) * feePerSide(fees, instrument.root, tradeDate);
      // Without any price it counts as it was bought, which its alarm puts right at the first one.
      open += price === null ? -fee : worth * price + base - fee;
    }
  return { realised, open: money(open) };
}

/** The rule sets its accounts follow; unused ones limit nobody. */
export function ruleNamesOf(state: State, book: BookName): readonly string[] {
  const { books, kept, held = {}, settings } = state;
  if (books[book].accounts === 0) return [];
  const isFollowed = (name: string): boolean =>
    settings.accounts.some(({ id, rules }) => rules === name && bookNameOf(id) === book);
  return [
    ...Object.keys(held),
    ...Object.keys(kept),
    ...Object.keys(settings.ruleSets).filter(isFollowed),
  ];
}

const isSame = (own: DailyLoss | undefined, all: DailyLoss): boolean =>
  own !== undefined && JSON.stringify(own) === JSON.stringify(all);

/** Null where nothing is limited over all accounts, or the one account there is has the same limit. */
export function totalLimitOf(state: State, book: BookName, { limits }: Rules): Money | null {
  const all = limits.total?.dailyLoss;
  if (all === undefined) return null;
  if (state.books[book].accounts <= 1 && isSame(limits.dailyLoss, all)) return null;
  if (typeof all.limit === "number") return all.limit;
  const accounts = valuesOf(state.accounts).filter(({ id }) => bookNameOf(id) === book);
  return amountOf(all.limit, money(accounts.reduce((sum, one) => sum + openingOf(one), 0)));
}
