/**
 * Until when an operator locks himself out, as he writes it.
 *
 * ```text
 * next-session           15:30   the next time the clock in Chicago shows it
 * 90m   2h               2026-11-25T08:30   that time in Chicago
 *                        2026-11-25T14:30:00Z   with a zone: anywhere
 * ```
 */
import {
  centralDayToUtc,
  centralOffset,
  MILLIS_PER_DAY,
  MILLIS_PER_MINUTE,
} from "./central-time.ts";
import { parseIso } from "./iso-time.ts";
import { dayNumberOf, isTradeDate } from "./trade-date.ts";
import { type Millis, millis } from "./units.ts";

export const LOCKOUT_ENDS =
  "next-session, a time in Chicago such as 15:30 or 2026-11-25T08:30, or a span such as 2h";

/** Null for anything else. */
export function readLockoutEnd(text: string, at: Millis): Millis | "next-session" | null {
  if (text === "next-session") return text;
  const span = /^(\d{1,4})(m|h)$/.exec(text);
  if (span !== null) {
    const minutes = Number(span[1]) * (span[2] === "h" ? 60 : 1);
    return millis(at + minutes * MILLIS_PER_MINUTE);
  }
  if (CLOCK.test(text)) return nextShowing(minuteIn(text), at);
  const [date = "", clock = ""] = text.split("T");
  if (isTradeDate(date) && CLOCK.test(clock))
    return centralDayToUtc(dayNumberOf(date), minuteIn(clock));
  return parseIso(text);
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

const minuteIn = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Today, or tomorrow where that has passed. */
function nextShowing(minute: number, at: Millis): Millis {
  const day = Math.floor((at + centralOffset(at) * MILLIS_PER_MINUTE) / MILLIS_PER_DAY);
  const today = centralDayToUtc(day, minute);
  return today > at ? today : centralDayToUtc(day + 1, minute);
}
