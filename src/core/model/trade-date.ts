/**
 * The trading day: which date a fill, a loss or a limit belongs to.
 *
 * A CME trade date begins at 17:00 in Chicago on the evening before and runs to the next 17:00;
 * whatever happens from Friday 17:00 on belongs to Monday. Daily profit, daily limits, fees and
 * statistics all count by it, never by UTC or local midnight. Exchange holidays do not move it:
 * the combine and funded accounts settle a holiday as a day of its own.
 *
 * ```text
 *   Thu 17:00 ──── Friday ──── Fri 17:00 ───────── Monday ───────── Mon 17:00 ── Tuesday ──
 * ```
 *
 * Dates are text, `2026-11-22`, so that they sort, compare (`<`) and print as they are.
 */
import { invariant } from "../../std/assert.ts";
import {
  centralDayToUtc,
  centralOffset,
  dayNumberOfCivil,
  MILLIS_PER_DAY,
  MILLIS_PER_MINUTE,
  MONDAY,
  packedDate,
  SATURDAY,
  SUNDAY,
  weekdayOfDay,
} from "./central-time.ts";
import type { Millis } from "./units.ts";

declare const unit: unique symbol;
/** A civil day, `YYYY-MM-DD`; `tradeDateOf` only ever gives Mondays to Fridays. */
export type TradeDate = string & { readonly [unit]: "trade-date" };

/** Minute of the Chicago day at which the trade date rolls: 17:00. */
export const ROLL_MINUTE = 17 * 60;

/** Whether text from outside is a day that exists, written `YYYY-MM-DD`. */
export const isTradeDate = (text: string): text is TradeDate =>
  /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && dateOfDay(numberOfText(text)) === text;

/** A date written in the program itself; a wrong one is a bug. */
export function tradeDate(text: string): TradeDate {
  invariant(isTradeDate(text), `a date is YYYY-MM-DD and exists, was ${text}`);
  return text;
}

/** The trade date an instant belongs to. */
export function tradeDateOf(at: Millis): TradeDate {
  // Seven hours on, the roll at 17:00 is midnight and the local date is the trade date.
  const shifted = at + (centralOffset(at) + 24 * 60 - ROLL_MINUTE) * MILLIS_PER_MINUTE;
  return dateOfDay(weekdayOnOrAfter(Math.floor(shifted / MILLIS_PER_DAY)));
}

/** First millisecond of a trade date: 17:00 Chicago on the weekday before. */
export const tradeDateStart = (date: TradeDate): Millis => tradeDateEnd(previousTradeDate(date));

/** First millisecond after a trade date: its own 17:00 Chicago. */
export const tradeDateEnd = (date: TradeDate): Millis =>
  centralDayToUtc(dayNumberOf(date), ROLL_MINUTE);

/** When the trade date next changes; always later than `at`. */
export const nextRollAfter = (at: Millis): Millis => tradeDateEnd(tradeDateOf(at));

/** The weekday after, holidays included. */
export const nextTradeDate = (date: TradeDate): TradeDate =>
  dateOfDay(weekdayOnOrAfter(dayNumberOf(date) + 1));

/** The weekday before, holidays included. */
export function previousTradeDate(date: TradeDate): TradeDate {
  const weekday = weekdayOf(date);
  if (weekday === MONDAY) return addDays(date, -3);
  return addDays(date, weekday === SUNDAY ? -2 : -1);
}

/** Calendar days later, or earlier when negative. */
export const addDays = (date: TradeDate, days: number): TradeDate =>
  dateOfDay(dayNumberOf(date) + days);

/** 0 is Sunday. */
export const weekdayOf = (date: TradeDate): number => weekdayOfDay(dayNumberOf(date));

/** The Monday of its week, which is that of ISO 8601. */
export const mondayOf = (date: TradeDate): TradeDate => addDays(date, MONDAY - weekdayOf(date));

/** The first of its month, whatever weekday that is. */
export const firstOfMonth = (date: TradeDate): TradeDate => `${date.slice(0, 7)}-01` as TradeDate;

/** Days since 1970-01-01. */
export const dayNumberOf = (date: TradeDate): number => numberOfText(date);

/** The day with that many days since 1970-01-01, as text; the last one is remembered. */
export function dateOfDay(dayNumber: number): TradeDate {
  if (newest.dayNumber !== dayNumber) newest = { dayNumber, date: written(dayNumber) };
  return newest.date;
}

function written(dayNumber: number): TradeDate {
  const digits = String(packedDate(dayNumber));
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` as TradeDate;
}

/** Of one alert every account asks for the same date. */
let newest = { dayNumber: 0, date: written(0) };

const numberOfText = (text: string): number =>
  dayNumberOfCivil(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)));

function weekdayOnOrAfter(dayNumber: number): number {
  const weekday = weekdayOfDay(dayNumber);
  if (weekday === SATURDAY) return dayNumber + 2;
  return weekday === SUNDAY ? dayNumber + 1 : dayNumber;
}
