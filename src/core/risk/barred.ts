/**
 * What an operator has laid upon himself: a lock-out, and to be near.
 *
 * Both are compared with the time and never taken off, so that nothing has to run when they end: no
 * `resume`, no restart and no other configuration opens what they close.
 */
import { type Account, isLive } from "../model/account.ts";
import type { PushChannel } from "../model/push-proof.ts";
import type { Refusal } from "../model/refusal.ts";
import { type Millis, millis } from "../model/units.ts";

/** What counts for every account. */
export interface Bars {
  readonly lockedUntil?: Millis | undefined;
  readonly attendedAt?: Millis | undefined;
  /** How long nobody has to be heard of; left out: for ever. */
  readonly attended?: Millis | undefined;
  /** Channels of which none has proved that an alarm would reach somebody; left out: one has, or none has to. */
  readonly unproved?: readonly PushChannel[] | undefined;
}

type Locked = Pick<Account, "lockedUntil">;
type Barred = Pick<Account, "lockedUntil" | "id" | "probation">;

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

export function refuseBarred(bars: Bars, account: Barred, at: Millis): Refusal | null {
  const until = lockedUntil(bars, account);
  if (until !== null && at < until) return { kind: "locked-out", until };
  const { attendedAt: since, attended: limit, unproved } = bars;
  if (unproved !== undefined && isLive(account))
    return { kind: "no-push", channels: unproved.map(({ channel }) => channel) };
  if (since === undefined || limit === undefined || at < since + limit) return null;
  return { kind: "unattended", since, limit };
}

/** From then on nobody has been heard of for too long; null = nobody has to be. */
export const attendanceEnd = ({ attendedAt, attended }: Bars): Millis | null =>
  attendedAt === undefined || attended === undefined ? null : millis(attendedAt + attended);
