/** The judge of the wire book: what it lets pass, and what it must not. */
import { describe, expect, test } from "vitest";
import { type Allowance, inWordsOf, match } from "../kit/wire-match.ts";

const allowed: Allowance = {
  literals: new Set(["3426000001", "3426000002", "a-token"]),
  keys: new Set(["updateTimestamp"]),
  rows: "all",
  order: "told",
};
const differences = (book: unknown, venue: unknown, parts: Partial<Allowance> = {}) =>
  match(book, venue, { ...allowed, ...parts }, new Map()).differences;

describe("a venue that says the same", () => {
  test.each<readonly [string, unknown, unknown]>([
    ["with a number of its own", { orderId: 3426000001 }, { orderId: 17 }],
    ["with that number twice", [3426000001, 3426000001], [17, 17]],
    ["at another time", { t: "2026-08-18T14:30:00+00:00" }, { t: "2026-11-02T09:00:00.123Z" }],
    ["and more", { success: true }, { success: true, traceId: "x" }],
    ["without what may be absent", { updateTimestamp: "x", id: 1 }, { id: 1 }],
  ])("%s passes", (_, book, venue) => {
    expect(differences(book, venue)).toEqual([]);
  });

  test.each([
    ["some", [{ id: 1 }, { id: 3 }], [{ id: 1 }, { id: 2 }, { id: 3 }]],
    [3, [{ id: 2 }], [{ id: 1 }, { id: 2 }, { id: 3 }]],
  ] as const)("with more rows where it may have %s passes", (rows, orders, others) => {
    expect(differences({ orders }, { orders: others }, { rows })).toEqual([]);
  });

  test("in another order passes where any will do", () => {
    const orders = [{ id: 1 }, { id: 3 }];
    const others = [{ id: 3 }, { id: 2 }, { id: 1 }];
    expect(differences({ orders }, { orders: others }, { rows: "some" })).toHaveLength(1);
    expect(differences({ orders }, { orders: others }, { rows: "some", order: "any" })).toEqual([]);
  });

  test("is asked in its own words from then on", () => {
    const { bound } = match({ orderId: 3426000001 }, { orderId: 17 }, allowed, new Map());
    expect(inWordsOf('{"orderId":3426000001}', bound)).toBe('{"orderId":17}');
  });
});

describe("a venue that says something else", () => {
  test.each<readonly [string, unknown, unknown]>([
    ["a value", { size: 1 }, { size: 2 }],
    ["nothing for a null", { limitPrice: null }, {}],
    ["null for nothing told", { orders: [] }, { orders: null }],
    ["text for a number", { orderId: 3426000001 }, { orderId: "17" }],
    ["two numbers for one", [3426000001, 3426000001], [17, 18]],
    ["a time that is none", { t: "2026-08-18T14:30:00+00:00" }, { t: "yesterday" }],
    ["a row too many", { orders: [{ id: 1 }] }, { orders: [{ id: 1 }, { id: 2 }] }],
    [
      "rows in another order",
      { orders: [{ id: 1 }, { id: 2 }] },
      { orders: [{ id: 2 }, { id: 1 }] },
    ],
  ])("%s is caught", (_, book, venue) => {
    expect(differences(book, venue)).not.toEqual([]);
  });

  test("a row that is missing is named, with the one that comes nearest", () => {
    const book = { orders: [{ id: 1, size: 2 }] };
    const venue = {
      orders: [
        { id: 2, size: 9 },
        { id: 1, size: 3 },
      ],
    };
    expect(differences(book, venue, { rows: "some" })).toEqual([
      'orders: only 0 of 1 rows; {"id":1,"size":2}: nearest: size: book 2, venue 3',
    ]);
    expect(differences(book, { orders: [] }, { rows: "some" })).toEqual([
      'orders: only 0 of 1 rows; {"id":1,"size":2}: nothing came',
    ]);
    expect(differences(book, book, { rows: 2 })).toEqual(["orders.length: book 2, venue 1"]);
  });
});
