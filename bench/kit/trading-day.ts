/**
 * The host's clock with the date moved to a day on which the market is open, so that a benchmark
 * gives the same answers on a Sunday. It ticks, waits and drifts as the host's does.
 */
import { type Millis, millis } from "../../src/core/model/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { systemClock } from "../../src/shell/host/clock.ts";

/** A Thursday in November, 09:00 in Chicago: five hours of open market ahead. */
export const OPENING = millis(Date.UTC(2026, 10, 19, 15, 0));

export function tradingDay(opensAt: Millis = OPENING): Clock {
  const host = systemClock({ unref: true });
  const shift = host.now() - opensAt;
  return {
    now: () => millis(host.now() - shift),
    schedule: (at: Millis, task) => host.schedule(millis(at + shift), task),
  };
}
