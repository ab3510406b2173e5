/**
 * On which days which products stop early or stay shut, and which days count as business days.
 *
 * Two different questions are asked of a calendar:
 * - *When does the session end?* Every row answers, for each group.
 * - *Is it a business day?* Expiry rules count back in business days. A holiday is none even when
 *   Globex trades half of it (crude counts Martin Luther King Day out); a short day still is one.
 *
 * The days themselves are data: `config/calendar/cme.yaml`. Before and after them only weekends are
 * known, so the operator is warned once today is past `validUntil`.
 */
import { SATURDAY, SUNDAY } from "./central-time.ts";
import { CME_CALENDAR } from "./cme-calendar.ts";
import type { Calendar, Holiday, SessionEnd } from "./exchange-calendar.ts";
import type { Group } from "./instrument.ts";
import { type TradeDate, weekdayOf } from "./trade-date.ts";

/** Looked up for every alert: each calendar is put in order once. */
const known = new WeakMap<Calendar, ReadonlyMap<TradeDate, Holiday>>();

function rowOf(calendar: Calendar, date: TradeDate): Holiday | undefined {
  let rows = known.get(calendar);
  if (rows === undefined) {
    rows = new Map(calendar.days.map((row) => [row.date, row]));
    known.set(calendar, rows);
  }
  return rows.get(date);
}

/** When the session of that trade date ends for products of the group. */
export const sessionEndOf = (
  group: Group,
  date: TradeDate,
  calendar: Calendar = CME_CALENDAR,
): SessionEnd => rowOf(calendar, date)?.ends[group] ?? calendar.ends;

/** A weekday that is no holiday; outside the years of the table, any weekday. */
export function isBusinessDay(date: TradeDate, calendar: Calendar = CME_CALENDAR): boolean {
  const weekday = weekdayOf(date);
  if (weekday === SATURDAY || weekday === SUNDAY) return false;
  return rowOf(calendar, date)?.businessDay ?? true;
}
