import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { millis, ticks } from "../../../../src/core/model/units.ts";
import {
  alsoAs,
  extremesBetween,
  indexAt,
  NONE,
  nextTouch,
  quoteOf,
  rangeBefore,
  type Tape,
  tapeBuilder,
} from "../../../../src/core/paper/tape.ts";

type Print = readonly [at: number, last: number, bid?: number, ask?: number, size?: number];

function tapeOf(prints: readonly Print[]): Tape {
  const tape = tapeBuilder({ instrument: "ES", resolution: millis(0) });
  for (const [at, last, bid = last, ask = last, size = null] of prints) {
    expect(tape.add(at, last, bid, ask, size)).toBe(true);
  }
  return tape.finish();
}

const band = (below: number | null, above: number | null) => ({
  atOrBelow: below === null ? null : ticks(below),
  atOrAbove: above === null ? null : ticks(above),
});

describe("the range of the last minutes", () => {
  const minute = (n: number): number => 60_000 * n;

  test("counts whole minutes, and needs a tape that goes back so far", () => {
    const tape = tapeOf([
      [minute(10), 100],
      [minute(11), 130],
      [minute(30), 90],
      [minute(30) + 1, 95],
    ]);
    const rangeAt = (n: number) =>
      rangeBefore(tape, millis(minute(n)), indexAt(tape, millis(minute(n)), NONE));
    expect([24, 25, 26, 27, 31, 45, 46].map(rangeAt)).toEqual([null, 30, 0, null, 5, 5, null]);
    expect(rangeBefore(tapeOf([]), millis(minute(40)), NONE)).toBeNull();
  });
});

describe("a tape", () => {
  test("keeps every print in columns", () => {
    const tape = tapeOf([
      [1, 100, 99, 100, 2],
      [2, 101, 100, 101],
    ]);
    expect([...tape.at]).toEqual([1, 2]);
    expect([...tape.last]).toEqual([100, 101]);
    expect([...tape.bid]).toEqual([99, 100]);
    expect([...tape.ask]).toEqual([100, 101]);
    expect([...(tape.size ?? [])]).toEqual([2, 0]);
  });

  test("of plain trades keeps one column of prices and none of sizes", () => {
    const tape = tapeOf([
      [1, 100],
      [2, 101],
    ]);
    expect([tape.bid, tape.ask]).toEqual([tape.last, tape.last]);
    expect(tape.bid).toBe(tape.last);
    expect(tape.size).toBeNull();
  });

  test("gives bid, ask and size a column of their own from the first difference on", () => {
    const prints = Array.from({ length: 3000 }, (_, i): Print => {
      if (i < 1500) return [i, i];
      return i < 2000 ? [i, i, i - 1, i] : [i, i, i - 1, i + 1, 3];
    });
    const tape = tapeOf(prints);
    expect([tape.bid[1499], tape.bid[1500], tape.bid[2999]]).toEqual([1499, 1499, 2998]);
    expect([tape.ask[1999], tape.ask[2000], tape.ask[2999]]).toEqual([1999, 2001, 3000]);
    expect([tape.size?.[1999], tape.size?.[2000], tape.size?.[2999]]).toEqual([0, 3, 3]);
    expect(tape.length).toBe(3000);
  });

  test("takes no more prints than it may hold", () => {
    const tape = tapeBuilder({ instrument: "ES", resolution: millis(0), printsMax: 2 });
    expect([1, 2, 3].map((at) => tape.add(at, 100, 100, 100, null))).toEqual([true, true, false]);
    expect(tape.finish().length).toBe(2);
  });

  test("refuses to run backwards, and prices that are no 32-bit whole numbers", () => {
    const tape = tapeBuilder({ instrument: "ES", resolution: millis(0) });
    tape.add(5, 100, 100, 100, null);
    expect(() => tape.add(4, 100, 100, 100, null)).toThrow("a tape runs forwards");
    for (const wrong of [0.5, 2 ** 31, -(2 ** 31), Number.NaN]) {
      expect(() => tape.add(6, wrong, 100, 100, null)).toThrow("32-bit ticks");
      expect(() => tape.add(6, 100, wrong, 100, null)).toThrow("32-bit ticks");
      expect(() => tape.add(6, 100, 100, wrong, null)).toThrow("32-bit ticks");
    }
  });

  test("serves another contract of the same tick size, and no other", () => {
    const tape = tapeOf([[1, 100]]);
    const micro = alsoAs(tape, "MES");
    expect([micro.instrument, micro.last]).toEqual(["MES", tape.last]);
    expect(() => alsoAs(tape, "YM")).toThrow("count the same ticks");
    expect(() => alsoAs(tape, "CL")).toThrow("count the same ticks");
  });
});

describe("the next touch", () => {
  const quoted = tapeOf([
    [1, 100, 99, 101],
    [2, 102, 102, 103],
    [3, 101, 97, 98],
  ]);

  test("is the first print whose trade reaches an edge, whatever the book says", () => {
    expect(nextTouch(quoted, 0, 3, band(100, null))).toBe(0);
    expect(nextTouch(quoted, 0, 3, band(99, null))).toBe(NONE);
    expect(nextTouch(quoted, 1, 3, band(101, null))).toBe(2);
    expect(nextTouch(quoted, 0, 3, band(null, 101))).toBe(1);
    expect(nextTouch(quoted, 0, 3, band(null, 103))).toBe(NONE);
  });

  test("is none for a band nothing leaves, an open band, or an empty stretch", () => {
    expect(nextTouch(quoted, 0, 3, band(90, 110))).toBe(NONE);
    expect(nextTouch(quoted, 0, 3, band(null, null))).toBe(NONE);
    expect(nextTouch(quoted, 3, 3, band(1000, 0))).toBe(NONE);
    expect(nextTouch(quoted, 0, 2, band(98, null))).toBe(NONE);
  });

  test("over any tape is what reading print by print would find", () => {
    fc.assert(
      fc.property(walks, fc.nat(1200), fc.nat(1200), fc.nat(40), fc.nat(40), (tape, a, b, c, d) => {
        const [from, until] = [Math.min(a, tape.length), Math.min(b, tape.length)];
        const wanted = band(1000 - c, 1000 + d);
        let expected = NONE;
        for (let i = until - 1; i >= from; i--) {
          const trade = tape.last[i] ?? 0;
          if (trade <= 1000 - c || trade >= 1000 + d) expected = i;
        }
        expect(nextTouch(tape, from, until, wanted)).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a place on the tape", () => {
  const tape = tapeOf([
    [10, 1],
    [20, 2],
    [20, 3],
    [30, 4],
  ]);

  test("is the newest print at or before a moment, wherever the search starts", () => {
    for (const near of [NONE, 0, 1, 2, 3]) {
      const places = [9, 10, 19, 20, 29, 30, 99].map((at) => indexAt(tape, millis(at), near));
      expect(places).toEqual([NONE, 0, 0, 2, 2, 3, 3]);
    }
  });

  test("on an empty tape is nowhere", () => {
    expect(indexAt(tapeOf([]), millis(5), NONE)).toBe(NONE);
  });

  test("is found on any tape from any starting point", () => {
    fc.assert(
      fc.property(walks, fc.nat(2500), fc.nat(1200), (walk, at, start) => {
        const near = Math.min(start, walk.length) - 1;
        const expected = [...walk.at].findLastIndex((time) => time <= at);
        expect(indexAt(walk, millis(at), near)).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a quote from the tape", () => {
  test("carries the print and the extremes of trades since then", () => {
    const tape = tapeOf([
      [1, 100, 99, 101],
      [2, 90, 80, 91],
      [3, 110, 109, 120],
      [4, 105, 104, 106],
    ]);
    expect(quoteOf(tape, 3, 1)).toEqual({
      instrument: "ES",
      at: 4,
      last: 105,
      bid: 104,
      ask: 106,
      high: 110,
      low: 90,
    });
    expect(quoteOf(tape, 3, 9)).toMatchObject({ high: 105, low: 105 });
  });

  test("has the extremes that reading print by print would find", () => {
    fc.assert(
      fc.property(walks, fc.nat(1200), fc.nat(1200), (tape, a, b) => {
        fc.pre(tape.length > 0);
        const to = Math.min(a, tape.length - 1);
        const from = Math.min(b, to);
        const trades = [...tape.last.slice(from, to + 1)];
        const expected = { high: Math.max(...trades), low: Math.min(...trades) };
        expect(extremesBetween(tape, from, to)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

/** Tapes of up to a thousand prints around 1,000 ticks: several pages, some only partly filled. */
const walks = fc
  .array(fc.record({ wait: fc.nat(3), move: fc.integer({ min: -2, max: 2 }), spread: fc.nat(3) }), {
    maxLength: 1000,
    size: "max",
  })
  .map((steps) => {
    const tape = tapeBuilder({ instrument: "ES", resolution: millis(0) });
    let [at, price] = [0, 1000];
    for (const { wait, move, spread } of steps) {
      at += wait;
      price += move;
      tape.add(at, price, price - spread, price + spread, null);
    }
    return tape.finish();
  });

test("the extremes of many pages are those of their prints", () => {
  const prints = Array.from({ length: 1_000 }, (_, i): Print => [i + 1, 100 + ((i * 37) % 91)]);
  const tape = tapeOf(prints);
  const between = (from: number, to: number) => prints.slice(from, to + 1).map(([, last]) => last);
  for (const [from, to] of [
    [0, 999],
    [200, 800],
    [256, 511],
    [10, 20],
  ] as const) {
    const [high, low] = [Math.max(...between(from, to)), Math.min(...between(from, to))];
    expect(extremesBetween(tape, from, to)).toEqual({ high, low });
  }
});
