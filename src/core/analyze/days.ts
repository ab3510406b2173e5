/**
 * The trades of each trade date, and the series of days that returns are taken from.
 *
 * A trade belongs to the date on which it was closed. The series runs over every CME trade date from
 * the first such day to the last: a day without a trade is a day with a result of zero, and leaving
 * it out would flatter every figure that divides by a spread. Weekdays on which nothing of the
 * exchange trades are no trade dates, unless a trade says otherwise. `traded` keeps the days with
 * trades only, to compare with programs that do so.
 *
 * Return of a day = its net result / the equity at its start.
 */
import { CME_CALENDAR } from "../model/cme-calendar.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import type { TradeColumns } from "../model/trade-columns.ts";
import { nextTradeDate, type TradeDate, tradeDateEnd, tradeDateOf } from "../model/trade-date.ts";
import type { Millis } from "../model/units.ts";
import { addTo, groupsIn, netAt, sumsFor } from "./groups.ts";
import type { Outcomes } from "./outcomes.ts";
import type { Sliced } from "./slices.ts";

export type DayChoice = "all" | "traded";

export interface TradedDays {
  readonly dates: readonly TradeDate[];
  /** A group for each of them, as in `groups.ts`. */
  readonly sums: Float64Array;
  /** Money. */
  readonly fees: readonly number[];
}

/** Trades come in the order of their exits. */
export function daysPass({ exitAt, net, fees }: TradeColumns, outcomes: Outcomes) {
  const dates: TradeDate[] = [];
  const feesOf: number[] = [];
  let allSums = sumsFor(256);
  let lastEnd = Number.NEGATIVE_INFINITY;
  /** Gives the day that begins its place, and says when it ends. */
  const begin = (at: Millis): number => {
    const date = tradeDateOf(at);
    const count = dates.push(date);
    feesOf.push(0);
    if (count > groupsIn(allSums)) allSums = enlarged(allSums, count * 2);
    return tradeDateEnd(date);
  };
  return {
    take(from: number, to: number): void {
      let [end, sums, day] = [lastEnd, allSums, dates.length - 1];
      let feeSum = feesOf[day] ?? 0;
      for (let at = from; at < to; at++) {
        const exit = exitAt[at] as number;
        if (exit >= end) {
          if (day >= 0) feesOf[day] = feeSum;
          end = begin(exit as Millis);
          [sums, day, feeSum] = [allSums, day + 1, 0];
        }
        feeSum += fees[at] as number;
        addTo(sums, day, outcomes[at] as number, net[at] as number);
      }
      feesOf[day] = feeSum;
      lastEnd = end;
    },
    finish: (): TradedDays => ({ dates, sums: allSums, fees: feesOf }),
  };
}

function enlarged(sums: Float64Array, groups: number): Float64Array {
  const larger = sumsFor(groups);
  larger.set(sums);
  return larger;
}

export interface DailySeries {
  readonly dates: readonly TradeDate[];
  /** Index among the traded days; -1 for a day without a trade. */
  readonly traded: readonly number[];
  /** Money. */
  readonly net: Float64Array;
  readonly equity: Float64Array;
  /** Null once the equity had fallen to zero: there is nothing to divide by. */
  readonly returns: Float64Array | null;
  /** The same by the starting equity. */
  readonly returnsOnStart: Float64Array;
  readonly start: number;
}

export function* dailySeries(
  { dates: tradedDates, sums }: TradedDays,
  start: number,
  choice: DayChoice,
  calendar: Calendar = CME_CALENDAR,
): Sliced<DailySeries> {
  const dates = choice === "traded" ? tradedDates : yield* datesBetween(tradedDates, calendar);
  const indexes = new Map(tradedDates.map((date, index) => [date, index]));
  const traded = dates.map((date) => indexes.get(date) ?? -1);
  const net = Float64Array.from(traded, (index) => (index < 0 ? 0 : netAt(sums, index)));
  const returns = new Float64Array(net.length);
  const equity = new Float64Array(net.length);
  let [before, isSound] = [start, true];
  for (const [index, made] of net.entries()) {
    isSound &&= before > 0;
    returns[index] = made / before;
    before += made;
    equity[index] = before;
  }
  const returnsOnStart = net.map((made) => made / start);
  return {
    ...{ dates, traded, net, equity, returnsOnStart, start },
    returns: isSound ? returns : null,
  };
}

/** Dates are text, which is slow. */
const DAYS_A_SLICE = 1_024;

/** Every trade date from the first to the last, and whatever date was traded in between. */
function* datesBetween(
  traded: readonly TradeDate[],
  { days }: Calendar,
): Sliced<readonly TradeDate[]> {
  const [first, last] = [traded[0], traded.at(-1)];
  if (first === undefined || last === undefined) return [];
  const wasTraded = new Set(traded);
  const closed = new Set(
    days
      .filter(({ ends }) => Object.values(ends).every((end) => end === "closed"))
      .map(({ date }) => date),
  );
  const dates: TradeDate[] = [];
  for (let date = first; date <= last; date = nextTradeDate(date)) {
    if (!closed.has(date) || wasTraded.has(date)) dates.push(date);
    if (dates.length % DAYS_A_SLICE === 0) yield;
  }
  return dates;
}
