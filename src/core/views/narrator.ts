/**
 * What a teller of the story must remember between two facts: which trade is number 3, in which
 * instrument its ticks are counted, where its stop should rest, which account is called what.
 *
 * ```text
 * narrator + fact ──hear──► narrator        (timeline.ts turns the same fact into lines)
 * ```
 *
 * It is no second set of books: it holds words, never decides, and forgets a finished trade when
 * the trade date changes. Whoever starts in the middle of a journal makes one from the state there.
 */

import { emptyTrie, getIn, setIn, type Trie, trieOf, valuesOf } from "../../std/trie.ts";
import type { AlarmFact } from "../model/alarm-fact.ts";
import type { Side } from "../model/alert.ts";
import type { Fact, FactOf } from "../model/fact.ts";
import type { AccountId, TradeId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import { tighter } from "../model/levels.ts";
import { type MessageRef, messageKey } from "../model/message.ts";
import type { Settings } from "../model/rules.ts";
import { isLeaving, type Leg, type Trade, type Tranche } from "../model/trade.ts";
import type { Contracts, Ticks } from "../model/units.ts";

export interface Narrator {
  readonly accounts: Trie<AccountStory>;
  readonly trades: Trie<TradeStory>;
  /** The newest alerts, oldest first; a refusal names its message only. */
  readonly alerts: readonly AlertStory[];
  /** Read, but not yet told: its line waits for the number of the trade it may become. */
  readonly untold: FactOf<"AlertRead"> | null;
}

export interface AccountStory {
  readonly name: string;
  readonly tradeAs: Readonly<Partial<Record<Root, Root>>>;
}

export interface AlertStory {
  readonly key: string;
  readonly instrument: Root;
  /** Its room only looks on. */
  readonly isShadow: boolean;
}

export interface TradeStory {
  readonly id: TradeId;
  readonly number: number;
  readonly instrument: Root;
  readonly side: Side;
  readonly account: AccountId;
  readonly stopAim: Ticks;
  readonly atBreakeven: boolean;
  /** Whether an exit of the whole trade is under way. */
  readonly leaving: boolean;
  readonly over: boolean;
  readonly tranches: readonly TrancheStory[];
}

export interface TrancheStory {
  /** The target it leaves at, counted from 1. */
  readonly target: number;
  /** Its target leg was moved to the market, to exit or to trim: a fill there is no target hit. */
  readonly leaving: boolean;
  /** The stop as last told. */
  readonly stop: StopStory | null;
}

export interface StopStory {
  readonly price: Ticks;
  readonly quantity: Contracts;
}

/** Enough for an alert judged on very many accounts in several steps. */
const ALERTS_MAX = 64;

/** One who has heard nothing yet: for a journal told from its beginning. */
export const newNarrator: Narrator = {
  accounts: emptyTrie(),
  trades: emptyTrie(),
  alerts: [],
  untold: null,
};

/** One who knows what has gone before, for a story that goes on from a snapshot. */
export const narratorOf = (settings: Settings, trades: readonly Trade[]): Narrator => ({
  ...newNarrator,
  accounts: accountsOf(settings),
  trades: trieOf(trades.map((trade) => [trade.id, storyOf(trade)])),
});

/** Takes in one fact; most leave everything as it is. */
export function hear(narrator: Narrator, fact: Fact): Narrator {
  const before = narrator.untold === null ? narrator : { ...narrator, untold: null };
  switch (fact.kind) {
    case "SettingsAdopted":
      return { ...before, accounts: accountsOf(fact.settings) };
    case "TradeDateBegan":
      return { ...before, trades: withoutTheOver(before.trades) };
    case "AlertRead":
      return { ...before, untold: fact, alerts: withAlert(before.alerts, fact) };
    case "TradePlanned":
      return withTrade(before, plannedStory(fact));
    case "IncidentFound":
    case "AlarmRaised":
    case "AlarmRepeated":
    case "AlarmAcknowledged":
    case "AlarmEnded":
      return before; // names a trade, or none, and changes neither
    default:
      return "trade" in fact ? hearOfTrade(before, fact) : before;
  }
}

type OfTrade = Exclude<
  Extract<Fact, { readonly trade: TradeId }>,
  FactOf<"TradePlanned" | "IncidentFound"> | AlarmFact
>;

function hearOfTrade(narrator: Narrator, fact: OfTrade): Narrator {
  const story = getIn(narrator.trades, fact.trade);
  if (story === undefined) return narrator;
  const next = retold(story, fact);
  return next === story ? narrator : withTrade(narrator, next);
}

function retold(story: TradeStory, fact: OfTrade): TradeStory {
  switch (fact.kind) {
    case "EntrySplit":
      return { ...story, tranches: story.tranches.map((one, at) => resplit(one, fact, at)) };
    case "BreakevenDue": {
      const stopAim = tighter(story.side, fact.stop, story.stopAim);
      return { ...story, stopAim, atBreakeven: stopAim === fact.stop };
    }
    case "StopAimed":
      return { ...story, stopAim: fact.stop, atBreakeven: false };
    case "LegConfirmed":
      return fact.leg === "stop" ? inTranche(story, fact.tranche, { stop: stopIn(fact) }) : story;
    case "LegChangeAsked":
      return fact.why === "exit" ? inTranche(story, fact.tranche, { leaving: true }) : story;
    case "TargetAimed":
      return fact.why === "anchor"
        ? story
        : inTranche(story, fact.tranche, { leaving: letsOut(fact) });
    case "ExitBegun":
      return { ...story, leaving: true };
    case "TradeClosed":
    case "TradeAbandoned":
      return { ...story, over: true };
    case "TradeReopened":
      return { ...story, over: false, leaving: false };
    default:
      return story;
  }
}

/** The target goes to the market. */
export const letsOut = ({ why }: FactOf<"TargetAimed">): boolean =>
  why === "trim" || why === "filled-beyond-target";

const resplit = (one: TrancheStory, fact: FactOf<"EntrySplit">, at: number): TrancheStory => ({
  ...one,
  target: (fact.targetIndexes[at] ?? one.target - 1) + 1,
});

const inTranche = (
  story: TradeStory,
  index: number,
  change: Partial<TrancheStory>,
): TradeStory => ({
  ...story,
  tranches: story.tranches.map((one, at) => (at === index ? { ...one, ...change } : one)),
});

const withTrade = (narrator: Narrator, story: TradeStory): Narrator => ({
  ...narrator,
  trades: setIn(narrator.trades, story.id, story),
});

const withoutTheOver = (trades: Trie<TradeStory>): Trie<TradeStory> =>
  trieOf(valuesOf(trades).flatMap((story) => (story.over ? [] : [[story.id, story] as const])));

function withAlert(
  alerts: readonly AlertStory[],
  fact: FactOf<"AlertRead">,
): readonly AlertStory[] {
  const { message, alert, shadow } = fact;
  const isShadow = shadow === true;
  const story = { key: messageKey(message), instrument: alert.instrument, isShadow };
  return [...alerts, story].slice(-ALERTS_MAX);
}

/** The instrument an alert was written in; null for one long past. */
export function alertedIn(narrator: Narrator, message: MessageRef): Root | null {
  const key = messageKey(message);
  return narrator.alerts.findLast((alert) => alert.key === key)?.instrument ?? null;
}

export function isOfShadowRoom(
  { alerts }: Narrator,
  { message }: FactOf<"AlertShadowed">,
): boolean {
  const key = messageKey(message);
  return alerts.findLast((alert) => alert.key === key)?.isShadow === true;
}

/** The instrument an account trades for it, in whose ticks the account's refusals count. */
export function tradedIn(narrator: Narrator, account: AccountId, alerted: Root): Root {
  return getIn(narrator.accounts, account)?.tradeAs[alerted] ?? alerted;
}

export const nameOf = (narrator: Narrator, account: string): string =>
  getIn(narrator.accounts, account)?.name ?? account;

function accountsOf(settings: Settings): Trie<AccountStory> {
  const stories = settings.accounts.map(({ id, name, rules }) => {
    const tradeAs = settings.ruleSets[rules]?.tradeAs ?? {};
    return [id, { name, tradeAs }] as const;
  });
  return trieOf(stories);
}

function plannedStory(fact: FactOf<"TradePlanned">): TradeStory {
  const { instrument, side, stop, tranches } = fact.plan;
  return {
    id: fact.trade,
    number: fact.number,
    instrument,
    side,
    account: fact.account,
    stopAim: stop,
    atBreakeven: false,
    leaving: false,
    over: false,
    tranches: tranches.map((_, index) => ({ target: index + 1, leaving: false, stop: null })),
  };
}

function storyOf(trade: Trade): TradeStory {
  return {
    id: trade.id,
    number: trade.number,
    instrument: trade.plan.instrument,
    side: trade.plan.side,
    account: trade.account,
    stopAim: trade.stopAim,
    atBreakeven: trade.breakeven === "due",
    leaving: trade.exit !== null,
    over: trade.phase === "closed" || trade.phase === "abandoned",
    tranches: trade.tranches.map(trancheStory),
  };
}

const trancheStory = (tranche: Tranche): TrancheStory => ({
  target: tranche.targetIndex + 1,
  leaving: isLeaving(tranche),
  stop: tranche.stop?.state === "working" ? stopIn(tranche.stop) : null,
});

const stopIn = ({ price, quantity }: FactOf<"LegConfirmed"> | Leg): StopStory => ({
  price,
  quantity,
});
