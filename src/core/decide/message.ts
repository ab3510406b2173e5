/**
 * From a message to trades, account by account.
 *
 * ```text
 * message ─► parse ─► alert ─► risk, per account ─► plan ─► TradePlanned
 *    └seen     └MessageIgnored  └AlertRefused  └TradeRefused └AlertShadowed, ReentryPostponed
 * ```
 *
 * What the message says is over is left first (`close-first.ts`); a re-entry waits for that.
 * A message that was taken before changes nothing. One account's refusal never stops another.
 */
import { getIn } from "../../std/trie.ts";
import type { Alert } from "../model/alert.ts";
import type { Fact } from "../model/fact.ts";
import type { InputOf } from "../model/input.ts";
import { type Message, type MessageRef, messageKey, refOf } from "../model/message.ts";
import type { AccountRules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { type Entries, type Parsed, reasonAgainst } from "../parse/outcome.ts";
import { readMessage } from "../parse/read-message.ts";
import { takenKey } from "../spoken.ts";
import { accountOf } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { isOut, type Leaving, leaveFirst, type Told } from "./close-first.ts";
import { type Heard, repeatsOf } from "./freshness.ts";
import { decideUpdate, digestOf, settleUpdates, TEXT_KEPT } from "./update.ts";
import { judgeFor, type Readings, readingsOf, refusedByAll } from "./verdict.ts";

/**
 * Accounts judged in one step; the rest follow in steps of their own. So many are judged, written
 * down and sent in some ten milliseconds, and nothing else of the house waits for longer.
 */
const FAN_OUT_MAX = 200;

export function decideMessage(turn: Turn, input: InputOf<"message">): void {
  const { message, from } = input;
  const parsed = readMessage(message, input.room);
  if (from === 0 && alreadyTaken(turn, message)) return;
  if (parsed.kind === "update") return decideUpdate(turn, input, parsed.updates);
  if (parsed.kind !== "entries") {
    record(turn, ignored(turn, message, parsed));
    return;
  }
  let leaving: Leaving = new Map();
  for (const [index, alert] of parsed.entries.entries()) {
    const heard = heardIn(turn, input, parsed, index, alert);
    const readings = readingsOf(heard, repeatsOf(turn, heard));
    if (index === 0) {
      const { ref, sentAt } = heard;
      const told = { ref, sentAt, updates: parsed.before };
      leaving = leaveFirst(turn, accountsFrom(turn, from), told, readings);
      settleBefore(turn, told, readings, from);
    }
    decideAlert(turn, from, readings, leaving);
  }
  if (from + FAN_OUT_MAX < turn.state.settings.accounts.length) {
    turn.asks.push({ kind: "FanOut", input: { ...input, from: from + FAN_OUT_MAX } });
  }
}

/** What it says of trades that go on; a repeat says nothing new. */
function settleBefore(turn: Turn, told: Told, { repeats }: Readings, from: number): void {
  const { ref: message, sentAt } = told;
  const updates = told.updates.filter((one) => !isOut(one));
  if (repeats.length === 0) settleUpdates(turn, { message, sentAt }, updates, from);
}

/** The first step also writes down that it was read. */
function heardIn(
  turn: Turn,
  { message, from, tradable }: InputOf<"message">,
  { before }: Entries,
  index: number,
  alert: Alert,
): Heard {
  const { author, sentAt } = message;
  const isReentry = before.length > 0;
  const heard = { ref: refAt(message, index), alert, author, sentAt, isReentry, tradable };
  if (from === 0) record(turn, alertRead(turn, message, heard));
  return heard;
}

/** An edit has the id of its original and is no second delivery of it; but it may come twice too. */
const alreadyTaken = (turn: Turn, message: Message): boolean =>
  getIn(turn.state.messages, takenKey(refOf(message), digestOf(message))) !== undefined;

function ignored(turn: Turn, message: Message, parsed: Exclude<Parsed, Entries>): Fact {
  const edit = digestOf(message);
  return {
    at: turn.at,
    message: refOf(message),
    kind: "MessageIgnored",
    author: message.author,
    text: message.text.slice(0, TEXT_KEPT),
    reason: reasonAgainst(parsed),
    ...(parsed.kind === "none" && parsed.review && { review: true }),
    ...(edit !== undefined && { edit }),
  };
}

/** The second alert of one message needs a name of its own. */
const refAt = (message: Message, index: number): MessageRef =>
  index === 0 ? refOf(message) : { ...refOf(message), id: `${message.id}#${index + 1}` };

function decideAlert(turn: Turn, from: number, readings: Readings, leaving: Leaving): void {
  const { ref } = readings.heard;
  if (from > 0 && !wasFannedOut(turn, ref)) return;
  const refusal = from === 0 ? refusedByAll(turn, readings) : null;
  if (refusal !== null)
    return record(turn, { at: turn.at, message: ref, kind: "AlertRefused", refusal });
  for (const { id } of accountsFrom(turn, from)) {
    const account = accountOf(turn.state, id);
    record(turn, judgeFor(turn, account, readings, leaving.get(id) ?? NONE));
  }
}

const NONE: readonly Trade[] = [];

const accountsFrom = ({ state }: Turn, from: number): readonly AccountRules[] =>
  state.settings.accounts.slice(from, from + FAN_OUT_MAX);

/** Only an alert that the first step took and did not refuse goes on to the next accounts. */
const wasFannedOut = (turn: Turn, ref: MessageRef): boolean =>
  turn.state.recent.some((one) => messageKey(one.message) === messageKey(ref));

const alertRead = (turn: Turn, message: Message, { ref, alert, isReentry }: Heard): Fact => ({
  at: turn.at,
  message: ref,
  kind: "AlertRead",
  author: message.author,
  text: message.text.slice(0, TEXT_KEPT),
  sentAt: message.sentAt,
  alert,
  ...(isReentry && { reentry: true }),
});
