/**
 * Tells of the day without being asked: in the morning whether all is ready, in the afternoon how it
 * was, and then that a summary is due. Once each, whoever starts and stops meanwhile.
 *
 * What it says is found out at that moment: the same questions an alert would be met with, the age
 * of every price, and which sources are heard. A start gets half a minute first, because nothing is
 * compared with the venue before, and no price has come.
 */
import { getIn, valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { Ailment, ClosingAccount, ReadyAccount, Unready } from "../model/duty-fact.ts";
import type { FactOf } from "../model/fact.ts";
import { COMPONENTS, type Component } from "../model/health.ts";
import { isTwin } from "../model/ids.ts";
import type { Input, InputOf } from "../model/input.ts";
import type { Instrument } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { type Millis, millis } from "../model/units.ts";
import { refuseAccount } from "../risk/account-limits.ts";
import { refuseBarred } from "../risk/barred.ts";
import { beginningOf, type DueDuty, dutiesDue, nextDutyAt } from "../risk/duty-hours.ts";
import { calendarOf, cutOffsOn, dayOf } from "../risk/hours.ts";
import { barsOf, openTradesOf, rulesOf, type State } from "../state.ts";
import { record, type Turn } from "../turn.ts";

export const DUTY_KEY = "duty";
const AFTER_START = 30_000;

export function decideSource(turn: Turn, { source, state }: InputOf<"source">): void {
  if (turn.state.sources?.[source]?.state === state) return;
  record(turn, { at: turn.at, kind: "SourceMoved", source, state });
}

export function tellDuties(turn: Turn, input: Input): void {
  const times = turn.state.settings.duties;
  const isOurs = input.kind === "alarm" && input.key === DUTY_KEY;
  if (times === undefined || (input.kind !== "start" && !isOurs)) return;
  const { at } = turn;
  const calendar = calendarOf(turn.state.settings);
  const due = dutiesDue(times, calendar, turn.state.told ?? {}, at);
  if (isOurs) for (const one of due) tell(turn, one);
  const next = isOurs || due.length === 0 ? nextDutyAt(times, calendar, at) : at + AFTER_START;
  if (next !== null)
    turn.asks.push({ kind: "WakeAt", key: DUTY_KEY, at: soonest(next, at, input) });
}

/** What falls into the first half minute waits for its end. */
const soonest = (next: number, at: Millis, { kind }: Input): Millis =>
  millis(kind === "start" ? Math.max(next, at + AFTER_START) : next);

function tell(turn: Turn, { duty, date, due }: DueDuty): void {
  const about = { at: turn.at, tradeDate: date, due };
  if (duty === "ready") record(turn, { ...about, kind: "ReadyTold", ...readiness(turn) });
  else if (duty === "closing")
    record(turn, { ...about, kind: "ClosingTold", ...closing(turn.state) });
  else record(turn, { ...about, kind: "SummaryDue", period: duty, from: beginningOf(duty, date) });
}

/** Those of the settings; twins are nobody's money. */
const accountsOf = (state: State): readonly Account[] =>
  state.settings.accounts.flatMap(({ id }) => {
    const account = isTwin(id) ? undefined : getIn(state.accounts, id);
    return account === undefined ? [] : [account];
  });

type Readiness = Omit<FactOf<"ReadyTold">, "kind" | "at" | "tradeDate" | "due">;

function readiness(turn: Turn): Readiness {
  const { state, quotes, at } = turn;
  const sources = Object.entries(state.sources ?? {});
  const ailments = ailmentsOf(state);
  return {
    mode: state.run?.mode ?? "paper",
    unready: [
      ...unreadyAccounts(turn),
      ...unreadyPrices(turn),
      ...unreadySources(state),
      ...unreadyParts(ailments),
    ],
    accounts: accountsOf(state).map((account) => readyAccount(state, account)),
    prices: quotes.map((quote) => ({
      instrument: quote.instrument,
      age: millis(Math.max(0, at - quote.at)),
    })),
    sources: sources.map(([source, one]) => ({ source, state: one.state })),
    ...(ailments.length > 0 && { ailments }),
    cutOff: nextCutOff(turn),
  };
}

/** The same questions an alert is met with, but for what the alert itself brings. */
function unreadyAccounts({ state, at }: Turn): readonly Unready[] {
  return accountsOf(state).flatMap((account) => {
    const view = { account, openTrades: openTradesOf(state, account), total: null };
    const refusal =
      refuseAccount(rulesOf(state, account), view) ?? refuseBarred(barsOf(state), account, at);
    return refusal === null ? [] : [{ kind: "account", account: account.id, refusal }];
  });
}

/** Before the cash session a product may well be silent for some seconds. */
const QUIET_MAX = 60_000;

function unreadyPrices({ state, quotes, at }: Turn): readonly Unready[] {
  if (quotes.length === 0) return [{ kind: "no-prices" }];
  const ageMax = Math.max(QUIET_MAX, state.run?.priceAgeMax ?? 0);
  return quotes
    .filter((quote) => at - quote.at > ageMax)
    .map(({ instrument, at: printedAt }) => ({
      ...{ kind: "price", instrument },
      age: millis(at - printedAt),
    }));
}

const unreadySources = ({ sources = {} }: State): readonly Unready[] =>
  Object.entries(sources).flatMap(([source, { state, at }]) =>
    state === "up" ? [] : [{ kind: "source", source, since: at }],
  );

const ailmentsOf = ({ health = {} }: State): readonly Ailment[] =>
  COMPONENTS.flatMap((component) => {
    const ailing = health[component];
    return ailing === undefined ? [] : [{ component, ...ailing }];
  });

/** Of prices and sources more is said than that. */
const SAID_BETTER: ReadonlySet<Component> = new Set<Component>(["prices", "discord"]);

const unreadyParts = (ailments: readonly Ailment[]): readonly Unready[] =>
  ailments
    .filter(({ component, state }) => state === "failed" && !SAID_BETTER.has(component))
    .map(({ component, reason, since }) => ({ kind: "health", component, reason, since }));

function readyAccount(state: State, account: Account): ReadyAccount {
  const { sizing, limits } = rulesOf(state, account);
  const { lossPerTrade, dailyLoss, tradesPerDay } = limits;
  return {
    ...{ account: account.id, balance: account.balance, sizing, lossPerTrade, tradesPerDay },
    dailyLoss: dailyLoss?.limit ?? null,
  };
}

type Moment = Pick<Turn, "state" | "quotes" | "at">;

/** The earliest at which entries of any account end today. */
export function nextCutOff({ state, quotes, at }: Moment): Millis | null {
  const [quote] = quotes;
  const instrument: Instrument = instrumentOf(quote?.instrument ?? "ES");
  const date = state.tradeDate;
  const ends = accountsOf(state).flatMap((account) => {
    const { hours } = rulesOf(state, account);
    if (hours === undefined || date === null) return [];
    const { until } = cutOffsOn(dayOf(state.settings, hours, instrument), date);
    return until > at ? [until] : [];
  });
  return ends.length === 0 ? null : millis(Math.min(...ends));
}

function closing(state: State): Pick<FactOf<"ClosingTold">, "accounts" | "waiting"> {
  const postponed = valuesOf(state.postponed).reduce((sum, list) => sum + list.length, 0);
  return {
    accounts: accountsOf(state).map((account) => closingAccount(state, account)),
    waiting: state.waiting.length + postponed,
  };
}

const closingAccount = (state: State, account: Account): ClosingAccount => ({
  account: account.id,
  trades: account.tradesToday,
  net: account.realisedToday,
  balance: account.balance,
  open: openTradesOf(state, account).map(({ number }) => number),
});
