/**
 * The hours a firm sets beside those of the house: the earlier of the two counts.
 *
 * ```text
 * no entries     15:00    ten minutes before the firm wants the account flat
 * the way out    15:05    five minutes before; it takes a moment, and the firm does not wait
 * flat           15:10
 * ```
 *
 * An account whose venue never closes keeps these hours where it keeps those of the house.
 */
import type { Account } from "../model/account.ts";
import { minuteOf } from "../model/calendar.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import type { HoursRule } from "../model/firm-plan.ts";
import type { HoursRules } from "../model/hours.ts";
import type { Group } from "../model/instrument.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { type Millis, millis } from "../model/units.ts";
import { flatByOn } from "./flat-by.ts";

export interface FirmTimes {
  readonly entriesEnd: Millis;
  readonly leaveAt: Millis;
  readonly flatBy: Millis;
}

const MINUTE = 60_000;
const ENTRIES_BEFORE = 10 * MINUTE;
const LEAVE_BEFORE = 5 * MINUTE;

type Days = Map<string, FirmTimes>;

/** Asked for every trade that is touched and every alert, and the same for a whole day. */
const remembered = new WeakMap<HoursRule, WeakMap<Calendar, Days>>();
const REMEMBERED_MAX = 100;

function daysOf(hours: HoursRule, calendar: Calendar): Days {
  const calendars = remembered.get(hours) ?? new WeakMap<Calendar, Days>();
  remembered.set(hours, calendars);
  const days = calendars.get(calendar) ?? new Map<string, FirmTimes>();
  calendars.set(calendar, days);
  return days;
}

/** On a day on which the exchange is closed, those of a usual one. */
export function firmTimesOn(
  hours: HoursRule,
  { group, calendar }: { readonly group: Group; readonly calendar: Calendar },
  date: TradeDate,
): FirmTimes {
  const days = daysOf(hours, calendar);
  const key = `${group}/${date}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const minute = flatByOn(hours, group, date, calendar);
  const flatBy = minuteOf(date, minute === "closed" ? hours.flatBy : minute);
  const [entriesEnd, leaveAt] = [millis(flatBy - ENTRIES_BEFORE), millis(flatBy - LEAVE_BEFORE)];
  const times = { entriesEnd, leaveAt, flatBy };
  if (days.size >= REMEMBERED_MAX) days.clear();
  days.set(key, times);
  return times;
}

export const keepsFirmHours = (
  { sessions }: Pick<Account, "sessions">,
  hours: HoursRules | undefined,
): boolean => sessions === "cme" || hours?.alwaysOpen === "kept";
