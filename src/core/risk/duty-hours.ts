/**
 * When the messages of a trade date are due.
 *
 * ```text
 * 08:15 ready ──── four hours: late, and says so ──── then not at all
 * 15:15 closing, or the end of a session that ends early ──── late until 17:00, when the date is over
 * a holiday without a session: neither
 * ```
 *
 * By the session of the equity indices, which all products of these rules keep closest to.
 */
import { minuteOf } from "../model/calendar.ts";
import type { Duty, DutyTimes } from "../model/duty.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import { sessionEndOf } from "../model/holidays.ts";
import { nextTradeDate, type TradeDate, tradeDateEnd, tradeDateOf } from "../model/trade-date.ts";
import { type Millis, millis } from "../model/units.ts";

export interface DueDuty {
  readonly duty: Duty;
  readonly date: TradeDate;
  readonly due: Millis;
}

/** Nobody asks in the afternoon whether the morning was ready. */
const READY_LATE_MAX = 4 * 3_600_000;
const DATES_MAX = 14;
const DUTIES = ["ready", "closing"] as const;

/** Told already, by the date it was told of. */
export type Told = Readonly<Partial<Record<Duty, TradeDate>>>;

/** What is to be told now. */
export function dutiesDue(
  times: DutyTimes,
  calendar: Calendar,
  told: Told,
  at: Millis,
): readonly DueDuty[] {
  const date = tradeDateOf(at);
  return dutiesOn(times, calendar, date).filter(
    ({ duty, due }) => told[duty] !== date && at >= due && at < endOf(duty, date, due),
  );
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
    const minute = times[duty];
    if (minute === null) return [];
    const due = minuteOf(date, duty === "closing" ? Math.min(minute, end) : minute);
    return [{ duty, date, due }];
  }).sort((a, b) => a.due - b.due);
}

const endOf = (duty: Duty, date: TradeDate, due: Millis): Millis =>
  duty === "closing" ? tradeDateEnd(date) : millis(due + READY_LATE_MAX);
