import { describe, expect, test } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import type { Quote } from "../../../../src/core/model/quote.ts";
import { type Millis, millis, ticks } from "../../../../src/core/model/units.ts";
import type { KnownContract } from "../../../../src/shell/topstepx/contract-names.ts";
import { contractOfCode } from "../../../../src/shell/topstepx/contract-names.ts";
import { liveMarket } from "../../../../src/shell/topstepx/market-data.ts";
import { MONDAY_MORNING, scriptedHubs } from "../../../kit/scripted-hubs.ts";

const contract = (code: string): KnownContract => {
  const known = contractOfCode(code);
  if (known === null) throw new Error(`${code} is a contract`);
  return known;
};

const MES = contract("MESZ26");

function opened({ start = MONDAY_MORNING, offset = null as Millis | null } = {}) {
  const hubs = scriptedHubs(start);
  const logged: string[] = [];
  const contested: string[] = [];
  const market = liveMarket({
    ...{ transport: hubs.transport, seed: 1, clockOffset: () => offset },
    log: { write: (_, event) => logged.push(event) },
    tokens: { token: () => "t", login() {}, tokenRefused() {} },
    contested: (reason) => contested.push(reason),
  });
  market.follow([MES]);
  hubs.pass(1);
  const now = (): string => isoOf(hubs.clock.now());
  return {
    ...{ hubs, market, logged, contested },
    quote: (change: object, id = MES.id) =>
      hubs.line().tell("GatewayQuote", id, { lastUpdated: now(), ...change }),
    trade: (price: number, id = MES.id) =>
      hubs.line().tell("GatewayTrade", id, [{ price, timestamp: now() }]),
  };
}

const BOOK = { bestBid: 6325, bestAsk: 6325.25 };

describe("live prices", () => {
  test("are subscribed to by the venue's ids, anew after each connect", () => {
    const { hubs, market, logged } = opened();
    const subscribed = [`SubscribeContractQuotes ${MES.id}`, `SubscribeContractTrades ${MES.id}`];
    expect(hubs.line().invoked).toEqual(subscribed);
    hubs.line().down("dropped");
    hubs.pass(2_000);
    expect(hubs.line().invoked).toEqual(subscribed);
    expect([market.health().connected, logged]).toEqual([
      true,
      ["topstepx-market-up", "topstepx-market-down", "topstepx-market-up"],
    ]);
  });

  test("stay as old as they are when the hub is gone", () => {
    const { hubs, market, quote } = opened();
    quote({ ...BOOK, lastPrice: 6325.25 });
    const at = hubs.clock.now();
    hubs.line().down("dropped");
    hubs.pass(60_000);
    expect(market.quote("MES")).toMatchObject({ at, last: 25_301 });
  });

  test("stand on our clock, by the measured offset", () => {
    const { hubs, market, quote } = opened({ offset: millis(4_000) });
    quote({ ...BOOK, lastPrice: 6325, lastUpdated: isoOf(millis(hubs.clock.now() + 3_000)) });
    expect(market.quote("MES")?.at).toBe(hubs.clock.now() - 1_000);
  });

  test("grow old with a venue that repeats itself", () => {
    const { hubs, market, quote } = opened();
    const at = hubs.clock.now();
    for (let count = 0; count < 10; count += 1) {
      quote({ ...BOOK, lastPrice: 6325, lastUpdated: isoOf(at) });
      hubs.pass(1_000);
    }
    expect(market.quote("MES")?.at).toBe(at);
    expect(market.health().freshAt.get("MES")).toBe(at);
  });

  test("are left for another connection after 15 seconds without a quote, in the session only", () => {
    const { hubs, market } = opened();
    hubs.pass(25_000);
    expect(market.health()).toMatchObject({ reconnects: 1 });
    const weekend = opened({ start: millis(Date.UTC(2026, 10, 21, 16)) });
    weekend.hubs.pass(600_000);
    expect(weekend.market.health()).toMatchObject({ reconnects: 0, connected: true });
  });

  test("of an instrument that is not followed are none, and its silence is no fault", () => {
    const { hubs, market, quote } = opened();
    quote({ ...BOOK, lastPrice: 6325 }, "CON.F.US.EP.Z26");
    expect([market.quote("ES"), market.health().unread]).toEqual([null, 0]);
    market.follow([]);
    hubs.pass(600_000);
    expect([market.quote("MES"), market.health().reconnects]).toEqual([null, 0]);
    expect(hubs.line().invoked.slice(2)).toEqual([
      `UnsubscribeContractQuotes ${MES.id}`,
      `UnsubscribeContractTrades ${MES.id}`,
    ]);
  });

  test("of a new front begin without a price, and its listeners stay", () => {
    const { hubs, market, quote, trade } = opened();
    quote({ ...BOOK, lastPrice: 6325 });
    const heard: Quote[] = [];
    const band = { atOrBelow: ticks(25_200), atOrAbove: null };
    market.watch("a", "MES", band, (one) => heard.push(one));
    const next = contract("MESH27");
    market.follow([next]);
    expect(market.quote("MES")).toBeNull();
    trade(6100); // an echo of the old contract
    hubs.pass(1);
    expect(heard).toEqual([]);
    quote({ bestBid: 6299.75, bestAsk: 6300 }, next.id);
    trade(6300, next.id);
    expect(heard).toMatchObject([{ last: 25_200, high: 25_200, low: 25_200 }]);
  });

  test("ring what the first of them touches, as soon as both sides are known", () => {
    const { market, quote, trade } = opened();
    const heard: number[] = [];
    const band = { atOrBelow: null, atOrAbove: ticks(25_200) };
    market.watch("a", "MES", band, ({ last }) => heard.push(last));
    trade(6325.25);
    expect(heard).toEqual([]);
    quote(BOOK);
    expect(heard).toEqual([25_301]);
  });

  test("ring what a gap went over, by the last price of the next connection", () => {
    const { hubs, market, quote, trade } = opened();
    quote(BOOK);
    trade(6325);
    const heard: number[] = [];
    const band = { atOrBelow: ticks(25_240), atOrAbove: null };
    market.watch("a", "MES", band, ({ last }) => heard.push(last));
    hubs.line().down("dropped");
    hubs.pass(5_000);
    quote({ bestBid: 6300, bestAsk: 6300.25, lastPrice: 6300.25 });
    expect(heard).toEqual([25_201]);
  });

  test("count what cannot be read, and log it now and then", () => {
    const { hubs, market, logged, quote, trade } = opened();
    hubs.line().tell("GatewayQuote", 7);
    hubs.line().tell("GatewayTrade", MES.id, [{ price: 1 }]);
    quote({ bestBid: 6325.1 });
    trade(6325.1);
    trade(1, "CON.F.US.EP.Z26");
    expect(market.health().unread).toBe(4);
    expect(logged.filter((event) => event === "topstepx-market-unread")).toHaveLength(1);
    for (let count = 0; count < 1_000; count += 1) hubs.line().tell("GatewayQuote", 7);
    expect(logged.filter((event) => event === "topstepx-market-unread")).toHaveLength(2);
  });

  test("tell whose session it is when it is fought over", () => {
    const { hubs, contested } = opened();
    for (let count = 0; count < 5; count += 1) {
      hubs.line().tell("GatewayLogout");
      hubs.pass(3_000);
    }
    expect(contested).toHaveLength(1);
  });

  test("end for good", () => {
    const { hubs, market } = opened();
    market.close();
    market.follow([contract("MESH27")]);
    hubs.pass(600_000);
    expect([hubs.clock.pending(), hubs.lines.length]).toEqual([0, 1]);
  });
});

describe("bands on live prices", () => {
  test("forget who has not been heard of for ten thousand others", () => {
    const { hubs, market, quote, trade } = opened();
    quote(BOOK);
    trade(6325);
    const heard: Quote[] = [];
    market.watch("first", "MES", { atOrBelow: ticks(25_000), atOrAbove: null }, (one) =>
      heard.push(one),
    );
    for (let count = 0; count < 10_000; count += 1) {
      market.watch(`key ${count}`, "MES", { atOrBelow: null, atOrAbove: null }, () => {});
    }
    trade(6400);
    trade(6250);
    hubs.pass(1);
    expect(heard).toMatchObject([{ last: 25_000, high: 25_000 }]);
  });

  test("cost a trade that touches none of them next to nothing", () => {
    const { market, quote, trade } = opened();
    quote(BOOK);
    trade(6325);
    const band = { atOrBelow: ticks(20_000), atOrAbove: ticks(30_000) };
    let looked = 0;
    const listener = (): void => {};
    for (let count = 0; count < 1_000; count += 1) market.watch(`${count}`, "MES", band, listener);
    const counted = new Proxy(band, {
      get(target, name, self) {
        looked += 1;
        return Reflect.get(target, name, self);
      },
    });
    market.watch("counted", "MES", counted, listener);
    trade(6325.25);
    looked = 0;
    for (let count = 0; count < 1_000; count += 1) trade(6325 + (count % 8) / 4);
    expect(looked).toBe(0);
  });
});
