import { describe, expect, it } from "vitest";
import { DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import type { HoursRules } from "../../../../src/core/model/hours.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { longerHours } from "../../../../src/core/risk/raised-hours.ts";

const HOURS = DEFAULT_RULES.hours as HoursRules;
const minutes = (count: number) => millis(count * 60_000);
const raised = (now: Partial<HoursRules>, before: Partial<HoursRules> = {}) =>
  longerHours({ ...HOURS, ...before }, { ...HOURS, ...now });

describe("longer hours", () => {
  it.each<[Partial<HoursRules>, string]>([
    [{ liveEntriesFrom: 480 }, "entries from 08:00, was 08:30"],
    [{ liveEntriesFrom: 1_020 }, "entries from 17:00, was 08:30"],
    [{ entriesUntil: 905 }, "entries until 15:05, was 15:00"],
    [{ flatFrom: 910 }, "flat from 15:10, was 15:05"],
    [{ flatFrom: null }, "flat from never, was 15:05"],
    [{ entriesBeforeEarlyEnd: minutes(10) }, "entries before an early end 10 min, was 25 min"],
    [{ flatBeforeEarlyEnd: minutes(5) }, "flat before an early end 5 min, was 20 min"],
    [{ news: null }, "entries whatever is published"],
    [
      { news: { before: minutes(1), after: minutes(5) } },
      "no entries before a report for 1 min, was 5 min",
    ],
    [
      { news: { before: minutes(5), after: minutes(1) } },
      "no entries after a report for 1 min, was 5 min",
    ],
  ])("%j are asked about again", (now, said) => {
    expect(raised(now)).toEqual([said]);
  });

  it("are not shorter ones, nor the same", () => {
    expect(raised({})).toEqual([]);
    expect(raised({ liveEntriesFrom: 600, entriesUntil: 800, flatFrom: 805 })).toEqual([]);
    expect(raised({ flatFrom: 800 }, { flatFrom: null })).toEqual([]);
    expect(raised({}, { news: null })).toEqual([]);
  });

  it("are none at all where hours were kept", () => {
    expect(longerHours(HOURS, undefined)).toEqual(["no hours are kept any more"]);
    expect(longerHours(undefined, HOURS)).toEqual([]);
    expect(raised({}, { alwaysOpen: "kept" })).toEqual(["no hours where the venue never closes"]);
    expect(raised({ alwaysOpen: "kept" })).toEqual([]);
    expect(raised({ alwaysOpen: "kept" }, { alwaysOpen: "kept" })).toEqual([]);
  });
});
