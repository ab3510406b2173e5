import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DailyLimitRule } from "../../../../src/core/model/firm-plan.ts";
import { parseIso } from "../../../../src/core/model/iso-time.ts";
import { tradeDateEnd, tradeDateOf } from "../../../../src/core/model/trade-date.ts";
import { dollars, type Millis, millis } from "../../../../src/core/model/units.ts";
import {
  type DayResult,
  dailyLimitOf,
  dayLossOf,
  isLimitHit,
  lockedUntil,
} from "../../../../src/core/risk/daily-limit.ts";

const RULE: DailyLimitRule = {
  effect: "soft",
  amount: {
    first: dollars(1_000),
    steps: [
      { from: dollars(3_000), value: dollars(2_000) },
      { from: dollars(6_000), value: dollars(3_000) },
    ],
  },
  basis: "equity",
  feesCounted: true,
  resetsAt: 17 * 60,
  ends: "never",
};

const close = (profit: number, floor = 48_000) => ({
  balanceStart: dollars(50_000),
  balance: dollars(50_000 + profit),
  floor: dollars(floor),
});

it.each([
  [-1_500, 1_000],
  [0, 1_000],
  [2_999.9999, 1_000],
  [3_000, 2_000],
  [5_999.99, 2_000],
  [6_000, 3_000],
  [20_000, 3_000],
])("a profit of %s at the last close allows a loss of %s", (profit, limit) => {
  expect(dailyLimitOf(RULE, close(profit))).toBe(dollars(limit));
});

it("is lifted once the floor has come up to the start, where the firm says so", () => {
  const rule: DailyLimitRule = { ...RULE, ends: "floor-at-start" };
  expect(dailyLimitOf(rule, close(100, 49_999.9999))).toBe(dollars(1_000));
  expect(dailyLimitOf(rule, close(100, 50_000))).toBeNull();
  expect(dailyLimitOf(rule, close(100, 50_100))).toBeNull();
  expect(dailyLimitOf(RULE, close(100, 50_100))).toBe(dollars(1_000));
});

describe("what a day has lost", () => {
  const day: DayResult = { realised: dollars(-300), open: dollars(-150), fees: dollars(7.5) };

  it.each([
    ["equity", true, 457.5],
    ["equity", false, 450],
    ["realised", true, 307.5],
    ["realised", false, 300],
  ] as const)("by %s, fees counted: %s, is %s", (basis, feesCounted, loss) => {
    expect(dayLossOf({ basis, feesCounted }, day)).toBe(dollars(loss));
  });

  it("is below 0 when it has gained", () => {
    const gained = { realised: dollars(400), open: dollars(-100), fees: dollars(5) };
    expect(dayLossOf(RULE, gained)).toBe(dollars(-295));
    expect(Object.is(dayLossOf(RULE, { ...gained, realised: dollars(105) }), 0)).toBe(true);
  });

  it("hits the limit when it reaches it", () => {
    expect(isLimitHit(dollars(1_000), dollars(999.9999))).toBe(false);
    expect(isLimitHit(dollars(1_000), dollars(1_000))).toBe(true);
    expect(isLimitHit(dollars(1_000), dollars(1_000.01))).toBe(true);
  });
});

const at = (text: string): Millis => parseIso(text) ?? millis(0);

describe("an account that has hit its limit", () => {
  it.each([
    ["in the afternoon, until 17:00", "2026-11-19T15:00:00-06:00", "2026-11-19T17:00:00-06:00"],
    ["a moment before", "2026-11-19T16:59:59.999-06:00", "2026-11-19T17:00:00-06:00"],
    ["at the reset itself, a day", "2026-11-19T17:00:00-06:00", "2026-11-20T17:00:00-06:00"],
    ["in the evening", "2026-11-19T20:00:00-06:00", "2026-11-20T17:00:00-06:00"],
    ["over the change to daylight time", "2026-03-07T18:00:00-06:00", "2026-03-08T17:00:00-05:00"],
    ["over the change from it", "2026-10-31T18:00:00-05:00", "2026-11-01T17:00:00-06:00"],
  ])("is shut out %s", (_, hitAt, until) => {
    expect(lockedUntil(RULE, at(hitAt))).toBe(at(until));
  });

  it("another hour of reset is the hour", () => {
    const rule = { resetsAt: 16 * 60 };
    expect(lockedUntil(rule, at("2026-11-19T15:59:00-06:00"))).toBe(
      at("2026-11-19T16:00:00-06:00"),
    );
    expect(lockedUntil(rule, at("2026-11-19T16:30:00-06:00"))).toBe(
      at("2026-11-20T16:00:00-06:00"),
    );
  });

  it("is never shut out beyond the reset, and always at least until later", () => {
    const instants = fc.integer({
      min: at("2025-01-01T00:00:00Z"),
      max: at("2027-12-31T00:00:00Z"),
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const until = lockedUntil(RULE, millis(instant));
        expect(until).toBeGreaterThan(instant);
        expect(until).toBeLessThanOrEqual(tradeDateEnd(tradeDateOf(millis(instant))));
        expect(until - instant).toBeLessThanOrEqual(25 * 3_600_000);
      }),
    );
  });
});
