import { expect, it } from "vitest";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import {
  ageInDays,
  calendarEndOf,
  isCalendarOver,
  isOld,
} from "../../../../src/core/risk/rules-age.ts";
import { FIRM_PLAN, HOURS } from "../../../kit/firm-plans.ts";

it("figures are old once their age passes the limit", () => {
  const plan = { verified: tradeDate("2026-09-23") };
  expect(ageInDays(plan, tradeDate("2026-09-23"))).toBe(0);
  expect(ageInDays(plan, tradeDate("2026-12-22"))).toBe(90);
  expect(isOld(plan, tradeDate("2026-12-22"), 90)).toBe(false);
  expect(isOld(plan, tradeDate("2026-12-23"), 90)).toBe(true);
});

it("a calendar is over on the day after its last, the firm's or ours", () => {
  const until = (date: string) => ({ hours: { ...HOURS, calendarUntil: tradeDate(date) } });
  const ours = tradeDate("2027-12-31");
  expect(isCalendarOver(until("2026-12-31"), ours, tradeDate("2026-12-31"))).toBe(false);
  expect(isCalendarOver(until("2026-12-31"), ours, tradeDate("2027-01-01"))).toBe(true);
  expect(calendarEndOf(until("2026-12-31"), ours)).toBe("2026-12-31");
  expect(calendarEndOf(FIRM_PLAN, ours)).toBe(ours);
  expect(calendarEndOf(until("2028-06-30"), ours)).toBe(ours);
  expect(isCalendarOver(until("2028-06-30"), ours, tradeDate("2028-01-03"))).toBe(true);
});
