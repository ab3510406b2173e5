/** Labels of an axis of trade dates: some days of a few weeks, months of a year, years of a life. */
import type { TradeDate } from "../../model/trade-date.ts";
import type { AxisTick } from "./axis.ts";

const LABELS_MAX = 5;
const DAYS_APART = 45;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const EVERY = [1, 2, 3, 6, 12, 24, 60, 120, 240] as const;

/** The first date stands at 1: at 0 is the start. */
export function dateTicks(dates: readonly TradeDate[]): readonly AxisTick[] {
  if (dates.length <= DAYS_APART) return dayTicks(dates);
  const months = dates.map(monthOf);
  const span = (months.at(-1) as number) - (months[0] as number);
  const every = EVERY.find((one) => span / one <= LABELS_MAX) ?? 480;
  return months.flatMap((month, index): readonly AxisTick[] => {
    const isNew = index > 0 && month !== months[index - 1] && month % every === 0;
    return isNew ? [{ value: index + 1, label: monthLabel(month, every) }] : [];
  });
}

function dayTicks(dates: readonly TradeDate[]): readonly AxisTick[] {
  const every = Math.ceil(dates.length / LABELS_MAX);
  return dates.flatMap((date, index): readonly AxisTick[] =>
    index % every === 0 ? [{ value: index + 1, label: dayLabel(date) }] : [],
  );
}

/** Months since the year 0. */
const monthOf = (date: TradeDate): number =>
  Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

const monthLabel = (month: number, every: number): string => {
  const year = String(Math.floor(month / 12));
  return every >= 12 ? year : `${nameOfMonth((month % 12) + 1)} ${year}`;
};

/** 1 = January. */
export const nameOfMonth = (month: number): string => MONTHS[month - 1] as string; // 1 to 12

const dayLabel = (date: TradeDate): string =>
  `${nameOfMonth(Number(date.slice(5, 7)))} ${Number(date.slice(8, 10))}`;
