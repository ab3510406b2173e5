/**
 * How long to wait before the next try, and when a series of them is a quarrel.
 *
 * ```text
 *   tries      0 s   1 s   2 s   5 s   10 s   30 s   30 s ...      up to a quarter more, by the seed
 *   logouts    2 s   2 s   2 s   2 s   60 s   60 s ...             five within five minutes
 * ```
 *
 * Drops are routine and come back at once; a venue that is away is not hammered. A logout is a
 * different thing: somebody else may have logged in with our key, and two programs that keep throwing
 * each other out both go blind.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import { seeded } from "../../std/seeded.ts";

const DELAYS = [0, 1_000, 2_000, 5_000, 10_000, 30_000];

const AFTER_LOGOUT = 2_000;
const AFTER_QUARREL = 60_000;
const LOGOUTS_MAX = 5;
const SHORT_ORDER = 5 * 60_000;

export interface Patience {
  /** The wait before the next try; the longer, the more tries went before it. */
  next(): Millis;
  /** The connection held: the next outage is another one. */
  held(): void;
  /** Counts a logout; returns the wait, and whether it is a quarrel by now. */
  loggedOut(now: Millis): { readonly wait: Millis; readonly isQuarrel: boolean };
}

export function patience(seed: number): Patience {
  const dice = seeded(seed);
  let tries = 0;
  let logouts: readonly Millis[] = [];
  const about = (wait: number): Millis => millis(wait + dice.below(wait / 4 + 1));
  return {
    next() {
      const wait = DELAYS[Math.min(tries, DELAYS.length - 1)] ?? 0;
      tries += 1;
      return about(wait);
    },
    held() {
      tries = 0;
    },
    loggedOut(now) {
      const recent = logouts.filter((at) => at > now - SHORT_ORDER);
      logouts = [...recent, now].slice(-LOGOUTS_MAX);
      const isQuarrel = logouts.length === LOGOUTS_MAX;
      return { wait: about(isQuarrel ? AFTER_QUARREL : AFTER_LOGOUT), isQuarrel };
    },
  };
}
