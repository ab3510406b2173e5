/** Half-turns, positions and cash: what a fill is worth, and what is told of it. */
import { expect, test } from "vitest";
import { dollars } from "../../../../src/core/model/units.ts";
import { DEFAULT_STAND_IN } from "../../../../src/shell/topstepx-sim/settings.ts";
import { ACCOUNT, type StandInDesk, standInDesk } from "../../../kit/stand-in.ts";

const EXACT = { matching: { ...DEFAULT_STAND_IN.matching, slippage: 0 as never } };

function openDesk(more: Parameters<typeof standInDesk>[0] = {}): StandInDesk {
  const desk = standInDesk({ ...EXACT, ...more });
  desk.price(6300, { ask: 6300 });
  return desk;
}

const balanceOf = (desk: StandInDesk): number =>
  desk.call("/api/Account/search", { onlyActiveAccounts: true }).accounts[0]?.balance ?? 0;

test("an opening half-turn has no result, a closing one has it gross of fees", () => {
  const desk = openDesk();
  desk.place({ size: 2 });
  desk.price(6303.25, { ask: 6303.25 });
  desk.place({ side: 1, size: 2 });
  expect(desk.trades()).toMatchObject([
    { profitAndLoss: 32.5, fees: 0.72, commissions: 0.5, side: 1, size: 2, voided: false },
    { profitAndLoss: null, fees: 0.72, commissions: 0.5, side: 0, size: 2 },
  ]);
  expect(balanceOf(desk)).toBe(150_000 + 32.5 - 4 * 0.61);
});

test("a result is what the account has more, to the cent, over many trades", () => {
  const desk = openDesk();
  for (let count = 0; count < 40; count += 1) {
    desk.price(6300 + ((count * 7) % 13) * 0.25);
    desk.place({ side: (count * 5) % 3 === 0 ? 0 : 1, size: 1 + (count % 3) });
  }
  const cents = (value: number): number => Math.round(value * 100);
  const earned = desk
    .trades()
    .reduce(
      (sum, one) => sum + cents(one.profitAndLoss ?? 0) - cents(one.fees + one.commissions),
      0,
    );
  expect(desk.net()).not.toBe(0);
  expect(cents(balanceOf(desk))).toBe(15_000_000 + earned);
});

test("a fill that turns a position round is two half-turns", () => {
  const desk = openDesk();
  desk.place({ size: 2 });
  const before = desk.positions()[0];
  desk.advance(1_000);
  desk.price(6301, { ask: 6301 });
  desk.place({ side: 1, size: 5 });
  expect(desk.trades().slice(0, 2)).toMatchObject([
    { size: 3, profitAndLoss: null, fees: 1.08 },
    { size: 2, profitAndLoss: 10, fees: 0.72 },
  ]);
  expect(desk.positions()).toMatchObject([
    {
      id: before?.id,
      type: 2,
      size: 3,
      averagePrice: 6301,
      creationTimestamp: expect.stringContaining(":01."),
    },
  ]);
});

test("S15 trades come newest first, orders oldest first", () => {
  const desk = openDesk();
  for (let count = 0; count < 3; count += 1) {
    desk.place();
    desk.advance(1_000);
  }
  const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
  expect(ids(desk.orders())).toEqual([3_400_000_001, 3_400_000_002, 3_400_000_003]);
  expect(ids(desk.trades())).toEqual([3_000_000_003, 3_000_000_002, 3_000_000_001]);
  const window = {
    accountId: ACCOUNT,
    startTimestamp: "2026-11-20T15:00:01Z",
    endTimestamp: "2026-11-20T15:00:01Z",
  };
  expect(desk.call("/api/Order/search", window).orders).toHaveLength(1);
  expect(desk.call("/api/Trade/search", window).trades).toHaveLength(1);
  const nobody = { ...window, accountId: 9 };
  expect(desk.call("/api/Order/search", nobody)).toMatchObject({ orders: null, errorCode: 1 });
  expect(desk.call("/api/Trade/search", nobody)).toMatchObject({ trades: null, errorCode: 1 });
});

test("S15 v2/query: a hundred rows at most, an offset in rows, a contract filter that does nothing", () => {
  const desk = openDesk();
  for (let count = 0; count < 120; count += 1) {
    desk.place({ type: 1, limitPrice: 6200 });
    desk.advance(1_000);
  }
  const query = (more: object, filter: object = {}) =>
    desk.call("/api/Order/v2/query", { filter: { accountId: ACCOUNT, ...filter }, ...more });
  const first = desk.orders()[0]?.id ?? 0;
  expect(query({ pageSize: 500 }).orders).toHaveLength(100);
  expect(query({})).not.toHaveProperty("totalCount");
  const page = query({ pageSize: 10, pageOffset: 5, includeTotalCount: true });
  expect(page.totalCount).toBe(120);
  expect(page.orders.map((one: { id: number }) => one.id - first)).toEqual([
    5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
  ]);
  expect(query({ sortBy: 1, sortDirection: 1, pageSize: 1 }).orders[0]?.id).toBe(first + 119);
  expect(query({ pageSize: 1 }, { contractId: desk.idOf("MNQ") }).orders).toHaveLength(1);
  expect(query({}, { statuses: [2] }).orders).toEqual([]);
  const between = { createdAfter: "2026-11-20T15:00:10Z", createdBefore: "2026-11-20T15:00:12Z" };
  expect(query({}, between).orders).toHaveLength(3);
  expect(query({}, { accountId: 9 })).toMatchObject({ orders: null, errorCode: 1 });
});

test("one order is found by its id, by its owner only", () => {
  const desk = openDesk();
  const { orderId } = desk.place({ customTag: "a" });
  const search = (about: object) => desk.call("/api/Order/searchById", about);
  expect(search({ accountId: ACCOUNT, orderId }).order.customTag).toBe("a");
  const none = { order: null, success: false, errorCode: 1, errorMessage: null };
  expect(search({ accountId: ACCOUNT, orderId: 1 })).toEqual(none);
  expect(search({ accountId: 9, orderId })).toEqual(none);
  expect(desk.call("/api/Order/searchOpen", { accountId: 9 })).toMatchObject({ orders: null });
});

test("adding averages the price, reducing leaves it, the next position has a new id", () => {
  const desk = openDesk();
  desk.place({ size: 2 });
  desk.price(6301, { ask: 6301 });
  desk.place({ size: 1 });
  expect(desk.positions()).toMatchObject([{ size: 3, averagePrice: 6300.333333333 }]);
  desk.place({ side: 1, size: 1 });
  expect(desk.positions()).toMatchObject([
    { id: 820_000_001, size: 2, averagePrice: 6300.333333333 },
  ]);
  desk.place({ side: 1, size: 2 });
  expect(desk.positions()).toEqual([]);
  desk.place();
  expect(desk.positions()[0]?.id).toBe(820_000_002);
});

test("fees follow the terms: a flat one has no commission in it, none is none", () => {
  const flat = openDesk({ fees: { kind: "flat", roundTurn: dollars(2.5) } });
  flat.place();
  expect(flat.trades()).toMatchObject([{ fees: 1.25, commissions: 0 }]);
  const free = openDesk({ fees: { kind: "none" } });
  free.place();
  expect(free.trades()).toMatchObject([{ fees: 0, commissions: 0 }]);
  const early = standInDesk({ ...EXACT, at: "2026-03-20T15:00:00Z" });
  early.price(6300);
  early.place();
  expect(early.trades()).toMatchObject([{ fees: 0.37, commissions: 0 }]);
  const full = standInDesk(EXACT);
  expect(full.venue.setQuote(full.idOf("ES"), { last: 6300 }).ok).toBe(true);
  full.place({ contractId: full.idOf("ES") });
  expect(full.trades()).toMatchObject([{ fees: 1.39, commissions: 0.5 }]);
});

test("a thin book fills in parts, each a half-turn of the same order", () => {
  const partialFill = { permille: 1000, seed: 1 };
  const desk = openDesk({ matching: { ...EXACT.matching, partialFill } });
  const { orderId } = desk.place({ size: 5 });
  const parts = desk.trades();
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.every((one) => one.orderId === orderId)).toBe(true);
  expect(parts.reduce((sum, one) => sum + one.size, 0)).toBe(5);
  const mean = parts.reduce((sum, one) => sum + one.size * one.price, 0) / 5;
  expect(desk.order(orderId).filledPrice).toBeCloseTo(mean, 6);
});

test("the terms of filling may change while the venue is open", () => {
  const desk = openDesk();
  desk.place();
  desk.venue.setMatching({ slippage: 8 as never });
  desk.place();
  expect(desk.trades().map((one) => one.price)).toEqual([6302, 6300]);
});
