import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import type { HoursRules } from "../../../../src/core/model/hours.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { longerHours } from "../../../../src/core/risk/raised-hours.ts";
import { tighterHours } from "../../../../src/core/risk/tighter-hours.ts";

const HOURS = DEFAULT_RULES.hours as HoursRules;
const minutes = (count: number) => millis(count * 60_000);

const anyMinute = fc.integer({ min: 0, max: 1_439 });
const anyMargin = fc.integer({ min: 0, max: 60 }).map(minutes);
const anyHours: fc.Arbitrary<HoursRules> = fc.record({
  entriesFrom: anyMinute,
  liveEntriesFrom: anyMinute,
  entriesUntil: anyMinute,
  flatFrom: fc.option(anyMinute),
  entriesBeforeEarlyEnd: anyMargin,
  flatBeforeEarlyEnd: anyMargin,
  news: fc.option(fc.record({ before: anyMargin, after: anyMargin })),
  alwaysOpen: fc.constantFrom("exempt", "kept"),
});
const perhaps = fc.option(anyHours, { nil: undefined });

describe("the tighter of two hours", () => {
  it("takes each time where it is tighter", () => {
    const was = { ...HOURS, flatFrom: null, alwaysOpen: "kept" as const, news: null };
    const is = { ...HOURS, liveEntriesFrom: 1_020, entriesUntil: 840 };
    expect(tighterHours(was, is)).toEqual({
      ...{ ...HOURS, liveEntriesFrom: 510, entriesUntil: 840, alwaysOpen: "kept" },
    });
    expect(tighterHours(is, was)).toEqual(tighterHours(was, is));
  });

  it("are those of the one that keeps any", () => {
    expect(tighterHours(HOURS, undefined)).toBe(HOURS);
    expect(tighterHours(undefined, HOURS)).toBe(HOURS);
    expect(tighterHours(undefined, undefined)).toBeUndefined();
  });

  it("allow nothing that either of them does not", () => {
    fc.assert(
      fc.property(perhaps, perhaps, (was, is) => {
        const both = tighterHours(was, is);
        expect(longerHours(was, both)).toEqual([]);
        expect(longerHours(is, both)).toEqual([]);
      }),
    );
  });
});
