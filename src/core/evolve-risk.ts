/**
 * Folds what the limits remember: of each account, and of the books that all accounts add up to.
 *
 * ```text
 * fills, ends of trades ─► slips, troubles, streak     of the account
 *                      └─► realised, lines              of its book
 * steps and breakers ────► reached, lock, tripped
 * ```
 */
import { unreachable } from "../std/assert.ts";
import { valuesOf } from "../std/trie.ts";
import { eachAccount } from "./evolve-account.ts";
import { heldOverRoll, withHeld } from "./evolve-config.ts";
import type { Account } from "./model/account.ts";
import type { AccountRisk, Lock, Tripped } from "./model/account-risk.ts";
import { directionOf } from "./model/alert.ts";
import { alerterOf, withResult } from "./model/alerter-record.ts";
import type { Fact, FactOf } from "./model/fact.ts";
import { type AccountId, isTwin } from "./model/ids.ts";
import { ENTRIES_MAX, REMEMBERED_MAX } from "./model/limits.ts";
import type { BookName, RiskFact } from "./model/risk-fact.ts";
import type { Trade } from "./model/trade.ts";
import { tradeDateEnd, tradeDateOf } from "./model/trade-date.ts";
import { enteredOf, grossOf, type Line, lineOf } from "./model/trade-sums.ts";
import { type Millis, type Money, money, type Ticks } from "./model/units.ts";
import { outcomeOf, stateAt } from "./risk/breakers.ts";
import { riskOf } from "./risk/memory.ts";
import { accountOf, type Book, bookNameOf, EMPTY_BOOK, type State, withAccount } from "./state.ts";
import type { FactOfTrade } from "./track/evolve-trade.ts";
import { isOver } from "./track/phases.ts";

const MINUTE = 60_000;

export function evolveRisk(state: State, fact: RiskFact): State {
  switch (fact.kind) {
    case "LossStepReached": {
      const account = accountOf(state, fact.account);
      return withAccount(state, reached(account, fact, lockBy(fact, "account")));
    }
    case "TotalStepReached":
      return totalReached(state, fact);
    case "BreakerOpened":
      return trip(state, fact);
    case "BreakerClosed":
      return withRisk(state, fact.account, (risk) => ({
        ...risk,
        tripped: risk.tripped.filter(({ breaker }) => breaker !== fact.breaker),
      }));
    case "LimitsKept": {
      const kept = { ...state.kept, [fact.name]: fact.ruleSet };
      const concerned = new Set<string>(fact.accounts);
      return eachAccount({ ...state, kept }, (one) =>
        concerned.has(one.id) ? { ...one, rules: fact.name } : one,
      );
    }
    default:
      return unreachable(fact);
  }
}

type StepFact = FactOf<"LossStepReached" | "TotalStepReached">;

const lockBy = ({ at, step, share, limit }: StepFact, scope: Lock["scope"]): Lock | null =>
  step === "block" || step === "flatten"
    ? { until: tradeDateEnd(tradeDateOf(at)), scope, reached: share, limit }
    : null;

function reached(account: Account, { share }: { readonly share: number }, lock: Lock | null) {
  const risk = riskOf(account);
  const next = { ...risk, reached: Math.max(risk.reached, share) };
  return { ...account, risk: lock === null ? next : { ...next, lock } };
}

/** A lock is each account's own, so that it stays with it whatever rules it follows later. */
function totalReached(state: State, fact: FactOf<"TotalStepReached">): State {
  const book = state.books[fact.book];
  const before = book.reached[fact.rules] ?? 0;
  const marks = { ...book.reached, [fact.rules]: Math.max(before, fact.share) };
  const next = withBook(state, fact.book, { ...book, reached: marks });
  const lock = lockBy(fact, "total");
  if (lock === null) return next;
  return eachAccount(next, (one) =>
    bookNameOf(one.id) === fact.book && one.rules === fact.rules
      ? reached(one, { share: 0 }, lock)
      : one,
  );
}

function trip(state: State, fact: FactOf<"BreakerOpened">): State {
  const { at, account, breaker, measured, limit, until } = fact;
  const opened: Tripped = { breaker, at, until, measured, limit };
  return withRisk(state, account, (risk) => ({
    ...risk,
    // What tripped it has been answered for: the trade of proof begins without it.
    ...(breaker === "errors" && { troubles: [] }),
    ...(breaker === "slippage" && { slips: [] }),
    tripped: [...risk.tripped.filter((one) => one.breaker !== breaker), opened],
  }));
}

const withRisk = (
  state: State,
  id: AccountId,
  change: (risk: AccountRisk) => AccountRisk,
): State => {
  const account = accountOf(state, id);
  return withAccount(state, { ...account, risk: change(riskOf(account)) });
};

/** An entry that was planned, with the account it is booked on. */
export function enteredRisk(account: Account, { at }: FactOf<"TradePlanned">): AccountRisk {
  const { reached, lock, peak, streak, entries, troubles, slips, tripped } = riskOf(account);
  const recent = entries.length === 0 ? entries : entries.filter((one) => one > at - MINUTE);
  const kept = recent.slice(1 - ENTRIES_MAX);
  // Written out: a spread costs as much as the judgement, and there may be a thousand accounts.
  const next = { reached, peak, streak, entries: [...kept, at], troubles, slips, tripped };
  return lock === undefined ? next : { ...next, lock };
}

/** What one fact of a trade changes beyond the trade itself. */
export function riskHeard(state: State, before: Trade, next: Trade, fact: FactOfTrade): State {
  switch (fact.kind) {
    case "EntryFilled":
      return inLines(withSlip(state, next, slipOfEntry(next, fact.price)), before, next);
    case "ExitFilled":
      return inLines(withSlip(state, next, slipOfStop(before, fact)), before, next);
    case "EntryRejected":
    case "EntryUnknown":
    case "LegRejected":
    case "LegUnknown":
      return withRisk(state, next.account, (risk) => ({
        ...risk,
        troubles: [...risk.troubles, fact.at].slice(-REMEMBERED_MAX),
      }));
    case "TradeClosed":
      return booked(
        recorded(closed(state, next, fact.net), next, fact.net),
        before,
        next,
        fact.net,
      );
    case "TradeReopened":
      return reopened(state, before, next);
    default:
      return state;
  }
}

function withSlip(state: State, { account }: Trade, slip: number | null): State {
  if (slip === null) return state;
  return withRisk(state, account, (risk) => ({
    ...risk,
    slips: [...risk.slips, slip].slice(-REMEMBERED_MAX),
  }));
}

/** A limit never fills worse than it says; a market order was expected at the opposite quote. */
const slipOfEntry = ({ plan }: Trade, price: Ticks): number | null =>
  plan.entry.kind === "limit" ? null : directionOf(plan.side) * (price - plan.expected);

function slipOfStop({ plan, tranches }: Trade, fact: FactOf<"ExitFilled">): number | null {
  const stop = fact.by === "stop" ? (tranches[fact.tranche]?.stop ?? null) : null;
  return stop === null ? null : directionOf(plan.side) * (stop.price - fact.price);
}

function closed(state: State, trade: Trade, net: Money): State {
  const outcome = outcomeOf(net, riskTaken(trade));
  return withRisk(state, trade.account, (risk) => ({
    ...risk,
    streak: outcome === "loss" ? risk.streak + 1 : outcome === "win" ? 0 : risk.streak,
    peak: money(Math.max(risk.peak, accountOf(state, trade.account).realisedToday)),
  }));
}

/** Of the alert, for its author; a twin's result is that of its original once more. */
function recorded(state: State, trade: Trade, net: Money): State {
  const risk = riskTaken(trade);
  if (risk <= 0 || isTwin(trade.account)) return state;
  const result = { message: trade.cause.id, net: Math.floor((1_000 * net) / risk) };
  return { ...state, records: withResult(state.records, alerterOf(trade), result) };
}

/** What was approved, for as many contracts as filled. */
export function riskTaken(trade: Trade): Money {
  const planned = trade.plan.tranches.reduce((sum, one) => sum + one.quantity, 0);
  const { quantity } = enteredOf(trade);
  return money(Math.round((trade.plan.risk * quantity) / planned));
}

/** It is taken back from what is booked, here as in the account. */
function reopened(state: State, before: Trade, next: Trade): State {
  const net = money(grossOf(before) - before.fees);
  return booked(state, before, next, money(-net));
}

function booked(state: State, before: Trade, next: Trade, net: Money): State {
  const name = bookNameOf(next.account);
  const book = state.books[name];
  return inLines(
    withBook(state, name, { ...book, realised: money(book.realised + net) }),
    before,
    next,
  );
}

const withBook = (state: State, name: BookName, book: Book): State => ({
  ...state,
  books: { ...state.books, [name]: book },
});

const NO_LINE: Line = { held: 0, base: money(0) };

const openLine = (trade: Trade): Line => (isOver(trade.phase) ? NO_LINE : lineOf(trade));

const lineKey = ({ plan }: Trade): string => `${plan.instrument}/${plan.side}`;

function inLines(state: State, before: Trade, next: Trade): State {
  const name = bookNameOf(next.account);
  const book = state.books[name];
  const [was, is] = [openLine(before), openLine(next)];
  const lines = withLine(book.lines, lineKey(next), is.held - was.held, is.base - was.base);
  return withBook(state, name, { ...book, lines });
}

function withLine(lines: Book["lines"], key: string, held: number, base: number): Book["lines"] {
  const { held: heldNow, base: baseNow } = lines[key] ?? NO_LINE;
  const line = { held: heldNow + held, base: money(baseNow + base) };
  if (line.held !== 0 || line.base !== 0) return { ...lines, [key]: line };
  const { [key]: _, ...others } = lines;
  return others;
}

export function countAccount(state: State, account: AccountId): State {
  const name = bookNameOf(account);
  const book = state.books[name];
  return withBook(state, name, { ...book, accounts: book.accounts + 1 });
}

/** Added up anew, with the same result as fill by fill. */
export function rebuiltBooks(state: State): State {
  const house = rebuilt(state, "house");
  return { ...state, books: { house, twins: rebuilt(state, "twins") } };
}

function rebuilt(state: State, name: BookName): Book {
  const accounts = valuesOf(state.accounts).filter(({ id }) => bookNameOf(id) === name);
  if (accounts.length === 0) return EMPTY_BOOK;
  let lines: Book["lines"] = {};
  for (const trade of valuesOf(state.trades)) {
    if (bookNameOf(trade.account) !== name) continue;
    const { held, base } = openLine(trade);
    lines = withLine(lines, lineKey(trade), held, base);
  }
  const realised = money(accounts.reduce((sum, one) => sum + one.realisedToday, 0));
  return { accounts: accounts.length, realised, lines, reached: state.books[name].reached };
}

/** The counters of a day begin anew; what was locked or tripped stays until its own time. */
export function beginRiskDay(state: State, at: Millis): State {
  const { accounts } = state.settings;
  const named = new Map<string, string>(accounts.map(({ id, rules }) => [id, rules]));
  const { held } = state;
  const begun = withHeld(state, heldOverRoll(state));
  const rolled = eachAccount({ ...begun, kept: {} }, (one) => {
    const rules = held?.[one.rules] === undefined ? named.get(one.id) : undefined;
    return newDay({ ...one, rules: rules ?? one.rules }, at);
  });
  const books = {
    house: { ...rolled.books.house, reached: {} },
    twins: { ...rolled.books.twins, reached: {} },
  };
  return rebuiltBooks({ ...rolled, books });
}

function newDay(account: Account, at: Millis): Account {
  if (account.risk === undefined) return account;
  const { lock, tripped, streak, troubles, slips } = account.risk;
  return {
    ...account,
    risk: {
      // The exchange is closed for an hour before: no entry is less than a minute old.
      ...{ reached: 0, peak: money(0), streak, entries: [], troubles, slips },
      ...(lock !== undefined && at < lock.until && { lock }),
      tripped: tripped.filter((one) => stateAt(one, at) !== "closed"),
    },
  };
}

/** Facts that change what the limits measure of their account. */
export const MOVES_RISK: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["EntryFilled", "ExitFilled", "TradeClosed", "TradeReopened"] as const),
  ...(["EntryRejected", "EntryUnknown", "LegRejected", "LegUnknown"] as const),
]);
