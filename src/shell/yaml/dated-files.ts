/**
 * The calendar of an exchange and the list of reports, read from the files an operator names.
 *
 * ```text
 * cme.yaml ──► schema ──► Calendar          us.yaml ──► schema ──► News, as instants
 *          \ key, line and reason of every mistake
 * ```
 */

import { centralDayToUtc } from "../../core/model/central-time.ts";
import type { Calendar, Holiday } from "../../core/model/exchange-calendar.ts";
import type { News } from "../../core/model/news.ts";
import { dayNumberOf } from "../../core/model/trade-date.ts";
import type { ConfigFault } from "../../ports/config-source.ts";
import { ok, type Result } from "../../std/result.ts";
import { clockTime } from "./clock-notation.ts";
import { readAs } from "./read-as.ts";
import { CALENDAR_FILE, type CalendarFile, NEWS_FILE, type NewsFile } from "./schema-dated.ts";
import { readText } from "./text-file.ts";

const KILOBYTES_MAX = 256;

/** Both files, wherever they lie. */
export interface DatedFiles {
  calendar(file: string): Result<Calendar, ConfigFault>;
  news(file: string): Result<News, ConfigFault>;
}

/** `placeOf` says where a file lies that the configuration names. */
export const datedFiles = (placeOf: (file: string) => string): DatedFiles => ({
  calendar: (file) => {
    const read = readText(placeOf(file), KILOBYTES_MAX);
    return read.ok ? readCalendar(read.value, file) : read;
  },
  news: (file) => {
    const read = readText(placeOf(file), KILOBYTES_MAX);
    return read.ok ? readNews(read.value, file) : read;
  },
});

/** `file` only names the text in messages. */
export function readCalendar(content: string, file: string): Result<Calendar, ConfigFault> {
  const checked = readAs(CALENDAR_FILE, content, file);
  return checked.ok ? ok(calendarOf(checked.value.value)) : checked;
}

export function readNews(content: string, file: string): Result<News, ConfigFault> {
  const checked = readAs(NEWS_FILE, content, file);
  return checked.ok ? ok(newsOf(checked.value.value)) : checked;
}

const calendarOf = ({ opens, days, ...file }: CalendarFile): Calendar => ({
  ...file,
  opens: clockTime.read(opens) as number, // the schema knows one text only
  days: days.map((day) => ({ ...day, ends: endsOf(day.ends, file.ends) })),
});

function endsOf(ends: CalendarFile["days"][number]["ends"], usual: number): Holiday["ends"] {
  if (ends === "closed") {
    return { equity: ends, rates: ends, energy: ends, metals: ends, fx: ends };
  }
  const { equity = usual, rates = usual, energy = usual, metals = usual, fx = usual } = ends;
  return { equity, rates, energy, metals, fx };
}

const newsOf = ({ series }: NewsFile): News =>
  series.map(({ time, dates, event, ...one }) => ({
    ...one,
    ...(event !== undefined && { event }),
    times: dates.map((date) => centralDayToUtc(dayNumberOf(date), time)),
  }));
