/** New orders: what is taken, what is refused, in which words, and what a refusal leaves behind. */
import { describe, expect, test } from "vitest";
import { PRACTICE_ACCOUNT, REAL_DELAYS } from "../../../../src/shell/topstepx-sim/settings.ts";
import { ACCOUNT, rowIn, type StandInDesk, standInDesk } from "../../../kit/stand-in.ts";

const LONG = {
  stopLossBracket: { ticks: -40, type: 4 },
  takeProfitBracket: { ticks: 28, type: 1 },
};
const SHORT = {
  side: 1,
  stopLossBracket: { ticks: 40, type: 4 },
  takeProfitBracket: { ticks: -28, type: 1 },
};

function openDesk(more: Parameters<typeof standInDesk>[0] = {}): StandInDesk {
  const desk = standInDesk(more);
  desk.price(6300);
  return desk;
}

/** Code and words of a refusal. */
const saidTo = (desk: StandInDesk, order: object): readonly unknown[] => {
  const { success, errorCode, errorMessage, orderId } = desk.place(order);
  expect(success).toBe(false);
  expect(orderId === null ? null : desk.order(orderId).status).toBe(orderId === null ? null : 5);
  return [errorCode, errorMessage];
};

test("a market order fills at the other side of the book, with a number and a tag", () => {
  const desk = openDesk();
  const placed = desk.place({ size: 2, customTag: "a" });
  expect(placed).toEqual({
    orderId: 3_400_000_001,
    success: true,
    errorCode: 0,
    errorMessage: null,
  });
  expect(desk.order(placed.orderId)).toEqual({
    id: 3_400_000_001,
    accountId: ACCOUNT,
    contractId: "CON.F.US.MES.Z26",
    symbolId: "F.US.MES",
    creationTimestamp: "2026-11-20T15:00:00.000000+00:00",
    updateTimestamp: "2026-11-20T15:00:00.000000+00:00",
    status: 2,
    type: 2,
    side: 0,
    size: 2,
    limitPrice: null,
    stopPrice: null,
    fillVolume: 2,
    filledPrice: 6300.5,
    customTag: "a",
  });
});

test("S1 a refused order is stored, heard of a little later, and has a number", () => {
  const desk = openDesk({ delays: REAL_DELAYS });
  const { heard } = desk.follow();
  const refused = desk.place({ customTag: "a", type: 1, limitPrice: 6290.1 });
  expect(refused).toEqual({
    orderId: expect.any(Number),
    success: false,
    errorCode: 2,
    errorMessage: "Invalid limit price. Price is not aligned to tick size.",
  });
  expect(heard).toEqual([]);
  desk.advance(2);
  expect(heard.map(rowIn)).toMatchObject([
    { id: refused.orderId, status: 5, fillVolume: 0, customTag: "a" },
  ]);
  expect(JSON.stringify(heard)).not.toContain("aligned");
  expect(desk.net()).toBe(0);
});

test("S2 a tag is used once for ever: by refused orders, by legs, not by other accounts", () => {
  const other = { ...PRACTICE_ACCOUNT, id: 102, name: "PRAC-2" };
  const desk = openDesk({ accounts: [PRACTICE_ACCOUNT, other] });
  const inUse = [2, "Specified custom tag is already in use"];
  desk.place({ customTag: "refused", type: 1, limitPrice: 6290.1 });
  expect(saidTo(desk, { customTag: "refused" })).toEqual(inUse);
  desk.place({ ...LONG, customTag: "e" });
  for (const customTag of ["e", "e-SL", "e-TP"]) expect(saidTo(desk, { customTag })).toEqual(inUse);
  const before = desk.orders().length;
  expect(desk.place({ customTag: "e" }).orderId).toBeNull();
  expect(desk.orders()).toHaveLength(before);
  expect(desk.place({ customTag: "e", accountId: 102 }).success).toBe(true);
  // A leg's name that is taken keeps its entry out.
  desk.place({ customTag: "f-SL" });
  expect(saidTo(desk, { ...LONG, customTag: "f" })).toEqual(inUse);
  expect(desk.place({ customTag: "f" }).success).toBe(true);
});

test("an order without a tag has legs without one", () => {
  const desk = openDesk();
  const { orderId } = desk.place({ ...LONG, customTag: "" });
  const tags = [0, 1, 2].map((n) => desk.order(orderId + n).customTag);
  expect(tags).toEqual([null, null, null]);
  expect(desk.place(LONG).success).toBe(true);
});

test("S3 an account with Position Brackets refuses any bracket field", () => {
  const desk = openDesk();
  expect(desk.venue.setAccount(ACCOUNT, { bracketMode: "position" })).toBe(true);
  const words =
    "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets.";
  expect(saidTo(desk, LONG)).toEqual([2, words]);
  expect(saidTo(desk, { stopLossBracket: LONG.stopLossBracket })).toEqual([2, words]);
  expect(saidTo(desk, { takeProfitBracket: LONG.takeProfitBracket })).toEqual([2, words]);
  expect(desk.place().success).toBe(true);
  expect(desk.venue.setAccount(404, {})).toBe(false);
});

describe("S4 brackets are signed, far enough, and of the right type", () => {
  test.each([
    [
      "Invalid stop loss ticks (40). Ticks should be less than zero when longing.",
      0,
      [40, 4],
      [28, 1],
    ],
    [
      "Invalid stop loss ticks (0). Ticks should be less than zero when longing.",
      0,
      [0, 4],
      [28, 1],
    ],
    [
      "Invalid take profit ticks (426). Ticks should be less than zero when going short.",
      1,
      [40, 4],
      [426, 1],
    ],
    [
      "Invalid stop loss ticks (-50). Stop loss tick value should be at least 4 ticks.",
      1,
      [-50, 4],
      [-28, 1],
    ],
    [
      "Invalid stop loss ticks (-3). Stop loss tick value should be at least 4 ticks.",
      0,
      [-3, 4],
      [28, 1],
    ],
    ["Invalid stop loss type (Limit)", 0, [-40, 1], [28, 1]],
    ["Invalid stop loss type (Unknown)", 0, [-40, 77], [28, 1]],
    [
      "Invalid take profit ticks (-28). Ticks should be greater than zero when longing.",
      0,
      [-40, 4],
      [-28, 1],
    ],
    [
      "Invalid take profit ticks (3). Take profit tick value should be at least 4 ticks.",
      0,
      [-40, 4],
      [3, 1],
    ],
    ["Invalid take profit type (Stop)", 0, [-40, 4], [28, 4]],
  ] as const)("%s", (words, side, [stop, stopType], [target, targetType]) => {
    const desk = openDesk();
    const order = {
      side,
      stopLossBracket: { ticks: stop, type: stopType },
      takeProfitBracket: { ticks: target, type: targetType },
    };
    expect(saidTo(desk, order)).toEqual([2, words]);
    expect(desk.net()).toBe(0);
  });

  test("signed as they should be they are taken, one alone as well", () => {
    const desk = openDesk();
    expect(desk.place(LONG).success).toBe(true);
    expect(desk.place(SHORT).success).toBe(true);
    const { orderId } = desk.place({ takeProfitBracket: LONG.takeProfitBracket });
    expect(desk.order(orderId + 1)).toMatchObject({ type: 1, status: 1, parentOrderId: orderId });
    expect(desk.order(orderId + 1)).not.toHaveProperty("linkedOrderId");
    const stopOnly = desk.place({ stopLossBracket: LONG.stopLossBracket }).orderId;
    expect(desk.orders().filter((one) => one.parentOrderId === stopOnly)).toMatchObject([
      { type: 4, status: 1 },
    ]);
  });
});

describe("S5 prices lie on the tick grid", () => {
  test.each([
    ["Invalid limit price. Price is not aligned to tick size.", { type: 1, limitPrice: 6290.1 }],
    ["Invalid stop price. Price is not aligned to tick size.", { type: 4, stopPrice: 6310.13 }],
    ["Invalid trail price. Price is not aligned to tick size.", { type: 5, trailPrice: 6310.1 }],
    ["Invalid price. Price is outside allowed range.", { type: 1, limitPrice: 63 }],
    ["Invalid price. Price is outside allowed range.", { type: 4, stopPrice: 6290 }],
    ["Trail Distance not set.", { type: 5 }],
    ["Trail Distance not set.", { type: 5, trailPrice: 6300 }],
    ["Trail Distance exceeds maximum (1000)", { type: 5, trailPrice: 6000 }],
    ["Order requires a price.", { type: 1 }],
    ["Order requires a price.", { type: 4 }],
    ["Invalid order type.", { type: 3, limitPrice: 6300, stopPrice: 6300 }],
    ["Invalid order side.", { side: 2 }],
    ["Invalid order size.", { size: 0 }],
    ["Invalid order size.", { size: 10_001 }],
  ])("%s %o", (words, order) => {
    expect(saidTo(openDesk(), order)).toEqual([2, words]);
  });
});

test("other refusals have codes of their own", () => {
  const desk = openDesk();
  expect(saidTo(desk, { accountId: 9 })[0]).toBe(1);
  expect(saidTo(desk, { contractId: "CON.F.US.XYZ.Z26" })[0]).toBe(8);
  expect(saidTo(desk, { contractId: "CON.F.US.MES.U26" })[0]).toBe(9);
  desk.venue.setAccount(ACCOUNT, { canTrade: false });
  expect(saidTo(desk, {})[0]).toBe(4);
  desk.venue.setAccount(ACCOUNT, { canTrade: true, isFollower: true });
  expect(saidTo(desk, {})[0]).toBe(10);
  desk.venue.setAccount(ACCOUNT, { isFollower: false, maxContracts: 3 });
  expect(saidTo(desk, { size: 4 })).toEqual([2, "Maximum position exceeded."]);
  expect(desk.place({ size: 3 }).success).toBe(true);
  expect(saidTo(desk, { contractId: desk.idOf("MNQ") })[0]).toBe(2);
  expect(desk.place({ size: 3, side: 1 }).success).toBe(true);
});

test("nothing trades without a price", () => {
  const desk = standInDesk();
  const words =
    "Trading is currently unavailable. The instrument is not in an active trading status.";
  expect(saidTo(desk, {})).toEqual([2, words]);
  expect(saidTo(desk, { type: 6 })).toEqual([2, words]);
  expect(saidTo(desk, { type: 5, trailPrice: 6290 })).toEqual([
    2,
    "Cannot trail without a last price",
  ]);
});

test("joining the book is a limit at its own side", () => {
  const desk = openDesk();
  const bid = desk.place({ type: 6 }).orderId;
  const ask = desk.place({ type: 7, side: 1 }).orderId;
  expect(desk.order(bid)).toMatchObject({ status: 1, type: 6, limitPrice: 6300 });
  expect(desk.order(ask)).toMatchObject({ status: 1, type: 7, limitPrice: 6300.25 });
});

test("a trailing stop follows the price and never goes back", () => {
  const desk = openDesk();
  desk.place();
  const { orderId } = desk.place({ type: 5, side: 1, trailPrice: 6290 });
  expect(desk.order(orderId)).toMatchObject({
    status: 1,
    stopPrice: 6290,
    trailDistance: 40,
    trailPrice: 10,
  });
  desk.price(6310);
  desk.price(6305);
  expect(desk.order(orderId).stopPrice).toBe(6300);
  desk.price(6299.5);
  expect(desk.order(orderId).status).toBe(2);
  expect(desk.net()).toBe(0);
  const short = desk.place({ type: 5, side: 0, trailPrice: 6309.5 }).orderId;
  desk.price(6290);
  expect(desk.order(short).stopPrice).toBe(6300);
});

test("S19 with no delay a fill is heard of before the call comes back", () => {
  const desk = openDesk();
  const { heard } = desk.follow();
  let heardBefore = 0;
  desk.venue.receive(
    {
      method: "POST",
      path: "/api/Order/place",
      token: desk.token(),
      body: JSON.stringify({
        accountId: ACCOUNT,
        contractId: desk.contract,
        type: 2,
        side: 0,
        size: 1,
      }),
    },
    () => {
      heardBefore = heard.filter(({ target }) => target === "GatewayUserTrade").length;
    },
  );
  expect(heardBefore).toBe(1);
});

test("a market that closes under an order on its way rejects it, legs and all", () => {
  const desk = openDesk({ delays: REAL_DELAYS });
  const { orderId } = desk.place({ ...LONG, customTag: "late" });
  expect(desk.order(orderId).status).toBe(6);
  expect(desk.open()).toEqual([]);
  desk.venue.setSession(false);
  desk.advance(100);
  expect([0, 1, 2].map((n) => desk.order(orderId + n).status)).toEqual([5, 3, 3]);
  expect(desk.net()).toBe(0);
});

test("a refusal wished for comes once, with its code and words", () => {
  const desk = openDesk();
  desk.venue.refuseNext("/api/Order/place", { errorCode: 2, errorMessage: "velocity control" });
  expect(saidTo(desk, { customTag: "a" })).toEqual([2, "velocity control"]);
  expect(desk.place({ customTag: "b" }).success).toBe(true);
});

test("more resting orders than an account may have are refused", () => {
  const desk = openDesk();
  for (let count = 0; count < 998; count += 1) desk.place({ type: 1, limitPrice: 6200 });
  expect(saidTo(desk, { type: 1, limitPrice: 6200 })).toEqual([2, "Too many working orders."]);
});
