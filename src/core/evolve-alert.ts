/**
 * What the house remembers of alerts: the ones heard lately, and those that wait for a person.
 *
 * ```text
 * AlertRead ─► recent ─┬─ ApprovalAsked ─► waiting ─► ApprovalEnded ─► waits no more
 *                      └─ refused, expired, withdrawn ─► forgotten: nothing another could repeat
 * ```
 */
import type { FactOf } from "./model/fact.ts";
import { type MessageRef, messageKey } from "./model/message.ts";
import { RECENT_MAX, type State } from "./state.ts";

export function rememberAlert(state: State, fact: FactOf<"AlertRead">): State {
  const { at, author, alert, message, sentAt } = fact;
  const { recent } = state;
  const kept = recent.length < RECENT_MAX ? recent : recent.slice(recent.length - RECENT_MAX + 1);
  const isReentry = fact.reentry === true;
  const isShadow = fact.shadow === true;
  const isEdited = fact.edit !== undefined;
  const isAsked = false;
  const entry = { at, author, alert, message, sentAt, isReentry, isShadow, isEdited, isAsked };
  return { ...state, recent: [...kept, entry] };
}

export function forgetAlert(state: State, message: MessageRef): State {
  const key = messageKey(message);
  return { ...state, recent: state.recent.filter((one) => messageKey(one.message) !== key) };
}

/** The alert itself was read just before. */
export function askApproval(state: State, fact: FactOf<"ApprovalAsked">): State {
  const key = messageKey(fact.message);
  const read = state.recent.findLast((one) => messageKey(one.message) === key);
  if (read === undefined) return state;
  const { message, author, alert, sentAt, isReentry } = read;
  const { entry, until, smallest, group, reason, at: askedAt } = fact;
  const heard = { message, author, alert, sentAt, isReentry };
  const waiting = { entry, ...heard, askedAt, until, smallest, group, reason };
  const recent = state.recent.map((one) => (one === read ? { ...one, isAsked: true } : one));
  return { ...state, recent, waiting: [...state.waiting, waiting], entryCount: entry };
}

export function endApproval(state: State, { entry, how, message }: FactOf<"ApprovalEnded">): State {
  const ended = { ...state, waiting: state.waiting.filter((one) => one.entry !== entry) };
  return how === "approved" ? ended : forgetAlert(ended, message);
}
