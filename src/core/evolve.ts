/**
 * Folds one fact into the state. It asks nothing and refuses nothing: a fact is true.
 *
 * The same function builds the state while running, after a restart and in a replay; that the three
 * agree byte for byte is a test.
 */
import { unreachable } from "../std/assert.ts";
import { withOne } from "../std/list.ts";
import { entriesOf, getIn, removeIn, setIn, type Trie, trieOf } from "../std/trie.ts";
import {
  adopt,
  block,
  differ,
  eachAccount,
  flattened,
  heardOf,
  moveClock,
  moveGate,
  moveLink,
  openAccount,
  settleAccount,
  settleTrade,
  switchAccount,
  unbalance,
  unsettled,
} from "./evolve-account.ts";
import { evolveAlarm } from "./evolve-alarm.ts";
import { askApproval, endApproval, forgetAlert, rememberAlert } from "./evolve-alert.ts";
import { evolveBackup } from "./evolve-backup.ts";
import { booksAfter, booksWithTrade, countAccount } from "./evolve-books.ts";
import { asStarted, evolveConfig, holdingNone } from "./evolve-config.ts";
import { evolveDuty } from "./evolve-duty.ts";
import { beginFirmDay, evolveFirm, filledOn } from "./evolve-firm.ts";
import { evolveHealth } from "./evolve-health.ts";
import { enable } from "./evolve-live.ts";
import { spoke, taken } from "./evolve-message.ts";
import { attend, begin, lockOut } from "./evolve-presence.ts";
import { beginRiskDay, enteredRisk, evolveRisk, riskHeard, settledOf } from "./evolve-risk.ts";
import { isOfAlarm } from "./model/alarm-fact.ts";
import { isOfBackup } from "./model/backup-fact.ts";
import { isOfConfig } from "./model/config-fact.ts";
import { isOfDuty } from "./model/duty-fact.ts";
import type { Fact, FactOf, HouseFact } from "./model/fact.ts";
import { isOfFirm } from "./model/firm-fact.ts";
import { isOfHealth } from "./model/health-fact.ts";
import { messageKey } from "./model/message.ts";
import type { MessageFact } from "./model/message-fact.ts";
import type { Trade } from "./model/trade.ts";
import type { TroubleFact } from "./model/trouble-fact.ts";
import { type Money, money } from "./model/units.ts";
import { datesAfterTrade } from "./risk/probation.ts";
import { accountOf, findTrade, MESSAGE_MEMORY, type State, withTrade } from "./state.ts";
import { evolveTrade, type FactOfTrade } from "./track/evolve-trade.ts";
import { newTrade } from "./track/new-trade.ts";
import { isOver } from "./track/phases.ts";

export function evolve(state: State, fact: Fact): State {
  if (isOfFirm(fact)) return evolveFirm(state, fact);
  if (isOfAlarm(fact)) return evolveAlarm(state, fact);
  if (isOfDuty(fact)) return evolveDuty(state, fact);
  if (isOfConfig(fact)) return evolveConfig(state, fact);
  if (isOfBackup(fact)) return evolveBackup(state, fact);
  if (isOfHealth(fact)) return evolveHealth(state, fact);
  switch (fact.kind) {
    case "RunStarted":
    case "RunEnded":
    case "JournalRecovered":
    case "SettingsAdopted":
    case "AccountOpened":
    case "AccountSettled":
    case "AccountFlat":
    case "LinkMoved":
    case "ClockMoved":
    case "LiveEnabled":
    case "TradeDateBegan":
    case "GateMoved":
    case "LockedOut":
    case "AccountSwitched":
    case "NoticeGiven":
    case "CommandTaken":
      return evolveHouse(state, fact);
    case "AlertRead":
    case "MessageIgnored":
    case "AlertRefused":
    case "TradeRefused":
    case "AlertShadowed":
    case "ReentryPostponed":
    case "AlertHeld":
    case "UpdateRead":
    case "UpdateSettled":
    case "AlertTracked":
    case "ApprovalAsked":
    case "ApprovalEnded":
    case "TradePlanned":
      return evolveMessage(state, fact);
    case "BalanceDiffered":
    case "PositionDiffered":
    case "IncidentFound":
    case "OrphanCancelAsked":
    case "ForeignOrderSeen":
      return evolveTrouble(state, fact);
    case "LossStepReached":
    case "TotalStepReached":
    case "BreakerOpened":
    case "BreakerClosed":
    case "LimitsKept":
      return evolveRisk(state, fact);
    default:
      return evolveOneTrade(state, fact);
  }
}

function evolveHouse(state: State, fact: HouseFact): State {
  switch (fact.kind) {
    case "RunStarted":
      return unsettled(begin(asStarted(state), fact));
    case "RunEnded":
      return { ...state, run: null };
    case "SettingsAdopted":
      return adopt(holdingNone({ ...state, settings: fact.settings }));
    case "AccountOpened":
      return countAccount(openAccount(state, fact), fact.account);
    case "AccountSettled":
      return settleAccount(state, fact);
    case "AccountFlat":
      return flattened(state, fact);
    case "LinkMoved":
      return moveLink(state, fact);
    case "ClockMoved":
      return moveClock(state, fact);
    case "LiveEnabled":
      return enable(state, fact);
    case "TradeDateBegan":
      return beginTradeDate(state, fact);
    case "GateMoved":
      return eachAccount(state, (one) =>
        fact.account === null || fact.account === one.id ? moveGate(state, one, fact) : one,
      );
    case "LockedOut":
      return lockOut(state, fact);
    case "AccountSwitched":
      return switchAccount(state, fact);
    case "CommandTaken":
      // A command acts through the facts beside it; this one says that somebody was there.
      return attend(state, fact.at);
    case "JournalRecovered":
    case "NoticeGiven":
      return state;
    default:
      return unreachable(fact);
  }
}

/** Counters start anew, and what is over and old leaves the state; the journal keeps it for ever. */
function beginTradeDate(state: State, fact: FactOf<"TradeDateBegan">): State {
  const forget = fact.at - MESSAGE_MEMORY;
  const begun = eachAccount(
    {
      ...state,
      tradeDate: fact.tradeDate,
      trades: keep(state.trades, (trade) => !isOver(trade.phase)),
      messages: keep(state.messages, (at) => at >= forget),
      foreign: keep(state.foreign, (at) => at >= forget),
      recent: [],
    },
    (one) => ({ ...one, tradeDate: fact.tradeDate, tradesToday: 0, realisedToday: money(0) }),
  );
  return beginFirmDay(beginRiskDay(begun, fact.at));
}

const keep = <V>(trie: Trie<V>, wanted: (value: V) => boolean): Trie<V> =>
  trieOf(entriesOf(trie).filter(([, value]) => wanted(value)));

function evolveMessage(state: State, fact: MessageFact): State {
  switch (fact.kind) {
    case "AlertRead":
      return spoke(rememberAlert(taken(state, fact), fact), fact);
    case "UpdateRead":
      return spoke(taken(state, fact), fact);
    case "MessageIgnored":
    case "AlertTracked":
      return taken(state, fact);
    case "UpdateSettled":
      return state;
    case "ApprovalAsked":
      return askApproval(state, fact);
    case "ApprovalEnded":
      return endApproval(state, fact);
    case "AlertRefused":
      return forgetAlert(state, fact.message);
    case "TradeRefused":
      return decided(state, fact);
    case "AlertShadowed":
      return state;
    case "ReentryPostponed":
      return postpone(state, fact, true);
    case "AlertHeld":
      return postpone(state, fact, fact.reentry === true);
    case "TradePlanned":
      return planned(decided(state, fact), fact);
    default:
      return unreachable(fact);
  }
}

function postpone(
  state: State,
  fact: FactOf<"ReentryPostponed" | "AlertHeld">,
  isReentry: boolean,
): State {
  const { account, message, author, alert, sentAt, trades } = fact;
  const waiting = getIn(state.postponed, account) ?? [];
  const one = { account, message, author, alert, sentAt, isReentry, trades };
  return { ...state, postponed: setIn(state.postponed, account, [...waiting, one]) };
}

/** What was taken or refused waits no more. */
function decided(state: State, fact: FactOf<"TradePlanned"> | FactOf<"TradeRefused">): State {
  const waiting = state.postponed.size === 0 ? undefined : getIn(state.postponed, fact.account);
  if (waiting === undefined) return state;
  const key = messageKey(fact.message);
  const rest = waiting.filter((one) => messageKey(one.message) !== key);
  const postponed =
    rest.length === 0
      ? removeIn(state.postponed, fact.account)
      : setIn(state.postponed, fact.account, rest);
  return { ...state, postponed };
}

function planned(state: State, fact: FactOf<"TradePlanned">): State {
  const account = accountOf(state, fact.account);
  const trade = newTrade(fact);
  // One spread, in front: a second one costs as much as the judgement.
  const booked = {
    ...account,
    tradesToday: account.tradesToday + 1,
    open: withOne(account.open, fact.trade),
    risk: enteredRisk(account, fact),
  };
  const { probation } = account;
  const next =
    probation === undefined ? booked : { ...booked, probation: datesAfterTrade(account) };
  return {
    ...state,
    accounts: setIn(state.accounts, account.id, next),
    trades: setIn(state.trades, fact.trade, trade),
    tradeCount: Math.max(state.tradeCount, fact.number),
    books: booksWithTrade(state.books, trade),
  };
}

function evolveOneTrade(state: State, fact: FactOfTrade): State {
  const trade = findTrade(state, fact.trade);
  if (trade === undefined) return state;
  // Said twice in a journal of an early build: a trade that is on has nothing booked to take back.
  if (fact.kind === "TradeReopened" && !isOver(trade.phase)) return state;
  const next = evolveTrade(trade, fact);
  const net = bookedBy(trade, fact);
  const counted: State = {
    ...state,
    trades: setIn(state.trades, trade.id, next),
    books: booksAfter(state.books, trade, next, net),
  };
  const booked = heardOf(filledOn(counted, fact, trade.account), trade, next, fact);
  if (fact.kind === "TradeClosed") {
    const settled = riskHeard(settleTrade(booked, next, fact.net, 1), trade, next, fact);
    return fact.how === "external" ? block(settled, next) : settled;
  }
  if (fact.kind === "TradeAbandoned") return settleTrade(booked, next, money(0), 1);
  const taken = fact.kind === "TradeReopened" ? settleTrade(booked, next, money(-net), -1) : booked;
  return riskHeard(taken, trade, next, fact);
}

/** What the reopened trade had booked is taken back; it is booked again when it closes again. */
function bookedBy(trade: Trade, fact: FactOfTrade): Money {
  if (fact.kind === "TradeClosed") return fact.net;
  return money(fact.kind === "TradeReopened" ? 0 - settledOf(trade) : 0);
}

function doubt(state: State, { trade: id }: FactOf<"IncidentFound">): State {
  const trade = id === null ? undefined : findTrade(state, id);
  return trade === undefined ? state : withTrade(state, { ...trade, doubted: true });
}

function evolveTrouble(state: State, fact: TroubleFact): State {
  switch (fact.kind) {
    case "BalanceDiffered":
      return unbalance(state, fact);
    case "PositionDiffered":
      return differ(state, fact);
    case "IncidentFound":
      return fact.what === "outcome-unknown" ? doubt(state, fact) : state;
    case "OrphanCancelAsked":
      return state;
    case "ForeignOrderSeen":
      return { ...state, foreign: setIn(state.foreign, `${fact.account}/${fact.order}`, fact.at) };
    default:
      return unreachable(fact);
  }
}
