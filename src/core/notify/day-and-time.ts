/** An instant of the days around: `Thursday 17:00 CT`. */
import { centralClock } from "../model/central-time.ts";
import type { Millis } from "../model/units.ts";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The next opening is at most days away, so the weekday says enough. */
export function dayAndTime(at: Millis): string {
  const { weekday, minuteOfDay } = centralClock(at);
  const clock = [Math.floor(minuteOfDay / 60), minuteOfDay % 60];
  const shown = clock.map((part) => String(part).padStart(2, "0")).join(":");
  return `${WEEKDAYS[weekday]} ${shown} CT`;
}
