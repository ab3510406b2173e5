/**
 * Folds what the limits remember of each account; what accounts add up to is `evolve-books.ts`.
 *
 * ```text
 * fills, ends of trades ─► slips, troubles, streak, tallies
 * steps and breakers ────► reached, lock, tripped
 * ```
 */
import { unreachable } from "../std/assert.ts";
import { withOne } from "../std/list.ts";
import { eachAccount } from "./evolve-account.ts";
import { rebuiltBooks, withBook } from "./evolve-books.ts";
import { heldOverRoll, withHeld } from "./evolve-config.ts";
import type { Account } from "./model/account.ts";
import type { AccountRisk, Lock, Tripped } from "./model/account-risk.ts";
import { directionOf } from "./model/alert.ts";
import { alerterOf, withResult } from "./model/alerter-record.ts";
import type { Fact, FactOf } from "./model/fact.ts";
import { type AccountId, isTwin } from "./model/ids.ts";
import { ENTRIES_MAX, REMEMBERED_MAX } from "./model/limits.ts";
import type { RiskFact } from "./model/risk-fact.ts";
import type { Trade } from "./model/trade.ts";
import { tradeDateEnd, tradeDateOf } from "./model/trade-date.ts";
import { enteredOf, grossOf } from "./model/trade-sums.ts";
import { type Millis, type Money, money, type Ticks } from "./model/units.ts";
import { outcomeOf, stateAt } from "./risk/breakers.ts";
import { riskOf, withTally } from "./risk/memory.ts";
import { accountOf, bookNameOf, type State, withAccount } from "./state.ts";
import type { FactOfTrade } from "./track/evolve-trade.ts";

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
  const books = withBook(state.books, fact.book, { ...book, reached: marks });
  const lost = money(Math.max(state.deepest?.[fact.book] ?? 0, -(fact.realised + fact.open)));
  const next = { ...state, books, deepest: { ...state.deepest, [fact.book]: lost } };
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
export function enteredRisk(account: Account, fact: FactOf<"TradePlanned">): AccountRisk {
  const { reached, lock, peak, streak, entries, troubles, slips, tripped, tallies } =
    riskOf(account);
  const { at, message, size = null } = fact;
  const { source, channel } = message;
  // Written out: a spread costs as much as the judgement, and there may be a thousand accounts.
  const next = {
    reached,
    peak,
    streak,
    entries: withOne(entries.length === 0 ? entries : lastMinute(entries, at), at),
    troubles,
    slips,
    tallies: withTally(tallies, { source, channel, size }, ONE_TRADE),
    tripped,
  };
  return lock === undefined ? next : { ...next, lock };
}

const lastMinute = (entries: readonly Millis[], at: Millis): readonly Millis[] =>
  entries.filter((one) => one > at - MINUTE).slice(1 - ENTRIES_MAX);

const ONE_TRADE = { trades: 1, net: money(0) };

/** What one fact of a trade changes beyond the trade itself and the book. */
export function riskHeard(state: State, before: Trade, next: Trade, fact: FactOfTrade): State {
  switch (fact.kind) {
    case "EntryFilled":
      return withSlip(state, next, slipOfEntry(next, fact.price));
    case "ExitFilled":
      return withSlip(state, next, slipOfStop(before, fact));
    case "EntryRejected":
    case "EntryUnknown":
    case "LegRejected":
    case "LegUnknown":
      return withRisk(state, next.account, (risk) => ({
        ...risk,
        troubles: [...risk.troubles, fact.at].slice(-REMEMBERED_MAX),
      }));
    case "TradeClosed":
      return recorded(closed(state, next, fact.net), next, fact.net);
    case "TradeReopened":
      return withRisk(state, next.account, (risk) => ({
        ...risk,
        tallies: tallied(risk, next, money(0 - settledOf(before))),
      }));
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

/** What a trade that is over has booked; taken back when it is on again. */
export const settledOf = (trade: Trade): Money => money(grossOf(trade) - trade.fees);

function tallied({ tallies }: AccountRisk, { cause, size }: Trade, net: Money) {
  const { source, channel } = cause;
  return withTally(tallies, { source, channel, size }, { trades: 0, net });
}

function closed(state: State, trade: Trade, net: Money): State {
  const outcome = outcomeOf(net, riskTaken(trade));
  return withRisk(state, trade.account, (risk) => ({
    ...risk,
    streak: outcome === "loss" ? risk.streak + 1 : outcome === "win" ? 0 : risk.streak,
    peak: money(Math.max(risk.peak, accountOf(state, trade.account).realisedToday)),
    tallies: tallied(risk, trade, net),
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

/** The counters of a day begin anew; what was locked or tripped stays until its own time. */
export function beginRiskDay(state: State, at: Millis): State {
  const { deepest: _, ...before } = state;
  const { held, settings } = before;
  const named = new Map<string, string>(settings.accounts.map(({ id, rules }) => [id, rules]));
  const begun = withHeld(before, heldOverRoll(before));
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
  const { lock, tripped: before, streak, troubles, slips } = account.risk;
  const tripped = before.filter((one) => stateAt(one, at) !== "closed");
  const [reached, peak] = [0, money(0)];
  // The exchange is closed for an hour before: no entry is less than a minute old.
  const risk = { reached, peak, streak, entries: [], troubles, slips, tallies: [], tripped };
  const isLocked = lock !== undefined && at < lock.until;
  return { ...account, risk: isLocked ? { ...risk, lock } : risk };
}

/** Facts that change what the limits measure of their account. */
export const MOVES_RISK: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["EntryFilled", "ExitFilled", "TradeClosed", "TradeReopened"] as const),
  ...(["EntryRejected", "EntryUnknown", "LegRejected", "LegUnknown"] as const),
]);
