import { describe, expect, it } from "vitest";
import type { HoursRule } from "../../../../src/core/model/firm-plan.ts";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import { tradeDate, tradeDateOf } from "../../../../src/core/model/trade-date.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { flatByOn, mayHoldAt } from "../../../../src/core/risk/flat-by.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };
import { HOURS } from "../../../kit/firm-plans.ts";

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const at = (text: string): Millis => parseIso(text) ?? millis(0);
const byProduct: HoursRule = {
  ...HOURS,
  earlyClose: { before: 1, latest: null, counts: "product" },
};

describe("the holidays Topstep has published", () => {
  const published = oracle.cmeHolidays.filter((row) => row.topstepFlatBySim !== null);

  it("are 23", () => {
    expect(published).toHaveLength(23);
  });

  it.each(published)("$date: flat by $topstepFlatBySim", (row) => {
    const flat = row.topstepFlatBySim ?? "";
    expect(flatByOn(HOURS, "equity", tradeDate(row.date))).toBe(
      flat === "closed" ? "closed" : minuteOf(flat),
    );
  });
});

describe("the trade dates of the exchange", () => {
  it.each(oracle.tradeDates)("$ct belongs to $tradeDate, permitted: $topstepPermitted", (row) => {
    expect(tradeDateOf(at(row.utc))).toBe(row.tradeDate);
    expect(mayHoldAt(HOURS, "equity", at(row.utc))).toBe(row.topstepPermitted);
  });
});

describe("the flat-by of a date", () => {
  it("is the usual one on an ordinary day", () => {
    expect(flatByOn(HOURS, "equity", tradeDate("2026-11-19"))).toBe(910);
    expect(flatByOn(byProduct, "metals", tradeDate("2026-11-19"))).toBe(910);
    // An hour a firm has for early closes says nothing about other days.
    const noon: HoursRule = { ...HOURS, earlyClose: { ...HOURS.earlyClose, latest: 720 } };
    expect(flatByOn(noon, "equity", tradeDate("2026-11-19"))).toBe(910);
  });

  it("is that of the first to stop where the firm has one time for the account", () => {
    const mlk = tradeDate("2026-01-19"); // shares 12:00, energy 13:30, currencies 16:00
    expect(flatByOn(HOURS, "energy", mlk)).toBe(minuteOf("11:45"));
    expect(flatByOn(HOURS, "fx", mlk)).toBe(minuteOf("11:45"));
    expect(flatByOn(byProduct, "energy", mlk)).toBe(minuteOf("13:29"));
    expect(flatByOn(byProduct, "fx", mlk)).toBe(910);
    const goodFriday = tradeDate("2026-04-03"); // energy and metals are closed
    expect(flatByOn(HOURS, "energy", goodFriday)).toBe("closed");
    expect(flatByOn(HOURS, "rates", goodFriday)).toBe(minuteOf("08:00"));
    expect(flatByOn(byProduct, "rates", goodFriday)).toBe(minuteOf("10:14"));
  });

  it("is never later than usual, nor than the hour a firm has for such days", () => {
    const early = tradeDate("2026-11-27"); // shares 12:15
    const latest = (hour: string): HoursRule => ({
      ...HOURS,
      earlyClose: { before: 1, latest: minuteOf(hour), counts: "product" },
    });
    expect(flatByOn(latest("11:59"), "equity", early)).toBe(minuteOf("11:59"));
    expect(flatByOn(latest("13:00"), "equity", early)).toBe(minuteOf("12:14"));
    const morning: HoursRule = { ...HOURS, flatBy: 600 };
    expect(flatByOn(morning, "equity", early)).toBe(600);
  });
});

describe("an instant", () => {
  it.each([
    ["the last moment of an early close", "2026-11-27T11:59:59.999-06:00", true],
    ["its flat-by", "2026-11-27T12:00:00-06:00", false],
    ["the evening the session opens", "2026-11-19T17:00:00-06:00", true],
    ["the break before it", "2026-11-19T16:30:00-06:00", false],
    ["a holiday", "2026-12-25T10:00:00-06:00", false],
    ["the weekend", "2026-11-21T10:00:00-06:00", false],
  ])("%s", (_, instant, permitted) => {
    expect(mayHoldAt(HOURS, "equity", at(instant))).toBe(permitted);
  });

  it("before a later opening of the firm's own is not permitted", () => {
    const later: HoursRule = { ...HOURS, opensAt: 18 * 60 };
    expect(mayHoldAt(later, "equity", at("2026-11-19T17:59:59.999-06:00"))).toBe(false);
    expect(mayHoldAt(later, "equity", at("2026-11-19T18:00:00-06:00"))).toBe(true);
  });

  it("after an exchange close before the flat-by is not permitted", () => {
    const late: HoursRule = { ...byProduct, flatBy: 16 * 60 + 30 };
    expect(mayHoldAt(late, "equity", at("2026-11-19T15:59:00-06:00"))).toBe(true);
    expect(mayHoldAt(late, "equity", at("2026-11-19T16:00:00-06:00"))).toBe(false);
  });
});
