/** Long records: the order of trades, order statistics, and all of it in slices. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder } from "../../../../src/core/analyze/order.ts";
import { quantileOf } from "../../../../src/core/analyze/quantile.ts";
import { selectQuantiles } from "../../../../src/core/analyze/select.ts";
import {
  finished,
  inSlices,
  inSlicesBackward,
  SLICE,
} from "../../../../src/core/analyze/slices.ts";
import { seeded } from "../../../../src/std/seeded.ts";
import { closedTrade, columnsOf } from "../../../kit/closed-trades.ts";

const SHARES = [0, 0.05, 0.5, 0.99, 1];

test("slices cover everything once, forward and backward", () => {
  const length = SLICE * 2 + 5;
  const seen: (readonly number[])[] = [];
  finished(inSlices(length, (from, to) => seen.push([from, to])));
  const back: (readonly number[])[] = [];
  finished(inSlicesBackward(length, (from, to) => back.push([from, to])));
  expect(seen).toEqual([
    [0, SLICE],
    [SLICE, SLICE * 2],
    [SLICE * 2, length],
  ]);
  expect(back).toEqual([
    [SLICE + 5, length],
    [5, SLICE + 5],
    [0, 5],
  ]);
});

test.each([
  ["few values", 7, (below: number) => below],
  ["many values", 60_000, (below: number) => below],
  ["many of few values", 60_000, (below: number) => below % 5],
  ["all equal", 60_000, () => 3],
  ["one a million times as large", 60_000, (below: number) => (below === 0 ? 1e12 : below % 900)],
])("quantiles of %s are those of the sorted series", (_, count, shaped) => {
  const dice = seeded(3);
  const values = Float64Array.from({ length: count }, () => shaped(dice.below(10_000)) - 400);
  const sorted = values.toSorted();
  expect(finished(selectQuantiles(values, SHARES))).toEqual(
    SHARES.map((share) => quantileOf(sorted, share)),
  );
});

test("quantiles of any series are those of the sorted one", () => {
  const value = fc.oneof(
    fc.integer({ min: -9_000, max: 9_000 }),
    fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
  );
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
      (few, times, shares) => {
        // Often long enough not to be sorted; the same value many times over.
        const values = Float64Array.from(
          { length: few.length * times },
          (_, at) => few[at % few.length] as number,
        );
        const sorted = values.toSorted();
        expect(finished(selectQuantiles(values, shares))).toEqual(
          shares.map((share) => quantileOf(sorted, share)),
        );
      },
    ),
  );
});

test("an empty series has zeros for quantiles", () => {
  expect(finished(selectQuantiles(new Float64Array(), [0.5]))).toEqual([0]);
});

test("trades are ordered by exit, then entry, then result", () => {
  const made = (exitAt: number, entryAt: number, net: number, author: string) =>
    closedTrade({ exitAt, entryAt, net, labels: { author } });
  const [a, b, c, d, e] = [
    made(2e12, 1e12, 5, "a"),
    made(2e12, 1e12, -5, "b"),
    made(2e12, 9e11, 9, "c"),
    made(1.9e12, 1.8e12, -7, "d"),
    made(2e12, 1e12, -700, "e"),
  ] as const;
  const ordered = finished(inOrder(columnsOf([a, b, c, d, e])));
  expect([...ordered.net]).toEqual([-7, 9, -700, -5, 5]);
  const { codes, names } = ordered.labels.author;
  expect([...codes].map((code) => names[code])).toEqual(["d", "c", "e", "b", "a"]);
});

/** So many more that few are no longer few; all of them come later. */
const CROWD = Array.from({ length: SLICE }, (_, place) =>
  closedTrade({ exitAt: 5e12 + place, entryAt: 4e12, fees: -1 }),
);

test.each([
  ["few", [], 60],
  ["many", CROWD, 15],
] as const)("any trades are ordered as by a plain sort, being %s", (_, crowd, numRuns) => {
  const key = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4e12 }));
  const money = fc.oneof(fc.constantFrom(0, -0, 1, -1), fc.integer({ min: -1e10, max: 1e10 }));
  const keys = fc.tuple(key, key, fc.oneof(money, fc.double({ noNaN: true, min: -1e9, max: 1e9 })));
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 80 }), (all) => {
      const trades = all.map(([exitAt, entryAt, net], place) =>
        closedTrade({ exitAt, entryAt, net, fees: place }),
      );
      const ordered = finished(inOrder(columnsOf([...trades, ...crowd])));
      const sorted = [...trades, ...crowd].toSorted(
        (a, b) => a.exitAt - b.exitAt || a.entryAt - b.entryAt || a.net - b.net,
      );
      expect([...ordered.fees]).toEqual(sorted.map(({ fees }) => fees));
      expect([...ordered.exitAt]).toEqual(sorted.map(({ exitAt }) => exitAt));
    }),
    { numRuns },
  );
});

test("what is in order is handed back as it is", () => {
  const columns = columnsOf([
    closedTrade({ exitAt: 1e12, entryAt: 9e11, net: 1 }),
    closedTrade({ exitAt: 1e12, entryAt: 9e11, net: 1 }),
    closedTrade({ exitAt: 1e12, entryAt: 9.1e11, net: -1 }),
    closedTrade({ exitAt: 2e12, entryAt: 9e11, net: -1 }),
  ]);
  expect(finished(inOrder(columns))).toBe(columns);
});
