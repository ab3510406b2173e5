import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ticks } from "../../../../src/core/model/units.ts";
import { extremes } from "../../../../src/shell/topstepx/extremes.ts";

describe("the extremes since any trade", () => {
  test("are those a look at all of them would find", () => {
    const prices = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 });
    fc.assert(
      fc.property(prices, fc.nat(60), fc.nat(1_000), (all, from, counted) => {
        const seen = extremes(counted);
        for (const price of all) seen.add(ticks(price));
        const behind = all.slice(from);
        expect(seen.count()).toBe(counted + all.length);
        expect(seen.since(counted + from, ticks(99))).toEqual({
          high: behind.length === 0 ? 99 : Math.max(...behind),
          low: behind.length === 0 ? 99 : Math.min(...behind),
        });
      }),
    );
  });
});
