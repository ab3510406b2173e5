/**
 * How often a letter is tried, and for how long.
 *
 * ```text
 * refused ─ 1 min ─ 2 ─ 4 ─ 8 ─ 16 ─ 32 ─ 60 ─ 60 ... until it is a day old ─► named in a digest
 * an alarm  1 min ─ 1 ─ 1 ... for an hour, longer than it rings; then like any other
 * ```
 */
import { MILLIS_PER_DAY, MILLIS_PER_MINUTE } from "../model/central-time.ts";
import { type Millis, millis } from "../model/units.ts";

/** Nobody acts on news of yesterday: from then on it is a line among others. */
export const LIFE = millis(MILLIS_PER_DAY);
const FIRST = MILLIS_PER_MINUTE;
const LONGEST = 60 * MILLIS_PER_MINUTE;

/** `tries` so far, at least 1; `asked` is what the other side wants us to wait, if it said so. */
export function retryAt(tries: number, now: Millis, asked: Millis | null = null): Millis {
  const pause = FIRST * 2 ** Math.min(tries - 1, 10);
  return millis(now + Math.min(LONGEST, Math.max(pause, asked ?? 0)));
}

const ALARM_TRIES = 60;

/** Of an alarm: nobody knows in how many minutes the channel is back, and each of them counts. */
export const alarmRetryAt = (tries: number, now: Millis, asked: Millis | null): Millis =>
  tries <= ALARM_TRIES ? millis(now + FIRST) : retryAt(tries - ALARM_TRIES, now, asked);
