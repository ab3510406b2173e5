/**
 * The hours of CME Globex and every day that differs from them.
 *
 * Made by `npx tsx tools/write-dated-tables.ts` from `config/calendar/cme.yaml`, which says what the
 * columns mean and where the dates were read: change that file, never this one.
 */
import type { Calendar, Holiday, SessionEnd } from "./exchange-calendar.ts";
import { tradeDate } from "./trade-date.ts";

type Ends = readonly [
  equity: SessionEnd,
  rates: SessionEnd,
  energy: SessionEnd,
  metals: SessionEnd,
  fx: SessionEnd,
];

export const CME_CALENDAR: Calendar = {
  exchange: "CME Globex",
  source:
    "CME Group holiday notices and the Topstep holiday table for 2026; earlier and later days by the rules of pandas_market_calendars (cme_globex_*)",
  verified: tradeDate("2026-11-22"),
  validUntil: tradeDate("2027-12-31"),
  opens: 1020,
  ends: 960,
  days: [
    holiday("2025-01-01", "New Year", ["closed", "closed", "closed", "closed", "closed"]),
    shortDay("2025-01-09", "Carter day of mourning", [510, 735, 960, 960, 960]),
    holiday("2025-01-20", "MLK", [720, 720, 810, 810, 960]),
    holiday("2025-02-17", "Presidents", [720, 720, 810, 810, 960]),
    holiday("2025-04-18", "Good Friday", ["closed", "closed", "closed", "closed", "closed"]),
    holiday("2025-05-26", "Memorial", [720, 720, 810, 810, 960]),
    holiday("2025-06-19", "Juneteenth", [720, 720, 810, 810, 960]),
    shortDay("2025-07-03", "day before Independence", [735, 960, 960, 960, 960]),
    holiday("2025-07-04", "Independence", [720, 720, 810, 810, 960]),
    holiday("2025-09-01", "Labor", [720, 720, 810, 810, 960]),
    holiday("2025-11-27", "Thanksgiving", [720, 720, 810, 810, 960]),
    shortDay("2025-11-28", "day after Thanksgiving", [735, 735, 765, 765, 735]),
    shortDay("2025-12-24", "Christmas Eve", [735, 735, 765, 765, 735]),
    holiday("2025-12-25", "Christmas", ["closed", "closed", "closed", "closed", "closed"]),
    holiday("2026-01-01", "New Year", ["closed", "closed", "closed", "closed", "closed"]),
    holiday("2026-01-19", "MLK", [720, 720, 810, 810, 960]),
    holiday("2026-02-16", "Presidents", [720, 720, 810, 810, 960]),
    holiday("2026-04-03", "Good Friday (payrolls day)", [495, 615, "closed", "closed", 615]),
    holiday("2026-05-25", "Memorial", [720, 720, 810, 810, 960]),
    holiday("2026-06-19", "Juneteenth", [720, 720, 810, 810, 960]),
    holiday("2026-07-03", "Independence (observed)", [720, 720, 810, 810, 960]),
    holiday("2026-09-07", "Labor", [720, 720, 810, 810, 960]),
    holiday("2026-11-26", "Thanksgiving", [720, 720, 810, 810, 960]),
    shortDay("2026-11-27", "day after Thanksgiving", [735, 735, 765, 765, 735]),
    shortDay("2026-12-24", "Christmas Eve", [735, 735, 765, 765, 735]),
    holiday("2026-12-25", "Christmas", ["closed", "closed", "closed", "closed", "closed"]),
    holiday("2027-01-01", "New Year", ["closed", "closed", "closed", "closed", "closed"]),
    holiday("2027-01-18", "MLK", [720, 720, 810, 810, 960]),
    holiday("2027-02-15", "Presidents", [720, 720, 810, 810, 960]),
    holiday("2027-03-26", "Good Friday (not payrolls day)", [
      "closed",
      "closed",
      "closed",
      "closed",
      "closed",
    ]),
    holiday("2027-05-31", "Memorial", [720, 720, 810, 810, 960]),
    holiday("2027-06-18", "Juneteenth (observed)", [720, 720, 810, 810, 960]),
    holiday("2027-07-05", "Independence (observed)", [720, 720, 810, 810, 960]),
    holiday("2027-09-06", "Labor", [720, 720, 810, 810, 960]),
    holiday("2027-11-25", "Thanksgiving", [720, 720, 810, 810, 960]),
    shortDay("2027-11-26", "day after Thanksgiving", [735, 735, 765, 765, 735]),
    holiday("2027-12-24", "Christmas (observed)", [
      "closed",
      "closed",
      "closed",
      "closed",
      "closed",
    ]),
  ],
};

function holiday(date: string, name: string, ends: Ends): Holiday {
  return { date: tradeDate(date), name, businessDay: false, ends: byGroup(ends) };
}

function shortDay(date: string, name: string, ends: Ends): Holiday {
  return { date: tradeDate(date), name, businessDay: true, ends: byGroup(ends) };
}

function byGroup([equity, rates, energy, metals, fx]: Ends): Holiday["ends"] {
  return { equity, rates, energy, metals, fx };
}
