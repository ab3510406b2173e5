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
import type { Alert } from "../model/alert.ts";
import type { Fact } from "../model/fact.ts";
import type { InputOf } from "../model/input.ts";
import { type Message, type MessageRef, messageKey, refOf } from "../model/message.ts";
import type { AccountRules } from "../model/rules.ts";
import { reasonAgainst } from "../parse/outcome.ts";
import { readMessage } from "../parse/read-message.ts";
import { accountOf } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { repeatsOf } from "./freshness.ts";
import { judgeFor, readingsOf, refusedByAll } from "./verdict.ts";

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
  const { author, sentAt } = input.message;
  const heard = { ref, alert, author, sentAt, tradable: input.tradable };
  if (input.from === 0) record(turn, alertRead(turn, input.message, ref, alert));
  else if (!wasFannedOut(turn, ref)) return;
  const readings = readingsOf(heard, repeatsOf(turn, heard));
  const refusal = input.from === 0 ? refusedByAll(turn, readings) : null;
  if (refusal !== null)
    return record(turn, { at: turn.at, message: ref, kind: "AlertRefused", refusal });
  for (const { id } of accountsFrom(turn, input.from))
    record(turn, judgeFor(turn, accountOf(turn.state, id), readings));
}

const accountsFrom = ({ state }: Turn, from: number): readonly AccountRules[] =>
  state.settings.accounts.slice(from, from + FAN_OUT_MAX);

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
