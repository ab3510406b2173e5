/**
 * By when an account of a firm has to be flat on a trade date.
 *
 * ```text
 *   an ordinary day     flat by 15:10
 *   shares end 12:00    flat by 11:45    15 minutes before; for all products, where the firm
 *                                        publishes one time for the account
 *   closed              nothing may be held
 * ```
 */

import { sessionOn } from "../model/calendar.ts";
import { centralDayToUtc } from "../model/central-time.ts";
import { CME_CALENDAR } from "../model/cme-calendar.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import { type ChicagoMinute, EXCHANGE_CLOSES, type HoursRule } from "../model/firm-plan.ts";
import { sessionEndOf } from "../model/holidays.ts";
import type { Group } from "../model/instrument.ts";
import { dayNumberOf, type TradeDate, tradeDateOf } from "../model/trade-date.ts";
import type { Millis } from "../model/units.ts";

const GROUPS: readonly Group[] = ["equity", "energy", "metals", "rates", "fx"];

/** The minute of the Chicago day at which nothing of the group may be held any more. */
export function flatByOn(
  { flatBy, earlyClose }: HoursRule,
  group: Group,
  date: TradeDate,
  calendar: Calendar = CME_CALENDAR,
): ChicagoMinute | "closed" {
  if (sessionEndOf(group, date, calendar) === "closed") return "closed";
  const groups = earlyClose.counts === "account" ? GROUPS : [group];
  const ends = groups
    .map((one) => sessionEndOf(one, date, calendar))
    .filter((end): end is number => end !== "closed" && end < EXCHANGE_CLOSES);
  if (ends.length === 0) return flatBy;
  const beforeEnd = Math.min(...ends) - earlyClose.before;
  return Math.min(flatBy, beforeEnd, earlyClose.latest ?? beforeEnd);
}

/** Whether the firm lets something of the group be held at that instant. */
export function mayHoldAt(hours: HoursRule, group: Group, at: Millis): boolean {
  const date = tradeDateOf(at);
  const flatBy = flatByOn(hours, group, date);
  if (flatBy === "closed" || !sessionOn(group, date, at).open) return false;
  const day = dayNumberOf(date);
  return at >= centralDayToUtc(day - 1, hours.opensAt) && at < centralDayToUtc(day, flatBy);
}
