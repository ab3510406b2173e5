import { describe, expect, it } from "vitest";
import { contracts, type Ticks } from "../../../../src/core/model/units.ts";
import { openTradeView } from "../../../../src/core/views/open-trade.ts";
import { ordersOf } from "../../../../src/core/views/resting-orders.ts";
import {
  aLeg,
  anOpenTrade,
  aPlan,
  aQuote,
  aShortPlan,
  aTrade,
  es,
  NOW,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const at = (points: number) => aQuote(es(points));

describe("a trade that is on", () => {
  it("stands at the price of this moment, and every level so far from it", () => {
    const view = openTradeView(anOpenTrade(), at(6329.5));
    expect(view).toMatchObject({ trade: 1, held: 3, entryAverage: 6326, price: 6329.5, bare: 0 });
    expect(view.openUsd).toBe(52.5);
    expect(view.stops).toEqual([
      { price: 6316, quantity: 3, ticks: 54, entryTicks: -40, usd: -150 },
    ]);
    expect(view.exits).toEqual([
      { price: 6333, quantity: 1, ticks: 14, entryTicks: 28, usd: 35 },
      { price: 6338, quantity: 2, ticks: 34, entryTicks: 48, usd: 120 },
    ]);
  });

  it("of a short the other way round", () => {
    const view = openTradeView(anOpenTrade(aShortPlan()), at(6322));
    expect(view.stops).toEqual([
      { price: 6336, quantity: 3, ticks: 56, entryTicks: -40, usd: -150 },
    ]);
    expect(view.exits.map(({ ticks, usd }) => [ticks, usd])).toEqual([
      [12, 35],
      [32, 120],
    ]);
  });

  it("has no distance without a price, and makes nothing before it is filled", () => {
    const view = openTradeView(aTrade(), null);
    expect(view).toMatchObject({ price: null, openUsd: null, held: 0, stops: [], bare: 0 });
    const level = { ticks: null, entryTicks: null, usd: null };
    expect(view.exits).toEqual([
      { price: 6333, quantity: 1, ...level },
      { price: 6338, quantity: 2, ...level },
    ]);
  });

  it("counts what no stop works for, and names each stop once, the farthest first", () => {
    const trade = anOpenTrade();
    const stop = (price: Ticks) => aLeg({ price, quantity: contracts(2) });
    const apart = withTranche(trade, 1, { stop: stop(es(6310)) });
    expect(openTradeView(apart, at(6326)).stops.map(({ price }) => price)).toEqual([6310, 6316]);
    const bare = withTranche(trade, 1, { stop: null });
    expect(openTradeView(bare, at(6326))).toMatchObject({ bare: 2, stops: [{ quantity: 1 }] });
    const out = withTranche(trade, 1, { exited: trade.tranches[1]?.entered as never });
    expect(openTradeView(out, at(6326))).toMatchObject({ held: 1, exits: [{ price: 6333 }] });
  });

  it("says when it is leaving, and when a person has it", () => {
    const exit = {
      ...({ reason: "flatten", since: NOW, tries: 0, triedAt: NOW } as const),
      ...{ closeAskedAt: null, closeTries: 0 },
    } as const;
    expect(openTradeView({ ...anOpenTrade(), exit, released: true }, null)).toMatchObject({
      leaving: "flatten",
      released: true,
    });
  });
});

describe("orders that rest", () => {
  it("are entries until they fill, then legs", () => {
    const trade = withEntry(aTrade(), 0, { state: "working" });
    expect(
      ordersOf(trade).map(({ what, action, quantity, price, state }) => [
        ...[what, action, quantity, price, state],
      ]),
    ).toEqual([
      ["entry", "buy", 1, 6328, "working"],
      ["entry", "buy", 2, 6328, "planned"],
    ]);
    expect(ordersOf(anOpenTrade()).map(({ what, action, price }) => [what, action, price])).toEqual(
      [
        ["stop", "sell", 6316],
        ["target", "sell", 6333],
        ["stop", "sell", 6316],
        ["target", "sell", 6338],
      ],
    );
  });

  it("of a short are the other way round, and at the market without a price", () => {
    const short = aTrade({}, aShortPlan({ entry: { kind: "market" } }));
    expect(ordersOf(short)[0]).toMatchObject({ action: "sell", price: null, changing: false });
    expect(ordersOf(anOpenTrade(aShortPlan()))[0]).toMatchObject({ action: "buy", what: "stop" });
  });

  it("say that a change was asked for, and go when they are over", () => {
    const change = { price: es(6320), quantity: null, askedAt: NOW, attempt: 1 };
    const moving = withTranche(anOpenTrade(), 0, { stop: aLeg({ change }), target: null });
    expect(ordersOf(moving)[0]).toMatchObject({ what: "stop", changing: true });
    const over = withTranche(moving, 0, { stop: aLeg({ state: "cancelled" }) });
    expect(ordersOf(over)).toHaveLength(2);
    const cancelled = withEntry(aTrade({}, aPlan()), 0, { state: "working", cancelAskedAt: NOW });
    expect(ordersOf(cancelled)[0]).toMatchObject({ what: "entry", changing: true });
  });
});
