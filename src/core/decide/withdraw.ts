/**
 * How a question ends that nobody answers: its author takes it back, or its time is up.
 *
 * ```text
 * waiting ─┬─ "stopped", "close", "cancel" of its channel and product ─► withdrawn
 *          ├─ edited, deleted (ask.ts), the program stops ─────────────► withdrawn
 *          └─ `until` comes ───────────────────────────────────────────► expired
 * ```
 *
 * What waits is part of the state and survives a restart; the time runs on meanwhile.
 */
import type { Input } from "../model/input.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { MessageRef } from "../model/message.ts";
import { type Millis, millis } from "../model/units.ts";
import type { Update, UpdateAction } from "../model/update.ts";
import type { Waiting } from "../model/waiting.ts";
import { showDuration } from "../model/wording.ts";
import { isOfMessage, isOfOneAlert } from "../spoken.ts";
import type { State } from "../state.ts";
import { record, type Turn } from "../turn.ts";

/** One alarm for all of them, at the first deadline. */
export const APPROVALS_KEY = "approvals";

export const withdraw = (turn: Turn, { message, entry }: Waiting, by: string): void =>
  record(turn, { at: turn.at, message, kind: "ApprovalEnded", entry, how: "withdrawn", by });

/** What an author says of trades taken earlier. */
export interface News {
  readonly ref: MessageRef;
  readonly sentAt: Millis;
  readonly updates: readonly Update[];
  /** The one alert it answers, if it does. */
  readonly about?: string;
}

/** Of these the rest says that a trade goes on, or how it went. */
const ENDINGS: readonly UpdateAction[] = ["close", "cancel", "stopped"];

/** What the author is out of is not entered any more: of that channel and product, asked before it. */
export function withdrawWaiting(turn: Turn, { ref, sentAt, updates, about }: News): void {
  for (const one of turn.state.waiting) {
    const { source, channel } = one.message;
    if (source !== ref.source || channel !== ref.channel || one.sentAt > sentAt) continue;
    const { family } = instrumentOf(one.alert.instrument);
    const isMeant = (update: Update): boolean =>
      !isOfOneAlert(update, { ...(about !== undefined && { about }) }) ||
      isOfMessage(one.message, about ?? "");
    const ending = updates.find(
      (update) =>
        ENDINGS.includes(update.action) &&
        isMeant(update) &&
        (update.instrument === null || instrumentOf(update.instrument).family === family),
    );
    if (ending !== undefined) withdraw(turn, one, `its author says: ${ending.action}`);
  }
}

/** The program stops: what has not been answered by now is not entered. */
export function withdrawAll(turn: Turn): void {
  for (const one of turn.state.waiting) withdraw(turn, one, "shutting down");
}

/** `before` is the state the turn began with. */
export function settleWaiting(turn: Turn, before: State, input: Input): void {
  if (before.waiting.length === 0 && turn.state.waiting.length === 0) return;
  for (const one of turn.state.waiting) if (turn.at >= one.until) expire(turn, one);
  const isSpent = input.kind === "start" || (input.kind === "alarm" && input.key === APPROVALS_KEY);
  if (isSpent || turn.state.waiting !== before.waiting) setAlarm(turn);
}

function expire(turn: Turn, { message, entry, askedAt, until }: Waiting): void {
  const by = `nobody answered within ${showDuration(millis(until - askedAt))}`;
  record(turn, { at: turn.at, message, kind: "ApprovalEnded", entry, how: "expired", by });
}

function setAlarm({ state, asks }: Turn): void {
  const deadlines = state.waiting.map(({ until }) => until);
  asks.push(
    deadlines.length === 0
      ? { kind: "LetSleep", key: APPROVALS_KEY }
      : { kind: "WakeAt", key: APPROVALS_KEY, at: millis(Math.min(...deadlines)) },
  );
}
