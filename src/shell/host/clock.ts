/**
 * The host's clock.
 *
 * Timers of the host count time that passes for the machine, while alarms are set for a time of day;
 * the two part when the clock is corrected or the machine sleeps. So a far alarm is looked at again
 * each minute, which also keeps every wait below 2^31 ms, past which a host timer fires at once. A
 * timer that fires a moment early waits for the rest.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";

/** Longest single wait: how late an alarm can be after the machine slept. */
const LOOK_AGAIN = 60_000;

/** With `unref` its alarms do not keep the process alive. */
export function systemClock(options: { readonly unref: boolean } = { unref: false }): Clock {
  const now = (): Millis => millis(Date.now());
  return {
    now,
    schedule(at, task) {
      let callOff = (): void => {};
      const wait = (rest: number): void => {
        const timer = setTimeout(look, Math.min(rest, LOOK_AGAIN));
        if (options.unref) timer.unref();
        callOff = () => clearTimeout(timer);
      };
      const look = (): void => {
        const rest = at - now();
        if (rest > 0) wait(rest);
        else task();
      };
      const soon = (): void => {
        // Never unreferenced: it would wait until something else wakes the process.
        const turn = setImmediate(task);
        callOff = () => clearImmediate(turn);
      };
      const rest = at - now();
      if (rest > 0) wait(rest);
      else soon();
      return () => callOff();
    },
  };
}
