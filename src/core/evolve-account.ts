/**
 * Folds what concerns an account as a whole: its gate, its line, its comparison with the venue, its
 * cash and the trades it has.
 */
import { entriesOf, getIn, setIn } from "../std/trie.ts";
import { countDiffering, noneDiffering } from "./evolve-books.ts";
import { beginning } from "./evolve-live.ts";
import type { Account } from "./model/account.ts";
import { accountRulesOf } from "./model/account-rules.ts";
import type { Fact, FactOf } from "./model/fact.ts";
import type { Trade } from "./model/trade.ts";
import { tradeDateOf } from "./model/trade-date.ts";
import { heldOfTranche } from "./model/trade-sums.ts";
import { money } from "./model/units.ts";
import { NOTHING_REMEMBERED } from "./risk/memory.ts";
import { accountOf, type State, withAccount } from "./state.ts";
import type { FactOfTrade } from "./track/evolve-trade.ts";

/** Whoever resumes has looked at everything that was blocked. */
export function moveGate(
  { settings }: State,
  account: Account,
  { at, gate, reason, flattens }: FactOf<"GateMoved">,
): Account {
  if (gate !== "active") {
    const closed = { ...account, gate, gateReason: reason };
    // Of an account of earlier settings, with nothing open, no venue will say anything.
    const isOurs = account.open.length > 0 || settings.accounts.some(({ id }) => id === account.id);
    return flattens === true && isOurs ? { ...closed, flattening: at } : closed;
  }
  const { flattening: _, ...known } = account;
  return { ...known, gate, gateReason: null, blocked: [] };
}

/** Who is off stays off until he is switched on, whatever happens to the gate meanwhile. */
export function switchAccount(
  state: State,
  { at, account: id, to }: FactOf<"AccountSwitched">,
): State {
  const { offSince, ...account } = accountOf(state, id);
  if (to === "on") return withAccount(state, account);
  return withAccount(state, { ...account, offSince: offSince ?? at });
}

export function flattened(state: State, { account: id }: FactOf<"AccountFlat">): State {
  const { flattening: _, ...account } = accountOf(state, id);
  return withAccount(state, account);
}

/** A new run knows nothing of the venue, nor of its line, until the venue has been asked. */
export const unsettled = (state: State): State =>
  eachAccount(
    { ...state, books: noneDiffering(state.books) },
    ({ link: _, clockOff: __, differs: ___, unbalanced: ____, ...one }) => ({
      ...one,
      settled: false,
      adopts: true,
    }),
  );

export const moveLink = (state: State, { at, account, state: link }: FactOf<"LinkMoved">): State =>
  withAccount(state, {
    ...accountOf(state, account),
    settled: false,
    link: { state: link, at },
    newsAt: at,
  });

export function moveClock(
  state: State,
  { account: id, offset, isSound }: FactOf<"ClockMoved">,
): State {
  const { clockOff: _, ...account } = accountOf(state, id);
  return withAccount(state, isSound ? account : { ...account, clockOff: offset });
}

/**
 * Flat books have no better figure than the venue's: ours is only what it was, plus what we heard
 * of. With a trade open its fees and fills are booked there already and here only when it closes.
 */
export function settleAccount(
  state: State,
  { at, account, balance, lags }: FactOf<"AccountSettled">,
): State {
  const before = accountOf(state, account);
  const { differs: _, unbalanced: __, adopts: ___, ...known } = before;
  const isFlat = known.open.length === 0;
  const settled = {
    ...{ settled: true, seenAt: at, balance: isFlat ? balance : known.balance },
    ...(lags === true && { adopts: true as const }),
  };
  const next = { ...known, ...settled };
  return countDiffering(withAccount(state, next), before, next);
}

/** Rules that were held for its trades are let go with the last of them. */
const rulesWhenFlat = ({ held }: State, { rules }: Account): string =>
  held?.[rules]?.after ?? rules;

/** Accounts keep their books when the settings change; only their rules are exchanged. */
export const adopt = (state: State): State =>
  eachAccount(state, (one) => {
    const rules = accountRulesOf(state.settings.accounts, one.id);
    if (rules === undefined) return one;
    const { name, rules: named, brackets, sessions = "cme", login } = rules;
    const known = withLogin(one, login);
    return { ...known, name, rules: named, brackets, sessions, ...beginning(rules, one) };
  });

const withLogin = ({ login: _, ...account }: Account, login: string | undefined): Account =>
  login === undefined ? account : { ...account, login };

export function openAccount(state: State, fact: FactOf<"AccountOpened">): State {
  const rules = accountRulesOf(state.settings.accounts, fact.account);
  return withAccount(state, {
    id: fact.account,
    name: rules?.name ?? fact.account,
    rules: rules?.rules ?? "",
    brackets: rules?.brackets ?? "none",
    sessions: rules?.sessions ?? "cme",
    ...(rules?.login !== undefined && { login: rules.login }),
    ...beginning(rules, {}),
    gate: "active",
    gateReason: null,
    settled: false,
    adopts: true,
    tradeDate: tradeDateOf(fact.at),
    tradesToday: 0,
    realisedToday: money(0),
    balance: fact.balance,
    open: [],
    blocked: [],
    // From the beginning: to add a field to a copy later is ten times as dear as the copy.
    risk: NOTHING_REMEMBERED,
    seenAt: fact.at,
  });
}

export function eachAccount(state: State, change: (account: Account) => Account): State {
  let { accounts } = state;
  for (const [key, account] of entriesOf(accounts)) {
    const changed = change(account);
    if (changed !== account) accounts = setIn(accounts, key, changed);
  }
  return { ...state, accounts };
}

/** What the venue said of a trade. That it is news matters only to accounts that take turns. */
export function heardOf(state: State, before: Trade, next: Trade, fact: FactOfTrade): State {
  const account = getIn(state.accounts, before.account);
  if (account === undefined || !NEWS.has(fact.kind)) return state;
  const isLeftBare = isBare(next) && !isBare(before);
  if (account.login === undefined && !isLeftBare) return state;
  return withAccount(state, {
    ...account,
    ...(account.login !== undefined && { newsAt: fact.at }),
    ...(isLeftBare && { bareAt: fact.at }),
  });
}

/** Contracts are held whose stop has filled or is gone. */
const isBare = ({ tranches }: Trade): boolean =>
  tranches.some(
    (one) =>
      heldOfTranche(one) > 0 && (one.stop?.state === "filled" || one.stop?.state === "cancelled"),
  );

const NEWS: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  "EntryAccepted",
  "EntryRejected",
  "EntryUnknown",
  "EntryFilled",
  "EntryEnded",
  "LegConfirmed",
  "LegChangeRefused",
  "LegRejected",
  "LegUnknown",
  "LegEnded",
  "ExitFilled",
]);

export function block(state: State, { account: id, number, plan }: Trade): State {
  const account = accountOf(state, id);
  const others = account.blocked.filter((one) => one.instrument !== plan.instrument);
  const blocked = [...others, { instrument: plan.instrument, trade: number }];
  return withAccount(state, { ...account, blocked });
}

export function settleTrade(state: State, trade: Trade, net: number, sign: 1 | -1): State {
  const account = accountOf(state, trade.account);
  const others = account.open.filter((id) => id !== trade.id);
  const isFlat = sign === 1 && others.length === 0;
  return withAccount(state, {
    ...account,
    ...(isFlat && { rules: rulesWhenFlat(state, account) }),
    open: sign === 1 ? others : [...others, trade.id],
    realisedToday: money(account.realisedToday + sign * net),
    balance: money(account.balance + sign * net),
  });
}

export function unbalance(state: State, fact: FactOf<"BalanceDiffered">): State {
  const { account, ours, theirs, askedAt } = fact;
  const unbalanced = { ours, theirs, askedAt };
  return withAccount(state, { ...accountOf(state, account), unbalanced });
}

export function differ(state: State, fact: FactOf<"PositionDiffered">): State {
  const { account, contract, ours, theirs, askedAt } = fact;
  const differs = { contract, ours, theirs, askedAt };
  const before = accountOf(state, account);
  const next = { ...before, settled: false, differs };
  return countDiffering(withAccount(state, next), before, next);
}
