/**
 * One alarm a key: setting it again moves it, and a ring that was overtaken is never heard.
 *
 * ```text
 *   09:00:01 poll/a · 09:00:01 poll/b · 09:00:30 ts-k3...      all wait on one list,
 *        ▲                                                     only the next is on the clock
 * ```
 *
 * Ten thousand accounts are ten thousand entries of a list and not as many timers of the host.
 */
import { type Millis, millis } from "../core/model/units.ts";
import type { Clock } from "../ports/clock.ts";
import { agenda } from "../std/agenda.ts";

export interface Alarms {
  set(key: string, at: Millis): void;
  clear(key: string): void;
  stop(): void;
}

export function createAlarms(clock: Clock, ring: (key: string) => void): Alarms {
  const due = agenda<string>();
  const callOffByKey = new Map<string, () => void>();
  /** The clock wakes us then; it may be for one that was called off meanwhile. */
  let armedFor = Number.POSITIVE_INFINITY;
  let disarm = (): void => {};

  const arm = (): void => {
    const next = due.first()?.at ?? Number.POSITIVE_INFINITY;
    if (next >= armedFor) return;
    disarm();
    armedFor = next;
    disarm = clock.schedule(millis(next), ringDue);
  };
  const ringDue = (): void => {
    armedFor = Number.POSITIVE_INFINITY;
    const now = clock.now();
    for (let next = due.first(); next !== null && next.at <= now; next = due.first()) {
      due.take();
      callOffByKey.delete(next.item);
      ring(next.item);
    }
    arm();
  };
  const clear = (key: string): void => {
    callOffByKey.get(key)?.();
    callOffByKey.delete(key);
  };
  return {
    set(key, at) {
      clear(key);
      callOffByKey.set(key, due.add(at, key));
      arm();
    },
    clear,
    stop() {
      for (const key of [...callOffByKey.keys()]) clear(key);
      disarm();
    },
  };
}
