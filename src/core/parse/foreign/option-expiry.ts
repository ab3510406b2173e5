/**
 * When an option expires, out of the many ways to write a day.
 *
 * ```text
 * 9/19   09/19/25   9/19/2025   2025-09-19   SEP 19   19SEP   17OCT25      a date
 * 0DTE   1DTE   weeklies   this week   next week                          counted from the message
 * ```
 *
 * A date without a year is the next such day, on or after the day of the message in New York; so
 * 01/02 written in December is next January. Weeklies end on Friday, or on the last business day
 * before it where Friday is a holiday.
 */
import { centralClock, dayNumberOfCivil, FRIDAY, packedDate } from "../../model/central-time.ts";
import { isBusinessDay } from "../../model/holidays.ts";
import { addDays, dateOfDay, type TradeDate, weekdayOf } from "../../model/trade-date.ts";
import type { Millis } from "../../model/units.ts";
import { type Token, tokenAt } from "../tokens.ts";

export type Expiry = WrittenDate | Counted;

interface WrittenDate {
  readonly kind: "date";
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** Just as well a share of the position: `1/2`. */
  readonly isShare: boolean;
  readonly to: number;
}

interface Counted {
  /** Days from now, or Fridays after this week's. */
  readonly kind: "days" | "weeks";
  readonly count: number;
  readonly to: number;
}

/** The expiry that is written at this place; null where there is none. */
export function expiryAt(tokens: readonly Token[], at: number): Expiry | null {
  const { kind } = tokenAt(tokens, at);
  if (kind === "number") {
    return (
      isoDateAt(tokens, at) ??
      slashDateAt(tokens, at) ??
      daysAt(tokens, at) ??
      dayMonthAt(tokens, at)
    );
  }
  return kind === "word" ? (monthDayAt(tokens, at) ?? weeksAt(tokens, at)) : null;
}

/** Whole numbers without sign, point or grouping; NaN for everything else. */
function wholeAt(tokens: readonly Token[], at: number, digitsMax: number): number {
  const { kind, text } = tokenAt(tokens, at);
  if (kind !== "number" || text.length > digitsMax) return Number.NaN;
  let whole = 0;
  for (let place = 0; place < text.length; place++) {
    const digit = text.charCodeAt(place) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    whole = 10 * whole + digit;
  }
  return whole;
}

const ZERO = 48;

const isGlued = (tokens: readonly Token[], at: number, sign: string): boolean => {
  const { glued, text } = tokenAt(tokens, at);
  return glued && text === sign && tokenAt(tokens, at + 1).glued;
};

/** `2025-09-19` */
function isoDateAt(tokens: readonly Token[], at: number): Expiry | null {
  const year = wholeAt(tokens, at, 4);
  if (!(year >= 2000) || !isGlued(tokens, at + 1, "-") || !isGlued(tokens, at + 3, "-"))
    return null;
  return dated(year, wholeAt(tokens, at + 2, 2), wholeAt(tokens, at + 4, 2), at + 5);
}

/** `9/19`, `09/19/25`, `9/19/2025` */
function slashDateAt(tokens: readonly Token[], at: number): Expiry | null {
  if (!isGlued(tokens, at + 1, "/")) return null;
  const month = wholeAt(tokens, at, 2);
  const day = wholeAt(tokens, at + 2, 2);
  if (isGlued(tokens, at + 3, "/")) {
    return dated(yearOf(wholeAt(tokens, at + 4, 4)), month, day, at + 5);
  }
  const written = `${tokenAt(tokens, at).text}/${tokenAt(tokens, at + 2).text}`;
  return dated(null, month, day, at + 3, SHARES.has(written));
}

/** Parts of a position that are also days of January, February or March. */
const SHARES: ReadonlySet<string> = new Set("1/2 1/3 2/3 1/4 3/4 1/5 2/5 1/8 1/10".split(" "));

/** `0DTE`, `1 DTE` */
function daysAt(tokens: readonly Token[], at: number): Expiry | null {
  const count = wholeAt(tokens, at, 1);
  if (Number.isNaN(count) || tokenAt(tokens, at + 1).text !== "dte") return null;
  return { kind: "days", count, to: at + 2 };
}

/** `17OCT25`, `19 SEP` */
function dayMonthAt(tokens: readonly Token[], at: number): Expiry | null {
  const month = MONTHS.get(tokenAt(tokens, at + 1).text);
  if (month === undefined) return null;
  const year = yearAt(tokens, at + 2, tokenAt(tokens, at + 2).glued);
  return dated(year.value, month, wholeAt(tokens, at, 2), year.to);
}

const ORDINAL = /^(?:st|nd|rd|th)$/;

/** `SEP 19`, `Sept 19th, 2025` */
function monthDayAt(tokens: readonly Token[], at: number): Expiry | null {
  const month = MONTHS.get(tokenAt(tokens, at).text);
  if (month === undefined) return null;
  const point = tokenAt(tokens, at + 1).text === "." ? 1 : 0;
  const first = at + 1 + point;
  const next = tokenAt(tokens, first + 1);
  const to = next.glued && ORDINAL.test(next.text) ? first + 2 : first + 1;
  const year = yearAt(tokens, to, false);
  return dated(year.value, month, wholeAt(tokens, first, 2), year.to);
}

/** A year behind a date; two digits count only where they touch it, else they may be a strike. */
function yearAt(
  tokens: readonly Token[],
  from: number,
  mayBeShort: boolean,
): { readonly value: number | null; readonly to: number } {
  const at = tokenAt(tokens, from).text === "," ? from + 1 : from;
  const year = wholeAt(tokens, at, 4);
  const behind = tokenAt(tokens, at + 1);
  const isYear = year >= 2000 && year < 2100 && !(behind.kind === "word" && behind.glued);
  if (isYear || (mayBeShort && year < 100)) return { value: yearOf(year), to: at + 1 };
  return { value: null, to: from };
}

const yearOf = (year: number): number => (year < 100 ? 2000 + year : year);

function dated(
  year: number | null,
  month: number,
  day: number,
  to: number,
  isShare = false,
): Expiry | null {
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isDay ? { kind: "date", year, month, day, isShare, to } : null;
}

function weeksAt(tokens: readonly Token[], at: number): Expiry | null {
  const { text } = tokenAt(tokens, at);
  if (WEEKLIES.test(text)) return { kind: "weeks", count: 0, to: at + 1 };
  if (!/^week(?:'s)?$/.test(tokenAt(tokens, at + 1).text)) return null;
  if (text === "this") return { kind: "weeks", count: 0, to: at + 2 };
  return text === "next" ? { kind: "weeks", count: 1, to: at + 2 } : null;
}

const WEEKLIES = /^(?:weekly|weeklies|weeklys)$/;

const MONTHS: ReadonlyMap<string, number> = new Map(
  "jan january feb february mar march apr april may may jun june jul july aug august sep september oct october nov november dec december"
    .split(" ")
    .map((name, index) => [name, Math.floor(index / 2) + 1] as const)
    .concat([["sept", 9]]),
);

/** The day itself; null where there is no such day, or it is over, or years away. */
export function dayOf(expiry: Expiry, sentAt: Millis): TradeDate | null {
  const today = dayInNewYork(sentAt);
  if (expiry.kind === "date") return dateFrom(today, expiry);
  const { kind, count } = expiry;
  const date = dateOfDay(today);
  return kind === "days" ? onBusinessDay(date, count) : fridayOf(date, count);
}

/** Days as numbers: only the one that is found becomes a text. */
function dateFrom(today: number, { year, month, day }: WrittenDate): TradeDate | null {
  const thisYear = Math.floor(packedDate(today) / 10_000);
  const last = Math.min(year ?? thisYear + 1, thisYear + YEARS_MAX);
  for (let one = year ?? thisYear; one <= last; one++) {
    const number = dayNumberOfCivil(one, month, day);
    const isReal = packedDate(number) === 10_000 * one + 100 * month + day;
    if (isReal && number >= today) return dateOfDay(number);
  }
  return null;
}

/** The longest options run for about three years. */
const YEARS_MAX = 4;

/** New York is always an hour ahead of Chicago. */
function dayInNewYork(at: Millis): number {
  const { dayNumber, minuteOfDay } = centralClock(at);
  return minuteOfDay >= 23 * 60 ? dayNumber + 1 : dayNumber;
}

/** So many days on, or the first day after that on which there is trading. */
function onBusinessDay(today: TradeDate, count: number): TradeDate {
  let day = addDays(today, count);
  while (!isBusinessDay(day)) day = addDays(day, 1);
  return day;
}

/** Friday of this week or of a later one, a day earlier for each holiday. */
function fridayOf(today: TradeDate, weeks: number): TradeDate {
  let day = addDays(today, ((FRIDAY - weekdayOf(today) + 7) % 7) + weeks * 7);
  while (!isBusinessDay(day)) day = addDays(day, -1);
  return day;
}
