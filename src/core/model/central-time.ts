/**
 * The clock on the wall in Chicago, computed from a plain number.
 *
 * Every rule of the exchange speaks Central time: the trading day rolls at 17:00 there, sessions
 * end there, expiries fall there. The rule is short enough to own (Energy Policy Act of 2005, in
 * force since 2007): daylight time from the second Sunday of March, 02:00, to the first Sunday of
 * November, 02:00. So the core needs no time-zone data and gives the same answer on every machine.
 *
 * ```text
 *            March, second Sunday                 November, first Sunday
 *   CST 01:59 | 03:00 CDT                          CDT 01:59 | 01:00 CST
 *       UTC 08:00                                      UTC 07:00
 * ```
 *
 * Instants before 2007 get the same rule, although the real clocks then changed on other days.
 * Civil days are counted from 1970-01-01 (day 0), years 1000 to 9999, Gregorian throughout.
 */
import { type Millis, millis } from "./units.ts";

export const MILLIS_PER_MINUTE = 60_000;
export const MILLIS_PER_DAY = 86_400_000;

/** Minutes to add to UTC. */
const STANDARD = -360;
const DAYLIGHT = -300;

/** 02:00 by the clock about to be changed, as UTC time of the day. */
const STARTS_AT = (120 - STANDARD) * MILLIS_PER_MINUTE;
const ENDS_AT = (120 - DAYLIGHT) * MILLIS_PER_MINUTE;

export const SUNDAY = 0;
export const MONDAY = 1;
export const WEDNESDAY = 3;
export const FRIDAY = 5;
export const SATURDAY = 6;

export interface CentralClock {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes shown since midnight, 0 to 1439; on the two changeover days the clock jumps. */
  readonly minuteOfDay: number;
  /** 0 to 59,999. */
  readonly millisOfMinute: number;
  /** The local date as days since 1970-01-01. */
  readonly dayNumber: number;
}

/** A reading of the Chicago clock; `minute` counts from local midnight. */
export interface CentralTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly minute: number;
}

/** Minutes Chicago is ahead of UTC at that instant: -300 in summer, -360 in winter. */
export function centralOffset(at: Millis): number {
  const year = yearOf(packedDate(Math.floor(at / MILLIS_PER_DAY)));
  const starts = nthWeekday(year, 3, SUNDAY, 2) * MILLIS_PER_DAY + STARTS_AT;
  const ends = nthWeekday(year, 11, SUNDAY, 1) * MILLIS_PER_DAY + ENDS_AT;
  return at >= starts && at < ends ? DAYLIGHT : STANDARD;
}

export function centralClock(at: Millis): CentralClock {
  const local = at + centralOffset(at) * MILLIS_PER_MINUTE;
  const dayNumber = Math.floor(local / MILLIS_PER_DAY);
  const millisOfDay = local - dayNumber * MILLIS_PER_DAY;
  const date = packedDate(dayNumber);
  return {
    year: yearOf(date),
    month: monthOf(date),
    day: date % 100,
    weekday: weekdayOfDay(dayNumber),
    minuteOfDay: Math.floor(millisOfDay / MILLIS_PER_MINUTE),
    millisOfMinute: millisOfDay % MILLIS_PER_MINUTE,
    dayNumber,
  };
}

/**
 * The instant at which the Chicago clock shows this. The hour that exists twice in November means
 * its first pass; the hour missing in March means the time an unchanged clock would have reached.
 */
export const centralToUtc = (time: CentralTime): Millis =>
  centralDayToUtc(dayNumberOfCivil(time.year, time.month, time.day), time.minute);

/** The same for a civil day given by its number. */
export function centralDayToUtc(dayNumber: number, minute: number): Millis {
  const shown = dayNumber * MILLIS_PER_DAY + minute * MILLIS_PER_MINUTE;
  const inSummer = millis(shown - DAYLIGHT * MILLIS_PER_MINUTE);
  if (centralOffset(inSummer) === DAYLIGHT) return inSummer;
  return millis(shown - STANDARD * MILLIS_PER_MINUTE);
}

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export const weekdayOfDay = (dayNumber: number): number => (((dayNumber + 4) % 7) + 7) % 7;

/** Day number of the n-th such weekday of a month: `nthWeekday(2026, 3, FRIDAY, 3)`. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  const first = dayNumberOfCivil(year, month, 1);
  return first + ((weekday - weekdayOfDay(first) + 7) % 7) + (n - 1) * 7;
}

/**
 * Days since 1970-01-01. `month` may run one year's end over (0 is last December, 13 next January)
 * and `day` may run freely, so callers step over month ends without care.
 * Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, days_from_civil.
 */
export function dayNumberOfCivil(year: number, month: number, day: number): number {
  // Years are counted from March, so that the leap day comes last.
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  return marchYear * 365 + leapDays + dayOfYear - DAYS_TO_1970;
}

/** From 0000-03-01 to 1970-01-01, and in the 400 years after which the calendar repeats. */
const DAYS_TO_1970 = 719_468;
const DAYS_IN_ERA = 146_097;

/** A civil day as one number, 20261122, so that nothing is allocated to carry three. */
export function packedDate(dayNumber: number): number {
  const days = dayNumber + DAYS_TO_1970;
  const era = Math.floor(days / DAYS_IN_ERA);
  const dayOfEra = days - era * DAYS_IN_ERA;
  // Takes out the leap days met so far: one in 4 years, not in 100, again in 400.
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + day;
}

const yearOf = (date: number): number => Math.floor(date / 10_000);
const monthOf = (date: number): number => Math.floor(date / 100) % 100;
