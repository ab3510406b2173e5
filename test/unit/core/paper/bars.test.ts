import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BarPlay,
  barLength,
  barsBuilder,
  barsToTape,
} from "../../../../src/core/paper/bars.ts";

type Row = readonly [at: number, open: number, high: number, low: number, close: number];

function barsOf(rows: readonly Row[]) {
  const bars = barsBuilder("ES");
  for (const [at, open, high, low, close] of rows) bars.add({ at, open, high, low, close });
  return bars.finish();
}

const MINUTE = 60_000;
const worst: BarPlay = { path: "worst-first", against: null };
const walkOf = (row: Row, play: BarPlay) => [...barsToTape(barsOf([row]), play).last];
/** Where the walk turns: its first print, every change of direction, its last. */
const pathOf = (row: Row, play: BarPlay) => {
  const walk = walkOf(row, play);
  const moves = walk.filter((price, i) => i === 0 || price !== walk[i - 1]);
  const turns = moves.filter((price, i) => {
    const [before = price, after = price] = [moves[i - 1], moves[i + 1]];
    return i === 0 || i === moves.length - 1 || (price - before) * (after - price) < 0;
  });
  return turns;
};

describe("bars as a tape", () => {
  const bar: Row = [0, 100, 108, 95, 104];

  test("walk tick by tick from corner to corner, the last a millisecond before the next", () => {
    const tape = barsToTape(
      barsOf([
        [0, 100, 102, 99, 100],
        [MINUTE, 104, 104, 104, 104],
      ]),
      worst,
    );
    expect([...tape.last]).toEqual([100, 101, 102, 101, 100, 99, 100, 104, 104, 104, 104]);
    expect([...tape.at]).toEqual([
      0, 9_999, 19_999, 26_665, 33_332, 39_999, 59_999, 60_000, 79_999, 99_999, 119_999,
    ]);
    expect([tape.bid, tape.ask, tape.size]).toEqual([tape.last, tape.last, null]);
    expect(tape.resolution).toBe(MINUTE);
  });

  test("of extraordinary range take larger strides and still turn at their corners", () => {
    const wild: Row = [0, 10_000, 12_001, 8_000, 9_000];
    const walk = walkOf(wild, worst);
    expect(walk.length).toBeLessThanOrEqual(324);
    expect(pathOf(wild, worst)).toEqual([10_000, 12_001, 8_000, 9_000]);
  });

  test("never move by more than a tick inside a bar, whatever the bar", () => {
    const price = fc.integer({ min: 5_000, max: 5_060 });
    fc.assert(
      fc.property(price, price, price, price, (open, a, b, close) => {
        const row: Row = [0, open, Math.max(open, a, b, close), Math.min(open, a, b, close), close];
        const walk = walkOf(row, worst);
        for (const [i, one] of walk.entries()) {
          expect(Math.abs(one - (walk[i - 1] ?? one))).toBeLessThanOrEqual(1);
        }
        expect([Math.max(...walk), Math.min(...walk)]).toEqual([row[2], row[3]]);
        expect([walk[0], walk.at(-1)]).toEqual([open, close]);
      }),
    );
  });

  test("play the low or the high first when told so", () => {
    expect(pathOf(bar, { path: "low-first", against: null })).toEqual([100, 95, 108, 104]);
    expect(pathOf(bar, { path: "high-first", against: null })).toEqual([100, 108, 95, 104]);
  });

  test("at their worst hurt the side they are played against first", () => {
    expect(pathOf(bar, { path: "worst-first", against: "long" })).toEqual([100, 95, 108, 104]);
    expect(pathOf(bar, { path: "worst-first", against: "short" })).toEqual([100, 108, 95, 104]);
  });

  test("at their worst against nobody in particular make the larger move first", () => {
    expect(pathOf(bar, worst)).toEqual([100, 108, 95, 104]);
    expect(pathOf([0, 100, 104, 95, 104], worst)).toEqual([100, 95, 104]);
    expect(pathOf([0, 100, 105, 95, 104], worst)).toEqual([100, 95, 105, 104]);
  });

  test("last as long as the usual distance between them, holes and strays aside", () => {
    const rows = [0, 1, 2, 3, 10, 11, 11.5].map((at): Row => [at * MINUTE, 1, 1, 1, 1]);
    expect(barLength(barsOf(rows))).toBe(MINUTE);
    expect(barLength(barsOf([bar]))).toBe(MINUTE);
    expect(barLength(barsOf([bar, [180_000, 1, 1, 1, 1]]))).toBe(180_000);
  });

  test("neither stretch over a hole nor print into the bar that follows early", () => {
    const rows = [0, 1, 2, 9, 9.5].map((at): Row => [at * MINUTE, 1, 1, 1, 1]);
    const at = [...barsToTape(barsOf(rows), worst).at];
    expect(at.slice(8, 12)).toEqual([120_000, 139_999, 159_999, 179_999]);
    expect(at.slice(12, 16)).toEqual([540_000, 549_999, 559_999, 569_999]);
    expect(at.toSorted((one, other) => one - other)).toEqual(at);
  });

  test("of the same moment still run forwards", () => {
    const rows: Row[] = [
      [0, 1, 1, 1, 1],
      [0, 2, 2, 2, 2],
      [MINUTE, 3, 3, 3, 3],
    ];
    expect([...barsToTape(barsOf(rows), worst).at].slice(0, 4)).toEqual([0, 0, 0, 0]);
  });

  test("of which there are none are an empty tape", () => {
    expect(barsToTape(barsOf([]), worst).length).toBe(0);
  });
});

describe("a list of bars", () => {
  test("grows with what is added, up to its limit", () => {
    const bars = barsBuilder("ES", 1500);
    const added = Array.from({ length: 1501 }, (_, at) =>
      bars.add({ at, open: 1, high: 4, low: 0, close: 2 }),
    );
    expect([added.indexOf(false), bars.finish().length]).toEqual([1500, 1500]);
    expect(bars.finish().high[1499]).toBe(4);
  });

  test("takes no bar whose prices do not lie from its low to its high", () => {
    const add = (open: number, high: number, low: number, close: number) => () =>
      barsBuilder("ES").add({ at: 0, open, high, low, close });
    expect(add(1, 3, 2, 3)).toThrow("from low to high");
    expect(add(2, 3, 2, 4)).toThrow("from low to high");
  });
});
