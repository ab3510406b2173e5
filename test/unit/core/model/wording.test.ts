import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dollars, millis, money } from "../../../../src/core/model/units.ts";
import { showDuration, showMoney } from "../../../../src/core/model/wording.ts";

describe("money", () => {
  it.each([
    [187.5, "$187.50"],
    [-757.5, "-$757.50"],
    [0, "$0.00"],
    [0.05, "$0.05"],
    [-0.61, "-$0.61"],
    [50_151.34, "$50151.34"],
    [7.8125, "$7.81"],
    [15.625, "$15.63"],
    [-15.625, "-$15.63"],
    [1.9999, "$2.00"],
  ])("of %s is shown as %s", (amount, shown) => {
    expect(showMoney(dollars(amount))).toBe(shown);
  });

  it("too little to see has no sign", () => {
    expect(showMoney(money(-49))).toBe("$0.00");
    expect(showMoney(money(-50))).toBe("-$0.01");
  });

  it("in whole cents is shown exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (cents) => {
        expect(Number(showMoney(money(cents * 100)).replace("$", ""))).toBe(cents / 100);
      }),
    );
  });
});

describe("a duration", () => {
  it.each([
    [0, "0 s"],
    [850, "0.85 s"],
    [10_000, "10 s"],
    [10_001, "10.001 s"],
    [59_999, "59.999 s"],
    [60_000, "1 min"],
    [200_000, "3 min 20 s"],
    [3_599_999, "59 min 59 s"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
  ])("of %d ms is %s", (duration, shown) => {
    expect(showDuration(millis(duration))).toBe(shown);
  });
});
