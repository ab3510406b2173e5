/**
 * When the messages of a trade date are due.
 *
 * ```text
 * 08:15 ready ──── four hours: late, and says so ──── then not at all
 * 15:15 closing, or the end of a session that ends early ──── late until 17:00, when the date is over
 * 15:20 summaries, or soon after the end of such a session: of the day; of the week and of the month
 *       on the last trade date of each ──── late for two weeks, until the next of its kind is due
 * a holiday without a session: none
 * ```
 *
 * By the session of the equity indices, which all products of these rules keep closest to. A summary
 * of before the first one that was told is nobody's: nothing says that anybody wanted it.
 */
import { minuteOf } from "../model/calendar.ts";
import { type Duty, type DutyTimes, SUMMARY_PERIODS, type SummaryPeriod } from "../model/duty.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import { sessionEndOf } from "../model/holidays.ts";
import {
  firstOfMonth,
  mondayOf,
  nextTradeDate,
  previousTradeDate,
  type TradeDate,
  tradeDateEnd,
  tradeDateOf,
} from "../model/trade-date.ts";
import { type Millis, millis } from "../model/units.ts";

export interface DueDuty {
  readonly duty: Duty;
  readonly date: TradeDate;
  readonly due: Millis;
}

/** Nobody asks in the afternoon whether the morning was ready. */
const READY_LATE_MAX = 4 * 3_600_000;
/** Trade dates looked at, ahead and back. */
const DATES_MAX = 14;
/** The last fills of a session that ends early are in by then. */
const AFTER_END = 5;
const DUTIES = ["ready", "closing", ...SUMMARY_PERIODS] as const;

/** Told already, by the date it was told of. */
export type Told = Readonly<Partial<Record<Duty, TradeDate>>>;

/** What is to be told now, in the order in which it was due. */
export function dutiesDue(
  times: DutyTimes,
  calendar: Calendar,
  told: Told,
  at: Millis,
): readonly DueDuty[] {
  const date = tradeDateOf(at);
  const today = dutiesOn(times, calendar, date).filter(
    ({ duty, due }) => told[duty] !== date && at >= due && at < endOf(duty, date, due),
  );
  const late = SUMMARY_PERIODS.flatMap((period) => {
    const last = told[period];
    if (last === undefined || today.some(({ duty }) => duty === period)) return [];
    const newest = newestBefore(times, calendar, date, period);
    return newest !== null && newest.date > last ? [newest] : [];
  });
  return [...late, ...today].toSorted((a, b) => a.due - b.due);
}

/** The newest summary that was due on a trade date before this one. */
function newestBefore(
  times: DutyTimes,
  calendar: Calendar,
  today: TradeDate,
  period: SummaryPeriod,
): DueDuty | null {
  let date = today;
  for (let looked = 0; looked < DATES_MAX; looked++) {
    date = previousTradeDate(date);
    const found = dutiesOn(times, calendar, date).find(({ duty }) => duty === period);
    if (found !== undefined) return found;
  }
  return null;
}

/** When something is due next, after this moment; null: never. */
export function nextDutyAt(times: DutyTimes, calendar: Calendar, at: Millis): Millis | null {
  let date = tradeDateOf(at);
  for (let looked = 0; looked < DATES_MAX; looked++) {
    const next = dutiesOn(times, calendar, date).find(({ due }) => due > at);
    if (next !== undefined) return next.due;
    date = nextTradeDate(date);
  }
  return null;
}

/** In the order of the day. */
function dutiesOn(times: DutyTimes, calendar: Calendar, date: TradeDate): readonly DueDuty[] {
  const end = sessionEndOf("equity", date, calendar);
  if (end === "closed") return [];
  return DUTIES.flatMap((duty) => {
    const minute = times[duty] ?? null;
    if (minute === null || !isDutyOn(duty, calendar, date)) return [];
    return [{ duty, date, due: minuteOf(date, Math.min(minute, latestOf(duty, end))) }];
  }).sort((a, b) => a.due - b.due);
}

function latestOf(duty: Duty, end: number): number {
  if (duty === "ready") return Number.POSITIVE_INFINITY;
  return duty === "closing" ? end : end + AFTER_END;
}

/** A week and a month end with the last of their trade dates on which there is a session. */
function isDutyOn(duty: Duty, calendar: Calendar, date: TradeDate): boolean {
  switch (duty) {
    case "week":
      return mondayOf(nextHeld(calendar, date)) !== mondayOf(date);
    case "month":
      return firstOfMonth(nextHeld(calendar, date)) !== firstOfMonth(date);
    default:
      return true;
  }
}

function nextHeld(calendar: Calendar, date: TradeDate): TradeDate {
  let held = nextTradeDate(date);
  while (sessionEndOf("equity", held, calendar) === "closed") held = nextTradeDate(held);
  return held;
}

/** The first day of what a summary of that trade date is about. */
export function beginningOf(period: SummaryPeriod, date: TradeDate): TradeDate {
  if (period === "day") return date;
  return period === "week" ? mondayOf(date) : firstOfMonth(date);
}

const endOf = (duty: Duty, date: TradeDate, due: Millis): Millis =>
  duty === "ready" ? millis(due + READY_LATE_MAX) : tradeDateEnd(date);
