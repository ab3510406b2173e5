import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dateOfDay,
  dayNumberOf,
  isTradeDate,
  nextRollAfter,
  nextTradeDate,
  previousTradeDate,
  tradeDate,
  tradeDateEnd,
  tradeDateOf,
  tradeDateStart,
  weekdayOf,
} from "../../../../src/core/model/trade-date.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };

const utc = (text: string): Millis => millis(Temporal.Instant.from(text).epochMilliseconds);
const instants = fc
  .integer({ min: utc("2007-01-01T12:00Z"), max: utc("2040-12-31T12:00Z") })
  .map(millis);

describe("the trade date", () => {
  it.each(oracle.tradeDates)("of $ct is $tradeDate", (vector) => {
    expect(tradeDateOf(utc(vector.utc))).toBe(vector.tradeDate);
  });

  it("is Monday's from Friday 17:00 to the end of the weekend", () => {
    expect(tradeDateOf(utc("2026-07-10T21:59:59.999Z"))).toBe("2026-07-10");
    expect(tradeDateOf(utc("2026-07-10T22:00Z"))).toBe("2026-07-13");
    expect(tradeDateOf(utc("2026-07-11T18:00Z"))).toBe("2026-07-13");
    expect(tradeDateOf(utc("2026-07-13T21:59:59.999Z"))).toBe("2026-07-13");
  });

  it("never goes back as time goes on, and is always a weekday", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 90 * 3_600_000 }), (at, later) => {
        const date = tradeDateOf(at);
        expect(date <= tradeDateOf(millis(at + later))).toBe(true);
        expect(weekdayOf(date)).toBeGreaterThanOrEqual(1);
        expect(weekdayOf(date)).toBeLessThanOrEqual(5);
      }),
      { numRuns: 500 },
    );
  });

  it("holds from its start up to its end and changes exactly there", () => {
    fc.assert(
      fc.property(instants, (at) => {
        const date = tradeDateOf(at);
        const start = tradeDateStart(date);
        const end = nextRollAfter(at);
        expect(start <= at && at < end).toBe(true);
        expect(end).toBe(tradeDateEnd(date));
        expect(tradeDateOf(start)).toBe(date);
        expect(tradeDateOf(millis(start - 1))).toBe(previousTradeDate(date));
        expect(tradeDateOf(millis(end - 1))).toBe(date);
        expect(tradeDateOf(end)).toBe(nextTradeDate(date));
      }),
      { numRuns: 300 },
    );
  });

  it("lasts 24 hours, three days over a weekend, an hour less when summer begins in it", () => {
    const hours = (date: string): number => {
      const day = tradeDate(date);
      return (tradeDateEnd(day) - tradeDateStart(day)) / 3_600_000;
    };
    expect(hours("2026-07-14")).toBe(24);
    expect(hours("2026-07-13")).toBe(72);
    expect(hours("2026-03-09")).toBe(71);
    expect(hours("2026-11-02")).toBe(73);
  });
});

describe("dates as text", () => {
  it("are accepted when they exist and are written in full", () => {
    expect(["2026-11-22", "2024-02-29", "1000-01-01"].every(isTradeDate)).toBe(true);
  });

  it.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-11-31",
    "2026-11-00",
    "2026-1-02",
    "26-11-22",
    "0026-11-22",
    "2026-11-22T00:00",
    "",
  ])("are refused when they are not: %o", (text) => {
    expect(isTradeDate(text)).toBe(false);
  });

  it("are a bug in the program when it writes a wrong one itself", () => {
    expect(() => tradeDate("2026-02-30")).toThrow("a date is YYYY-MM-DD and exists");
  });

  it("step by days over months, leap days and years", () => {
    expect(addDays(tradeDate("2024-02-28"), 1)).toBe("2024-02-29");
    expect(addDays(tradeDate("2026-12-31"), 1)).toBe("2027-01-01");
    expect(addDays(tradeDate("2026-01-01"), -1)).toBe("2025-12-31");
    expect(dateOfDay(dayNumberOf(tradeDate("2026-11-22")))).toBe("2026-11-22");
  });

  it("step by weekdays from any day", () => {
    const around = (date: string): string[] => [
      previousTradeDate(tradeDate(date)),
      nextTradeDate(tradeDate(date)),
    ];
    expect(around("2026-11-20")).toEqual(["2026-11-19", "2026-11-23"]);
    expect(around("2026-11-21")).toEqual(["2026-11-20", "2026-11-23"]);
    expect(around("2026-11-22")).toEqual(["2026-11-20", "2026-11-23"]);
    expect(around("2026-11-23")).toEqual(["2026-11-20", "2026-11-24"]);
  });
});
