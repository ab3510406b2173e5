/**
 * Notices that the machine slept, or that this process stood still.
 *
 * ```text
 * 09:30:00  :01  :02   ········   11:42:07      a look each second; one that comes more than
 *                  └── 2 h 12 min ──┘           five seconds late found a gap
 * ```
 *
 * A clock that is put forward looks the same from here, and means the same for who trades: what was
 * due meanwhile is late.
 */
import { type Millis, millis } from "../core/model/units.ts";
import type { Clock } from "../ports/clock.ts";

const LOOK_EVERY = 1_000;
const GAP_MAX = 5_000;

export interface GapWatch {
  stop(): void;
}

/** `found` is told when it was looked last. */
export function watchGaps(clock: Clock, found: (since: Millis) => void): GapWatch {
  let last = clock.now();
  let callOff = (): void => {};
  const wait = (): void => {
    callOff = clock.schedule(millis(last + LOOK_EVERY), look);
  };
  const look = (): void => {
    const since = last;
    last = clock.now();
    if (last - since - LOOK_EVERY > GAP_MAX) found(since);
    wait();
  };
  wait();
  return { stop: () => callOff() };
}
