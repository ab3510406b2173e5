/**
 * What an operator has laid upon himself: a lock-out, and to be near.
 *
 * Both are compared with the time and never taken off, so that nothing has to run when they end: no
 * `resume`, no restart and no other configuration opens what they close.
 */
import type { Account } from "../model/account.ts";
import type { Refusal } from "../model/refusal.ts";
import { type Millis, millis } from "../model/units.ts";

/** What counts for every account. */
export interface Bars {
  readonly lockedUntil?: Millis | undefined;
  readonly attendedAt?: Millis | undefined;
  /** How long nobody has to be heard of; left out: for ever. */
  readonly attended?: Millis | undefined;
}

type Locked = Pick<Account, "lockedUntil">;

/** When the later of the two lock-outs ends that concern it; null = there was none. */
export function lockedUntil({ lockedUntil: house }: Bars, account: Locked): Millis | null {
  // No lists: this is asked of every account an alert is judged for.
  const own = account.lockedUntil;
  if (house === undefined || own === undefined) return house ?? own ?? null;
  return own > house ? own : house;
}

export function isLocked(bars: Bars, account: Locked, at: Millis): boolean {
  const until = lockedUntil(bars, account);
  return until !== null && at < until;
}

export function refuseBarred(bars: Bars, account: Locked, at: Millis): Refusal | null {
  const until = lockedUntil(bars, account);
  if (until !== null && at < until) return { kind: "locked-out", until };
  const { attendedAt: since, attended: limit } = bars;
  if (since === undefined || limit === undefined || at < since + limit) return null;
  return { kind: "unattended", since, limit };
}

/** From then on nobody has been heard of for too long; null = nobody has to be. */
export const attendanceEnd = ({ attendedAt, attended }: Bars): Millis | null =>
  attendedAt === undefined || attended === undefined ? null : millis(attendedAt + attended);
