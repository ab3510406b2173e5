/**
 * The same result by day, by week, by month and by weekday. Days are trade dates; a week is that of
 * ISO 8601 and is named after its Monday; a month is that of the trade date.
 */
import { MONDAY } from "../model/central-time.ts";
import { addDays, type TradeDate, weekdayOf } from "../model/trade-date.ts";
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import type { DailySeries, TradedDays } from "./days.ts";
import { addSums, type Group, type Groups, groupAt, namedGroups, sumsFor } from "./groups.ts";

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

export function daysOf(series: DailySeries, { sums, fees }: TradedDays): readonly Day[] {
  const dollars = (money: number): number => money / MONEY_PER_DOLLAR;
  let [peak, before] = [series.start, series.start];
  return series.dates.map((date, index) => {
    const equity = series.equity[index] as number;
    const traded = series.traded[index] as number;
    const { count, wins } = traded < 0 ? NOTHING : groupAt(sums, traded);
    peak = Math.max(peak, equity);
    const day: Day = {
      ...{ date, trades: count, wins, fees: dollars(fees[traded] ?? 0) },
      pnl: dollars(series.net[index] as number),
      equityStart: dollars(before),
      equityEnd: dollars(equity),
      ret: series.returns?.[index] ?? null,
      retFixedBase: series.returnsOnStart[index] as number,
      drawdownFraction: (peak - equity) / peak,
    };
    before = equity;
    return day;
  });
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

const mondayOf = (date: TradeDate): TradeDate => addDays(date, MONDAY - weekdayOf(date));
const monthOf = (date: TradeDate): string => date.slice(0, 7);

export const weeksOf = (days: readonly Day[], series: DailySeries, traded: TradedDays) =>
  periodsOf(days, mondayOf, { series, traded });

export const monthsOf = (days: readonly Day[], series: DailySeries, traded: TradedDays) =>
  periodsOf(days, monthOf, { series, traded });

interface Source {
  readonly series: DailySeries;
  readonly traded: TradedDays;
}

function periodsOf(
  days: readonly Day[],
  periodOf: (date: TradeDate) => string,
  { series, traded }: Source,
): readonly Period[] {
  const indexes = new Map<string, number[]>();
  for (const [index, { date }] of days.entries()) {
    const period = periodOf(date);
    const known = indexes.get(period);
    if (known === undefined) indexes.set(period, [index]);
    else known.push(index);
  }
  return [...indexes].map(([period, members]) => {
    const sums = sumsFor(1);
    for (const index of members) {
      const of = series.traded[index] as number;
      if (of >= 0) addSums(sums, 0, traded.sums, of);
    }
    const begin = days[members[0] as number] as Day;
    const end = days[members.at(-1) as number] as Day;
    return {
      ...{ period, ...groupAt(sums, 0), days: members.length, equityEnd: end.equityEnd },
      fees: members.reduce((sum, index) => sum + (days[index] as Day).fees, 0),
      ret: begin.equityStart > 0 ? end.equityEnd / begin.equityStart - 1 : null,
    };
  });
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
