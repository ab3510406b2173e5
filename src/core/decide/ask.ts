/**
 * Asks a person before an entry is taken.
 *
 * ```text
 * alert ─► judged first ─┬─ every account refuses ─► refused, and nobody is troubled
 *                        └─ one would take it ─────► ApprovalAsked ─► answer.ts, withdraw.ts
 *   └ edited while it waits ─► the newest text counts: a new question, or none
 * ```
 *
 * So a yes is never asked for what could not be done. The question has a number of its own for every
 * text: who approves number 4 approves what number 4 said.
 */
import { canonical } from "../../std/canonical.ts";
import type { Fact } from "../model/fact.ts";
import type { InputOf } from "../model/input.ts";
import { type Message, type MessageRef, messageKey, refOf } from "../model/message.ts";
import { APPROVAL_FOR, type Room } from "../model/room.ts";
import { millis } from "../model/units.ts";
import { WAITING_MAX, type Waiting } from "../model/waiting.ts";
import type { Entries, Parsed } from "../parse/outcome.ts";
import { readMessage } from "../parse/read-message.ts";
import { accountOf, type State } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import type { Leaving } from "./close-first.ts";
import { followersOf, nextOf } from "./followers.ts";
import { digestOf, TEXT_KEPT } from "./update.ts";
import { judgeFor, type Readings } from "./verdict.ts";
import { withdraw } from "./withdraw.ts";

/** Alerts as this house takes them: what is sure, and in a room that asks also what is not. */
export interface Told extends Omit<Entries, "leftOut"> {
  /** Why a person should look twice; null = nothing is doubtful. */
  readonly doubt: string | null;
  /** Keys of the alerts that are meant, where not all of them are. */
  readonly only: ReadonlySet<string> | null;
}

/** Or what it is instead, when nothing in it is an entry here. */
export function toldIn(
  parsed: Parsed,
  { room, tradable }: Pick<InputOf<"message">, "room" | "tradable">,
): Told | Exclude<Parsed, Entries> {
  if (parsed.kind === "entries") {
    const { kind, entries, before } = parsed;
    return { kind, entries, before, doubt: null, only: null };
  }
  if (parsed.kind !== "none") return parsed;
  const { complete, reason } = parsed;
  if (complete === undefined || room.mode !== "confirm" || !tradable) return parsed;
  return { kind: "entries", entries: [complete], before: [], doubt: reason, only: null };
}

/** The second alert of one message needs a name of its own. */
export const refAt = (message: Message, index: number): MessageRef =>
  index === 0 ? refOf(message) : { ...refOf(message), id: `${message.id}#${index + 1}` };

/** Judged up to the first account that would take it; the others are judged when a person says yes. */
export function askAbout(
  turn: Turn,
  readings: Readings,
  { room, from, doubt }: Pick<InputOf<"message">, "room" | "from"> & Pick<Told, "doubt">,
  leaving: Leaving,
): void {
  const { at, state } = turn;
  const message = readings.heard.ref;
  if (from > 0 && wasAsked(state, message)) return;
  if (state.waiting.length >= WAITING_MAX) {
    const refusal = { kind: "queue-full", limit: WAITING_MAX } as const;
    return record(turn, { at, message, kind: "AlertRefused", refusal });
  }
  const refusals: Fact[] = [];
  for (const { id } of nextOf(followersOf(state, room.group), from)) {
    const verdict = judgeFor(turn, accountOf(state, id), readings, leaving.get(id) ?? []);
    if (verdict.kind !== "TradeRefused") return record(turn, asked(turn, message, room, doubt));
    refusals.push(verdict);
  }
  record(turn, ...refusals);
}

const wasAsked = ({ recent }: State, ref: MessageRef): boolean =>
  recent.some((one) => one.isAsked && messageKey(one.message) === messageKey(ref));

const asked = (
  { at, state }: Turn,
  message: MessageRef,
  { approvalFor = APPROVAL_FOR, group }: Room,
  doubt: string | null,
): Fact => ({
  at,
  message,
  kind: "ApprovalAsked",
  entry: state.entryCount + 1,
  until: millis(at + approvalFor),
  smallest: doubt !== null,
  group,
  reason: doubt ?? "its room asks first",
});

type Decide = (turn: Turn, input: InputOf<"message">, told: Told) => void;

/**
 * An edit or a deletion of what waits. True when that is all there is to say about it: an alert of
 * the same message that was taken already is looked at like any other.
 */
export function changeWaiting(turn: Turn, input: InputOf<"message">, decide: Decide): boolean {
  const { message, from } = input;
  const told = message.event === "edit" ? readAnew(input) : null;
  const { waiting, recent } = turn.state;
  if (from > 0) {
    // Only a question goes on to further accounts; it may have ended meanwhile.
    const isOpen = recent.some((one) => one.isEdited && isOf(message, one.message));
    if (told !== null && isOpen) decide(turn, input, told);
    return true;
  }
  const own = waiting.filter((one) => isOf(message, one.message));
  if (own.length === 0) return false;
  const isAll = recent.filter((one) => isOf(message, one.message)).length <= own.length;
  if (told !== null && isUnchanged(own, message, told)) {
    ignore(turn, message, "an edit that changes nothing");
    return isAll;
  }
  const by = message.event === "edit" ? "its text was changed" : "its message was deleted";
  for (const one of own) withdraw(turn, one, by);
  if (told === null) ignore(turn, message, `${by} while it waited`);
  else
    decide(turn, asOldAs(own, input), {
      ...told,
      only: new Set(own.map((one) => messageKey(one.message))),
    });
  return isAll;
}

/** Another text makes an alert no younger: what was said of it meanwhile still holds. */
function asOldAs(own: readonly Waiting[], input: InputOf<"message">): InputOf<"message"> {
  const sentAt = millis(Math.min(input.message.sentAt, ...own.map((one) => one.sentAt)));
  return { ...input, message: { ...input.message, sentAt } };
}

/** As if it had been posted so; what it says of trades before it is no news. */
function readAnew(input: InputOf<"message">): Told | null {
  const { message, room } = input;
  const told = toldIn(readMessage({ ...message, event: "create", previous: null }, room), input);
  return told.kind === "entries" ? { ...told, before: [] } : null;
}

const isOf = (message: Message, { source, channel, id }: MessageRef): boolean =>
  source === message.source &&
  channel === message.channel &&
  (id === message.id || id.startsWith(`${message.id}#`));

function isUnchanged(own: readonly Waiting[], message: Message, told: Told): boolean {
  const isSame = (one: Waiting): boolean => {
    const index = told.entries.findIndex((_, at) => refAt(message, at).id === one.message.id);
    const isAsSure = one.smallest === (told.doubt !== null);
    return isAsSure && canonical(told.entries[index] ?? null) === canonical(one.alert);
  };
  return own.every(isSame);
}

function ignore(turn: Turn, message: Message, reason: string): void {
  const edit = digestOf(message);
  record(turn, {
    at: turn.at,
    message: refOf(message),
    kind: "MessageIgnored",
    author: message.author,
    text: message.text.slice(0, TEXT_KEPT),
    reason,
    ...(edit !== undefined && { edit }),
  });
}
