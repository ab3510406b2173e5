import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GAPS_MAX, priceTrail } from "../../../../src/core/model/price-trail.ts";
import { SILENCE_MAX } from "../../../../src/core/model/stretch.ts";
import { type Millis, millis, ticks } from "../../../../src/core/model/units.ts";

const second = (n: number): Millis => millis(n * 1_000);

describe("the way of a price", () => {
  it("is not known before the first", () => {
    expect(priceTrail().since(second(0), second(5))).toBeNull();
  });

  it("since any moment reaches as far as the trades since then", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 }),
        fc.nat(70),
        (prices, from) => {
          const trail = priceTrail();
          prices.forEach((price, index) => {
            trail.add(ticks(price), second(index));
          });
          const since = prices.slice(from);
          const now = second(prices.length);
          expect(trail.since(second(from), now)).toEqual({
            reach:
              since.length === 0 ? null : { high: Math.max(...since), low: Math.min(...since) },
            from: second(from),
            silence: Math.max(0, Math.min(1_000, now - second(from))),
          });
        },
      ),
    );
  });

  it("that was asked for from before the first price begins with that", () => {
    const trail = priceTrail();
    trail.add(ticks(7), second(30));
    expect(trail.since(second(10), second(31))?.from).toBe(second(30));
    expect(trail.since(second(40), second(41))?.from).toBe(second(40));
  });

  it("knows its longest silence, and that a sign of life is none", () => {
    const trail = priceTrail();
    trail.add(ticks(7), second(0));
    trail.heard(second(14));
    trail.add(ticks(8), second(60));
    trail.add(ticks(9), second(61));
    expect(trail.since(second(0), second(62))?.silence).toBe(46_000);
    expect(trail.since(second(30), second(62))?.silence).toBe(30_000);
    expect(trail.since(second(61), second(62))?.silence).toBe(1_000);
    expect(trail.since(second(61), second(161))?.silence).toBe(100_000);
  });

  it("takes a trade from before the newest for the newest", () => {
    const trail = priceTrail();
    trail.add(ticks(7), second(10));
    trail.add(ticks(9), second(5));
    expect(trail.since(second(10), second(10))?.reach).toEqual({ high: 9, low: 7 });
  });

  it("knows nothing of the time before its oldest silences, once there were too many", () => {
    const trail = priceTrail();
    const apart = SILENCE_MAX + 1;
    for (let n = 0; n <= GAPS_MAX + 1; n++) trail.add(ticks(n), millis(n * apart));
    expect(trail.since(millis(0), millis(0))?.from).toBe(apart);
  });
});
