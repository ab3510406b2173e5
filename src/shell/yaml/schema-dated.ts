/**
 * Two files of dates, key by key: when an exchange trades, and when reports come out.
 *
 * Both say where they come from, when somebody looked, and until when they are complete. A date out
 * of order or out of that range is a slip, and slips in dates cost money, so each is refused.
 */
import * as z from "zod";
import { SATURDAY, SUNDAY } from "../../core/model/central-time.ts";
import { type TradeDate, weekdayOf } from "../../core/model/trade-date.ts";
import type { Conflict } from "./checks.ts";
import { calendarDate, clockTime } from "./clock-notation.ts";
import { block, choice, flag, key, list, needed, reporting, text, written } from "./fields.ts";

const DAYS_MAX = 1_000;
const SERIES_MAX = 50;

const SESSION_END = z.union([z.literal("closed"), written(clockTime)], {
  error: 'expected a time in Chicago such as "12:00", or closed',
});

const ENDS = z.union(
  [
    z.literal("closed"),
    block({
      equity: SESSION_END.optional(),
      rates: SESSION_END.optional(),
      energy: SESSION_END.optional(),
      metals: SESSION_END.optional(),
      fx: SESSION_END.optional(),
    }),
  ],
  {
    error:
      'expected closed, or a block of equity, rates, energy, metals and fx, each closed or a time such as "12:00"',
  },
);

const DAY = block({
  date: needed(written(calendarDate), "The trade date."),
  name: needed(text("a name"), "What people call it."),
  businessDay: key(
    flag(),
    false,
    "Whether it counts where expiry dates are counted back in business days.",
  ),
  ends: needed(ENDS, "When the session ends, by group of products; who is left out, as usual."),
});

const sourced = {
  source: needed(text("where the dates were read"), "Where the dates were read."),
  verified: needed(written(calendarDate), "When somebody last compared them with the source."),
  validUntil: needed(written(calendarDate), "The last day up to which none is missing."),
};

export const CALENDAR_FILE = block({
  exchange: needed(text("the name of the exchange"), "Whose hours these are."),
  ...sourced,
  opens: needed(
    z.literal("17:00", 'expected "17:00": trade dates roll then, and sessions open with them'),
    "When a session opens, on the evening before its trade date.",
  ),
  ends: needed(written(clockTime), "When a session ends that does not end early."),
  days: needed(list(DAY, 0, DAYS_MAX, "days"), "Every day that differs, in order."),
}).superRefine(reporting(conflictsInCalendar));

/** What firms call them. */
export const NEWS_EVENTS = ["fomc", "fomc-minutes", "payrolls", "cpi"] as const;

const SERIES = block({
  name: needed(text("the name of a report"), "What people call the report."),
  event: needed(
    choice([...NEWS_EVENTS, "other"]).optional(),
    "Which kind it is, for firms that name some. Left out: it counts as any of them.",
  ),
  ...sourced,
  time: needed(written(clockTime), "When it comes out."),
  dates: needed(list(written(calendarDate), 0, DAYS_MAX, "dates"), "On which days, in order."),
});

export const NEWS_FILE = block({
  series: needed(list(SERIES, 0, SERIES_MAX, "series"), "Reports, each with its own dates."),
}).superRefine(reporting(conflictsInNews));

export type CalendarFile = z.output<typeof CALENDAR_FILE>;
export type NewsFile = z.output<typeof NEWS_FILE>;

interface Dated {
  readonly date: TradeDate;
  readonly path: Conflict["path"];
}

interface Range {
  readonly verified: TradeDate;
  readonly validUntil: TradeDate;
}

function conflictsInCalendar(file: CalendarFile): readonly Conflict[] {
  const dates = file.days.map(({ date }, index) => ({ date, path: ["days", index, "date"] }));
  const late = file.days.flatMap(({ ends }, index) =>
    Object.entries(ends === "closed" ? {} : ends).flatMap(([group, end]): readonly Conflict[] => {
      if (end === undefined || end === "closed" || end <= file.ends) return [];
      const message = "this is later than the regular end, and a session only ends early";
      return [{ path: ["days", index, "ends", group], message }];
    }),
  );
  return [...conflictsInDates(dates, file, []), ...late];
}

function conflictsInNews({ series }: NewsFile): readonly Conflict[] {
  return series.flatMap((one, index) => {
    const path = ["series", index];
    const dates = one.dates.map((date, at) => ({ date, path: [...path, "dates", at] }));
    return conflictsInDates(dates, one, path);
  });
}

function conflictsInDates(
  dates: readonly Dated[],
  { verified, validUntil }: Range,
  where: Conflict["path"],
): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  if (verified > validUntil) {
    const message = `it was verified on ${verified}, when it had run out already`;
    conflicts.push({ path: [...where, "validUntil"], message });
  }
  let before: TradeDate | null = null;
  for (const { date, path } of dates) {
    const message = slipIn(date, before, validUntil);
    if (message !== null) conflicts.push({ path, message });
    before = date;
  }
  return conflicts;
}

function slipIn(date: TradeDate, before: TradeDate | null, validUntil: TradeDate): string | null {
  const weekday = weekdayOf(date);
  if (weekday === SATURDAY || weekday === SUNDAY) return `${date} is no weekday`;
  if (before !== null && date <= before) return `${date} does not follow ${before}`;
  return date > validUntil ? `${date} lies behind validUntil (${validUntil})` : null;
}
