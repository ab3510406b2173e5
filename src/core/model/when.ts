/** An instant in words, on the clock of the exchange: `Friday 2026-11-27 11:35 CT`. */
import { centralClock, centralOffset, MILLIS_PER_DAY, MILLIS_PER_MINUTE } from "./central-time.ts";
import { dateOfDay } from "./trade-date.ts";
import type { Millis } from "./units.ts";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export function showWhen(at: Millis): string {
  const { weekday, minuteOfDay } = centralClock(at);
  const day = Math.floor((at + centralOffset(at) * MILLIS_PER_MINUTE) / MILLIS_PER_DAY);
  return `${WEEKDAYS[weekday]} ${dateOfDay(day)} ${showMinute(minuteOfDay)} CT`;
}

/** `11:35` of a minute of the day. */
export const showMinute = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
