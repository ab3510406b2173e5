/** Prices and money cross the border without a rounding of their own. */
import { expect, test } from "vitest";
import { INSTRUMENTS } from "../../../../src/core/model/instruments.ts";
import { ticks } from "../../../../src/core/model/units.ts";
import { moneyNear, pointsOf, ticksNear } from "../../../../src/shell/topstepx/points.ts";

test("every tick of every instrument goes out as the decimal the venue knows and comes back", () => {
  for (const instrument of Object.values(INSTRUMENTS)) {
    const contract = { id: "x", code: "x", instrument };
    for (let count = 0; count < 5_000; count += 7) {
      const text = JSON.stringify(pointsOf(contract, ticks(count)));
      expect((text.split(".")[1] ?? "").length).toBeLessThanOrEqual(instrument.decimals);
      expect(ticksNear(contract, Number(text))).toBe(count);
    }
  }
});

test("what floating point did to a price is undone", () => {
  const contract = { id: "x", code: "x", instrument: INSTRUMENTS["6E"] };
  expect(ticksNear(contract, 0.1 + 0.2)).toBe(6_000);
  expect(moneyNear(0.1 + 0.2)).toBe(3_000);
});

test("no number is no price and no money", () => {
  const contract = { id: "x", code: "x", instrument: INSTRUMENTS.MES };
  expect(ticksNear(contract, Number.NaN)).toBeNull();
  expect(moneyNear(Number.POSITIVE_INFINITY)).toBeNull();
});
