/** The normal distribution beside tables and a slow integral in forty digits. */
import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import {
  NORMAL_1_PERCENT,
  NORMAL_5_PERCENT,
  normalBelow,
} from "../../../../src/core/analyze/normal.ts";

/** The power series, summed until nothing changes. */
function precisely(x: number): number {
  const D = Decimal.clone({ precision: 60 });
  const square = new D(x).times(x);
  let [term, sum] = [new D(x), new D(x)];
  for (let n = 3; n < 600; n += 2) {
    term = term.times(square).div(n);
    sum = sum.plus(term);
  }
  const density = square.div(-2).exp().div(D.acos(-1).times(2).sqrt());
  return sum.times(density).plus(0.5).toNumber();
}

test.each([-8, -5.5, -4, -3.999, -2, -0.3, 0, 1e-9, 0.5, 1, 1.96, 3, 4, 6])("below %s", (x) => {
  const wanted = precisely(x);
  expect(Math.abs(normalBelow(x) - wanted)).toBeLessThanOrEqual(1e-15 + 1e-11 * wanted);
});

test("one in twenty and one in a hundred lie below these", () => {
  expect(normalBelow(NORMAL_5_PERCENT)).toBeCloseTo(0.05, 14);
  expect(normalBelow(NORMAL_1_PERCENT)).toBeCloseTo(0.01, 14);
});
