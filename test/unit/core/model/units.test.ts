import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contracts,
  dollars,
  millis,
  money,
  ticks,
  toDollars,
} from "../../../../src/core/model/units.ts";

const makers = { ticks, money, millis, contracts };

describe.each(Object.entries(makers))("%s", (name, make) => {
  it("are whole numbers", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(make(n)).toBe(n);
      }),
    );
  });

  it("that are no whole numbers, or too large to be exact, are a bug", () => {
    for (const n of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => make(n)).toThrow(`${name} is a safe integer, was ${n}`);
    }
  });

  it("are never minus zero", () => {
    expect(Object.is(make(-0), 0)).toBe(true);
  });
});

describe("dollars", () => {
  it("become ten-thousandths, fine enough for half a ZF tick", () => {
    expect([dollars(1.25), dollars(-757.5), dollars(7.8125), dollars(0)]).toEqual([
      12_500, -7_575_000, 78_125, 0,
    ]);
  });

  it("in every amount of cents come back as they went in", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (cents) => {
        expect(toDollars(dollars(cents / 100))).toBe(cents / 100);
      }),
    );
  });

  it("with more than four decimals are a bug, not a rounding", () => {
    expect(() => dollars(0.00005)).toThrow("at most four decimals, was 0.00005");
    expect(() => dollars(Number.NaN)).toThrow("at most four decimals");
  });
});
