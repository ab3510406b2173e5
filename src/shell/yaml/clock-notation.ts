/**
 * How a person writes a time of day and a date: `15:05` on the clock of Chicago, `2026-11-27`.
 *
 * Both are plain words in YAML 1.2; quotes around them do no harm.
 */
import { isTradeDate, type TradeDate } from "../../core/model/trade-date.ts";
import type { Notation } from "./notation.ts";

/** Minute of the day. */
export const clockTime: Notation<number> = {
  pattern: /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  expected: 'expected a time in Chicago such as "15:05"',
  read: (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)),
  write: showClock,
};

/** `15:05` of a minute of the day. */
export function showClock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

export const calendarDate: Notation<TradeDate> = {
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  expected: "expected a date that exists such as 2026-11-27",
  read: (text) => (isTradeDate(text) ? text : null),
  write: (date) => date,
};
