/**
 * From a message to trades, account by account.
 *
 * ```text
 * message ─► parse ─► alert ─► risk, per account ─► plan ─► TradePlanned
 *    └seen     └MessageIgnored  └AlertRefused  └TradeRefused └AlertShadowed, AlertHeld, ReentryPostponed
 *                                       └ a room that asks first: ask.ts
 * ```
 *
 * What the message says is over is left first (`close-first.ts`); a re-entry waits for that.
 * A message that was taken before changes nothing. One account's refusal never stops another.
 */
import { getIn } from "../../std/trie.ts";
import type { Alert } from "../model/alert.ts";
import type { Fact } from "../model/fact.ts";
import type { InputOf } from "../model/input.ts";
import type { Instrument } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { type MarketSeen, marketSeen } from "../model/market-seen.ts";
import { type Message, type MessageRef, messageKey, refOf } from "../model/message.ts";
import type { Refusal } from "../model/refusal.ts";
import type { AccountRules } from "../model/rules.ts";
import type { Tracked } from "../model/tracked.ts";
import type { Trade } from "../model/trade.ts";
import type { Millis } from "../model/units.ts";
import type { Update } from "../model/update.ts";
import type { None, Parsed } from "../parse/outcome.ts";
import { readMessage } from "../parse/read-message.ts";
import { takenKey } from "../spoken.ts";
import { accountOf } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { askAbout, changeWaiting, refAt, type Told, toldIn } from "./ask.ts";
import { type Ended, isOut, type Leaving, leaveFirst, ofOthers } from "./close-first.ts";
import { FAN_OUT_MAX, followersOf, hasMore, nextOf } from "./followers.ts";
import { type Heard, repeatsOf } from "./freshness.ts";
import { decideUpdate, digestOf, settleUpdates, TEXT_KEPT } from "./update.ts";
import { speaksOf } from "./update-binding.ts";
import { isRepeatFor, judgeFor, type Readings, readingsOf, refusedByAll } from "./verdict.ts";
import { withdrawWaiting } from "./withdraw.ts";

export function decideMessage(turn: Turn, input: InputOf<"message">): void {
  const { message, from, room } = input;
  if (from === 0 && alreadyTaken(turn, message)) return;
  if (message.event !== "create" && changeWaiting(turn, input, decideEntries)) return;
  decideParsed(turn, input, readMessage(message, room));
}

/** What it means here depends on its room. */
export function decideParsed(turn: Turn, input: InputOf<"message">, parsed: Parsed): void {
  const { message } = input;
  const told = toldIn(parsed, input);
  if (told.kind === "entries") return decideEntries(turn, input, told);
  if (told.kind === "update") return decideUpdate(turn, input, told.updates);
  if (told.kind === "tracked") return record(turn, tracked(turn, message, told.tracked));
  record(turn, ignored(turn, message, told));
}

function decideEntries(turn: Turn, input: InputOf<"message">, told: Told): void {
  const { message, from, room } = input;
  const followers = followersOf(turn.state, room.group);
  let leaving: Leaving = new Map();
  for (const [index, alert] of told.entries.entries()) {
    const ref = refAt(message, index);
    if (told.only !== null && !told.only.has(messageKey(ref))) continue;
    const heard = heardIn(turn, input, told, ref, alert);
    const readings = readingsOf(heard, repeatsOf(turn, heard));
    if (told.before.length > 0 && index === 0) {
      const { before, entries } = told;
      const others = ofOthers(before, entries);
      const ended = { ref, sentAt: heard.sentAt, updates: before, ofOthers: others };
      const isNews = followers.some(({ rules }) => !isRepeatFor(turn, readings, rules));
      if (from === 0 && isNews) withdrawWaiting(turn, ended);
      // Of all accounts in the first step: what the author is out of is not left to a step that a
      // crash could cut off. The others are asked again for what they are still leaving.
      const leavers = from === 0 ? followers : nextOf(followers, from);
      leaving = leaveFirst(turn, leavers, ended, readings);
      if (from === 0) settleBefore(turn, ended, readings);
    }
    decideAlert(turn, input, { told, readings, followers, leaving });
  }
  if (hasMore(followers, from)) {
    turn.asks.push({ kind: "FanOut", input: { ...input, from: from + FAN_OUT_MAX } });
  }
}

/** What it says of trades that go on. */
function settleBefore(turn: Turn, told: Ended, { repeats }: Readings): void {
  const { ref: message, sentAt } = told;
  const said = repeats.length === 0 ? told.updates : told.ofOthers;
  const updates = said.filter((one) => !isOut(one));
  settleUpdates(turn, { message, sentAt }, updates);
}

/** The first step also writes down that it was read. */
function heardIn(
  turn: Turn,
  { message, from, tradable, room, receivedAt = turn.at }: InputOf<"message">,
  { before, doubt }: Told,
  ref: MessageRef,
  alert: Alert,
): Heard {
  const { author, sentAt } = message;
  const heard = {
    ref,
    alert,
    author,
    sentAt,
    isReentry: before.some((one) => isEndOf(one, alert)),
    tradable,
    isShadow: room.mode === "shadow",
    isAgeless: message.event === "edit",
    smallest: doubt !== null,
  };
  if (from === 0) record(turn, alertRead(turn, message, heard, receivedAt));
  return heard;
}

/** "Closed NQ. 🚨 ES long ..." is no re-entry into ES. */
const isEndOf = (update: Update, { instrument }: Alert): boolean =>
  isOut(update) && speaksOf(update, instrumentOf(instrument).family, {});

/** An edit has the id of its original and is no second delivery of it; but it may come twice too. */
const alreadyTaken = (turn: Turn, message: Message): boolean =>
  getIn(turn.state.messages, takenKey(refOf(message), digestOf(message))) !== undefined;

const tracked = (turn: Turn, message: Message, found: readonly Tracked[]): Fact => ({
  at: turn.at,
  message: refOf(message),
  kind: "AlertTracked",
  author: message.author,
  text: message.text.slice(0, TEXT_KEPT),
  sentAt: message.sentAt,
  tracked: found,
});

function ignored(turn: Turn, message: Message, parsed: None): Fact {
  const edit = digestOf(message);
  return {
    at: turn.at,
    message: refOf(message),
    kind: "MessageIgnored",
    author: message.author,
    text: message.text.slice(0, TEXT_KEPT),
    reason: parsed.reason,
    ...(parsed.review && { review: true }),
    ...(edit !== undefined && { edit }),
  };
}

interface Question {
  readonly told: Told;
  readonly readings: Readings;
  readonly followers: readonly AccountRules[];
  readonly leaving: Leaving;
}

function decideAlert(turn: Turn, input: InputOf<"message">, question: Question): void {
  const { from, room, message, tradable } = input;
  const { readings, leaving, followers, told } = question;
  const { ref } = readings.heard;
  if (from > 0 && !wasFannedOut(turn, ref)) return;
  const refusal = from === 0 ? refusalForAll(turn, room.group, question) : null;
  if (refusal !== null)
    return record(turn, { at: turn.at, message: ref, kind: "AlertRefused", refusal });
  // An edit never opens a trade: whatever its room is like by now, it can only ask again.
  if (message.event === "edit" || (room.mode === "confirm" && tradable))
    return askAbout(turn, readings, { room, from, doubt: told.doubt }, leaving);
  for (const { id } of nextOf(followers, from)) {
    const account = accountOf(turn.state, id);
    record(turn, judgeFor(turn, account, readings, leaving.get(id) ?? NONE));
  }
}

const NONE: readonly Trade[] = [];

const refusalForAll = (
  turn: Turn,
  group: string | null,
  { readings, followers }: Question,
): Refusal | null =>
  group !== null && followers.length === 0
    ? { kind: "no-account", group }
    : refusedByAll(turn, readings, followers);

/** Only an alert that the first step took and did not refuse goes on to the next accounts. */
const wasFannedOut = (turn: Turn, ref: MessageRef): boolean =>
  turn.state.recent.some((one) => messageKey(one.message) === messageKey(ref));

function alertRead(
  turn: Turn,
  message: Message,
  { ref, alert, isReentry, isShadow }: Heard,
  receivedAt: Millis,
): Fact {
  const edit = digestOf(message);
  const market = marketFor(turn, alert);
  return {
    at: turn.at,
    message: ref,
    kind: "AlertRead",
    author: message.author,
    text: message.text.slice(0, TEXT_KEPT),
    sentAt: message.sentAt,
    alert,
    ...(isReentry && { reentry: true }),
    ...(isShadow && { shadow: true }),
    ...(edit !== undefined && { edit }),
    ...(receivedAt !== turn.at && { receivedAt }),
    ...(market !== null && { market }),
  };
}

/** Of what the alert names, or of what counts the same ticks in its family: ES for MES. */
function marketFor({ quotes, at }: Turn, alert: Alert): MarketSeen | null {
  const named = instrumentOf(alert.instrument);
  const isKin = ({ family, tickUnits, decimals }: Instrument): boolean =>
    family === named.family && tickUnits === named.tickUnits && decimals === named.decimals;
  const quote =
    quotes.find(({ instrument }) => instrument === alert.instrument) ??
    quotes.find(({ instrument }) => isKin(instrumentOf(instrument)));
  return quote === undefined ? null : marketSeen(quote, at);
}
