import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printsTold, quoteTold } from "../../../../src/shell/topstepx/market-events.ts";

const ID = "CON.F.US.MES.Z26";
const AT = "2026-11-23T16:00:00.1234567+00:00";
const MILLIS = Date.UTC(2026, 10, 23, 16, 0, 0, 123);

describe("a quote of the market hub", () => {
  test("tells what changed and leaves the rest open", () => {
    const change = { symbol: "F.US.MES", bestBid: 6325.25, lastUpdated: AT, timestamp: "frozen" };
    expect(quoteTold([ID, change])).toEqual({
      ok: true,
      value: { contract: ID, bid: 6325.25, ask: null, last: null, at: MILLIS },
    });
    expect(quoteTold([ID, [{ lastPrice: "6325.5", bestAsk: 6325.5 }]])).toEqual({
      ok: true,
      value: { contract: ID, bid: null, ask: 6325.5, last: 6325.5, at: null },
    });
  });

  test("has no side where the venue writes zero", () => {
    expect(quoteTold([ID, { bestBid: 0, bestAsk: 6325.5, lastUpdated: AT }])).toMatchObject({
      value: { bid: null, ask: 6325.5 },
    });
  });

  test.each([[[]], [[ID]], [[{ bestBid: 1 }]], [[ID, null]], [[7, {}]]])("is not %j", (args) => {
    expect(quoteTold(args)).toEqual({ ok: false, error: "a quote of another shape" });
  });
});

describe("trades of the market hub", () => {
  test("come in lists with holes, and are told in the order of their times", () => {
    const later = { price: 6325.5, timestamp: AT, volume: 1, type: 0 };
    const earlier = { price: "6325.25", timestamp: "2026-11-23T16:00:00Z" };
    const told = {
      contract: ID,
      prints: [
        { price: 6325.25, at: MILLIS - 123 },
        { price: 6325.5, at: MILLIS },
      ],
    };
    expect(printsTold([ID, [null, later, null, earlier]])).toEqual({ ok: true, value: told });
    expect(printsTold([ID, [[later], [earlier]]])).toEqual({ ok: true, value: told });
    expect(printsTold([ID, later])).toMatchObject({ value: { prints: [{ price: 6325.5 }] } });
    expect(printsTold([ID, [null]])).toMatchObject({ value: { prints: [] } });
    expect(printsTold([ID])).toMatchObject({ value: { prints: [] } });
  });

  test("need a contract, a price and a time each", () => {
    expect(printsTold([7, []])).toEqual({ ok: false, error: "a trade of no contract" });
    for (const row of [{ price: 1 }, { timestamp: AT }, { price: 0, timestamp: AT }, 7]) {
      expect(printsTold([ID, [row]])).toEqual({
        ok: false,
        error: "a trade without a price or a time",
      });
    }
  });
});

test("whatever is sent, nothing is thrown", () => {
  fc.assert(
    fc.property(fc.array(fc.anything()), (args) => {
      expect(typeof quoteTold(args).ok).toBe("boolean");
      expect(typeof printsTold([ID, ...args]).ok).toBe("boolean");
    }),
    { numRuns: 300 },
  );
});
