/**
 * The exchange holidays of 2025 to 2027: on which days which products stop early, or stay shut.
 *
 * The exchange publishes these by notice, a few weeks ahead; this table is what was known in
 * November 2026. The equity times of 2026 and of New Year 2027 were read from notices naming the
 * date, the remaining times follow the pattern of earlier years; rows marked *inferred* rest on the
 * pattern alone. Before and after the table only weekends are known, so the operator is warned once
 * today is past `HOLIDAYS_VALID_UNTIL`.
 *
 * Two kinds of row, because two different questions are asked:
 * - *When does the session end?* Both kinds answer, for each group.
 * - *Is it a business day?* Expiry rules count back in business days. A holiday is none even when
 *   Globex trades half of it (crude counts Martin Luther King Day out); a short day still is one.
 */

import { SATURDAY, SUNDAY } from "./central-time.ts";
import type { Group } from "./instrument.ts";
import { type TradeDate, tradeDate, weekdayOf } from "./trade-date.ts";

/** Minute of the Chicago day at which the session ends, or no session at all. */
export type SessionEnd = number | "closed";

export interface Holiday {
  readonly date: TradeDate;
  readonly name: string;
  readonly businessDay: boolean;
  readonly ends: Readonly<Record<Group, SessionEnd>>;
}

/** Sessions end at 16:00 unless a row says otherwise. */
export const REGULAR_END = 16 * 60;

export const HOLIDAYS_VALID_UNTIL = tradeDate("2027-12-31");

const clock = (hour: number, minute: number): number => hour * 60 + minute;

const hours = (
  equity: SessionEnd,
  rates: SessionEnd,
  energyAndMetals: SessionEnd,
  fx: SessionEnd,
): Holiday["ends"] => ({ equity, rates, energy: energyAndMetals, metals: energyAndMetals, fx });

const CLOSED = hours("closed", "closed", "closed", "closed");
/** The American holidays on which Globex trades the morning. */
const MORNING = hours(clock(12, 0), clock(12, 0), clock(13, 30), REGULAR_END);
/** The day after Thanksgiving, and Christmas Eve. */
const SHORT = hours(clock(12, 15), clock(12, 15), clock(12, 45), clock(12, 15));
/** The day before Independence Day when that falls from Tuesday to Friday: shares only. */
const EARLY_SHARES = hours(clock(12, 15), REGULAR_END, REGULAR_END, REGULAR_END);
/** Mourning for a president: Wall Street shut, bonds until early afternoon, the rest as usual. */
const MOURNING = hours(clock(8, 30), clock(12, 15), REGULAR_END, REGULAR_END);
/** A Good Friday on which the payrolls report comes out all the same at 07:30. */
const PAYROLLS_GOOD_FRIDAY = hours(clock(8, 15), clock(10, 15), "closed", clock(10, 15));

export const HOLIDAYS: readonly Holiday[] = [
  holiday("2025-01-01", "New Year", CLOSED),
  shortDay("2025-01-09", "Carter day of mourning", MOURNING),
  holiday("2025-01-20", "MLK", MORNING),
  holiday("2025-02-17", "Presidents", MORNING),
  holiday("2025-04-18", "Good Friday", CLOSED),
  holiday("2025-05-26", "Memorial", MORNING),
  holiday("2025-06-19", "Juneteenth", MORNING),
  shortDay("2025-07-03", "day before Independence", EARLY_SHARES),
  holiday("2025-07-04", "Independence", MORNING),
  holiday("2025-09-01", "Labor", MORNING),
  holiday("2025-11-27", "Thanksgiving", MORNING),
  shortDay("2025-11-28", "day after Thanksgiving", SHORT),
  shortDay("2025-12-24", "Christmas Eve", SHORT),
  holiday("2025-12-25", "Christmas", CLOSED),

  holiday("2026-01-01", "New Year", CLOSED),
  holiday("2026-01-19", "MLK", MORNING),
  holiday("2026-02-16", "Presidents", MORNING),
  holiday("2026-04-03", "Good Friday (payrolls day)", PAYROLLS_GOOD_FRIDAY),
  holiday("2026-05-25", "Memorial", MORNING),
  holiday("2026-06-19", "Juneteenth", MORNING),
  holiday("2026-07-03", "Independence (observed)", MORNING),
  holiday("2026-09-07", "Labor", MORNING),
  holiday("2026-11-26", "Thanksgiving", MORNING),
  shortDay("2026-11-27", "day after Thanksgiving", SHORT),
  shortDay("2026-12-24", "Christmas Eve", SHORT),
  holiday("2026-12-25", "Christmas", CLOSED),

  holiday("2027-01-01", "New Year", CLOSED),
  holiday("2027-01-18", "MLK", MORNING),
  holiday("2027-02-15", "Presidents", MORNING),
  holiday("2027-03-26", "Good Friday (not payrolls day)", CLOSED), // inferred
  holiday("2027-05-31", "Memorial", MORNING),
  holiday("2027-06-18", "Juneteenth (observed)", MORNING),
  holiday("2027-07-05", "Independence (observed)", MORNING),
  holiday("2027-09-06", "Labor", MORNING),
  holiday("2027-11-25", "Thanksgiving", MORNING),
  shortDay("2027-11-26", "day after Thanksgiving", SHORT),
  holiday("2027-12-24", "Christmas (observed)", CLOSED), // inferred
];

const BY_DATE: ReadonlyMap<TradeDate, Holiday> = new Map(HOLIDAYS.map((row) => [row.date, row]));

/** When the session of that trade date ends for products of the group. */
export const sessionEndOf = (group: Group, date: TradeDate): SessionEnd =>
  BY_DATE.get(date)?.ends[group] ?? REGULAR_END;

/** A weekday that is no holiday; outside the years of the table, any weekday. */
export function isBusinessDay(date: TradeDate): boolean {
  const weekday = weekdayOf(date);
  if (weekday === SATURDAY || weekday === SUNDAY) return false;
  return BY_DATE.get(date)?.businessDay ?? true;
}

function holiday(date: string, name: string, ends: Holiday["ends"]): Holiday {
  return { date: tradeDate(date), name, businessDay: false, ends };
}

function shortDay(date: string, name: string, ends: Holiday["ends"]): Holiday {
  return { date: tradeDate(date), name, businessDay: true, ends };
}
