/** What looking after an account may still take, in calls. */
import { describe, expect, test } from "vitest";
import type { Tag } from "../../../../src/core/model/ids.ts";
import { contracts, ticks } from "../../../../src/core/model/units.ts";
import { Promises } from "../../../../src/shell/topstepx/promises.ts";
import {
  anOrder,
  aPosition,
  aTrade,
  done,
  ENTRY,
  NUMBER,
  place,
  refused,
  STOP,
  TopstepxDesk,
  unknown,
} from "../../../kit/topstepx-desk.ts";

const settled = (brackets: "native" | "none"): TopstepxDesk => {
  const desk = new TopstepxDesk(brackets);
  desk.settle();
  return desk;
};

describe("promised", () => {
  test.each([
    ["native", 8],
    ["none", 12],
  ] as const)(
    "with brackets %s the first entry of a trade is worth %i calls from before it leaves, for two",
    (brackets, calls) => {
      const desk = settled(brackets);
      expect(desk.promised.get(NUMBER)).toBe(0);
      desk.send(place());
      expect(desk.promised.get(NUMBER)).toBe(calls);
      desk.answer("Order/place", done({ orderId: 11 }));
      desk.order({ id: 11, customTag: ENTRY });
      expect(desk.promised.get(NUMBER), "seen at work").toBe(calls);
      desk.order({ id: 11, status: 3, customTag: ENTRY });
      expect(desk.promised.get(NUMBER), "cancelled").toBe(0);
    },
  );

  test("and no more when the second is there as well, or the first is over", () => {
    const desk = settled("none");
    const second = ENTRY.replace("e1", "e2") as Tag;
    desk.send(place());
    desk.send(place({ id: second, tag: second }));
    expect(desk.promised.get(NUMBER)).toBe(12);
    expect(desk.sent.map(({ urgency }) => urgency)).toEqual(["enter", "complete"]);
    desk.order({ id: 11, status: 3, customTag: ENTRY });
    expect(desk.promised.get(NUMBER)).toBe(6);
  });

  test("one that was refused is worth none", () => {
    const desk = settled("none");
    desk.send(place());
    desk.answer("Order/place", refused(2, "OrderRejected", "no"));
    expect(desk.promised.get(NUMBER)).toBe(0);
  });

  test("a position is worth six, ten until its stop is seen, and nothing when it is left", () => {
    const desk = settled("none");
    desk.order({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY });
    desk.trade({ id: 501, orderId: 11, price: 6325.25 });
    expect(desk.promised.get(NUMBER)).toBe(10);
    const stop = { type: "stop", side: "sell", price: ticks(25_261) } as const;
    desk.send(place({ ...stop, id: STOP, tag: STOP as Tag, role: "stop", quantity: contracts(1) }));
    expect(desk.promised.get(NUMBER), "a stop is part of that").toBe(10);
    const row = { id: 12, type: 4, side: 1, stopPrice: 6315.25, customTag: STOP };
    desk.order(row);
    expect(desk.promised.get(NUMBER)).toBe(6);
    desk.order({ ...row, status: 2, fillVolume: 1 });
    desk.trade({ id: 502, orderId: 12, side: 1 });
    expect(desk.promised.get(NUMBER)).toBe(0);
  });

  test("what a look finds is promised as well", () => {
    const desk = settled("native");
    desk.orders = [anOrder({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY })];
    desk.trades = [aTrade({ id: 501, orderId: 11, price: 6325.25 })];
    desk.positions = [aPosition(1)];
    desk.look();
    desk.pass(1_000);
    expect(desk.promised.get(NUMBER)).toBe(8);
  });

  test("what only the list of positions shows is promised with that look, not with the next", () => {
    const desk = new TopstepxDesk("native");
    desk.positions = [aPosition(2)];
    desk.settle();
    expect(desk.promised.get(NUMBER)).toBe(8);
  });

  test("an order whose answer was lost, and that nobody ever shows, is not promised for ever", () => {
    const desk = settled("native");
    desk.send(place());
    desk.answer("Order/place", unknown());
    desk.pass(5_000);
    expect(desk.promised.get(NUMBER)).toBe(8);
    desk.pass(40_000);
    desk.look();
    desk.pass(1_000);
    expect(desk.promised.get(NUMBER)).toBe(0);
  });

  test("is summed up over the accounts of a login", () => {
    const promises = new Promises();
    promises.set(101, 10);
    promises.set(102, 6);
    promises.set(101, 4);
    expect(promises.total).toBe(10);
  });
});
