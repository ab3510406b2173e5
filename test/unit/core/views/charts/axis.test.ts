/** Axes with round steps and labels that fit. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  axisOf,
  decimalsOf,
  grouped,
  moneyTicks,
  plainTicks,
} from "../../../../../src/core/views/charts/axis.ts";

const labels = (least: number, most: number, steps?: number) =>
  moneyTicks(axisOf(least, most, steps)).map(({ label }) => label);

describe("steps", () => {
  test("are round and enclose what is shown", () => {
    expect(axisOf(37, 912).ticks).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(axisOf(-0.3, 0.1).ticks).toEqual([-0.3, -0.2, -0.1, 0, 0.1]);
    expect(axisOf(6250.25, 6277).ticks).toEqual([6250, 6260, 6270, 6280]);
  });

  test("of one value alone lie around it", () => {
    expect(axisOf(0, 0)).toMatchObject({ low: -1, high: 1 });
    const { low, high } = axisOf(50_000, 50_000);
    expect(low).toBeLessThan(50_000);
    expect(high).toBeGreaterThan(50_000);
  });

  test("are few, even and never leave a value outside", () => {
    const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(most === least || most - least > 1e-6 * Math.max(1, Math.abs(most)));
        const { low, high, step, ticks } = axisOf(least, most);
        expect(low).toBeLessThanOrEqual(least + step * 1e-6);
        expect(high).toBeGreaterThanOrEqual(most - step * 1e-6);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

describe("labels", () => {
  test("of money have the digits their steps need", () => {
    expect(labels(-153, 100)).toEqual(["-$200", "-$100", "$0", "$100"]);
    expect(labels(49_100, 53_900)).toEqual(["$49k", "$50k", "$51k", "$52k", "$53k", "$54k"]);
    expect(labels(49_950, 50_080)[0]).toBe("$49,950");
    expect(labels(0, 2_400_000)).toEqual(["$0", "$0.5M", "$1.0M", "$1.5M", "$2.0M", "$2.5M"]);
    expect(labels(0, 1.2)).toContain("$0.25");
  });

  test("of plain numbers", () => {
    expect(plainTicks(axisOf(0, 4_000)).at(-1)).toEqual({ value: 4_000, label: "4,000" });
  });

  test("set thousands apart, and nothing is not below zero", () => {
    expect(grouped(-1234567.891, 2)).toBe("-1,234,567.89");
    expect(grouped(-0.001, 2)).toBe("0.00");
    expect(decimalsOf(1 / 3)).toBe(6);
  });
});
