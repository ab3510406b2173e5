import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RANGE_MINUTES } from "../../../../src/core/model/quote.ts";
import { recentRange, TRADED_MIN } from "../../../../src/core/model/recent-range.ts";
import { type Millis, millis, ticks } from "../../../../src/core/model/units.ts";

const minute = (n: number, seconds = 0): Millis => millis(60_000 * n + 1_000 * seconds);

describe("the range of the last minutes", () => {
  it("is not known before they have all been watched", () => {
    const range = recentRange();
    expect(range.at(minute(0))).toBeNull();
    for (let n = 0; n <= RANGE_MINUTES; n++) range.add(ticks(100 + n), minute(n, 30));
    expect(range.at(minute(RANGE_MINUTES - 1, 59))).toBeNull();
    expect(range.at(minute(RANGE_MINUTES))).toBe(14);
  });

  it("holds the minutes that are over, not the one under way nor those before", () => {
    const range = recentRange();
    for (let n = 0; n < 40; n++) {
      range.add(ticks(n === 20 ? 500 : 100), minute(n));
      range.add(ticks(n === 20 ? 80 : 100), minute(n, 59));
    }
    expect(range.at(minute(40))).toBe(0);
    const another = recentRange();
    for (let n = 0; n <= 30; n++) another.add(ticks(n === 30 ? 900 : 100 + n), minute(n));
    expect(another.at(minute(30, 5))).toBe(14);
  });

  it("says nothing where hardly anything was traded", () => {
    const range = recentRange();
    range.add(ticks(100), minute(0));
    for (let n = 0; n < TRADED_MIN - 1; n++) range.add(ticks(100 + n), minute(50 + n));
    expect(range.at(minute(60))).toBeNull();
    range.add(ticks(103), minute(50 + TRADED_MIN - 1));
    expect(range.at(minute(60))).toBe(3);
  });

  it("pays no heed to a trade of a minute long gone", () => {
    const range = recentRange();
    for (let n = 0; n < 40; n++) range.add(ticks(100), minute(n));
    range.add(ticks(900), minute(5));
    expect(range.at(minute(40))).toBe(0);
  });

  it("is what a list of all trades would say", () => {
    const trades = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 40 * 60 }), fc.integer({ min: 0, max: 50 })),
      { minLength: 1, maxLength: 120 },
    );
    fc.assert(
      fc.property(trades, fc.integer({ min: 40, max: 45 }), (made, now) => {
        const ordered = made.toSorted(([a], [b]) => a - b);
        const range = recentRange();
        for (const [second, price] of ordered) range.add(ticks(price), minute(0, second));
        const from = now - RANGE_MINUTES;
        const inside = ordered.filter(([second]) => second >= 60 * from && second < 60 * now);
        const minutes = new Set(inside.map(([second]) => Math.floor(second / 60)));
        const isWatched = Math.floor((ordered[0]?.[0] ?? 0) / 60) <= from;
        const prices = inside.map(([, price]) => price);
        const expected =
          isWatched && minutes.size >= TRADED_MIN
            ? Math.max(...prices) - Math.min(...prices)
            : null;
        expect(range.at(minute(now))).toBe(expected);
      }),
    );
  });
});
