/**
 * Is this alert news? Not when it is old, nor when it says again what was said a moment ago.
 *
 * ```text
 * recent: ... m1 ES long 6326 ... m2 NQ short 22950 ... m3 ES long 6326
 *             └──────────── within the window ────────────┘  m3 repeats m1
 * ```
 *
 * How old and how soon are personal limits, so every rule set answers for itself. An alert whose
 * trades have all ended can be said again: that is a re-entry.
 */
import { valuesOf } from "../../std/trie.ts";
import type { Alert } from "../model/alert.ts";
import { tradeIdOf } from "../model/ids.ts";
import type { MessageRef } from "../model/message.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Limits } from "../model/rules.ts";
import { type Millis, millis } from "../model/units.ts";
import { supersededBy } from "../spoken.ts";
import { findTrade, type RecentAlert, type State } from "../state.ts";
import { isOver } from "../track/phases.ts";
import type { Turn } from "../turn.ts";

/** An alert as it was heard: what it says, and who said it when. */
export interface Heard {
  readonly ref: MessageRef;
  readonly alert: Alert;
  readonly author: string | null;
  readonly sentAt: Millis;
  /** Its message says that the trade before it is over. */
  readonly isReentry: boolean;
  /** False = nothing can fill it: it is judged and kept as a shadow. */
  readonly tradable: boolean;
  /** Its room only looks on: it is judged by the market there is, and kept as well. */
  readonly isShadow: boolean;
  /** A person decides about it, so its age does not count; where the market is does. */
  readonly isAgeless: boolean;
  /** At the smallest size whatever its letter. */
  readonly smallest: boolean;
}

/** Of an alert that is taken as it comes. */
export const PLAIN = {
  tradable: true,
  isShadow: false,
  isAgeless: false,
  smallest: false,
} as const;

/** Its age, what came after it, and its likeness to earlier ones, by the limits of one rule set. */
export function refuseUnlessNews(
  { at, state }: Turn,
  heard: Heard,
  repeats: readonly RecentAlert[],
  { ageMax, duplicateWindow }: Limits,
): Refusal | null {
  const age = millis(at - heard.sentAt);
  if (age > ageMax && !heard.isAgeless) return { kind: "stale", age, limit: ageMax };
  const superseded = supersededBy(state.spoken, { ...heard, isWaiting: isPostponed(state, heard) });
  if (superseded !== null) return superseded;
  const earlier = repeatedIn(at, repeats, duplicateWindow);
  if (earlier === undefined) return null;
  const sameStop = earlier.alert.stop === heard.alert.stop;
  return { kind: "duplicate", of: earlier.message.id, sameStop };
}

const isPostponed = ({ postponed }: State, { ref }: Heard): boolean =>
  postponed.size > 0 &&
  valuesOf(postponed).some((waiting) =>
    waiting.some(({ isReentry, message }) => isReentry && isSameRef(message, ref)),
  );

/** What it says again, if that was said within this window. */
export const repeatedIn = (
  at: Millis,
  repeats: readonly RecentAlert[],
  window: Millis,
): RecentAlert | undefined => repeats.find((one) => at - one.at <= window);

/**
 * Same author, instrument, side and entry, whatever the stop, and not every trade of it over. Only
 * those before it count: while accounts are judged in several steps it stands among them itself. "We
 * are out, and in again" repeats only another message that says so, and a real alert only another
 * real one.
 */
export function repeatsOf(
  turn: Turn,
  { ref, alert, author, isReentry, isShadow }: Heard,
): readonly RecentAlert[] {
  const { recent } = turn.state;
  const own = recent.findIndex(({ message }) => isSameRef(message, ref));
  return recent
    .slice(0, own === -1 ? recent.length : own)
    .filter(
      (one) =>
        one.author === author &&
        one.alert.instrument === alert.instrument &&
        one.alert.side === alert.side &&
        one.alert.entry === alert.entry &&
        (one.isReentry || !isReentry) &&
        (isShadow || !one.isShadow) &&
        !isSettled(turn, one.message),
    );
}

const isSameRef = (a: MessageRef, b: MessageRef): boolean =>
  a.id === b.id && a.channel === b.channel && a.source === b.source;

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
