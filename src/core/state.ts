/**
 * Everything the engine knows: nothing but the sum of its facts.
 *
 * Plain data in persistent tries, so a step copies only what it changes, and two states compare by
 * their canonical text.
 */

import { invariant } from "../std/assert.ts";
import { ownOf } from "../std/own.ts";
import { emptyTrie, getIn, setIn, type Trie } from "../std/trie.ts";
import type { Account } from "./model/account.ts";
import type { Ringing } from "./model/alarm-fact.ts";
import type { Alert } from "./model/alert.ts";
import type { AlerterRecord } from "./model/alerter-record.ts";
import type { BackupState } from "./model/backup-state.ts";
import type { FirmPlan, FirmPlans } from "./model/firm-plan.ts";
import type { FirmAllowed } from "./model/firm-state.ts";
import { type AccountId, isTwin, type TradeId } from "./model/ids.ts";
import type { MessageRef } from "./model/message.ts";
import { type Passes, type PushChannel, provedBy } from "./model/push-proof.ts";
import type { BookName } from "./model/risk-fact.ts";
import type { Rules, Settings } from "./model/rules.ts";
import type { Trade } from "./model/trade.ts";
import type { TradeDate } from "./model/trade-date.ts";
import type { Line } from "./model/trade-sums.ts";
import { type Millis, type Money, millis, money } from "./model/units.ts";
import type { Waiting } from "./model/waiting.ts";
import type { Bars } from "./risk/barred.ts";
import type { Told } from "./risk/duty-hours.ts";
import type { Spoken } from "./spoken.ts";

/** An alert that was read lately: what a repeat is recognised by. */
export interface RecentAlert {
  readonly at: Millis;
  readonly message: MessageRef;
  readonly author: string | null;
  readonly alert: Alert;
  readonly sentAt: Millis;
  /** Its message said that the trade before it is over. */
  readonly isReentry: boolean;
  /** Its room only looks on: it is nothing that a real alert could repeat. */
  readonly isShadow: boolean;
  /** A person was asked about it. */
  readonly isAsked: boolean;
  /** It was read in an edit of an alert that waited; it can only ask again. */
  readonly isEdited: boolean;
}

/** An alert that waits on one account: for the venue to be compared, for trades to be over. */
export interface Postponed {
  readonly account: AccountId;
  readonly message: MessageRef;
  readonly author: string | null;
  readonly alert: Alert;
  /** Its age counts from here. */
  readonly sentAt: Millis;
  /** Its message says that the trade before it is over. */
  readonly isReentry: boolean;
  readonly trades: readonly TradeId[];
}

/** Alerts that wait on one account; what comes then is refused. */
export const POSTPONED_MAX = 8;

/** An account that may trade live, as it was when a person said so. */
export interface Enabled {
  readonly at: Millis;
  readonly name: string;
  readonly rules: string;
  readonly ruleSet: Rules;
  /** Left out: nobody wrote it down. */
  readonly firm?: FirmAllowed | null;
}

/** Rules that trades were opened under, while those are open. */
export interface Held {
  readonly ruleSet: Rules;
  /** The rule set their accounts follow after that. */
  readonly after: string;
}

/** What was offered while this run goes on. */
export interface OfferedState {
  /** Fingerprint of the last sound configuration; left out before there was another than at the start. */
  readonly sound?: string;
  /** Fingerprint of what is wrong with the present one; left out while nothing is. */
  readonly fault?: string;
}

/** Trades that are on, on one side of a product family. */
export interface SideSum {
  readonly trades: number;
  /** Contracts held or asked for. */
  readonly wanted: number;
}

/** What all accounts of a book add up to, kept up to date trade by trade, fill by fill. */
export interface Book {
  readonly accounts: number;
  /** Of these the venue's list holds something else than the books. */
  readonly differing: number;
  /** Today, by trades that are over. */
  readonly realised: Money;
  /** What is open, by instrument and side. */
  readonly lines: Readonly<Record<string, Line>>;
  /** What is on, by product family and side. */
  readonly sides: Readonly<Record<string, SideSum>>;
  /** What was approved for trades that are on and of which nothing has filled. */
  readonly asked: Money;
  /** Trades that are on and of which something has. */
  readonly filled: number;
  /** Highest part of its total a rule set has reached today, thousandths. */
  readonly reached: Readonly<Record<string, number>>;
}

export interface State {
  readonly run: {
    readonly mode: "paper" | "live" | "demo";
    readonly priceAgeMax: Millis;
    /** One of them has to have passed a test before live entries; left out: none has to. */
    readonly push?: readonly PushChannel[];
  } | null;
  readonly settings: Settings;
  readonly tradeDate: TradeDate | null;
  readonly accounts: Trie<Account>;
  /** Trades that are not over, and those that ended on this trade date. */
  readonly trades: Trie<Trade>;
  readonly tradeCount: number;
  /** When each message of the last days was taken, by message key. */
  readonly messages: Trie<Millis>;
  readonly recent: readonly RecentAlert[];
  /** What was said last about trades: an alert older than that has been overtaken. */
  readonly spoken: readonly Spoken[];
  /** By account, in the order heard: re-entries, one a product family, and up to `POSTPONED_MAX`. */
  readonly postponed: Trie<readonly Postponed[]>;
  /** Entries that wait for a person's yes, oldest first; at most `WAITING_MAX`. */
  readonly waiting: readonly Waiting[];
  /** The last number given to one. */
  readonly entryCount: number;
  /** What a person allowed each live account, by account. */
  readonly enabled: Trie<Enabled>;
  /** No entries on any account before then; left out while nobody ever said so. */
  readonly lockedUntil?: Millis;
  /** When an operator last gave a sign of life; in older journals nobody kept it. */
  readonly attendedAt?: Millis;
  readonly books: Readonly<Record<BookName, Book>>;
  /** The worst loss of a book at which a step was taken today, in dollars; left out: none was. */
  readonly deepest?: Readonly<Partial<Record<BookName, Money>>>;
  /** Rule sets that hold until the trade date ends, instead of looser ones. */
  readonly kept: Readonly<Record<string, Rules>>;
  /** Left out while no trade is open under rules that were tightened since. */
  readonly held?: Readonly<Record<string, Held>>;
  /** Left out while the configuration is as it was at the start. */
  readonly offered?: OfferedState;
  /** Left out before the first backup, made or failed. */
  readonly backups?: BackupState;
  /** What authors' last alerts came to, in the order of their last results. */
  readonly records: readonly AlerterRecord[];
  /** Plans of firms that hold until then, instead of others that ask less; left out: none. */
  readonly keptPlans?: FirmPlans;
  /** Orders of strangers that were reported, by account/order. */
  readonly foreign: Trie<Millis>;
  /** Alarms whose cause stands, by cause; left out before the first. */
  readonly alarms?: Trie<Ringing>;
  /** What a person was told of which day without asking; left out before the first. */
  readonly told?: Told;
  /** Channels that took a test message; left out before the first. */
  readonly passes?: Passes;
  /** Which sources are heard, as far as they say; of this run. */
  readonly sources?: Readonly<
    Record<string, { readonly state: "up" | "down"; readonly at: Millis }>
  >;
}

export const EMPTY_BOOK: Book = {
  accounts: 0,
  differing: 0,
  realised: money(0),
  lines: {},
  sides: {},
  asked: money(0),
  filled: 0,
  reached: {},
};

export const initialState: State = {
  run: null,
  settings: { ruleSets: {}, accounts: [] },
  tradeDate: null,
  accounts: emptyTrie(),
  trades: emptyTrie(),
  tradeCount: 0,
  messages: emptyTrie(),
  recent: [],
  spoken: [],
  postponed: emptyTrie(),
  waiting: [],
  entryCount: 0,
  enabled: emptyTrie(),
  books: { house: EMPTY_BOOK, twins: EMPTY_BOOK },
  kept: {},
  records: [],
  foreign: emptyTrie(),
};

export function accountOf(state: State, id: AccountId): Account {
  const account = getIn(state.accounts, id);
  if (account === undefined) invariant(false, `account ${id} was opened before it is used`);
  return account;
}

export const findTrade = (state: State, id: TradeId): Trade | undefined => getIn(state.trades, id);

export function tradeOf(state: State, id: TradeId): Trade {
  const trade = findTrade(state, id);
  if (trade === undefined) invariant(false, `trade ${id} was planned before it is used`);
  return trade;
}

export const rulesOf = (state: State, account: Account): Rules => ruleSetOf(state, account.rules);

/** Null for one that is in the settings no more. */
export const findRuleSet = ({ held, kept, settings }: State, name: string): Rules | null =>
  (held === undefined ? undefined : ownOf(held, name)?.ruleSet) ??
  ownOf(kept, name) ??
  ownOf(settings.ruleSets, name) ??
  null;

export function ruleSetOf(state: State, name: string): Rules {
  const rules = findRuleSet(state, name);
  if (rules === null) invariant(false, `rule set ${name} exists`);
  return rules;
}

/** Null for an account without a plan in force. */
export function firmPlanOf({ keptPlans, settings }: State, { firm }: Account): FirmPlan | null {
  const plan = firm?.plan ?? null;
  return plan === null ? null : (keptPlans?.[plan] ?? settings.plans?.[plan] ?? null);
}

/** What an operator has laid upon the whole house. */
export const barsOf = ({ settings, lockedUntil, attendedAt, run, passes = {} }: State): Bars => ({
  lockedUntil,
  attendedAt,
  attended: settings.attended,
  unproved: run?.push === undefined || provedBy(passes, run.push) !== null ? undefined : run.push,
});

/** The book an account is counted in. */
export const bookNameOf = (account: AccountId): BookName => (isTwin(account) ? "twins" : "house");

const NO_TRADES: readonly Trade[] = [];

export function openTradesOf(state: State, account: Account): readonly Trade[] {
  if (account.open.length === 0) return NO_TRADES;
  const trades: Trade[] = [];
  for (const id of account.open) {
    const trade = findTrade(state, id);
    if (trade !== undefined) trades.push(trade);
  }
  return trades;
}

export const withAccount = (state: State, account: Account): State => ({
  ...state,
  accounts: setIn(state.accounts, account.id, account),
});

export const withTrade = (state: State, trade: Trade): State => ({
  ...state,
  trades: setIn(state.trades, trade.id, trade),
});

/** How long a message is remembered by its id; older ones are stale by any rule. */
export const MESSAGE_MEMORY = millis(2 * 86_400_000);
/** Alerts kept for recognising repeats, and how many of them. */
export const RECENT_MAX = 200;
