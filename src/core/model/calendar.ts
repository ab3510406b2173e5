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
import { CME_CALENDAR } from "./cme-calendar.ts";
import type { Calendar } from "./exchange-calendar.ts";
import { sessionEndOf } from "./holidays.ts";
import type { Group } from "./instrument.ts";
import {
  dayNumberOf,
  nextTradeDate,
  type TradeDate,
  tradeDateOf,
  weekdayOf,
} from "./trade-date.ts";
import type { Millis } from "./units.ts";

export type ClosedReason = "weekend" | "maintenance" | "holiday" | "early-close";

export type Session =
  | { readonly open: true; readonly closesAt: Millis }
  | { readonly open: false; readonly opensAt: Millis; readonly reason: ClosedReason };

/** The session of a product group at an instant. Open up to, not including, `closesAt`. */
export const sessionAt = (group: Group, at: Millis, calendar: Calendar = CME_CALENDAR): Session =>
  sessionOn(group, tradeDateOf(at), at, calendar);

/** The same for whoever knows already which trade date the instant belongs to. */
export function sessionOn(
  group: Group,
  date: TradeDate,
  at: Millis,
  calendar: Calendar = CME_CALENDAR,
): Session {
  // Only Monday's trade date starts before its session does: on Friday evening.
  if (at < openingOf(date, calendar)) return closed(group, date, calendar, "weekend");
  const end = sessionEndOf(group, date, calendar);
  if (end === "closed") return closed(group, nextTradeDate(date), calendar, "holiday");
  const closesAt = minuteOf(date, end);
  if (at < closesAt) return { open: true, closesAt };
  const next = nextTradeDate(date);
  if (at < minuteOf(date, calendar.ends)) return closed(group, next, calendar, "early-close");
  return closed(group, next, calendar, reasonBetween(group, date, calendar));
}

/** The opening of the first session held on `date` or later. */
export function firstOpening(group: Group, date: TradeDate, calendar: Calendar): Millis {
  let held = date;
  while (sessionEndOf(group, held, calendar) === "closed") held = nextTradeDate(held);
  return openingOf(held, calendar);
}

/** Sessions open on the calendar day before their trade date: Sunday 17:00 for Monday. */
export const openingOf = (date: TradeDate, { opens }: Pick<Calendar, "opens">): Millis =>
  centralDayToUtc(dayNumberOf(date) - 1, opens);

export const minuteOf = (date: TradeDate, minute: number): Millis =>
  centralDayToUtc(dayNumberOf(date), minute);

const closed = (
  group: Group,
  date: TradeDate,
  calendar: Calendar,
  reason: ClosedReason,
): Session => ({ open: false, opensAt: firstOpening(group, date, calendar), reason });

/** Why nothing trades between a regular end and the roll. */
function reasonBetween(group: Group, date: TradeDate, calendar: Calendar): ClosedReason {
  if (weekdayOf(date) === FRIDAY) return "weekend";
  return sessionEndOf(group, nextTradeDate(date), calendar) === "closed"
    ? "holiday"
    : "maintenance";
}
