import { describe, expect, it } from "vitest";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { isBusinessDay, sessionEndOf } from "../../../../src/core/model/holidays.ts";
import { tradeDate, weekdayOf } from "../../../../src/core/model/trade-date.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };

const { days: HOLIDAYS, validUntil: HOLIDAYS_VALID_UNTIL, ends: REGULAR_END } = CME_CALENDAR;

/** `12:15` as a minute of the day; a blank column is a regular end. */
function minuteOf(column: string | null): number | "closed" {
  if (column === null) return REGULAR_END;
  if (column === "closed") return "closed";
  const [hour, minute] = column.split(":");
  return Number(hour) * 60 + Number(minute);
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

describe("the holiday table", () => {
  it.each(oracle.cmeHolidays)("ends sessions on $date ($name) as the exchange announced", (row) => {
    const date = tradeDate(row.date);

    expect(WEEKDAYS[weekdayOf(date)]).toBe(row.weekday);
    expect(sessionEndOf("equity", date)).toBe(minuteOf(row.equity));
    expect(sessionEndOf("rates", date)).toBe(minuteOf(row.rates));
    expect(sessionEndOf("energy", date)).toBe(minuteOf(row.energyMetals));
    expect(sessionEndOf("metals", date)).toBe(minuteOf(row.energyMetals));
    expect(sessionEndOf("fx", date)).toBe(minuteOf(row.fx));
  });

  it("holds those days and no others, in order", () => {
    const dates = HOLIDAYS.map((row) => row.date);

    expect(dates).toEqual(oracle.cmeHolidays.map((row) => row.date));
    expect(HOLIDAYS.map((row) => row.name)).toEqual(oracle.cmeHolidays.map((row) => row.name));
    expect(dates.every((date) => date <= HOLIDAYS_VALID_UNTIL)).toBe(true);
  });

  it("leaves every other day to end at 16:00", () => {
    expect(sessionEndOf("equity", tradeDate("2026-11-23"))).toBe(16 * 60);
    expect(sessionEndOf("equity", tradeDate("2031-12-25"))).toBe(16 * 60);
  });
});

describe("a business day", () => {
  it("is a weekday that is no holiday", () => {
    expect(isBusinessDay(tradeDate("2026-11-23"))).toBe(true);
    expect(isBusinessDay(tradeDate("2026-11-21"))).toBe(false);
    expect(isBusinessDay(tradeDate("2026-11-22"))).toBe(false);
    expect(isBusinessDay(tradeDate("2026-12-25"))).toBe(false);
  });

  it("is not a holiday on which Globex trades the morning", () => {
    expect(isBusinessDay(tradeDate("2026-01-19"))).toBe(false);
    expect(isBusinessDay(tradeDate("2026-04-03"))).toBe(false);
  });

  it("may be a short one", () => {
    const short = HOLIDAYS.filter((row) => row.businessDay).map((row) => row.name);

    expect(new Set(short)).toEqual(
      new Set([
        "Carter day of mourning",
        "day before Independence",
        "day after Thanksgiving",
        "Christmas Eve",
      ]),
    );
    expect(isBusinessDay(tradeDate("2026-11-27"))).toBe(true);
  });

  it("is any weekday outside the years of the table", () => {
    expect(isBusinessDay(tradeDate("2031-12-25"))).toBe(true);
    expect(isBusinessDay(tradeDate("2031-12-27"))).toBe(false);
  });
});
