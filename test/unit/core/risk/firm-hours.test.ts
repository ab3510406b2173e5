import { describe, expect, it } from "vitest";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import type { Calendar } from "../../../../src/core/model/exchange-calendar.ts";
import type { HoursRule } from "../../../../src/core/model/firm-plan.ts";
import type { HoursRules } from "../../../../src/core/model/hours.ts";
import type { Group } from "../../../../src/core/model/instrument.ts";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import { addDays, tradeDate } from "../../../../src/core/model/trade-date.ts";
import { firmTimesOn, keepsFirmHours } from "../../../../src/core/risk/firm-hours.ts";
import { anAccount } from "../../../kit/builders.ts";
import { HOURS } from "../../../kit/firm-plans.ts";

/** Each product has its own time on a short day. */
const BY_PRODUCT: HoursRule = { ...HOURS, earlyClose: { ...HOURS.earlyClose, counts: "product" } };
const SHUT: Calendar = {
  ...CME_CALENDAR,
  days: [
    {
      date: tradeDate("2026-11-19"),
      name: "shut",
      businessDay: false,
      ends: { equity: "closed", rates: "closed", energy: "closed", metals: "closed", fx: "closed" },
    },
  ],
};

interface Asked {
  readonly hours?: HoursRule;
  readonly group?: Group;
  readonly calendar?: Calendar;
}

const timesOn = (
  date: string,
  { hours = HOURS, group = "equity", calendar = CME_CALENDAR }: Asked = {},
) => firmTimesOn(hours, { group, calendar }, tradeDate(date));

/** No entries, the way out, flat; Chicago is six hours behind in November. */
const clock = (date: string, ...times: readonly string[]) => {
  const [entriesEnd, leaveAt, flatBy] = times.map((time) => parseIso(`${date}T${time}:00-06:00`));
  return { entriesEnd, leaveAt, flatBy };
};

describe("the hours of a firm", () => {
  it("end entries ten minutes and begin the way out five minutes before it wants to see nothing", () => {
    expect(timesOn("2026-11-19")).toEqual(clock("2026-11-19", "15:00", "15:05", "15:10"));
  });

  it("come earlier on a day that ends early", () => {
    // Shares end at 12:15, metals at 12:45.
    const early = clock("2026-11-27", "11:50", "11:55", "12:00");
    expect(timesOn("2026-11-27")).toEqual(early);
    expect(timesOn("2026-11-27", { group: "metals" })).toEqual(early);
    const own = clock("2026-11-27", "12:20", "12:25", "12:30");
    expect(timesOn("2026-11-27", { group: "metals", hours: BY_PRODUCT })).toEqual(own);
  });

  it("are the usual ones on a day on which nothing trades", () => {
    expect(timesOn("2026-12-25")).toEqual(clock("2026-12-25", "15:00", "15:05", "15:10"));
    expect(timesOn("2026-11-19", { calendar: SHUT })).toEqual(timesOn("2026-11-19"));
  });

  it("are worked out once, for a hundred days and no more, and come out the same anew", () => {
    const hours = { ...HOURS };
    const ask = (day: number) => timesOn(addDays(tradeDate("2026-03-02"), day), { hours });
    const hundred = Array.from({ length: 100 }, (_, day) => day);
    const first = hundred.map(ask);
    for (const day of hundred) expect(ask(day)).toBe(first[day]);
    ask(100);
    expect(ask(0)).not.toBe(first[0]);
    expect(hundred.map(ask)).toEqual(first);
    expect(new Set(first.map((times) => times?.flatBy)).size).toBeGreaterThan(60);
  });
});

it("an account whose venue never closes keeps them only where it keeps those of the house", () => {
  const house = DEFAULT_RULES.hours as HoursRules;
  const [exchange, open] = [anAccount(), anAccount({ sessions: "always-open" })];
  const kept: HoursRules = { ...house, alwaysOpen: "kept" };
  expect([undefined, house, kept].map((hours) => keepsFirmHours(exchange, hours))).toEqual([
    true,
    true,
    true,
  ]);
  expect([undefined, house, kept].map((hours) => keepsFirmHours(open, hours))).toEqual([
    false,
    false,
    true,
  ]);
});
