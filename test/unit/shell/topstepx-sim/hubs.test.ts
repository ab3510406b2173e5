/** What the two hubs say, to whom, and in which shape. */
import { describe, expect, test } from "vitest";
import { PRACTICE_ACCOUNT, REAL_DELAYS } from "../../../../src/shell/topstepx-sim/settings.ts";
import { ACCOUNT, listIn, rowIn, standInDesk } from "../../../kit/stand-in.ts";

const TARGETS = [
  "GatewayUserOrder",
  "GatewayUserTrade",
  "GatewayUserPosition",
  "GatewayUserAccount",
];

test("S11 user events are wrapped and nulls are left out", () => {
  const desk = standInDesk();
  desk.price(6300);
  const { heard } = desk.follow();
  const { orderId } = desk.place({ customTag: "a" });
  expect(heard.map(({ target }) => target)).toEqual(["GatewayUserOrder", ...TARGETS]);
  const [pending, filled, trade, position, account] = heard.map(({ args }) => args[0]);
  expect(pending).toEqual({
    action: 1,
    data: {
      id: orderId,
      accountId: ACCOUNT,
      contractId: desk.contract,
      symbolId: "F.US.MES",
      creationTimestamp: "2026-11-20T15:00:00.0000000+00:00",
      updateTimestamp: "2026-11-20T15:00:00.0000000+00:00",
      status: 6,
      type: 2,
      side: 0,
      size: 1,
      fillVolume: 0,
      customTag: "a",
    },
  });
  expect(filled).toMatchObject({ data: { status: 2, fillVolume: 1, filledPrice: 6300.5 } });
  expect(trade).toEqual({
    action: 0,
    data: {
      id: 3_000_000_001,
      accountId: ACCOUNT,
      contractId: desk.contract,
      creationTimestamp: "2026-11-20T15:00:00.0000000+00:00",
      price: 6300.5,
      fees: 0.36,
      commissions: 0.25,
      side: 0,
      size: 1,
      voided: false,
      orderId,
    },
  });
  expect(position).toEqual({
    action: 1,
    data: {
      id: 820_000_001,
      accountId: ACCOUNT,
      contractId: desk.contract,
      contractDisplayName: "MESZ26",
      creationTimestamp: "2026-11-20T15:00:00.0000000+00:00",
      type: 1,
      size: 1,
      averagePrice: 6300.5,
    },
  });
  expect(account).toEqual({
    action: 1,
    data: {
      id: ACCOUNT,
      name: "PRAC-V2-TRADER-1",
      balance: 149_999.39,
      canTrade: true,
      isVisible: true,
      simulated: true,
    },
  });
});

test("S11 a position that is closed says so: type 0, size 0, the average kept", () => {
  const desk = standInDesk();
  desk.price(6300);
  desk.place();
  const { heard } = desk.follow();
  desk.place({ side: 1 });
  const closed = heard.find(({ target }) => target === "GatewayUserPosition");
  expect(closed?.args[0]).toMatchObject({
    action: 2,
    data: { type: 0, size: 0, averagePrice: 6300.5 },
  });
});

test.each([
  ["flat", (args: readonly unknown[]) => args[0]],
  ["array", (args: readonly unknown[]) => (args[0] as readonly { data: unknown }[])[0]?.data],
])("S11 switched to %s the same is said in another shape", (shape, dataOf) => {
  const desk = standInDesk();
  desk.price(6300);
  desk.venue.setSwitch("userEvents", shape);
  const { heard } = desk.follow();
  const { orderId } = desk.place();
  expect(dataOf(heard[0]?.args ?? [])).toMatchObject({ id: orderId, status: 6 });
  const keys = Object.keys(dataOf(heard[0]?.args ?? []) as object);
  expect(keys.includes("limitPrice")).toBe(shape === "flat");
});

describe("S12 the market hub", () => {
  function listening(topic: string, more: Parameters<typeof standInDesk>[0] = {}) {
    const desk = standInDesk(more);
    const { session, heard } = desk.listen("market");
    expect(session.invoke(`Subscribe${topic}`, [desk.contract, true])).toBeNull();
    return { desk, heard, session };
  }

  test("says the first quote whole and then only what changed", () => {
    const { desk, heard } = listening("ContractQuotes");
    desk.price(6300, { volume: 3 });
    desk.advance(1_000);
    desk.price(6300, { ask: 6300.5, volume: 0 });
    desk.price(6300, { ask: 6300.5, volume: 0 });
    expect(heard.map(({ target }) => target)).toEqual(["GatewayQuote", "GatewayQuote"]);
    expect(heard[0]?.args).toEqual([
      desk.contract,
      {
        symbol: "F.US.MES",
        symbolName: "/MES",
        contract: desk.contract,
        lastPrice: 6300,
        bestBid: 6300,
        bestAsk: 6300.25,
        change: 0,
        changePercent: 0,
        open: 6300,
        high: 6300,
        low: 6300,
        volume: 3,
        lastUpdated: "2026-11-20T15:00:00.0000000+00:00",
        timestamp: "2026-11-20T15:00:00.0000000+00:00",
      },
    ]);
    expect(heard[1]?.args[1]).toEqual({
      symbol: "F.US.MES",
      contract: desk.contract,
      bestAsk: 6300.5,
      lastUpdated: "2026-11-20T15:00:01.0000000+00:00",
      timestamp: "2026-11-20T15:00:01.0000000+00:00",
    });
    desk.price(6306.3, { bid: 6306.25, ask: 6306.5, last: 6306.5 });
    expect(heard[2]?.args[1]).toMatchObject({ lastPrice: 6306.5, change: 6.5, changePercent: 0.1 });
  });

  test("says the last known quote to whoever comes later", () => {
    const desk = standInDesk();
    desk.price(6300);
    const { session, heard } = desk.listen("market");
    session.invoke("SubscribeContractQuotes", [desk.contract]);
    session.invoke("SubscribeContractQuotes", ["CON.F.US.XYZ.Z26"]);
    expect(heard).toEqual([]);
    desk.advance(0);
    expect(heard[0]?.args[1]).toMatchObject({ lastPrice: 6300, volume: 1 });
    expect(heard).toHaveLength(1);
  });

  test("says trades as lists, with a null now and then", () => {
    const { desk, heard } = listening("ContractTrades");
    for (let count = 1; count <= 7; count += 1) desk.price(6300 + count, { ask: 6300 + count });
    expect(heard[0]).toEqual({
      target: "GatewayTrade",
      args: [
        desk.contract,
        [
          {
            symbolId: "F.US.MES",
            price: 6301,
            timestamp: "2026-11-20T15:00:00.0000000+00:00",
            type: 0,
            volume: 1,
            contractId: desk.contract,
          },
        ],
      ],
    });
    expect(heard.map((one) => listIn(one).includes(null))).toEqual([...Array(6).fill(false), true]);
    desk.price(6300);
    expect(heard.slice(-1).map((one) => listIn(one)[0]?.type)).toEqual([1]);
  });

  test("says no nulls where that is switched off, and both sides of the book as depth", () => {
    const { desk, heard } = listening("ContractMarketDepth", { switches: { listNulls: "none" } });
    for (let count = 1; count <= 7; count += 1) desk.price(6300 + count);
    expect(heard).toHaveLength(7);
    expect(heard.every((one) => listIn(one).length === 2)).toBe(true);
    expect(heard[0]?.args[1]).toMatchObject([
      { type: 4, price: 6301 },
      { type: 3, price: 6301.25 },
    ]);
  });
});

test("S18 GatewayLogout goes to every connection", () => {
  const desk = standInDesk();
  const [user, market] = [desk.follow(), desk.listen("market")];
  desk.venue.logOut();
  for (const { heard } of [user, market]) {
    expect(heard).toEqual([{ target: "GatewayLogout", args: [] }]);
  }
});

test("S22 who has not subscribed hears nothing, and subscriptions die with their connection", () => {
  const other = { ...PRACTICE_ACCOUNT, id: 102, name: "PRAC-2" };
  const desk = standInDesk({ accounts: [PRACTICE_ACCOUNT, other] });
  const silent = desk.listen("user");
  const wrong = desk.listen("user");
  wrong.session.invoke("SubscribeOrders", [102]);
  const gone = desk.follow();
  gone.session.gone();
  const left = desk.follow();
  left.session.invoke("UnsubscribeOrders", [ACCOUNT]);
  const market = desk.listen("market");
  desk.price(6300);
  desk.place();
  for (const one of [silent, wrong, gone, market]) expect(one.heard).toEqual([]);
  expect(left.heard.map(({ target }) => target)).toEqual(TARGETS.slice(1));
  expect(desk.listen("user").heard).toEqual([]);
});

test("nobody hears of another's account", () => {
  const theirs = { ...PRACTICE_ACCOUNT, owner: "somebody" };
  const user = { userName: "somebody", apiKey: "k" };
  const desk = standInDesk({
    accounts: [theirs],
    users: [user, { userName: "trader", apiKey: "practice-key" }],
  });
  const theirToken = desk.call("/api/Auth/loginKey", user).token;
  const [mine, owner] = [desk.follow(), desk.listen("user", theirToken)];
  owner.session.invoke("SubscribeAccounts", []);
  desk.venue.setAccount(ACCOUNT, { canTrade: false });
  expect(mine.heard).toEqual([]);
  expect(owner.heard.map(rowIn)[0]).toMatchObject({ canTrade: false });
});

test("what nobody offers cannot be invoked", () => {
  const desk = standInDesk();
  const { session } = desk.listen("user");
  expect(session.invoke("SubscribeDreams", [1])).toContain("Method does not exist.");
  expect(session.invoke("SubscribeContractQuotes", ["x"])).toContain("Method does not exist.");
  expect(session.invoke("SubscribeOrders", [])).toContain("Failed to invoke");
  expect(session.invoke("subscribeOrders", [ACCOUNT])).toBeNull();
});

test("a connection has a wall of subscriptions", () => {
  const { session } = standInDesk().listen("user");
  for (let id = 0; id < 4_000; id += 1) session.invoke("SubscribeOrders", [id]);
  expect(session.invoke("SubscribeOrders", [4_000])).toContain("Failed to invoke");
});

test("whoever answers an event at once finds the venue in order", () => {
  const desk = standInDesk({ delays: REAL_DELAYS });
  desk.price(6300);
  const seen: number[] = [];
  const session = desk.venue.connect("user", desk.token(), {
    send: (target) => {
      if (target === "GatewayUserTrade" && seen.length === 0) {
        seen.push(desk.net());
        desk.place({ side: 1 });
      }
    },
    end: () => {},
    stall: () => {},
    cut: () => {},
  });
  if (typeof session !== "number") session.invoke("SubscribeTrades", [ACCOUNT]);
  desk.place();
  desk.advance(100);
  expect(seen).toEqual([1]);
  expect(desk.net()).toBe(0);
});
