import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  centralClock,
  centralOffset,
  centralToUtc,
  dayNumberOfCivil,
  nthWeekday,
  packedDate,
  weekdayOfDay,
} from "../../../../src/core/model/central-time.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";

const HOUR = 3_600_000;
const FROM = Temporal.Instant.from("2007-01-01T06:00Z").epochMilliseconds;
const UNTIL = Temporal.Instant.from("2041-01-01T06:00Z").epochMilliseconds;

const chicago = (at: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("America/Chicago");

/** Every instant between 2007 and 2040 at which the time-zone database moves Chicago's clock. */
function changeovers(): number[] {
  const found: number[] = [];
  let next = chicago(FROM).getTimeZoneTransition("next");
  while (next !== null && next.epochMilliseconds < UNTIL) {
    found.push(next.epochMilliseconds);
    next = next.getTimeZoneTransition("next");
  }
  return found;
}

function clockByTemporal(at: number): object {
  const shown = chicago(at);
  return {
    year: shown.year,
    month: shown.month,
    day: shown.day,
    weekday: shown.dayOfWeek % 7,
    minuteOfDay: shown.hour * 60 + shown.minute,
    millisOfMinute: shown.second * 1000 + shown.millisecond,
    dayNumber: shown.toPlainDate().since("1970-01-01").days,
  };
}

const instants = fc.integer({ min: FROM, max: UNTIL - 1 }).map(millis);

describe("the Chicago clock", () => {
  it("changes over twice a year from 2007 to 2040", () => {
    expect(changeovers()).toHaveLength(34 * 2);
  });

  it("agrees with the time-zone database around every changeover", () => {
    for (const change of changeovers()) {
      for (const distance of [-HOUR, -1, 0, 1, HOUR - 1, HOUR]) {
        const at = millis(change + distance);
        expect(centralOffset(at) * 60_000).toBe(chicago(at).offsetNanoseconds / 1e6);
        expect(centralClock(at)).toEqual(clockByTemporal(at));
      }
    }
  });

  it("agrees with the time-zone database at any instant", () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(centralClock(at)).toEqual(clockByTemporal(at));
      }),
      { numRuns: 500 },
    );
  });

  it("shows the evening before for an instant just after midnight UTC", () => {
    const at = millis(Temporal.Instant.from("2026-03-01T00:00:30.250Z").epochMilliseconds);

    expect(centralClock(at)).toEqual({
      year: 2026,
      month: 2,
      day: 28,
      weekday: 6,
      minuteOfDay: 18 * 60,
      millisOfMinute: 30_250,
      dayNumber: 20_512,
    });
  });
});

describe("the way back from a clock reading", () => {
  const utc = (text: string): Millis => millis(Temporal.Instant.from(text).epochMilliseconds);

  it("agrees with the time-zone database for any reading", () => {
    fc.assert(
      fc.property(instants, (at) => {
        const { year, month, day, minuteOfDay } = centralClock(at);
        const plain = chicago(at).with({ second: 0, millisecond: 0 }).toPlainDateTime();
        const wanted = plain.toZonedDateTime("America/Chicago").epochMilliseconds;
        expect(centralToUtc({ year, month, day, minute: minuteOfDay })).toBe(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it("reads an hour missing in March as an unchanged clock would have shown it", () => {
    const missing = { year: 2026, month: 3, day: 8, minute: 150 };
    expect(centralToUtc(missing)).toBe(utc("2026-03-08T08:30Z"));
  });

  it("reads an hour that comes twice in November as the first of the two", () => {
    const twice = { year: 2026, month: 11, day: 1, minute: 90 };
    expect(centralToUtc(twice)).toBe(utc("2026-11-01T06:30Z"));
  });

  it("reads the minutes on either side of both changeovers", () => {
    const spring = { year: 2026, month: 3, day: 8 };
    const autumn = { year: 2026, month: 11, day: 1 };
    expect(centralToUtc({ ...spring, minute: 119 })).toBe(utc("2026-03-08T07:59Z"));
    expect(centralToUtc({ ...spring, minute: 180 })).toBe(utc("2026-03-08T08:00Z"));
    expect(centralToUtc({ ...autumn, minute: 59 })).toBe(utc("2026-11-01T05:59Z"));
    expect(centralToUtc({ ...autumn, minute: 120 })).toBe(utc("2026-11-01T08:00Z"));
  });
});

describe("civil days", () => {
  const days = fc.integer({ min: -300_000, max: 2_900_000 });

  it("count the same way as the Gregorian calendar", () => {
    fc.assert(
      fc.property(days, (dayNumber) => {
        const date = Temporal.PlainDate.from("1970-01-01").add({ days: dayNumber });
        const { year, month, day } = date;
        expect(packedDate(dayNumber)).toBe(year * 10_000 + month * 100 + day);
        expect(dayNumberOfCivil(year, month, day)).toBe(dayNumber);
        expect(weekdayOfDay(dayNumber)).toBe(date.dayOfWeek % 7);
      }),
      { numRuns: 300 },
    );
  });

  it("step over the end of a year by month and over the end of a month by day", () => {
    expect(packedDate(dayNumberOfCivil(2026, 13, 1))).toBe(20270101);
    expect(packedDate(dayNumberOfCivil(2026, 0, 1))).toBe(20251201);
    expect(packedDate(dayNumberOfCivil(2024, 2, 30))).toBe(20240301);
    expect(packedDate(dayNumberOfCivil(2026, 3, 0))).toBe(20260228);
  });

  it("find the n-th weekday of a month", () => {
    expect(packedDate(nthWeekday(2026, 6, 5, 3))).toBe(20260619);
    expect(packedDate(nthWeekday(2026, 3, 0, 2))).toBe(20260308);
    expect(packedDate(nthWeekday(2026, 11, 0, 1))).toBe(20261101);
  });
});
