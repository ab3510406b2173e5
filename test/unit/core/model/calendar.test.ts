import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { sessionAt } from "../../../../src/core/model/calendar.ts";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import type { Group } from "../../../../src/core/model/instrument.ts";
import { nextRollAfter, tradeDateOf } from "../../../../src/core/model/trade-date.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };

const utc = (text: string): Millis => millis(Temporal.Instant.from(text).epochMilliseconds);

/** `2026-11-25 15:59` by the Chicago clock, at second zero. */
const chicago = (text: string): Millis => {
  const shown = Temporal.PlainDateTime.from(text.replace(" ", "T"));
  return millis(shown.toZonedDateTime("America/Chicago").epochMilliseconds);
};

/** `open until ...` or `closed (reason) until ...`, by the Chicago clock. */
function told(group: Group, when: string): string {
  const session = sessionAt(group, chicago(when));
  const next = session.open ? session.closesAt : session.opensAt;
  const shown = Temporal.Instant.fromEpochMilliseconds(next)
    .toZonedDateTimeISO("America/Chicago")
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" })
    .replace("T", " ");
  return `${session.open ? "open" : session.reason} until ${shown}`;
}

describe("the session", () => {
  it.each(oracle.tradeDates)("at $ct is open: $globexOpen", (vector) => {
    expect(sessionAt("equity", utc(vector.utc)).open).toBe(vector.globexOpen);
  });

  it.each([
    ["2026-11-17 15:59", "open until 2026-11-17 16:00"],
    ["2026-11-17 16:00", "maintenance until 2026-11-17 17:00"],
    ["2026-11-17 17:00", "open until 2026-11-18 16:00"],
    ["2026-11-20 15:59", "open until 2026-11-20 16:00"],
    ["2026-11-20 16:00", "weekend until 2026-11-22 17:00"],
    ["2026-11-20 17:00", "weekend until 2026-11-22 17:00"],
    ["2026-11-22 16:59", "weekend until 2026-11-22 17:00"],
    ["2026-11-22 17:00", "open until 2026-11-23 16:00"],
  ])("of an ordinary week at %s is %s", (when, wanted) => {
    expect(told("equity", when)).toBe(wanted);
  });

  it.each([
    // Thanksgiving, a Thursday: morning only, back the same evening, then a short Friday.
    ["equity", "2026-11-25 17:00", "open until 2026-11-26 12:00"],
    ["equity", "2026-11-26 12:00", "early-close until 2026-11-26 17:00"],
    ["equity", "2026-11-26 16:00", "maintenance until 2026-11-26 17:00"],
    ["metals", "2026-11-26 12:00", "open until 2026-11-26 13:30"],
    ["fx", "2026-11-26 12:00", "open until 2026-11-26 16:00"],
    ["equity", "2026-11-26 17:00", "open until 2026-11-27 12:15"],
    ["energy", "2026-11-27 12:15", "open until 2026-11-27 12:45"],
    ["equity", "2026-11-27 12:15", "early-close until 2026-11-29 17:00"],
    ["equity", "2026-11-27 16:00", "weekend until 2026-11-29 17:00"],
    // The same on a Monday: Martin Luther King Day.
    ["rates", "2026-01-18 17:00", "open until 2026-01-19 12:00"],
    ["rates", "2026-01-19 12:00", "early-close until 2026-01-19 17:00"],
  ] as const)("of a morning holiday, %s at %s, is %s", (group, when, wanted) => {
    expect(told(group, when)).toBe(wanted);
  });

  it.each([
    // Christmas 2025, a Thursday: shut from the eve's early end until its own evening.
    ["equity", "2025-12-24 12:15", "early-close until 2025-12-25 17:00"],
    ["equity", "2025-12-24 16:00", "holiday until 2025-12-25 17:00"],
    ["equity", "2025-12-24 17:00", "holiday until 2025-12-25 17:00"],
    ["equity", "2025-12-25 16:59", "holiday until 2025-12-25 17:00"],
    ["equity", "2025-12-25 17:00", "open until 2025-12-26 16:00"],
    // Christmas 2026, a Friday: shut until Sunday.
    ["equity", "2026-12-24 17:00", "holiday until 2026-12-27 17:00"],
    ["equity", "2026-12-25 17:00", "weekend until 2026-12-27 17:00"],
    ["equity", "2026-12-27 17:00", "open until 2026-12-28 16:00"],
    // Good Friday 2026 with payrolls: metals shut, the others trade the morning.
    ["metals", "2026-04-02 16:00", "holiday until 2026-04-05 17:00"],
    ["equity", "2026-04-02 16:00", "maintenance until 2026-04-02 17:00"],
    ["equity", "2026-04-02 17:00", "open until 2026-04-03 08:15"],
    ["rates", "2026-04-03 08:15", "open until 2026-04-03 10:15"],
  ] as const)("of a closed holiday, %s at %s, is %s", (group, when, wanted) => {
    expect(told(group, when)).toBe(wanted);
  });
});

describe("sessions over the years", () => {
  const groups = fc.constantFrom<Group>("equity", "energy", "metals", "rates", "fx");
  const instants = fc
    .integer({ min: utc("2024-06-01T00:00Z"), max: utc("2028-06-01T00:00Z") })
    .map(millis);

  it("are open until the moment they close, and closed until the moment they open", () => {
    fc.assert(
      fc.property(groups, instants, (group, at) => {
        const session = sessionAt(group, at);
        const change = session.open ? session.closesAt : session.opensAt;
        expect(change).toBeGreaterThan(at);
        expect(sessionAt(group, millis(change - 1)).open).toBe(session.open);
        expect(sessionAt(group, change).open).toBe(!session.open);
        // Nothing happens in between either: the reason may change, the answer may not.
        const middle = sessionAt(group, millis(Math.floor((at + change) / 2)));
        expect(middle.open ? middle.closesAt : middle.opensAt).toBe(change);
      }),
      { numRuns: 400 },
    );
  });

  it("never outlast the trade date they belong to", () => {
    fc.assert(
      fc.property(groups, instants, (group, at) => {
        const session = sessionAt(group, at);
        if (session.open) expect(session.closesAt).toBeLessThan(nextRollAfter(at));
        else expect(tradeDateOf(session.opensAt) >= tradeDateOf(at)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("are known to the end of 2027", () => {
    expect(CME_CALENDAR.validUntil).toBe("2027-12-31");
  });
});
