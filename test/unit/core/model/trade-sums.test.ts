import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  breakevenOf,
  enteredOf,
  grossOf,
  heldOf,
  heldOfTranche,
} from "../../../../src/core/model/trade-sums.ts";
import { contracts, dollars } from "../../../../src/core/model/units.ts";
import { entered, left, points, SHORT, tradeAfter } from "../sample-trade.ts";

const bought = [
  entered(0, "6326.25", 1),
  entered(1, "6325.75", 1),
  entered(1, "6326.00", 1),
] as const;

describe("contracts held", () => {
  it("are those entered less those that left, in each tranche and in the trade", () => {
    const trade = tradeAfter([...bought, left("target", 0, "6333.00", 1)]);
    expect(trade.tranches.map(heldOfTranche)).toEqual([0, 2]);
    expect(heldOf(trade)).toBe(2);
  });

  it("are none before the first fill", () => {
    expect(heldOf(tradeAfter([]))).toBe(0);
  });
});

describe("breakeven", () => {
  it("is the mean of all entry fills, however the trade was split", () => {
    const trade = tradeAfter(bought);
    expect(enteredOf(trade)).toEqual({ quantity: 3, priceSum: 3 * points("6326.00") });
    expect(breakevenOf(trade)).toBe(points("6326.00"));
  });

  it("weighs each fill by its contracts and rounds up for a long", () => {
    const trade = tradeAfter([entered(0, "6326.25", 1), entered(1, "6326.50", 2)]);
    expect(breakevenOf(trade)).toBe(points("6326.50"));
  });

  it("rounds down for a short", () => {
    const trade = tradeAfter([entered(0, "6326.25", 1), entered(1, "6326.50", 2)], SHORT);
    expect(breakevenOf(trade)).toBe(points("6326.25"));
  });

  it("does not move when part of the trade leaves", () => {
    const trade = tradeAfter([...bought, left("target", 0, "6333.00", 1)]);
    expect(breakevenOf(trade)).toBe(points("6326.00"));
  });

  it("is nowhere before the first fill", () => {
    expect(breakevenOf(tradeAfter([]))).toBeNull();
  });
});

describe("gross profit", () => {
  it("of a trade that is out is exact", () => {
    const out = [left("target", 0, "6333.00", 1), left("target", 1, "6338.00", 2)];
    expect(grossOf(tradeAfter([...bought, ...out]))).toBe(dollars(155));
  });

  it("of a short is what the price fell", () => {
    const facts = [entered(0, "6326.00", 1), left("stop", 0, "6336.00", 1)];
    expect(grossOf(tradeAfter(facts, SHORT))).toBe(dollars(-50));
  });

  it("of a trade that is on counts only what left, each tranche at its own mean", () => {
    expect(grossOf(tradeAfter(bought))).toBe(0);
    const one = [...bought, left("target", 0, "6333.00", 1)];
    expect(grossOf(tradeAfter(one))).toBe(dollars(33.75));
    const two = [...one, left("target", 1, "6338.00", 1)];
    // 6338.00 against the mean of 6325.75 and 6326.00.
    expect(grossOf(tradeAfter(two))).toBe(dollars(33.75 + 60.625));
  });

  it("that ends in a fraction of the smallest unit is rounded down until the tranche is out", () => {
    // Thirds of a tick: 12_500 ten-thousandths do not divide by three.
    const three = { tranches: [{ quantity: contracts(3), target: points("6333.00") }] };
    const facts = [entered(0, "6326.00", 2), entered(0, "6326.25", 1)];
    const win = tradeAfter([...facts, left("target", 0, "6326.25", 1)], three);
    expect(grossOf(win)).toBe(Math.floor((2 * 12_500) / 3));
    const loss = tradeAfter([...facts, left("stop", 0, "6326.00", 1)], three);
    expect(grossOf(loss)).toBe(Math.floor(-12_500 / 3));
    const out = tradeAfter([...facts, left("stop", 0, "6326.00", 3)], three);
    expect(grossOf(out)).toBe(-12_500);
  });

  it("of what left without ever being entered is nothing", () => {
    expect(grossOf(tradeAfter([left("close", 0, "6326.00", 1)]))).toBe(0);
  });

  it("of any fills that add up is direction times the price sums times the tick value", () => {
    const price = fc.integer({ min: 25_000, max: 25_400 }).map((n) => String(n / 4));
    const side = fc.constantFrom({}, SHORT);
    fc.assert(
      fc.property(fc.array(fc.tuple(price, price), { maxLength: 12 }), side, (pairs, plan) => {
        const facts = pairs.flatMap(([at, exit], n) => [
          entered(n % 2, at, 1),
          left("target", n % 2, exit, 1),
        ]);
        const sum = pairs.reduce((total, [at, exit]) => total + Number(exit) - Number(at), 0);
        const direction = plan === SHORT ? -1 : 1;
        expect(grossOf(tradeAfter(facts, plan))).toBe(dollars(direction * sum * 5));
      }),
    );
  });
});
