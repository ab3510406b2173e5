/** What comes with news of a venue and is written down with the facts it belongs to. */
import { describe, expect, it } from "vitest";
import type { FactOf } from "../../../src/core/model/fact.ts";
import { accountId, orderId } from "../../../src/core/model/ids.ts";
import type { PathSeen } from "../../../src/core/model/seen.ts";
import type { Trade } from "../../../src/core/model/trade.ts";
import { contracts, millis, money, ticks } from "../../../src/core/model/units.ts";
import type { VenueReport } from "../../../src/core/model/venue.ts";
import { initialState, type State, withAccount, withTrade } from "../../../src/core/state.ts";
import { pathsToAsk, witnessed } from "../../../src/core/witness.ts";
import { ACCOUNT, aFill, anAccount, anOpenTrade, aTrade, later } from "../../kit/builders.ts";
import { entered, left } from "./sample-trade.ts";

const SINCE = later(1_000);
const open = (change: Partial<Trade> = {}): Trade => ({
  ...anOpenTrade(),
  pricedFrom: SINCE,
  ...change,
});
const holding = (trade: Trade, priceAgeMax = 3_000): State => ({
  ...withTrade(withAccount(initialState, anAccount({ open: [trade.id] })), trade),
  run: { mode: "paper", priceAgeMax: millis(priceAgeMax) },
});
const { contract, instrument } = anOpenTrade().plan;
/** As a snapshot of an early build holds it. */
const { pricedFrom: _, ...untimed } = anOpenTrade();
const closing = aFill({ role: "stop", side: "sell" });

const fillReport = (fill = closing, account = ACCOUNT): VenueReport => ({
  kind: "fill",
  account,
  fill,
});
const snapshot = (
  about: Partial<Extract<VenueReport, { kind: "snapshot" }>> = {},
): VenueReport => ({
  ...{ kind: "snapshot", account: ACCOUNT, askedAt: later(5_000), orders: [], fills: [] },
  positions: [{ contract, net: 3 }],
  balance: money(0),
  ...about,
});

describe("the way of the price is asked for", () => {
  const state = holding(open());
  const asked = [{ instrument, since: SINCE }];

  it("when a fill may end it", () => {
    expect(pathsToAsk(state, fillReport())).toEqual(asked);
  });

  it("not for an entry, another contract, another account, or news that fills nothing", () => {
    expect(pathsToAsk(state, fillReport(aFill({ role: "entry" })))).toEqual([]);
    expect(pathsToAsk(state, fillReport({ ...closing, contract: "CLZ26" }))).toEqual([]);
    expect(pathsToAsk(state, fillReport(closing, accountId("nobody")))).toEqual([]);
    expect(pathsToAsk(state, { kind: "link", account: ACCOUNT, state: "up" })).toEqual([]);
    expect(pathsToAsk(holding(untimed), fillReport())).toEqual([]);
  });

  it("when a list shows a fill that is news, or another position than the books", () => {
    expect(pathsToAsk(state, snapshot())).toEqual([]);
    expect(pathsToAsk(state, snapshot({ fills: [closing] }))).toEqual(asked);
    expect(pathsToAsk(state, snapshot({ positions: [] }))).toEqual(asked);
    const booked = holding(open({ fills: [closing.fill] }));
    expect(pathsToAsk(booked, snapshot({ fills: [closing] }))).toEqual([]);
    const entries = [aFill({ role: "entry" }), { ...closing, contract: "CLZ26" }];
    expect(pathsToAsk(state, snapshot({ fills: entries }))).toEqual([]);
  });
});

describe("an exit is written down with how far the price went before it", () => {
  const exit: FactOf<"ExitFilled"> = {
    ...left("stop", 0, "6326.00", 1),
    trade: open().id,
    at: later(9_000),
  };
  const path = (about: Partial<PathSeen> = {}): PathSeen => ({
    ...{ instrument, since: SINCE, from: SINCE, silence: millis(900) },
    reach: { high: ticks(25_330), low: ticks(25_290) },
    ...about,
  });
  const told = (state: State, paths?: readonly PathSeen[], fact = exit) =>
    (witnessed(state, fact, paths === undefined ? {} : { paths }) as typeof exit).stretch;

  it("by ticks, or by bars where the feed has nothing finer", () => {
    expect(told(holding(open()), [path()])).toEqual({ high: 25_330, low: 25_290, by: "ticks" });
    expect(told(holding(open(), 90_000), [path()])?.by).toBe("bars");
    expect(told({ ...holding(open()), run: null }, [path()])?.by).toBe("ticks");
  });

  it("and with what nobody saw of it", () => {
    const late = path({ from: millis(SINCE + 4_000), reach: null });
    const unseen = { why: "not-followed", lasted: 4_000 };
    expect(told(holding(open()), [late])).toEqual({ high: null, low: null, by: "ticks", unseen });
    const silent = path({ silence: millis(15_001) });
    expect(told(holding(open()), [silent])?.unseen).toEqual({ why: "silent", lasted: 15_001 });
    // Bars of three minutes come every three minutes.
    expect(told(holding(open(), 270_000), [silent])?.unseen).toBeUndefined();
  });

  it("which is nothing for a second exit in the same piece of news", () => {
    const again = holding(open({ pricedFrom: exit.at }));
    expect(told(again, [path()])).toEqual({ high: null, low: null, by: "ticks" });
    expect(told(again, [path({ instrument: "CL" })])).toBeUndefined();
  });

  it("unless nobody told, or nobody knows since when", () => {
    expect(told(holding(open()))).toBeUndefined();
    expect(told(holding(open()), [])).toBeUndefined();
    expect(told(holding(untimed), [path()])).toBeUndefined();
    expect(told(initialState, [path()])).toBeUndefined();
  });
});

describe("the time an entry left is written down once", () => {
  const trade = aTrade();
  const sentAt = later(50);
  const accepted: FactOf<"EntryAccepted"> = {
    ...{ kind: "EntryAccepted", at: later(90), trade: trade.id, tranche: 0 },
    order: orderId("e1"),
  };
  const filled = { ...entered(0, "6326.00", 1), trade: trade.id };

  it("with what was heard first of it", () => {
    const state = holding(trade);
    expect(witnessed(state, accepted, { sentAt })).toEqual({ ...accepted, sentAt });
    expect(witnessed(state, filled, { sentAt })).toEqual({ ...filled, sentAt });
    expect(witnessed(state, accepted, {})).toBe(accepted);
  });

  it("and not again", () => {
    const state = holding(open());
    expect(witnessed(state, filled, { sentAt })).toBe(filled);
    const quantity = contracts(1);
    const hit = { ...{ at: later(1), trade: trade.id, target: 1 }, price: ticks(1), quantity };
    const fact = { ...hit, kind: "TargetHit" } as const;
    expect(witnessed(state, fact, { sentAt })).toBe(fact);
    expect(witnessed(initialState, accepted, { sentAt })).toBe(accepted);
  });
});
