/** The TopstepX broker against scripted answers, events and lists. */
import { describe, expect, test } from "vitest";
import type { Tag } from "../../../../src/core/model/ids.ts";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { contracts, millis, ticks } from "../../../../src/core/model/units.ts";
import {
  ACCOUNT,
  anOrder,
  aPosition,
  aTrade,
  cancel,
  close,
  done,
  ENTRY,
  MES_ID,
  modify,
  NOON,
  NUMBER,
  OTHER,
  place,
  refused,
  STOP,
  TopstepxDesk,
  unknown,
} from "../../../kit/topstepx-desk.ts";

function settled(): TopstepxDesk {
  const desk = new TopstepxDesk();
  desk.settle();
  return desk;
}

/** An entry of ours that filled at 6325.25 and is covered. */
function holding(): TopstepxDesk {
  const desk = settled();
  desk.send(place({ bracket: { stopTicks: ticks(40), targetTicks: ticks(28) } }));
  desk.answer("Order/place", done({ orderId: 11 }));
  const legs = [
    anOrder({ id: 12, type: 4, side: 1, stopPrice: 6315.25, customTag: `${ENTRY}-SL` }),
    anOrder({ id: 13, type: 1, side: 1, limitPrice: 6332.25, customTag: `${ENTRY}-TP` }),
  ].map((leg) => ({ ...leg, parentOrderId: 11 }));
  desk.order({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY });
  desk.trade({ id: 501, orderId: 11, price: 6325.25 });
  for (const leg of legs) desk.order(leg);
  desk.orders = [anOrder({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY }), ...legs];
  desk.trades = [aTrade({ id: 501, orderId: 11, price: 6325.25 })];
  desk.positions = [aPosition(1)];
  desk.pass(1);
  desk.look();
  desk.sent.length = 0;
  desk.reports.length = 0;
  return desk;
}

describe("requests", () => {
  test("a long's bracket goes out in signed ticks, a short's mirrored", () => {
    const desk = settled();
    const bracket = { stopTicks: ticks(40), targetTicks: ticks(28) };
    desk.send(place({ type: "limit", price: ticks(25_302), quantity: contracts(2), bracket }));
    expect(desk.last("Order/place").asked).toEqual({
      accountId: NUMBER,
      contractId: MES_ID,
      type: 1,
      side: 0,
      size: 2,
      limitPrice: 6325.5,
      customTag: ENTRY,
      stopLossBracket: { ticks: -40, type: 4 },
      takeProfitBracket: { ticks: 28, type: 1 },
    });
    expect(desk.last("Order/place").urgency).toBe("enter");
    desk.send(place({ side: "sell", bracket }));
    expect(desk.last("Order/place").asked).toMatchObject({
      type: 2,
      side: 1,
      stopLossBracket: { ticks: 40, type: 4 },
      takeProfitBracket: { ticks: -28, type: 1 },
    });
  });

  test("entries of several accounts are under way at once", () => {
    const desk = settled();
    desk.broker.send(place());
    desk.broker.send(place({ account: OTHER }));
    expect(desk.names()).toEqual(["Order/place", "Order/place"]);
  });

  test("a stop is moved by its stop price, a target by its limit price", () => {
    const desk = holding();
    desk.send(modify(12, 25_300));
    expect(desk.last("Order/modify").asked).toEqual({
      accountId: NUMBER,
      orderId: 12,
      stopPrice: 6325,
    });
    expect(desk.last("Order/modify").urgency).toBe("protect");
    desk.answer("Order/modify", done({}));
    expect(desk.outcomes()).toEqual([{ kind: "done", order: "12" }]);
    desk.send(modify(13, 25_280, 1));
    expect(desk.last("Order/modify").asked).toEqual({
      accountId: NUMBER,
      orderId: 13,
      size: 1,
      limitPrice: 6320,
    });
    expect(desk.last("Order/modify").urgency).toBe("reduce");
  });

  test("an order not heard of yet is moved by what our own name of the request says it is", () => {
    const desk = settled();
    desk.send({ ...modify(77, 25_300), id: `${STOP}:m` });
    expect(desk.last("Order/modify").asked).toMatchObject({ orderId: 77, stopPrice: 6325 });
  });

  test("any other unknown order is read first, and refused when there is none", () => {
    const desk = settled();
    desk.orders = [anOrder({ id: 77, type: 1, limitPrice: 6300 })];
    desk.send(modify(77, 25_300));
    expect(desk.last("Order/modify").asked).toMatchObject({ orderId: 77, limitPrice: 6325 });
    desk.send(modify(78, 25_300));
    expect(desk.outcomes()).toMatchObject([{ kind: "refused", code: "order-not-found" }]);
  });

  test("two changes of one order keep their order; one that hangs is overtaken", () => {
    const desk = holding();
    desk.send(modify(12, 25_300));
    desk.send(modify(12, 25_301));
    expect(desk.names()).toEqual(["Order/modify"]);
    desk.pass(1_500);
    expect(desk.names()).toEqual(["Order/modify", "Order/modify"]);
    for (const one of desk.sent) one.answer(done({}));
    desk.pass();
    expect(desk.outcomes()).toHaveLength(2);
  });

  test("a second close waits for the first, and is given up rather than sold twice", () => {
    const desk = holding();
    desk.send(close("one"));
    desk.send(close("two"));
    desk.pass(1_500);
    expect(desk.names()).toEqual(["Position/closeContract"]);
    expect(desk.outcomes()).toMatchObject([{ kind: "not-sent" }]);
    desk.answer("Position/closeContract", done({}));
    desk.send(close("three"));
    desk.answer("Position/closeContract", refused(2, "PositionNotFound"));
    expect(desk.outcomes()).toMatchObject([
      { kind: "not-sent" },
      { kind: "done", order: null },
      { kind: "refused", code: "no-position" },
    ]);
  });

  test("part of a position is closed by its size", () => {
    const desk = holding();
    desk.send({ ...close(), kind: "close-part", quantity: contracts(2) });
    expect(desk.last("Position/partialCloseContract").asked).toEqual({
      accountId: NUMBER,
      contractId: MES_ID,
      size: 2,
    });
    desk.answer("Position/partialCloseContract", refused(5, "InvalidCloseSize"));
    expect(desk.outcomes()).toMatchObject([{ kind: "refused", code: "invalid-close-size" }]);
  });

  test.each([
    ["account-not-found", place({ account: "nobody" as typeof ACCOUNT })],
    ["contract-not-found", place({ contract: "XYZZ26" })],
    ["invalid-quantity", place({ quantity: contracts(0) })],
    ["invalid-price", place({ type: "limit" })],
    ["bracket-too-near", place({ bracket: { stopTicks: ticks(3), targetTicks: ticks(28) } })],
    ["order-not-found", cancel(0)],
    ["order-not-found", modify(0, 25_300)],
    ["invalid-quantity", { ...modify(77, null, 0), id: `${STOP}:m` }],
  ])("%s is answered without asking the venue", (code, request) => {
    const desk = settled();
    desk.broker.send(request);
    expect(desk.reports, "nothing from inside send").toEqual([]);
    desk.pass();
    expect(desk.outcomes()).toMatchObject([{ kind: "refused", code }]);
    expect(desk.sent).toEqual([]);
  });

  test("without brackets of the venue an entry with one is refused here", () => {
    const desk = new TopstepxDesk("none");
    desk.send(place({ bracket: { stopTicks: ticks(40), targetTicks: ticks(28) } }));
    expect(desk.outcomes()).toMatchObject([{ kind: "refused", code: "brackets-unsupported" }]);
  });
});

describe("answers", () => {
  test.each([
    [2, "OrderRejected", "Specified custom tag is already in use", "tag-in-use"],
    [
      2,
      "OrderRejected",
      "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets.",
      "brackets-unsupported",
    ],
    [
      2,
      "OrderRejected",
      "Trading is currently unavailable. The instrument is not in an active trading status.",
      "market-closed",
    ],
    [3, "InsufficientFunds", "", "insufficient-funds"],
    [2, "OrderRejected", "Something new", "order-rejected"],
  ])("a refusal %i %s %s is named", (code, name, reason, named) => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", refused(code, name, reason));
    expect(desk.outcomes()).toMatchObject([
      { kind: "refused", code: named, reason: reason === "" ? name : reason },
    ]);
  });

  test("a stop beyond the market is told as such, a limit out of range is not", () => {
    const out = refused(2, "OrderRejected", "Invalid price. Price is outside allowed range.");
    const desk = settled();
    desk.send(place({ role: "stop", type: "stop", price: ticks(25_000), tag: STOP as Tag }));
    desk.answer("Order/place", out);
    desk.send(place({ type: "limit", price: ticks(25_000) }));
    desk.answer("Order/place", out);
    expect(desk.outcomes()).toMatchObject([
      { code: "price-through-market" },
      { code: "invalid-price" },
    ]);
  });

  test("an account that is refused is barred", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", refused(4, "AccountViolation", "daily loss limit"));
    expect(desk.of("barred")).toEqual([
      { kind: "barred", account: ACCOUNT, reason: "daily loss limit" },
    ]);
  });

  test("accepted without a number is unknown, and so is what has no answer", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", done({ orderId: null }));
    desk.send(cancel(5));
    desk.answer("Order/cancel", unknown());
    expect(desk.outcomes()).toMatchObject([{ kind: "unknown" }, { kind: "unknown" }]);
  });

  test("a cancel that is refused because the order is over says so, and tells how it ended", () => {
    const desk = holding();
    const filled = anOrder({ id: 13, type: 1, side: 1, status: 2, fillVolume: 1 });
    desk.orders = [{ ...filled, customTag: `${ENTRY}-TP`, parentOrderId: 11 }];
    desk.send(cancel(13));
    desk.answer("Order/cancel", refused(5, "UnknownError"));
    expect(desk.last("Order/searchById").asked).toMatchObject({ orderId: 13 });
    const told = desk.of("order").map(({ order }) => order.status);
    expect([...new Set(told)]).toEqual(["filled"]);
    expect(desk.outcomes()).toMatchObject([{ kind: "refused", code: "order-terminal" }]);
    desk.reports.length = 0;
    desk.send(cancel(13));
    desk.send(modify(13, 25_300));
    expect(desk.reports, "who asks again has not heard").toMatchObject([
      { kind: "order", order: { status: "filled" } },
      { kind: "answer", outcome: { code: "order-terminal" } },
      { kind: "order", order: { status: "filled" } },
      { kind: "answer", outcome: { code: "order-terminal" } },
    ]);
  });

  test("the words of a refusal stand in the list beside the order they were said of", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", refused(2, "OrderRejected", "Not enough margin."));
    desk.orders = [anOrder({ id: 11, status: 5, customTag: ENTRY })];
    desk.hub?.up();
    desk.look();
    expect(desk.of("snapshot")[0]?.orders[0]).toMatchObject({
      status: "rejected",
      reason: "Not enough margin.",
    });
  });
});

describe("one tag, two orders", () => {
  const rejected = { status: 5, type: 4, side: 1, customTag: STOP } as const;
  const stop = place({ role: "stop", type: "stop", side: "sell", price: ticks(25_260) });
  const inUse = refused(2, "OrderRejected", "Specified custom tag is already in use");
  const again = { ...stop, tag: STOP as Tag, id: STOP };

  test("the words of a refusal come before the event about the refused order", () => {
    const desk = settled();
    desk.send(again);
    desk.order({ id: 21, ...rejected });
    expect(desk.reports).toEqual([]);
    desk.answer("Order/place", refused(2, "OrderRejected", "Not enough margin."));
    expect(desk.reports).toMatchObject([
      { kind: "answer", outcome: { code: "insufficient-funds" } },
      { kind: "order", order: { status: "rejected", reason: "Not enough margin." } },
    ]);
  });

  test("the refused copy of an order that works says nothing about it", () => {
    const desk = settled();
    desk.send(again);
    desk.answer("Order/place", unknown());
    desk.order({ id: 21, ...rejected, status: 1, stopPrice: 6315 });
    desk.send(again);
    desk.order({ id: 22, ...rejected });
    desk.answer("Order/place", inUse);
    desk.orders = [
      anOrder({ id: 21, ...rejected, status: 1, stopPrice: 6315 }),
      anOrder({ id: 22, ...rejected }),
    ];
    desk.look();
    expect(desk.of("order").map(({ order }) => order.status)).toEqual(["working"]);
    expect(desk.of("snapshot")[0]?.orders.map(({ order }) => order)).toEqual(["21"]);
  });

  test("a venue that keeps no refused copies has the first one only, known before or older", () => {
    for (const isKnown of [true, false]) {
      const desk = settled();
      const first = anOrder({ id: 21, ...rejected, creationTimestamp: isoOf(desk.clock.now()) });
      if (isKnown) desk.order(first);
      desk.pass(isKnown ? 100 : 6_000);
      desk.send(again);
      desk.answer("Order/place", inUse);
      desk.orders = [first];
      desk.look();
      expect(desk.of("snapshot")[0]?.orders.map(({ order }) => order)).toEqual(["21"]);
    }
  });

  test("nor is it taken for the first, as long as nobody has told of that one", () => {
    const desk = settled();
    desk.send(again);
    desk.send(again);
    desk.order({ id: 22, ...rejected });
    for (const one of desk.sent) one.answer(one === desk.sent[1] ? inUse : unknown());
    desk.pass();
    expect(desk.of("order")).toEqual([]);
    desk.orders = [anOrder({ id: 21, ...rejected }), anOrder({ id: 22, ...rejected })];
    desk.look();
    expect(desk.of("snapshot")[0]?.orders.map(({ order }) => order)).toEqual(["21"]);
  });
});

describe("silence", () => {
  test("an order that cannot be read first is not moved", () => {
    const desk = settled();
    desk.instead.set("Order/searchById", null);
    desk.send(modify(77, 25_300));
    desk.pass(2_000);
    expect(desk.outcomes()).toMatchObject([{ kind: "not-sent" }]);
    desk.answer("Order/searchById", unknown());
    expect(desk.outcomes()).toHaveLength(1);
  });

  test("a refusal is told after two seconds, whether the order could be read or not", () => {
    const desk = holding();
    desk.instead.set("Order/searchById", null);
    desk.send(cancel(12));
    desk.answer("Order/cancel", refused(2, "OrderNotFound"));
    expect(desk.outcomes()).toEqual([]);
    desk.pass(2_000);
    expect(desk.outcomes()).toMatchObject([{ kind: "refused", code: "order-not-found" }]);
  });

  test("a look that hangs does not keep the next ones waiting, and comes too late itself", () => {
    const desk = holding();
    desk.instead.set("Position/searchOpen", null);
    desk.look();
    const hung = desk.last("Position/searchOpen");
    desk.instead.delete("Position/searchOpen");
    desk.pass(1_000);
    desk.look();
    expect(desk.of("snapshot")).toEqual([]);
    desk.pass(1_000);
    expect(desk.of("snapshot")).toHaveLength(1);
    hung.answer(done({ positions: desk.positions }));
    desk.pass(1_000);
    expect(desk.of("snapshot")).toHaveLength(1);
  });

  test("no more than two look beside each other", () => {
    const desk = holding();
    desk.instead.set("Position/searchOpen", null);
    for (let second = 0; second < 10; second++) {
      desk.look();
      desk.pass(2_000);
    }
    expect(desk.names().filter((name) => name === "Position/searchOpen")).toHaveLength(2);
  });

  test("a fill whose order cannot be read is left to the lists", () => {
    const desk = settled();
    desk.instead.set("Order/searchById", unknown());
    desk.trade({ id: 501, orderId: 12, side: 1 });
    desk.pass(1_000);
    expect(desk.reports).toEqual([]);
    desk.instead.delete("Order/searchById");
    desk.orders = [
      anOrder({ id: 12, type: 4, side: 1, status: 2, fillVolume: 1, customTag: STOP }),
    ];
    desk.trades = [aTrade({ id: 501, orderId: 12, side: 1 })];
    desk.positions = [aPosition(-1)];
    desk.look();
    expect(desk.of("snapshot")[0]?.fills).toMatchObject([{ fill: "501", role: "stop" }]);
  });

  test("an order whose answer was lost is given up as missing after a minute", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", unknown());
    desk.look();
    desk.pass(61_000);
    desk.look();
    desk.pass(10_000);
    desk.sent.length = 0;
    desk.look();
    expect(desk.names()).toEqual(["Position/searchOpen", "Order/v2/query"]);
  });
});

describe("events", () => {
  test("an entry that fills before its answer is told with its tag and role", () => {
    const desk = settled();
    desk.send(place());
    desk.order({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY });
    desk.trade({ id: 501, orderId: 11, price: 6325.25, commissions: 0.25 });
    desk.answer("Order/place", done({ orderId: 11 }));
    expect(desk.reports).toEqual([
      {
        kind: "order",
        account: ACCOUNT,
        order: {
          order: "11",
          tag: ENTRY,
          parent: null,
          role: "entry",
          contract: "MESZ26",
          side: "buy",
          status: "filled",
          price: null,
          quantity: 1,
          filled: 1,
          reason: null,
        },
      },
      {
        kind: "fill",
        account: ACCOUNT,
        fill: {
          fill: "501",
          order: "11",
          tag: ENTRY,
          parent: null,
          role: "entry",
          contract: "MESZ26",
          side: "buy",
          price: 25_301,
          quantity: 1,
          fees: 6_100,
          at: desk.clock.now(),
        },
      },
      { kind: "answer", account: ACCOUNT, id: ENTRY, outcome: { kind: "done", order: "11" } },
    ]);
  });

  test("that an order and its legs were taken is told behind the answer, what they do at once", () => {
    const told = (desk: TopstepxDesk) =>
      desk.reports.map((one) =>
        one.kind === "order" ? `${one.order.order} ${one.order.status}` : one.kind,
      );
    const desk = settled();
    desk.send(place());
    desk.order({ id: 12, type: 4, status: 8, parentOrderId: 11, customTag: `${ENTRY}-SL` });
    desk.order({ id: 11, status: 6, customTag: ENTRY });
    desk.order({ id: 13, type: 1, status: 8, parentOrderId: 11, customTag: `${ENTRY}-TP` });
    expect(told(desk)).toEqual([]);
    desk.order({ id: 12, type: 4, status: 1, parentOrderId: 11, customTag: `${ENTRY}-SL` });
    expect(told(desk)).toEqual(["12 working"]);
    desk.answer("Order/place", unknown());
    expect(told(desk)).toEqual(["12 working", "answer", "11 working", "13 suspended"]);
    desk.order({ id: 14, status: 6, customTag: "by hand" });
    expect(told(desk).at(-1)).toBe("14 working");
  });

  test("what is told twice is reported once, and no order comes back from its end", () => {
    const desk = holding();
    desk.order({ id: 13, type: 1, side: 1, status: 3, customTag: `${ENTRY}-TP` });
    desk.order({ id: 13, type: 1, side: 1, status: 1, customTag: `${ENTRY}-TP` });
    desk.order({ id: 13, type: 1, side: 1, status: 3, customTag: `${ENTRY}-TP` });
    desk.trade({ id: 501, orderId: 11, price: 6325.25 });
    expect(desk.reports).toHaveLength(1);
  });

  test("children are known by their parent, with or without a tag of their own", () => {
    const desk = settled();
    desk.order({ id: 11, status: 2, customTag: ENTRY });
    desk.order({ id: 12, type: 4, status: 8, parentOrderId: 11 });
    desk.order({ id: 13, type: 1, status: 8, customTag: `${ENTRY}-TP` });
    expect(desk.of("order").map(({ order }) => [order.role, order.parent, order.status])).toEqual([
      ["entry", null, "filled"],
      ["stop", ENTRY, "suspended"],
      ["target", ENTRY, "suspended"],
    ]);
  });

  test("a fill waits for its order, which comes a moment later", () => {
    const desk = settled();
    desk.trade({ id: 501, orderId: 12, side: 1 });
    expect(desk.reports).toEqual([]);
    desk.order({ id: 12, type: 4, side: 1, status: 2, customTag: `${ENTRY}-SL` });
    expect(desk.reports.map(({ kind }) => kind)).toEqual(["order", "fill"]);
    expect(desk.of("fill")[0]?.fill).toMatchObject({ role: "stop", parent: ENTRY });
  });

  test("or its order is looked up", () => {
    const desk = settled();
    desk.orders = [anOrder({ id: 12, type: 4, side: 1, status: 2, customTag: `${ENTRY}-SL` })];
    desk.trade({ id: 501, orderId: 12, side: 1 });
    desk.pass(300);
    expect(desk.names()).toEqual(["Order/searchById"]);
    expect(desk.of("fill")[0]?.fill).toMatchObject({ role: "stop", parent: ENTRY });
  });

  test("an order named by the answer only is enough for its fill", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", done({ orderId: 11 }));
    desk.trade({ id: 501, orderId: 11 });
    expect(desk.of("fill")[0]?.fill).toMatchObject({ tag: ENTRY, role: "entry" });
  });

  test("the untagged order after our close is our close", () => {
    const desk = holding();
    desk.send(close());
    desk.order({ id: 20, side: 1, status: 2, fillVolume: 1 });
    desk.trade({ id: 502, orderId: 20, side: 1 });
    expect(desk.of("order")[0]?.order).toMatchObject({ role: "close", tag: null });
    expect(desk.of("fill")[0]?.fill).toMatchObject({ role: "close", tag: null, side: "sell" });
  });

  test("somebody's own order is told as theirs, and its fill as a close by hand", () => {
    const desk = holding();
    desk.order({ id: 20, type: 1, side: 1, limitPrice: 6330 });
    desk.order({ id: 21, type: 1, side: 1, limitPrice: 6330, customTag: "another-program" });
    desk.trade({ id: 502, orderId: 20, side: 1 });
    expect(desk.of("order").map(({ order }) => [order.tag, order.role])).toEqual([
      [null, "entry"],
      ["another-program", "entry"],
    ]);
    expect(desk.of("fill")[0]?.fill).toMatchObject({ role: "close", tag: null });
  });

  test("accounts of this login that are not ours are passed over", () => {
    const desk = settled();
    desk.order({ id: 20, accountId: 999 });
    desk.trade({ id: 502, orderId: 20, accountId: 999 });
    expect(desk.reports).toEqual([]);
  });

  test("a contract nobody knows is told by the venue's own name and without prices", () => {
    const desk = settled();
    desk.order({ id: 20, contractId: "CON.F.US.XYZ.Z26", type: 1, limitPrice: 5 });
    desk.trade({ id: 502, orderId: 20, contractId: "CON.F.US.XYZ.Z26" });
    expect(desk.of("order")[0]?.order).toMatchObject({ contract: "CON.F.US.XYZ.Z26", price: null });
    expect(desk.of("fill")).toEqual([]);
  });

  test("a trade that is taken back counts for nothing", () => {
    const desk = holding();
    desk.trade({ id: 501, orderId: 11, voided: true });
    desk.trade({ id: 501, orderId: 11 });
    desk.trades = [aTrade({ id: 501, orderId: 11, voided: true })];
    desk.positions = [];
    desk.look();
    expect(desk.of("fill")).toEqual([]);
    expect(desk.of("snapshot")).toMatchObject([{ positions: [], fills: [] }]);
  });

  test("an account that may not trade any more is barred", () => {
    const desk = settled();
    const account = { ...desk.accounts[0], canTrade: false, balance: 49_000.5 };
    desk.hub?.news({ kind: "account", account: account as (typeof desk.accounts)[number] });
    expect(desk.of("barred")).toHaveLength(1);
    desk.look();
    expect(desk.of("snapshot")[0]?.balance, "an event may be late").toBe(500_000_000);
  });

  test("cash is asked for again after a fill, until no list can lag behind it", () => {
    const desk = holding();
    const asked: number[] = [];
    for (let second = 0; second < 70; second++) {
      desk.sent.length = 0;
      desk.look();
      if (desk.names().includes("Account/search")) asked.push(second);
      desk.pass(1_000);
    }
    expect(asked).toEqual([5, 10]);
  });

  test("a flat account is not shown with the cash it had before its last fill", () => {
    const desk = holding();
    desk.pass(1_000);
    desk.order({ id: 12, type: 4, side: 1, status: 2, fillVolume: 1, customTag: `${ENTRY}-SL` });
    desk.trade({ id: 502, orderId: 12, side: 1 });
    desk.order({ id: 13, type: 1, side: 1, status: 3, customTag: `${ENTRY}-TP` });
    desk.positions = [];
    desk.orders = [];
    desk.instead.set("Account/search", unknown());
    desk.look();
    expect(desk.names().filter((name) => name === "Account/search")).toHaveLength(3);
    expect(desk.of("snapshot")).toEqual([]);
    desk.instead.delete("Account/search");
    desk.pass(1);
    desk.look();
    expect(desk.of("snapshot")).toHaveLength(1);
  });

  test("nor with cash asked for in the very millisecond of that fill", () => {
    const desk = holding();
    desk.pass(1_000);
    desk.look();
    desk.pass(60_000);
    desk.look();
    desk.order({ id: 12, type: 4, side: 1, status: 2, fillVolume: 1, customTag: `${ENTRY}-SL` });
    desk.trade({ id: 502, orderId: 12, side: 1 });
    desk.order({ id: 13, type: 1, side: 1, status: 3, customTag: `${ENTRY}-TP` });
    desk.positions = [];
    desk.orders = [];
    desk.instead.set("Account/search", unknown());
    desk.reports.length = 0;
    desk.look();
    expect(desk.of("snapshot")).toEqual([]);
  });

  test("two programs on one key bar every account", () => {
    const desk = settled();
    desk.hub?.contested("another program");
    expect(desk.of("barred").map(({ account }) => account)).toEqual([ACCOUNT, OTHER]);
  });
});

describe("the link", () => {
  test("is down until the hub is up, and says so for every account", () => {
    const desk = new TopstepxDesk();
    desk.pass();
    desk.hub?.up();
    desk.hub?.down("dropped");
    expect(desk.of("link").map(({ account, state }) => `${account} ${state}`)).toEqual([
      "101 down",
      "102 down",
      "101 up",
      "102 up",
      "101 down",
      "102 down",
    ]);
  });

  test("is up from the start if the hub is", () => {
    const desk = new TopstepxDesk();
    desk.hub?.up();
    desk.pass();
    expect(desk.of("link").map(({ state }) => state)).toEqual(["up", "up"]);
  });

  test("after a gap everything is read anew", () => {
    const desk = holding();
    desk.look();
    expect(desk.names()).toEqual(["Position/searchOpen", "Order/v2/query"]);
    desk.sent.length = 0;
    desk.hub?.up();
    desk.look();
    expect(desk.names()).toContain("Trade/search");
    expect(desk.names()).toContain("Order/search");
  });
});

describe("a venue that answers nothing while its hub lives", () => {
  const READS = [
    ...(["Account/search", "Position/searchOpen", "Order/v2/query"] as const),
    ...(["Order/search", "Order/searchById", "Trade/search"] as const),
  ];

  function unanswered(): TopstepxDesk {
    const desk = holding();
    for (const name of READS) desk.instead.set(name, unknown());
    return desk;
  }
  function lookedAt(desk: TopstepxDesk, seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      desk.look();
      desk.pass(1_000);
    }
  }
  const links = (desk: TopstepxDesk) =>
    desk.of("link").map(({ account, state }) => `${account} ${state}`);

  test("is down after fifteen seconds, for every account, and up with its first answer", () => {
    const desk = unanswered();
    lookedAt(desk, 15);
    expect(links(desk)).toEqual([]);
    lookedAt(desk, 10);
    expect(links(desk)).toEqual(["101 down", "102 down"]);
    desk.instead.clear();
    lookedAt(desk, 5);
    expect(links(desk)).toEqual(["101 down", "102 down", "101 up", "102 up"]);
    expect(desk.of("snapshot").length).toBeGreaterThan(0);
  });

  test("is not, where it says no, or where nobody asked", () => {
    const desk = unanswered();
    desk.instead.set("Order/v2/query", refused(1, "no"));
    lookedAt(desk, 30);
    expect(links(desk)).toEqual([]);
    const quiet = unanswered();
    lookedAt(quiet, 1);
    quiet.pass(60_000);
    expect(links(quiet)).toEqual([]);
  });

  test("stays down with a hub that goes and comes meanwhile", () => {
    const desk = unanswered();
    lookedAt(desk, 20);
    desk.hub?.down("dropped");
    desk.hub?.up();
    expect(links(desk)).toEqual(["101 down", "102 down"]);
    desk.instead.clear();
    desk.hub?.down("dropped");
    lookedAt(desk, 5);
    expect(links(desk)).toEqual(["101 down", "102 down"]);
    desk.hub?.up();
    expect(links(desk)).toEqual(["101 down", "102 down", "101 up", "102 up"]);
  });
});

describe("a hub that is connected and deaf", () => {
  /** A trade long after the hub came up stands in the lists. */
  function withTrade(): TopstepxDesk {
    const desk = settled();
    const creationTimestamp = isoOf(desk.clock.now());
    desk.orders = [
      anOrder({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY, creationTimestamp }),
    ];
    desk.trades = [aTrade({ id: 501, orderId: 11, creationTimestamp })];
    desk.positions = [aPosition(1)];
    desk.look();
    expect(desk.of("snapshot")).toHaveLength(1);
    return desk;
  }

  test("is given three seconds to tell of a trade that is listed, and then a new connection", () => {
    const desk = withTrade();
    desk.pass(2_999);
    expect(desk.restarts).toBe(0);
    desk.pass(1);
    expect(desk.restarts).toBe(1);
  });

  test("has heard, if it tells of it in time", () => {
    const desk = withTrade();
    desk.trade({ id: 501, orderId: 11 });
    desk.pass(5_000);
    expect(desk.restarts).toBe(0);
  });

  test("cannot tell what was before it came up", () => {
    const desk = new TopstepxDesk();
    desk.trades = [aTrade({ id: 501, orderId: 11 })];
    desk.orders = [anOrder({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY })];
    desk.hub?.up();
    desk.pass(10);
    desk.look();
    desk.pass(10_000);
    expect(desk.restarts).toBe(0);
  });

  test("gets a new connection once in half a minute at most", () => {
    const desk = withTrade();
    desk.pass(3_000);
    desk.trades.push(aTrade({ id: 502, orderId: 11, creationTimestamp: isoOf(desk.clock.now()) }));
    desk.hub?.news({ kind: "position", position: aPosition(2) });
    desk.pass(1_000);
    desk.look();
    desk.pass(5_000);
    expect(desk.restarts).toBe(1);
  });
});

describe("looking", () => {
  test("the first look reads everything, the next two lists", () => {
    const desk = new TopstepxDesk();
    desk.pass();
    desk.reports.length = 0;
    desk.look();
    expect(desk.names().toSorted()).toEqual([
      "Account/search",
      "Order/search",
      "Order/v2/query",
      "Position/searchOpen",
      "Trade/search",
    ]);
    expect(desk.of("snapshot")).toEqual([
      {
        kind: "snapshot",
        account: ACCOUNT,
        askedAt: NOON,
        orders: [],
        positions: [],
        fills: [],
        balance: 500_000_000,
      },
    ]);
    desk.sent.length = 0;
    desk.pass(1_000);
    desk.look();
    expect(desk.names()).toEqual(["Position/searchOpen", "Order/v2/query"]);
    expect(desk.of("snapshot")).toHaveLength(2);
  });

  test("a list that could not be read is no empty list", () => {
    for (const name of ["Position/searchOpen", "Order/v2/query"] as const) {
      const desk = holding();
      desk.instead.set(name, unknown());
      desk.look();
      expect(desk.of("snapshot")).toEqual([]);
    }
  });

  test("without a balance there is no snapshot", () => {
    const desk = new TopstepxDesk();
    desk.instead.set("Account/search", unknown());
    desk.look();
    desk.pass(5_000);
    expect(desk.of("snapshot")).toEqual([]);
  });

  test("cash from before a fill is asked for anew, where its event was lost", () => {
    const desk = settled();
    desk.pass(1_000);
    desk.order({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY });
    desk.trade({ id: 501, orderId: 11 });
    desk.positions = [aPosition(1)];
    desk.sent.length = 0;
    desk.pass(1);
    desk.look();
    expect(desk.names()).toContain("Account/search");
    desk.pass(1_000);
    desk.sent.length = 0;
    desk.look();
    expect(desk.names()).not.toContain("Account/search");
  });

  test("who asks twice while it waits or is looked at gets no more than one look each", () => {
    const desk = settled();
    for (let count = 0; count < 3; count++) desk.broker.ask(ACCOUNT, millis(NOON - 60_000));
    desk.pass();
    expect(desk.of("snapshot")).toHaveLength(1);
    desk.pass(3_000);
    expect(desk.of("snapshot")).toHaveLength(2);
  });

  test("flat and quiet accounts have a turn every three seconds, all of them together", () => {
    const desk = settled();
    desk.look(OTHER);
    desk.pass(30_000);
    desk.reports.length = 0;
    for (let second = 0; second <= 12; second += 1) {
      desk.look(second % 2 === 0 ? ACCOUNT : OTHER);
      desk.pass(1_000);
    }
    expect(desk.of("snapshot").map(({ account }) => account)).toEqual([
      ...[ACCOUNT, OTHER, ACCOUNT, OTHER, ACCOUNT],
    ]);
  });

  test("but not one of which there is news, or of which something was asked", () => {
    const desk = settled();
    desk.look();
    desk.pass(100);
    desk.reports.length = 0;
    desk.look();
    expect(desk.of("snapshot")).toEqual([]);
    desk.send(cancel(99));
    desk.look();
    expect(desk.of("snapshot")).toHaveLength(1);
    desk.reports.length = 0;
    desk.pass(100);
    desk.order({ id: 77, status: 3 });
    desk.look();
    expect(desk.of("snapshot")).toHaveLength(1);
  });

  test("a fill that was not told is found by the position, with its trade", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", done({ orderId: 11 }));
    desk.orders = [anOrder({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY })];
    desk.trades = [aTrade({ id: 501, orderId: 11 })];
    desk.positions = [aPosition(1)];
    desk.look();
    expect(desk.of("snapshot")[0]).toMatchObject({
      orders: [{ tag: ENTRY, status: "filled" }],
      positions: [{ contract: "MESZ26", net: 1 }],
      fills: [{ fill: "501", tag: ENTRY }],
    });
  });

  test("a stop that was filled unheard is found, with what it did", () => {
    const desk = holding();
    const [entry, stop, target] = desk.orders;
    desk.orders = [entry, { ...stop, status: 2, fillVolume: 1 }, { ...target, status: 3 }] as never;
    desk.trades = [
      ...desk.trades,
      aTrade({ id: 502, orderId: 12, side: 1, creationTimestamp: isoOf(desk.clock.now()) }),
    ];
    desk.positions = [];
    desk.look();
    expect(desk.names().toSorted()).toEqual([
      "Order/search",
      "Order/v2/query",
      "Position/searchOpen",
      "Trade/search",
    ]);
    // Not with the cash of the moment in which it was found.
    expect(desk.of("snapshot")).toEqual([]);
    desk.pass(1);
    desk.look();
    expect(desk.of("snapshot")[0]).toMatchObject({ positions: [] });
    expect(desk.of("snapshot")[0]?.fills.map(({ fill }) => fill)).toEqual(["501", "502"]);
  });

  test("a list older than what was told is no truth: it is read again", () => {
    const desk = holding();
    desk.positions = [];
    desk.look();
    expect(desk.of("snapshot")).toEqual([]);
    desk.positions = [aPosition(1)];
    desk.pass(250);
    expect(desk.of("snapshot")).toMatchObject([
      { positions: [{ net: 1 }], askedAt: desk.clock.now() },
    ]);
  });

  test("a list that stays so for ten seconds is", () => {
    const desk = holding();
    desk.positions = [];
    for (let second = 0; second < 9; second++) {
      desk.look();
      desk.pass(1_000);
    }
    expect(desk.of("snapshot")).toEqual([]);
    for (let second = 0; second < 8; second++) {
      desk.look();
      desk.pass(1_000);
    }
    expect(desk.of("snapshot")[0]).toMatchObject({ positions: [] });
  });

  test("an order that no list shows any more is asked for by its number", () => {
    const desk = holding();
    desk.pass(10);
    const stop = desk.orders.find(({ id }) => id === 12);
    desk.orders = desk.orders.filter(({ id }) => id !== 12);
    desk.instead.set(
      "Order/searchById",
      done({ order: stop === undefined ? null : { ...stop, status: 3 } }),
    );
    desk.look();
    expect(desk.last("Order/searchById").asked).toMatchObject({ orderId: 12 });
    const orders = desk.of("snapshot")[0]?.orders ?? [];
    expect(orders.find(({ order }) => order === "12")?.status).toBe("cancelled");
  });

  test("a stop moved by hand unheard is believed when two lists say so", () => {
    const desk = holding();
    desk.pass(10);
    desk.orders = desk.orders.map((one) => (one.id === 12 ? { ...one, stopPrice: 6318 } : one));
    desk.look();
    expect(desk.of("snapshot")).toEqual([]);
    desk.pass(250);
    const orders = desk.of("snapshot")[0]?.orders ?? [];
    expect(orders.find(({ order }) => order === "12")?.price).toBe(25_272);
  });

  test("lists of more than a hundred orders are read to their end", () => {
    const desk = settled();
    const many = Array.from({ length: 101 }, (_, at) => anOrder({ id: 100 + at }));
    const pages = [many.slice(0, 100), many.slice(100)];
    desk.instead.set("Order/v2/query", null);
    desk.orders = many;
    desk.look();
    desk.answer("Order/v2/query", done({ orders: pages[0] }));
    expect(desk.last("Order/v2/query").asked).toMatchObject({ pageOffset: 100, pageSize: 100 });
    desk.answer("Order/v2/query", done({ orders: pages[1] }));
    expect(desk.of("snapshot")[0]?.orders).toHaveLength(101);
  });

  test("a stop whose answer was lost is looked for at once, and told when it is found", () => {
    const desk = settled();
    desk.send(place({ role: "stop", type: "stop", price: ticks(25_260), tag: STOP as Tag }));
    desk.instead.set("Order/search", null);
    desk.answer("Order/place", unknown());
    expect(desk.last("Order/search").urgency).toBe("protect");
    desk.instead.delete("Order/search");
    desk.orders = [anOrder({ id: 21, type: 4, side: 1, stopPrice: 6315, customTag: STOP })];
    desk.answer("Order/search", unknown());
    expect(desk.of("order").map(({ order }) => [order.tag, order.status])).toEqual([
      [STOP, "working"],
    ]);
  });

  test("a change the hub does not tell of is read back within half a second", () => {
    const desk = holding();
    const stop = { id: 12, type: 4, side: 1, stopPrice: 6315.5, customTag: `${ENTRY}-SL` };
    desk.order({ ...stop, parentOrderId: 11, updateTimestamp: isoOf(NOON) });
    desk.reports.length = 0;
    desk.send(modify(12, 25_265));
    desk.answer("Order/modify", done({}));
    const moved = desk.orders.map((one) => (one.id === 12 ? { ...one, stopPrice: 6316.25 } : one));
    desk.orders = moved.map((one) => ({ ...one, updateTimestamp: isoOf(desk.clock.now()) }));
    desk.pass(399);
    expect(desk.names()).toEqual(["Order/modify"]);
    desk.pass(1);
    expect(desk.sent.slice(1).map(({ name, urgency }) => [name, urgency])).toEqual([
      ["Order/v2/query", "check"],
    ]);
    expect(desk.of("order").map(({ order }) => [order.order, order.price])).toEqual([
      ["12", ticks(25_265)],
    ]);
  });

  test("one the hub tells of is not", () => {
    const desk = holding();
    desk.send(modify(12, 25_265));
    desk.answer("Order/modify", done({}));
    const stop = { id: 12, type: 4, side: 1, stopPrice: 6316.25, customTag: `${ENTRY}-SL` };
    desk.order({ ...stop, parentOrderId: 11, updateTimestamp: isoOf(desk.clock.now()) });
    desk.pass(5_000);
    expect(desk.names()).toEqual(["Order/modify"]);
  });

  test("an entry that filled unheard is told with its trade, before anybody asks", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", done({ orderId: 11 }));
    const now = isoOf(desk.clock.now());
    const filled = { id: 11, status: 2, fillVolume: 1, customTag: ENTRY, creationTimestamp: now };
    desk.orders = [anOrder(filled)];
    desk.trades = [aTrade({ id: 501, orderId: 11, creationTimestamp: now })];
    desk.pass(401);
    const found = ["Order/v2/query", "Order/searchById", "Trade/search"];
    expect(desk.names().slice(1)).toEqual(found);
    expect(desk.of("order").map(({ order }) => [order.tag, order.status])).toEqual([
      [ENTRY, "filled"],
    ]);
    expect(desk.of("fill").map(({ fill }) => [fill.fill, fill.role])).toEqual([["501", "entry"]]);
  });

  const stop = { id: 12, type: 4, side: 1, stopPrice: 6315.25, parentOrderId: 11 };

  /** An entry of ours fills, and nobody tells of its stop. */
  function bare(): TopstepxDesk {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", done({ orderId: 11 }));
    desk.order({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY });
    desk.trade({ id: 501, orderId: 11, price: 6325.25 });
    const creationTimestamp = isoOf(desk.clock.now());
    desk.orders = [anOrder({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY })];
    desk.trades = [aTrade({ id: 501, orderId: 11, price: 6325.25, creationTimestamp })];
    desk.positions = [aPosition(1)];
    desk.sent.length = 0;
    return desk;
  }

  test("a stop that nobody tells of is looked for half a second after the fill, before all else", () => {
    const desk = bare();
    desk.pass(399);
    expect(desk.sent).toEqual([]);
    desk.pass(1);
    const [first] = desk.sent;
    expect(first).toMatchObject({ name: "Position/searchOpen", urgency: "rescue" });
    expect(desk.of("snapshot")).toHaveLength(1);
  });

  test.each([
    ["none", "rescue"],
    ["native", "check"],
  ] as const)(
    "with brackets %s an entry that was taken and not told of is a matter of %s",
    (brackets, urgency) => {
      const desk = new TopstepxDesk(brackets);
      desk.settle();
      desk.send(place());
      desk.answer("Order/place", done({ orderId: 11 }));
      desk.orders = [anOrder({ id: 11, customTag: ENTRY })];
      desk.sent.length = 0;
      desk.pass(400);
      expect(desk.sent.map((one) => [one.name, one.urgency])).toEqual([
        ["Order/v2/query", urgency],
      ]);
    },
  );

  test("the price of a fill that is known is asked for before whatever else only looks", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", done({ orderId: 11 }));
    desk.order({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY });
    desk.sent.length = 0;
    desk.pass(400);
    expect(desk.sent.map((one) => [one.name, one.urgency])).toEqual([["Trade/search", "rescue"]]);
  });

  test("of two that are missing at nearly the same time one list tells", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", done({ orderId: 11 }));
    desk.pass(50);
    const second = ENTRY.replace("e1", "e2") as Tag;
    desk.send(place({ id: second, tag: second }));
    desk.answer("Order/place", done({ orderId: 12 }));
    desk.orders = [11, 12].map((id) => anOrder({ id, customTag: id === 11 ? ENTRY : second }));
    desk.sent.length = 0;
    desk.pass(1_000);
    expect(desk.names()).toEqual(["Order/v2/query"]);
  });

  test.each([
    ["covers it", stop, 0],
    ["covers half of it", { ...stop, size: 2, fillVolume: 2 }, 1],
    ["is of the other side", { ...stop, side: 0 }, 1],
    ["waits for its entry", { ...stop, status: 8 }, 1],
    ["is a limit", { ...stop, type: 1 }, 1],
    ["is of another contract", { ...stop, contractId: "CON.F.US.MNQ.Z26" }, 1],
  ])("or not, when one that %s was told of", (_, told, looks) => {
    const desk = bare();
    desk.order({ ...told, customTag: `${ENTRY}-SL` });
    desk.pass(400);
    expect(desk.names().filter((name) => name === "Position/searchOpen")).toHaveLength(looks);
  });

  test.each([
    ["a part, which may have taken all stops with it", 1, ["Position/searchOpen", "rescue"]],
    ["all of it, which leaves nothing to cover", 2, undefined],
  ])("what is left is looked at after a close of %s", (_, part, look) => {
    const desk = settled();
    desk.orders = [
      anOrder({ id: 11, status: 2, size: 2, fillVolume: 2, customTag: ENTRY }),
      anOrder({ ...stop, size: 2, customTag: `${ENTRY}-SL` }),
    ];
    desk.trades = [aTrade({ id: 501, orderId: 11, size: 2 })];
    desk.positions = [aPosition(2)];
    for (const order of desk.orders) desk.order(order);
    for (const trade of desk.trades) desk.trade(trade);
    desk.pass(1_000);
    desk.look();
    expect(desk.of("snapshot")).toHaveLength(1);
    desk.send({ ...close(), kind: "close-part", quantity: contracts(part) });
    desk.answer("Position/partialCloseContract", done({}));
    desk.order({ id: 21, type: 2, side: 1, size: part, status: 2, fillVolume: part });
    desk.trade({ id: 502, orderId: 21, side: 1, size: part });
    desk.sent.length = 0;
    desk.pass(400);
    const [first] = desk.sent;
    expect(first && [first.name, first.urgency]).toEqual(look);
  });

  test("as long as it lacks one its looks do not wait for those that only look", () => {
    const desk = bare();
    desk.pass(400);
    for (const [wait, urgency] of [
      [14_999, "rescue"],
      [1, "check"],
    ] as const) {
      desk.pass(wait);
      desk.sent.length = 0;
      desk.look();
      expect(desk.sent[0]).toMatchObject({ name: "Position/searchOpen", urgency });
    }
  });

  test("an order whose answer takes more than a second is looked for, as it may have filled", () => {
    const desk = settled();
    desk.send(place());
    desk.pass(999);
    expect(desk.names()).toEqual(["Order/place"]);
    desk.orders = [
      anOrder({ id: 11, customTag: ENTRY, creationTimestamp: isoOf(desk.clock.now()) }),
    ];
    desk.pass(1);
    expect(desk.names()).toEqual(["Order/place", "Order/search"]);
    expect(desk.of("order").map(({ order }) => order.tag)).toEqual([ENTRY]);
  });

  test("an order that waits for its turn is not looked for: it cannot be anywhere yet", () => {
    const desk = settled();
    desk.isBudgetLeft = false;
    desk.send(place());
    desk.pass(5_000);
    expect(desk.names()).toEqual(["Order/place"]);
  });

  test("several of them are looked for at once, and once more after that", () => {
    const desk = settled();
    desk.instead.set("Order/search", null);
    for (const tag of [ENTRY, STOP, `${STOP}2`]) desk.send(place({ tag: tag as Tag }));
    desk.pass(1_000);
    const searches = () => desk.sent.filter(({ name }) => name === "Order/search");
    expect(searches()).toHaveLength(1);
    desk.instead.delete("Order/search");
    desk.answer("Order/search", unknown());
    expect(searches()).toHaveLength(2);
  });

  test("but not one that was told of meanwhile", () => {
    const desk = settled();
    desk.send(place());
    desk.order({ id: 11, customTag: ENTRY });
    desk.pass(2_000);
    expect(desk.names()).toEqual(["Order/place"]);
  });

  test("nor does that look wait for one that began before, or for those of others", () => {
    const desk = bare();
    desk.instead.set("Position/searchOpen", null);
    desk.look(OTHER);
    desk.look();
    desk.sent.length = 0;
    desk.trade({ id: 502, orderId: 11, price: 6325.25 });
    desk.pass(400);
    expect(desk.names().filter((name) => name === "Position/searchOpen")).toHaveLength(1);
    desk.look();
    expect(desk.names().filter((name) => name === "Position/searchOpen")).toHaveLength(1);
  });

  test("nobody looks whom nobody ever asked", () => {
    const desk = new TopstepxDesk();
    desk.hub?.up();
    desk.order({ id: 11, status: 2, fillVolume: 1, customTag: ENTRY });
    desk.trade({ id: 501, orderId: 11 });
    desk.pass(1_000);
    expect(desk.sent).toEqual([]);
  });

  test("a close whose fill nobody tells of is found by its trade", () => {
    const desk = holding();
    desk.send(close());
    desk.answer("Position/closeContract", done({}));
    const now = isoOf(desk.clock.now());
    const end = { id: 14, side: 1, creationTimestamp: now };
    desk.orders = [...desk.orders, anOrder({ ...end, status: 2, fillVolume: 1 })];
    desk.trades = [...desk.trades, aTrade({ ...end, id: 502, orderId: 14 })];
    desk.pass(1_000);
    expect(desk.names()).toContain("Trade/search");
    expect(desk.of("fill").map(({ fill }) => [fill.fill, fill.role])).toEqual([["502", "close"]]);
  });

  test("a close of what nobody holds asks for no trades", () => {
    const desk = settled();
    desk.send(close());
    desk.answer("Position/closeContract", done({}));
    desk.pass(1_000);
    expect(desk.names()).toEqual(["Position/closeContract"]);
  });

  test("an order whose answer was lost is looked for in all lists until it is found", () => {
    const desk = settled();
    desk.send(place());
    desk.answer("Order/place", unknown());
    desk.sent.length = 0;
    for (let second = 0; second < 3; second++) {
      desk.look();
      desk.pass(2_000);
    }
    expect(desk.names().filter((name) => name === "Order/search")).toHaveLength(3);
    desk.orders = [anOrder({ id: 11, type: 1, limitPrice: 6320, customTag: ENTRY })];
    desk.look();
    desk.pass(2_000);
    desk.sent.length = 0;
    desk.look();
    expect(desk.names()).toEqual(["Position/searchOpen", "Order/v2/query"]);
    expect(desk.of("snapshot").at(-1)?.orders).toMatchObject([{ tag: ENTRY, status: "working" }]);
  });

  test("at a start all are looked at beside each other: nobody knows who lacks a stop", () => {
    const desk = settled();
    desk.instead.set("Position/searchOpen", null);
    desk.look();
    desk.instead.delete("Position/searchOpen");
    desk.look(OTHER);
    expect(desk.of("snapshot").map(({ account }) => account)).toEqual([OTHER]);
  });

  test("accounts are looked at one after the other, news come first", () => {
    const desk = settled();
    desk.settle(OTHER);
    desk.instead.set("Position/searchOpen", null);
    desk.look();
    desk.instead.delete("Position/searchOpen");
    desk.look();
    desk.look(OTHER);
    desk.orders = [anOrder({ id: 5, accountId: NUMBER + 1 })];
    for (const order of desk.orders) desk.hub?.news({ kind: "order", order });
    expect(desk.of("snapshot")).toEqual([]);
    desk.answer("Position/searchOpen", done({ positions: [] }));
    expect(desk.of("snapshot").map(({ account }) => account)).toEqual([ACCOUNT, OTHER, ACCOUNT]);
  });

  test("a position that differs from what was heard asks for a thorough look", () => {
    const desk = holding();
    desk.hub?.news({ kind: "position", position: aPosition(1) });
    desk.pass(300);
    desk.look();
    expect(desk.names()).not.toContain("Trade/search");
    desk.hub?.news({ kind: "position", position: aPosition(2) });
    desk.pass(300);
    desk.look();
    expect(desk.names()).toContain("Trade/search");
  });

  test("a position that was told anew meanwhile asks for nothing", () => {
    const desk = holding();
    desk.hub?.news({ kind: "position", position: aPosition(2) });
    desk.pass(100);
    desk.hub?.news({ kind: "position", position: aPosition(1) });
    desk.pass(1_000);
    desk.look();
    expect(desk.names()).not.toContain("Trade/search");
    // The last word counts.
    desk.hub?.news({ kind: "position", position: aPosition(1) });
    desk.pass(100);
    desk.hub?.news({ kind: "position", position: aPosition(2) });
    desk.pass(300);
    desk.look();
    expect(desk.names()).toContain("Trade/search");
  });

  test("nothing is said after the end", () => {
    const desk = settled();
    desk.broker.ask(ACCOUNT, millis(0));
    desk.broker.close();
    desk.pass(1_000);
    desk.look();
    expect(desk.reports).toEqual([]);
  });
});
