import { describe, expect, test } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { deafCheck } from "../../../../src/shell/topstepx/deaf-check.ts";
import type { WireOrder, WireTrade } from "../../../../src/shell/topstepx/wire-types.ts";

const START = Date.UTC(2026, 10, 23, 16);

/** `at`: milliseconds after the connect. */
const order = (id: number, at: number, parts: Partial<WireOrder> = {}): WireOrder => ({
  ...{ id, accountId: 101, contractId: "c", creationTimestamp: isoOf(millis(START + at)) },
  ...{
    updateTimestamp: null,
    status: 1,
    type: 1,
    side: 0,
    size: 2,
    limitPrice: 1,
    stopPrice: null,
  },
  ...{
    fillVolume: 0,
    filledPrice: null,
    customTag: null,
    parentOrderId: null,
    linkedOrderId: null,
  },
  ...parts,
});

const trade = (id: number, at: number): WireTrade => ({
  ...{ id, accountId: 101, contractId: "c", creationTimestamp: isoOf(millis(START + at)) },
  ...{ price: 1, profitAndLoss: null, fees: 0, commissions: null, side: 0, size: 1 },
  ...{ voided: false, orderId: 1 },
});

function begun(offset = 0) {
  const clock = virtualClock(millis(START));
  const deaf: string[] = [];
  const check = deafCheck({
    clock,
    venueNow: () => millis(clock.now() + offset),
    deaf: (what) => deaf.push(what),
  });
  check.begin();
  return { check, deaf, clock, pass: (time: number) => clock.runUntil(millis(clock.now() + time)) };
}

describe("a hub", () => {
  test("hears when everything a list shows was told, before or shortly after", () => {
    const { check, deaf, pass, clock } = begun();
    pass(5_000);
    check.told({ kind: "trade", trade: trade(1, 4_000) });
    check.told({ kind: "order", order: order(2, 4_000) });
    check.listed({ orders: [order(2, 4_000)], trades: [trade(1, 4_000), trade(3, 4_900)] });
    pass(2_999);
    check.told({ kind: "trade", trade: trade(3, 4_900) });
    pass(60_000);
    expect([deaf, clock.pending()]).toEqual([[], 0]);
  });

  test("is deaf when a fill of a list is not told within 3 seconds, and that is said once", () => {
    const { check, deaf, pass } = begun();
    pass(5_000);
    check.told({ kind: "order", order: order(2, 4_000) });
    const filled = order(2, 4_000, { status: 2, fillVolume: 2 });
    check.listed({ orders: [filled] });
    pass(1_000);
    check.listed({ orders: [filled], trades: [trade(9, 4_500)] });
    pass(60_000);
    expect(deaf).toEqual(["order 2 at status 2 with 2 filled"]);
  });

  test("misses nothing it was told something younger of", () => {
    const { check, deaf, pass } = begun();
    pass(5_000);
    check.listed({ orders: [order(2, 4_000, { status: 6 }), order(3, 4_000)] });
    pass(1_000);
    check.told({ kind: "order", order: order(2, 4_000, { status: 2, fillVolume: 2 }) });
    pass(60_000);
    expect(deaf).toEqual(["order 3 at status 1 with 0 filled"]);
  });

  test("waits for each what it has coming", () => {
    const { check, deaf, pass } = begun();
    pass(5_000);
    check.listed({ trades: [trade(1, 4_000)] });
    pass(2_000);
    check.listed({ trades: [trade(1, 4_000), trade(2, 5_500)] });
    check.told({ kind: "trade", trade: trade(1, 4_000) });
    pass(2_999);
    expect(deaf).toEqual([]);
    pass(1);
    expect(deaf).toEqual(["trade 2"]);
  });

  test("owes nothing from before its connection, by the venue's clock, nor after it", () => {
    const { check, deaf, pass } = begun(60_000);
    pass(5_000);
    check.listed({ trades: [trade(1, 60_999), { ...trade(2, 0), creationTimestamp: "" }] });
    pass(60_000);
    check.listed({ trades: [trade(3, 61_000)] });
    check.end();
    check.listed({ trades: [trade(4, 70_000)] });
    pass(60_000);
    expect(deaf).toEqual([]);
    check.begin();
    check.listed({ trades: [trade(3, 61_000)] });
    pass(60_000);
    expect(deaf).toEqual([]);
  });

  test("passes over accounts and positions, and keeps only so much in mind", () => {
    const { check, deaf, pass } = begun();
    pass(5_000);
    const position = { ...order(1, 0), averagePrice: 1 };
    check.told({ kind: "position", position });
    for (let id = 1; id <= 20_001; id += 1) check.told({ kind: "trade", trade: trade(id, 4_000) });
    check.listed({ trades: [trade(2, 4_000)] });
    pass(60_000);
    expect(deaf).toEqual([]);
    const many = Array.from({ length: 2_000 }, (_, index) => trade(30_000 + index, 4_000));
    check.listed({ trades: [trade(1, 4_000), ...many] });
    pass(60_000);
    expect(deaf).toEqual(["trade 1"]);
  });
});
