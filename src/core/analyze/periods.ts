/**
 * The same result by day, by week, by month and by weekday. Days are trade dates; a week is that of
 * ISO 8601 and is named after its Monday; a month is that of the trade date.
 */
import { addDays, mondayOf, type TradeDate, weekdayOf } from "../model/trade-date.ts";
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import type { DailySeries, TradedDays } from "./days.ts";
import { addSums, type Group, type Groups, groupAt, namedGroups, sumsFor } from "./groups.ts";
import { inSlices, type Sliced } from "./slices.ts";

/** Money is dollars. */
export interface Day {
  readonly date: TradeDate;
  readonly trades: number;
  readonly wins: number;
  readonly fees: number;
  readonly pnl: number;
  readonly equityStart: number;
  readonly equityEnd: number;
  /** Null once the equity had fallen to zero. */
  readonly ret: number | null;
  readonly retFixedBase: number;
  /** Below the highest equity so far, the start included. */
  readonly drawdownFraction: number;
}

export function* daysOf(series: DailySeries, { sums, fees }: TradedDays): Sliced<readonly Day[]> {
  const dollars = (money: number): number => money / MONEY_PER_DOLLAR;
  const days: Day[] = [];
  let [peak, before] = [series.start, series.start];
  yield* inSlices(series.dates.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const equity = series.equity[index] as number;
      const traded = series.traded[index] as number;
      const { count, wins } = traded < 0 ? NOTHING : groupAt(sums, traded);
      peak = Math.max(peak, equity);
      // One plain object: there are thousands.
      days.push({
        date: series.dates[index] as TradeDate,
        trades: count,
        wins,
        fees: dollars(fees[traded] ?? 0),
        pnl: dollars(series.net[index] as number),
        equityStart: dollars(before),
        equityEnd: dollars(equity),
        ret: series.returns?.[index] ?? null,
        retFixedBase: series.returnsOnStart[index] as number,
        drawdownFraction: (peak - equity) / peak,
      });
      before = equity;
    }
  });
  return days;
}

const NOTHING = groupAt(sumsFor(1), 0);

/** The day that made most, or least; the first of equals. Null without days. */
export function extremeDay(days: readonly Day[], which: "best" | "worst"): Day | null {
  const sign = which === "best" ? 1 : -1;
  let found: Day | null = null;
  for (const day of days) if (found === null || sign * (day.pnl - found.pnl) > 0) found = day;
  return found;
}

export interface Period extends Group {
  /** `2026-03` for a month, the Monday for a week. */
  readonly period: string;
  readonly fees: number;
  /** Of the daily series. */
  readonly days: number;
  readonly equityEnd: number;
  /** Null where the equity had fallen to zero. */
  readonly ret: number | null;
}

interface Span {
  readonly name: string;
  /** Above every date of it, as text. */
  readonly end: string;
}

function weekOf(date: TradeDate): Span {
  const monday = mondayOf(date);
  return { name: monday, end: addDays(monday, 7) };
}

function monthOf(date: TradeDate): Span {
  const name = date.slice(0, 7);
  return { name, end: `${name}-99` };
}

export const weeksOf = (days: readonly Day[], series: DailySeries, traded: TradedDays) =>
  periodsOf(days, weekOf, { series, traded });

export const monthsOf = (days: readonly Day[], series: DailySeries, traded: TradedDays) =>
  periodsOf(days, monthOf, { series, traded });

interface Source {
  readonly series: DailySeries;
  readonly traded: TradedDays;
}

function* periodsOf(
  days: readonly Day[],
  spanOf: (date: TradeDate) => Span,
  source: Source,
): Sliced<readonly Period[]> {
  const periods: Period[] = [];
  let [begin, span] = [0, NO_SPAN];
  const end = (at: number): void => {
    if (at > begin) periods.push(periodOf(days, span.name, [begin, at], source));
  };
  yield* inSlices(days.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const { date } = days[at] as Day;
      if (date < span.end) continue;
      end(at);
      [begin, span] = [at, spanOf(date)];
    }
  });
  end(days.length);
  return periods;
}

const NO_SPAN: Span = { name: "", end: "" };

/** Of the days from one index to before another. */
function periodOf(
  days: readonly Day[],
  period: string,
  [from, to]: readonly [number, number],
  { series, traded }: Source,
): Period {
  const sums = sumsFor(1);
  let fees = 0;
  for (let index = from; index < to; index++) {
    const of = series.traded[index] as number;
    if (of >= 0) addSums(sums, 0, traded.sums, of);
    fees += (days[index] as Day).fees;
  }
  const begin = days[from] as Day;
  const { equityEnd } = days[to - 1] as Day;
  return {
    ...{ period, ...groupAt(sums, 0), days: to - from, equityEnd, fees },
    ret: begin.equityStart > 0 ? equityEnd / begin.equityStart - 1 : null,
  };
}

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** By the weekday of the trade date, Monday first. */
export function weekdaysOf({ dates, sums }: TradedDays): Groups {
  const byDay = sumsFor(WEEKDAYS.length);
  for (const [index, date] of dates.entries()) addSums(byDay, weekdayOf(date), sums, index);
  const groups = namedGroups(byDay, WEEKDAYS);
  return Object.fromEntries(
    WEEKDAYS.flatMap((name) => {
      const group = groups[name];
      return group === undefined ? [] : [[name, group]];
    }),
  );
}
