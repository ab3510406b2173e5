/**
 * Is the market open, and until when?
 *
 * Globex trades from 17:00 to 16:00 Chicago time, Sunday evening to Friday afternoon, with an hour
 * of maintenance between two sessions. Each session belongs to the trade date on which it ends:
 *
 * ```text
 *   Sun 17:00 ═══ Monday ═══ Mon 16:00 ─break─ Mon 17:00 ═══ Tuesday ═══ ... Fri 16:00 ── weekend
 * ```
 *
 * A holiday row ends its session early, or removes it: then nothing trades from 16:00 on the day
 * before. From Monday to Thursday the next session starts at 17:00 of the holiday itself; after a
 * Friday, on Sunday. No trades arriving is normal while closed, so alarms about a silent feed ask
 * here first.
 */
import { centralDayToUtc, FRIDAY } from "./central-time.ts";
import { HOLIDAYS_VALID_UNTIL, REGULAR_END, sessionEndOf } from "./holidays.ts";
import type { Group } from "./instrument.ts";
import {
  dayNumberOf,
  nextTradeDate,
  ROLL_MINUTE,
  type TradeDate,
  tradeDateOf,
  weekdayOf,
} from "./trade-date.ts";
import type { Millis } from "./units.ts";

export type ClosedReason = "weekend" | "maintenance" | "holiday" | "early-close";

export type Session =
  | { readonly open: true; readonly closesAt: Millis }
  | { readonly open: false; readonly opensAt: Millis; readonly reason: ClosedReason };

/** The last day whose holidays are known; past it, warn and trust the venue. */
export const calendarValidUntil: TradeDate = HOLIDAYS_VALID_UNTIL;

/** The session of a product group at an instant. Open up to, not including, `closesAt`. */
export const sessionAt = (group: Group, at: Millis): Session =>
  sessionOn(group, tradeDateOf(at), at);

/** The same for whoever knows already which trade date the instant belongs to. */
export function sessionOn(group: Group, date: TradeDate, at: Millis): Session {
  // Only Monday's trade date starts before its session does: on Friday evening.
  if (at < opening(date)) return closed(group, date, "weekend");
  const end = sessionEndOf(group, date);
  if (end === "closed") return closed(group, nextTradeDate(date), "holiday");
  const closesAt = minuteOf(date, end);
  if (at < closesAt) return { open: true, closesAt };
  const next = nextTradeDate(date);
  if (at < minuteOf(date, REGULAR_END)) return closed(group, next, "early-close");
  return closed(group, next, reasonBetween(group, date, next));
}

/** Closed until the first session held on `date` or later. */
function closed(group: Group, date: TradeDate, reason: ClosedReason): Session {
  let held = date;
  while (sessionEndOf(group, held) === "closed") held = nextTradeDate(held);
  return { open: false, opensAt: opening(held), reason };
}

/** Why nothing trades between a regular end and the roll. */
function reasonBetween(group: Group, date: TradeDate, next: TradeDate): ClosedReason {
  if (weekdayOf(date) === FRIDAY) return "weekend";
  return sessionEndOf(group, next) === "closed" ? "holiday" : "maintenance";
}

/** Sessions open at 17:00 on the calendar day before their trade date: Sunday for Monday. */
const opening = (date: TradeDate): Millis => centralDayToUtc(dayNumberOf(date) - 1, ROLL_MINUTE);

const minuteOf = (date: TradeDate, minute: number): Millis =>
  centralDayToUtc(dayNumberOf(date), minute);
