/** When the messages of a day are due, how late they may come, and on which days there are none. */
import { describe, expect, test } from "vitest";
import { minuteOf } from "../../../../src/core/model/calendar.ts";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { beginningOf, dutiesDue, nextDutyAt } from "../../../../src/core/risk/duty-hours.ts";

const TIMES = { ready: 8 * 60 + 15, closing: 15 * 60 + 15 };
const THURSDAY = tradeDate("2026-11-19");
const at = (minute: number, date = THURSDAY) => minuteOf(date, minute);
const due = (minute: number, told = {}, date = THURSDAY) =>
  dutiesDue(TIMES, CME_CALENDAR, told, at(minute, date)).map(({ duty }) => duty);

describe("what is due", () => {
  test("is the morning's message for four hours, and the afternoon's until the date is over", () => {
    expect(due(TIMES.ready - 1)).toEqual([]);
    expect(due(TIMES.ready)).toEqual(["ready"]);
    expect(due(TIMES.ready + 239)).toEqual(["ready"]);
    expect(due(TIMES.ready + 240)).toEqual([]);
    expect(due(TIMES.closing)).toEqual(["closing"]);
    expect(due(17 * 60 - 1)).toEqual(["closing"]);
    expect(due(17 * 60)).toEqual([]);
  });

  test("is told once a date", () => {
    expect(due(TIMES.ready, { ready: THURSDAY })).toEqual([]);
    expect(due(TIMES.ready, { ready: tradeDate("2026-11-18") })).toEqual(["ready"]);
  });

  test("is nothing on a day without a session", () => {
    expect(due(TIMES.ready, {}, tradeDate("2026-12-25"))).toEqual([]);
  });
});

describe("what comes next", () => {
  const next = (times: typeof TIMES | { ready: null; closing: null }, from: number) =>
    nextDutyAt(times, CME_CALENDAR, millis(from));

  test("is of the same day, or of the next that is held", () => {
    expect(next(TIMES, at(8 * 60))).toBe(at(TIMES.ready));
    expect(next(TIMES, at(TIMES.ready))).toBe(at(TIMES.closing));
    const eve = tradeDate("2026-12-24");
    expect(next(TIMES, at(16 * 60, eve))).toBe(at(TIMES.ready, tradeDate("2026-12-28")));
  });

  test("is in the order of the day, whatever the order of its times", () => {
    const turned = { ready: 14 * 60, closing: 9 * 60 };
    expect(next(turned, at(8 * 60))).toBe(at(9 * 60));
  });

  test("is nothing where nobody wants to be told", () => {
    expect(next({ ready: null, closing: null }, at(8 * 60))).toBeNull();
  });
});

describe("a summary", () => {
  const SUMMED = { ready: null, closing: null, day: 920, week: 920, month: 920 };
  const summed = (date: string, minute = 920, told = {}) =>
    dutiesDue(SUMMED, CME_CALENDAR, told, at(minute, tradeDate(date))).map(
      ({ duty, date: of }) => `${duty} ${of}`,
    );

  test("is of the day; of the week and the month on the last date with a session", () => {
    expect(summed("2026-11-19")).toEqual(["day 2026-11-19"]);
    expect(summed("2026-11-20")).toEqual(["day 2026-11-20", "week 2026-11-20"]);
    expect(summed("2026-11-30")).toEqual(["day 2026-11-30", "month 2026-11-30"]);
    // Friday the 25th is Christmas.
    expect(summed("2026-12-24", 12 * 60 + 20)).toEqual(["day 2026-12-24", "week 2026-12-24"]);
    expect(summed("2026-11-19", 919)).toEqual([]);
  });

  test("comes five minutes after a session that ends early, and never before it ends", () => {
    expect(summed("2026-11-27", 12 * 60 + 19)).toEqual([]);
    expect(summed("2026-11-27", 12 * 60 + 20)).toEqual(["day 2026-11-27", "week 2026-11-27"]);
  });

  test("is made up for until the next of its kind is due, but only after one was told", () => {
    const friday = tradeDate("2026-11-20");
    const told = { day: friday, week: tradeDate("2026-11-13"), month: tradeDate("2026-10-30") };
    expect(summed("2026-11-24", 8 * 60, told)).toEqual(["week 2026-11-20", "day 2026-11-23"]);
    expect(summed("2026-11-24", 8 * 60)).toEqual([]);
    expect(summed("2026-11-24", 920, told)).toEqual(["week 2026-11-20", "day 2026-11-24"]);
    // A month that ended more than two weeks ago is passed over.
    const september = { month: tradeDate("2026-09-30") };
    expect(summed("2026-11-12", 8 * 60, september)).toEqual(["month 2026-10-30"]);
    expect(summed("2026-11-24", 8 * 60, september)).toEqual([]);
  });

  test("begins with its Monday, or with the first of its month", () => {
    const date = tradeDate("2026-11-19");
    const begins = (["day", "week", "month"] as const).map((period) => beginningOf(period, date));
    expect(begins).toEqual(["2026-11-19", "2026-11-16", "2026-11-01"]);
  });
});
