/**
 * Watches what the day costs, after each step that could have changed it.
 *
 * ```text
 * a fill, an end, a refusal, a price that was waited for
 *      └─► the account's loss ─► steps, breakers ─► facts ─► everything closed at the last step
 *      └─► the book's loss ────► steps of the total
 * ```
 *
 * Nothing polls: between two such steps the loss changes by the price alone, and for that there are
 * price alarms (`loss-alarms.ts`).
 */
import { canonical } from "../../std/canonical.ts";
import { getIn, valuesOf } from "../../std/trie.ts";
import { MOVES_RISK, riskTaken } from "../evolve-risk.ts";
import type { Account } from "../model/account.ts";
import type { Fact, FactOf } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Input } from "../model/input.ts";
import type { BreakerName } from "../model/limits.ts";
import { amountOf, type DailyLoss } from "../model/limits.ts";
import type { BookName } from "../model/risk-fact.ts";
import type { Rules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { type Money, money } from "../model/units.ts";
import { feedTrip, outcomeOf, provedBy, tripsOf } from "../risk/breakers.ts";
import { shareOf, stepsTaken } from "../risk/loss-steps.ts";
import { openingOf, riskOf } from "../risk/memory.ts";
import { accountOf, bookNameOf, findRuleSet, openTradesOf, ruleSetOf, tradeOf } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { bookResult, openOf, ruleNamesOf, totalLimitOf } from "./day-result.ts";
import { watchFirm } from "./firm-watch.ts";
import { watchedBy } from "./loss-alarms.ts";
import { totalReached } from "./total-reached.ts";

/** What became of accounts in this step that their limits, and then their alarms, have to hear of. */
export interface RiskWatch {
  /** Null while there is nothing to watch, as in nearly every step. */
  accounts: Map<AccountId, Set<BreakerName>> | null;
  books: Set<BookName> | null;
  /** Facts looked at so far. */
  seen: number;
}

export const newRiskWatch = (): RiskWatch => ({ accounts: null, books: null, seen: 0 });

/** True when it decided something: trades may have to be attended again. */
export function watchRisk(turn: Turn, watch: RiskWatch, input: Input): boolean {
  const from = watch.seen;
  const news = newsIn(turn, watch, input);
  if (news === null) return false;
  const until = turn.facts.length;
  const heard = turn.facts.slice(from, until);
  for (const [id, breakers] of news.accounts) watchAccount(turn, id, breakers, heard);
  for (const book of news.books) watchBook(turn, book);
  watch.seen = turn.facts.length;
  return turn.facts.length > until;
}

interface News {
  readonly accounts: ReadonlyMap<AccountId, ReadonlySet<BreakerName>>;
  readonly books: ReadonlySet<BookName>;
}

/** Null = nothing that any limit would measure otherwise than before. */
function newsIn(turn: Turn, watch: RiskWatch, input: Input): News | null {
  const { facts } = turn;
  const rung = watch.seen === 0 && input.kind === "price" ? watchedBy(input.key) : null;
  let isNews = rung !== null;
  for (let at = watch.seen; at < facts.length && !isNews; at++)
    isNews = MAY_CONCERN.has((facts[at] as Fact).kind);
  const from = watch.seen;
  watch.seen = facts.length;
  if (!isNews) return null;
  const news = new Map<AccountId, Set<BreakerName>>();
  watch.accounts ??= new Map();
  watch.books ??= new Set();
  const { accounts, books } = watch;
  const hear: Hear = (id, ...breakers) => {
    for (const known of [news, accounts])
      known.set(id, new Set([...(known.get(id) ?? []), ...breakers]));
    books.add(bookNameOf(id));
  };
  for (const fact of facts.slice(from)) hearFact(turn, fact, hear);
  if (rung?.kind === "book") books.add(rung.book);
  else if (rung !== null && getIn(turn.state.accounts, rung.account) !== undefined)
    hear(rung.account, "drawdown");
  return news.size > 0 || rung !== null ? { accounts: news, books } : null;
}

const MAY_CONCERN: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...MOVES_RISK,
  ...(["TradeRefused", "AccountSettled", "ConfigReloaded"] as const),
]);

type Hear = (id: AccountId, ...breakers: readonly BreakerName[]) => void;

function hearFact(turn: Turn, fact: Fact, hear: Hear): void {
  if (fact.kind === "TradeRefused") {
    if (fact.refusal.kind === "stale-price") hear(fact.account, "feed");
    return;
  }
  if (fact.kind === "AccountSettled") return hear(fact.account, "drawdown");
  if (fact.kind === "ConfigReloaded") {
    for (const { id } of valuesOf(turn.state.accounts)) hear(id);
    return;
  }
  if (!MOVES_RISK.has(fact.kind) || !("trade" in fact) || fact.trade === null) return;
  const { account } = tradeOf(turn.state, fact.trade);
  const isTrouble = !FILLS.has(fact.kind);
  if (isTrouble) hear(account, "errors");
  else if (fact.kind === "TradeClosed") hear(account, "drawdown", "losses");
  else hear(account, "drawdown", "slippage");
}

const FILLS: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["EntryFilled", "ExitFilled", "TradeClosed", "TradeReopened"] as const),
]);

function watchAccount(
  turn: Turn,
  id: AccountId,
  news: ReadonlySet<BreakerName>,
  heard: readonly Fact[],
): void {
  const rules = findRuleSet(turn.state, accountOf(turn.state, id).rules);
  if (rules === null) return;
  takeSteps(turn, id, rules);
  if (accountOf(turn.state, id).firm !== undefined) watchFirm(turn, id);
  const { at } = turn;
  const account = accountOf(turn.state, id);
  const { limits } = rules;
  const result = money(account.realisedToday + openOf(turn, account, rules));
  const standing = { account, limits, at, result };
  for (const trip of tripsOf(standing, news))
    record(turn, { at, kind: "BreakerOpened", account: id, ...trip });
  if (news.has("feed")) stopForFeed(turn, id, limits, heard);
  if (news.has("losses")) closeProved(turn, id, heard);
}

function takeSteps(turn: Turn, id: AccountId, rules: Rules): void {
  const { at } = turn;
  const account = accountOf(turn.state, id);
  const daily = rules.limits.dailyLoss;
  if (daily === undefined) return;
  const limit = amountOf(daily.limit, openingOf(account));
  const open = openOf(turn, account, rules);
  const { realisedToday: realised } = account;
  const { reached } = riskOf(account);
  const about = { at, account: id, limit, realised, open };
  for (const taken of takenBy(daily, { limit, realised, open, reached }))
    record(turn, { ...about, kind: "LossStepReached", ...taken });
  leaveIfSpent(turn, [accountOf(turn.state, id)], daily, riskOf(accountOf(turn.state, id)).reached);
}

interface Loss {
  readonly limit: Money;
  readonly realised: Money;
  readonly open: Money;
  readonly reached: number;
}

const takenBy = ({ steps }: DailyLoss, { limit, realised, open, reached }: Loss) =>
  stepsTaken(steps, shareOf(money(-(realised + open)), limit), reached);

/** Also what comes back after everything was closed: an entry that fills late. */
function leaveIfSpent(
  turn: Turn,
  accounts: readonly Account[],
  { steps }: DailyLoss,
  reached: number,
): void {
  if (steps.flatten === null || reached < steps.flatten) return;
  for (const account of accounts) {
    for (const { id, exit } of openTradesOf(turn.state, account)) {
      if (exit !== null) continue;
      record(turn, { at: turn.at, trade: id, kind: "ExitBegun", reason: "daily-loss" });
    }
  }
}

function watchBook(turn: Turn, book: BookName): void {
  const { at, state } = turn;
  // Accounts with a ratio follow rule sets of their own, most often with one and the same total.
  const told = new Set<string>();
  for (const rules of ruleNamesOf(state, book)) {
    const set = ruleSetOf(state, rules);
    const daily = set.limits.total?.dailyLoss;
    const limit = totalLimitOf(state, book, set);
    if (daily === undefined || limit === null) continue;
    const { realised, open } = bookResult(turn, book, set);
    const reached = turn.state.books[book].reached[rules] ?? 0;
    const about = { at, book, rules, limit, realised, open };
    for (const taken of takenBy(daily, { limit, realised, open, reached })) {
      const text = canonical([taken, limit, open]);
      const again = told.has(text) ? ({ again: true } as const) : {};
      told.add(text);
      record(turn, { ...about, kind: "TotalStepReached", ...again, ...taken });
    }
    const { steps } = daily;
    const now = totalReached(turn.state, book, { name: rules, limit, steps });
    if (steps.flatten === null || now < steps.flatten) continue;
    leaveIfSpent(turn, followersIn(turn, book, rules), daily, now);
  }
}

const followersIn = ({ state }: Turn, book: BookName, rules: string): readonly Account[] =>
  valuesOf(state.accounts).filter((one) => one.rules === rules && bookNameOf(one.id) === book);

function stopForFeed(
  turn: Turn,
  id: AccountId,
  limits: Rules["limits"],
  heard: readonly Fact[],
): void {
  const account = accountOf(turn.state, id);
  const stale = heard.flatMap((fact) =>
    fact.kind === "TradeRefused" && fact.account === id && fact.refusal.kind === "stale-price"
      ? [fact.refusal]
      : [],
  );
  for (const refusal of stale.slice(0, 1)) {
    const trip = feedTrip(limits, account, turn.at, refusal);
    if (trip !== null) record(turn, { at: turn.at, kind: "BreakerOpened", account: id, ...trip });
  }
}

function closeProved(turn: Turn, id: AccountId, heard: readonly Fact[]): void {
  const { at } = turn;
  const closed = heard.filter(
    (fact): fact is FactOf<"TradeClosed"> =>
      fact.kind === "TradeClosed" && tradeOf(turn.state, fact.trade).account === id,
  );
  for (const fact of closed) {
    const trade = tradeOf(turn.state, fact.trade);
    const account = accountOf(turn.state, id);
    for (const breaker of provedBy({ account, at }, trade, outcomeIn(trade, fact)))
      record(turn, { at, kind: "BreakerClosed", account: id, breaker, by: trade.id });
  }
}

const outcomeIn = (trade: Trade, { net }: FactOf<"TradeClosed">) =>
  outcomeOf(net, riskTaken(trade));
