/**
 * From a message to trades, account by account.
 *
 * ```text
 * message ─► parse ─► alert ─► risk, per account ─► plan ─► TradePlanned
 *    └seen     └MessageIgnored  └AlertRefused  └TradeRefused └AlertShadowed
 * ```
 *
 * A message that was taken before changes nothing. One account's refusal never stops another.
 */
import { getIn } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { Alert } from "../model/alert.ts";
import { DEFAULT_RULES } from "../model/defaults.ts";
import type { Fact } from "../model/fact.ts";
import { tradeIdOf } from "../model/ids.ts";
import type { InputOf } from "../model/input.ts";
import type { Instrument } from "../model/instrument.ts";
import { type Message, type MessageRef, messageKey, refOf } from "../model/message.ts";
import type { Plan } from "../model/plan.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Limits } from "../model/rules.ts";
import { type TradeDate, tradeDateOf } from "../model/trade-date.ts";
import { type Millis, millis } from "../model/units.ts";
import { reasonAgainst } from "../parse/outcome.ts";
import { readMessage } from "../parse/read-message.ts";
import { planTrade } from "../plan/plan-trade.ts";
import { type Assessment, assess, judgeAccount } from "../risk/judge.ts";
import { accountOf, findTrade, openTradesOf, rulesOf } from "../state.ts";
import { isOver } from "../track/phases.ts";
import { quoteIn, record, type Turn } from "../turn.ts";

/** Accounts judged in one step; the rest follow in steps of their own, so none grows without end. */
const FAN_OUT_MAX = 500;

export function decideMessage(turn: Turn, input: InputOf<"message">): void {
  const { message, from } = input;
  const parsed = readMessage(message, { authors: input.authors });
  if (from === 0 && alreadyTaken(turn, message)) return;
  if (parsed.kind !== "entries") {
    record(turn, ignored(turn, message, reasonAgainst(parsed)));
    return;
  }
  for (const [index, alert] of parsed.entries.entries())
    decideAlert(turn, input, refAt(message, index), alert);
  if (from + FAN_OUT_MAX < turn.state.settings.accounts.length) {
    turn.asks.push({ kind: "FanOut", input: { ...input, from: from + FAN_OUT_MAX } });
  }
}

/** An edit has the id of its original; it is no second delivery, and never an entry either. */
const alreadyTaken = (turn: Turn, message: Message): boolean =>
  message.event === "create" &&
  getIn(turn.state.messages, messageKey(refOf(message))) !== undefined;

const ignored = (turn: Turn, message: Message, reason: string): Fact => ({
  at: turn.at,
  message: refOf(message),
  kind: "MessageIgnored",
  author: message.author,
  text: message.text.slice(0, TEXT_KEPT),
  reason,
});

/** Text kept in the journal; a message is never longer than Discord lets it be. */
const TEXT_KEPT = 4_000;

/** The second alert of one message needs a name of its own. */
const refAt = (message: Message, index: number): MessageRef =>
  index === 0 ? refOf(message) : { ...refOf(message), id: `${message.id}#${index + 1}` };

function decideAlert(turn: Turn, input: InputOf<"message">, ref: MessageRef, alert: Alert): void {
  const { accounts } = turn.state.settings;
  if (input.from === 0) {
    const refusal = refuseForAll(turn, input.message, alert);
    record(turn, alertRead(turn, input.message, ref, alert));
    if (refusal !== null)
      record(turn, { at: turn.at, message: ref, kind: "AlertRefused", refusal });
    if (refusal !== null) return;
  } else if (!wasFannedOut(turn, ref)) return;
  // The first step was in time; the disk may have kept this one waiting.
  const late = input.from === 0 ? null : staleness(turn, input.message);
  const heard = { ref, alert, author: input.message.author, tradable: input.tradable };
  const readings = new Map<string, Reading>();
  for (const { id } of accounts.slice(input.from, input.from + FAN_OUT_MAX)) {
    record(
      turn,
      late === null
        ? judgeFor(turn, accountOf(turn.state, id), heard, readings)
        : { at: turn.at, message: ref, kind: "TradeRefused", account: id, refusal: late },
    );
  }
}

/** Only an alert that the first step took and did not refuse goes on to the next accounts. */
const wasFannedOut = (turn: Turn, ref: MessageRef): boolean =>
  turn.state.recent.some((one) => messageKey(one.message) === messageKey(ref));

const alertRead = (turn: Turn, message: Message, ref: MessageRef, alert: Alert): Fact => ({
  at: turn.at,
  message: ref,
  kind: "AlertRead",
  author: message.author,
  text: message.text.slice(0, TEXT_KEPT),
  sentAt: message.sentAt,
  alert,
});

/** What is wrong with the alert itself, whoever would trade it. */
function refuseForAll(turn: Turn, message: Message, alert: Alert): Refusal | null {
  const { duplicateWindow } = limitsForAll(turn);
  return staleness(turn, message) ?? findDuplicate(turn, message, alert, duplicateWindow);
}

function staleness(turn: Turn, message: Message): Refusal | null {
  const { ageMax } = limitsForAll(turn);
  const age = millis(turn.at - message.sentAt);
  return age > ageMax ? { kind: "stale", age, limit: ageMax } : null;
}

/** Those of the first account: how old an alert is does not depend on who trades it. */
function limitsForAll({ state }: Turn): Limits {
  const [first] = state.settings.accounts;
  const rules = first && state.settings.ruleSets[first.rules];
  return (rules ?? DEFAULT_RULES).limits;
}

/** Same author, instrument, side and entry, whatever the stop: a repeat, unless its trade is over. */
function findDuplicate(turn: Turn, message: Message, alert: Alert, window: Millis): Refusal | null {
  const earlier = turn.state.recent.find(
    (one) =>
      turn.at - one.at <= window &&
      one.author === message.author &&
      one.alert.instrument === alert.instrument &&
      one.alert.side === alert.side &&
      one.alert.entry === alert.entry &&
      !isSettled(turn, one.message),
  );
  if (earlier === undefined) return null;
  return { kind: "duplicate", of: earlier.message.id, sameStop: earlier.alert.stop === alert.stop };
}

/** Every trade it caused has ended: the same levels again are a re-entry. */
function isSettled(turn: Turn, ref: MessageRef): boolean {
  let traded = false;
  for (const { id } of turn.state.settings.accounts) {
    const trade = findTrade(turn.state, tradeIdOf(ref, id));
    if (trade !== undefined && !isOver(trade.phase)) return false;
    traded ||= trade !== undefined;
  }
  return traded;
}

interface Heard {
  readonly ref: MessageRef;
  readonly alert: Alert;
  readonly author: string | null;
  readonly tradable: boolean;
}

/** What one rule set makes of the alert: worked out once, however many accounts follow it. */
interface Reading {
  readonly assessment: Assessment;
  readonly tradeDate: TradeDate;
  /** Made when the first account is approved; the others get the same. */
  plan: Plan | null;
}

function readingBy(turn: Turn, account: Account, { alert, tradable }: Heard): Reading {
  const tradeDate = tradeDateOf(turn.at);
  const view = {
    at: turn.at,
    tradeDate,
    rules: rulesOf(turn.state, account),
    quoteOf: (instrument: Instrument) => quoteIn(turn, instrument),
    priceAgeMax: turn.state.run?.priceAgeMax ?? millis(0),
    shadow: !tradable,
  };
  return { assessment: assess(alert, view), tradeDate, plan: null };
}

function judgeFor(
  turn: Turn,
  account: Account,
  heard: Heard,
  readings: Map<string, Reading>,
): Fact {
  const { state, at } = turn;
  const { ref, author, tradable } = heard;
  const reading = readings.get(account.rules) ?? readingBy(turn, account, heard);
  readings.set(account.rules, reading);
  const { assessment } = reading;
  const openTrades = openTradesOf(state, account);
  const verdict = judgeAccount(assessment, { account, openTrades });
  const about = { at, message: ref, account: account.id };
  if (!verdict.ok) return { ...about, kind: "TradeRefused", refusal: verdict.error };
  const moment = { at, tradeDate: reading.tradeDate };
  reading.plan ??= planTrade(verdict.value, assessment.rules, moment);
  const { plan } = reading;
  if (!tradable) return { ...about, kind: "AlertShadowed", plan };
  // Written out: a spread costs more than the judgement, and there may be ten thousand accounts.
  return {
    at,
    message: ref,
    account: account.id,
    kind: "TradePlanned",
    trade: tradeIdOf(ref, account.id),
    number: state.tradeCount + 1,
    author,
    plan,
  };
}
