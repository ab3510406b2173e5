/** What is known of an account's orders, and when a list is believed. */
import { expect, test } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { KnownOrders } from "../../../../src/shell/topstepx/known-orders.ts";
import { KnownTrades } from "../../../../src/shell/topstepx/known-trades.ts";
import { anOrder, aTrade, MES_ID, NOON } from "../../../kit/topstepx-desk.ts";

const event = (at: number) => ({ kind: "event", at: millis(NOON + at) }) as const;
const list = (at: number) =>
  ({ kind: "list", askedAt: millis(NOON + at), at: millis(NOON + at + 50) }) as const;

test("an event is believed, a list only where another agrees", () => {
  const orders = new KnownOrders();
  const stop = anOrder({ id: 1, stopPrice: 6300 });
  expect(orders.hear(stop, event(0))).toBe("news");
  expect(orders.hear({ ...stop, stopPrice: 6301 }, event(10))).toBe("news");
  expect(orders.hear(stop, list(5)), "asked before it was moved").toBe("known");
  expect(orders.hear(stop, list(20))).toBe("doubtful");
  expect(orders.hear({ ...stop, stopPrice: 6301 }, list(30)), "it was behind").toBe("known");
  expect(orders.hear(stop, list(40))).toBe("doubtful");
  expect(orders.hear(stop, list(50))).toBe("news");
  expect(orders.get(1)?.stopPrice).toBe(6300);
});

test("a doubt goes with the order", () => {
  const orders = new KnownOrders();
  const stop = anOrder({ id: 1, stopPrice: 6300 });
  orders.hear(stop, event(0));
  orders.hear({ ...stop, stopPrice: 6301 }, list(20));
  orders.forget(1);
  expect(orders.live).toEqual([]);
  expect(orders.hear({ ...stop, stopPrice: 6301 }, list(30))).toBe("news");
});

test("a list asked for before an order was heard of cannot miss it", () => {
  const orders = new KnownOrders();
  orders.hear(anOrder({ id: 1 }), event(10));
  expect(orders.liveBefore(millis(NOON + 10))).toEqual([]);
  expect(orders.liveBefore(millis(NOON + 11))).toHaveLength(1);
});

test("of what is over only so many are kept", () => {
  const orders = new KnownOrders();
  for (let id = 1; id <= 2_001; id++) orders.hear(anOrder({ id, status: 3 }), event(id));
  expect([...orders.ended]).toHaveLength(2_000);
  expect(orders.get(1)).toBeNull();
});

test("trades add up once each, and only those the sums do not hold already", () => {
  const trades = new KnownTrades();
  trades.rebase(new Map([[MES_ID, 2]]));
  trades.add(aTrade({ id: 1, orderId: 5, size: 2 }), "before");
  trades.add(aTrade({ id: 2, orderId: 6, side: 1 }), "counts");
  expect(trades.nets.get(MES_ID)).toBe(1);
  expect([trades.volumeOf(5), trades.volumeOf(6), trades.volumeOf(7)]).toEqual([2, 1, 0]);
  trades.takeBack(aTrade({ id: 2, orderId: 6, side: 1 }));
  trades.takeBack(aTrade({ id: 2, orderId: 6, side: 1 }));
  trades.takeBack(aTrade({ id: 3, orderId: 7 }));
  expect(trades.nets.get(MES_ID)).toBe(2);
  expect(trades.volumeOf(7), "its order still says that it filled").toBe(1);
});

test("of trades only so many are kept", () => {
  const trades = new KnownTrades();
  const creationTimestamp = isoOf(NOON);
  for (let id = 1; id <= 5_001; id++)
    trades.add(aTrade({ id, orderId: id, creationTimestamp }), "counts");
  for (let id = 1; id <= 5_001; id++) trades.takeBack(aTrade({ id, orderId: id, side: 1 }));
  expect(trades.all).toEqual([]);
  expect(trades.volumeOf(2)).toBe(0);
});
