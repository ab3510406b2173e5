/**
 * What all accounts of a book add up to while an alert is judged on one after the other.
 *
 * Nearly all of it the book itself knows, fact by fact. What trades can still lose once something of
 * them has filled depends on the prices of this moment: that is added up once a turn, which nothing
 * decided about an alert changes; any other fact makes it be done anew.
 */
import { eachIn } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { Fact } from "../model/fact.ts";
import type { Instrument } from "../model/instrument.ts";
import { sideKeyOf } from "../model/instruments.ts";
import { amountOf } from "../model/limits.ts";
import type { BookName } from "../model/risk-fact.ts";
import type { Rules } from "../model/rules.ts";
import { tradeDateOf } from "../model/trade-date.ts";
import { type Money, money } from "../model/units.ts";
import { worstLossOf } from "../risk/day.ts";
import { openingOf } from "../risk/memory.ts";
import type { TotalView } from "../risk/total-view.ts";
import { accountOf, type Book, bookNameOf, findRuleSet, type State } from "../state.ts";
import { isOver } from "../track/phases.ts";
import { quoteIn, type Sums, type Turn } from "../turn.ts";
import { totalReached } from "./total-reached.ts";

/** Null where these rules limit nothing over all accounts. */
export function totalFor(turn: Turn, { id, rules: name }: Account, rules: Rules): TotalView | null {
  if (rules.limits.total === undefined) return null;
  const book = bookNameOf(id);
  const sums = sumsOf(turn, book, rules);
  const isPart = typeof rules.limits.total.dailyLoss?.limit === "object";
  if (isPart) sums.opening ??= openingOfAll(turn.state, book);
  const { realised, asked, sides } = turn.state.books[book];
  const opening = sums.opening ?? NOTHING;
  return {
    opening,
    realised,
    open: money(asked + sums.filled),
    wantedIn: (instrument) => wantedIn(sides, instrument),
    reached: reachedBy(turn.state, book, { name, rules, opening }),
  };
}

interface Asked {
  readonly name: string;
  readonly rules: Rules;
  readonly opening: Money;
}

/** Where there is no daily loss of all, no step was taken. */
function reachedBy(state: State, book: BookName, { name, rules, opening }: Asked): number {
  const daily = rules.limits.total?.dailyLoss;
  if (daily === undefined) return 0;
  const limit = amountOf(daily.limit, opening);
  return totalReached(state, book, { name, limit, steps: daily.steps });
}

const wantedIn = (sides: Book["sides"], { family }: Instrument): number =>
  (sides[sideKeyOf(family, "long")]?.wanted ?? 0) +
  (sides[sideKeyOf(family, "short")]?.wanted ?? 0);

function sumsOf(turn: Turn, book: BookName, rules: Rules): Sums {
  const known = turn.sums?.get(book);
  if (known !== undefined && isUpToDate(turn, known)) return known;
  const sums: Sums = {
    opening: null,
    filled: filledLoss(turn, book, rules),
    seen: turn.facts.length,
  };
  turn.sums ??= new Map();
  turn.sums.set(book, sums);
  return sums;
}

/** An account that follows no rule set any more is costed by those that ask. */
function filledLoss(turn: Turn, book: BookName, rules: Rules): Money {
  const { state, at } = turn;
  if (state.books[book].filled === 0) return NOTHING;
  const tradeDate = tradeDateOf(at);
  const quoteOf = (instrument: Instrument) => quoteIn(turn, instrument);
  let sum = 0;
  eachIn(state.trades, (trade) => {
    if (trade.fills.length === 0 || isOver(trade.phase) || bookNameOf(trade.account) !== book)
      return;
    const own = findRuleSet(state, accountOf(state, trade.account).rules);
    const { fees, limits } = own ?? rules;
    sum += worstLossOf(trade, { quoteOf, fees, slippage: limits.slippage, tradeDate });
  });
  return money(sum);
}

const NOTHING = money(0);

function openingOfAll({ accounts }: State, book: BookName): Money {
  let sum = 0;
  eachIn(accounts, (one) => {
    if (bookNameOf(one.id) === book) sum += openingOf(one);
  });
  return money(sum);
}

/** False when something was decided since that could change what has filled, or the cash. */
function isUpToDate({ facts }: Turn, sums: Sums): boolean {
  if (sums.seen === facts.length) return true;
  let isVerdict = true;
  for (let at = sums.seen; at < facts.length && isVerdict; at++)
    isVerdict = VERDICTS.has((facts[at] as Fact).kind);
  sums.seen = facts.length;
  return isVerdict;
}

const VERDICTS: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["AlertRead", "TradePlanned", "TradeRefused", "AlertShadowed", "AlertRefused"] as const),
  ...(["ReentryPostponed", "AlertHeld", "UpdateSettled"] as const),
]);
