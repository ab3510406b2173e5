import { describe, expect, it } from "vitest";
import type { Leg, Trade } from "../../../../src/core/model/trade.ts";
import { followMarket, leaveBeyondTarget } from "../../../../src/core/track/leave-tranche.ts";
import {
  aLeg,
  anOpenTrade,
  aPlan,
  aQuote,
  aScene,
  aShortPlan,
  es,
  later,
  someFills,
  TRADE,
  told,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const scene = aScene({ at: later(5_000), quote: aQuote(es(6334)) });
const about = { at: scene.at, trade: TRADE };
const aimed = (tranche: number, target: number, why = "filled-beyond-target") => ({
  ...about,
  tranche,
  kind: "TargetAimed",
  target: es(target),
  why,
});

describe("a tranche that filled at or beyond its target", () => {
  const leave = (trade: Trade, tranche: number, price: number, at = scene) =>
    leaveBeyondTarget(trade, tranche, es(price), at);

  it("leaves at the market, 8 ticks through it", () => {
    expect(leave(anOpenTrade(), 0, 6333)).toEqual([aimed(0, 6332)]);
    expect(leave(anOpenTrade(), 0, 6340)).toEqual([aimed(0, 6332)]);
    const below = { ...scene, quote: aQuote(es(6318)) };
    expect(leave(anOpenTrade(aShortPlan()), 0, 6319, below)).toEqual([aimed(0, 6320.25)]);
  });

  it("leaves where it filled when there is no other price", () => {
    expect(leave(anOpenTrade(), 0, 6334.5, { ...scene, quote: null })).toEqual([aimed(0, 6332.5)]);
  });

  it("leaves alone: one with a farther target may still earn something", () => {
    expect(leave(anOpenTrade(), 1, 6334.5)).toEqual([]);
    expect(leave(anOpenTrade(), 1, 6338)).toEqual([aimed(1, 6332)]);
    expect(leave(anOpenTrade(), 0, 6332.75)).toEqual([]);
  });

  it("keeps home what has not filled yet", () => {
    const waiting = withEntry(anOpenTrade(), 1, { state: "working" });
    const reason = "it filled at or beyond its target";
    const withdrawn = { ...about, kind: "EntryWithdrawn", reason };
    expect(leave(waiting, 0, 6333)).toEqual([withdrawn, aimed(0, 6332)]);
    expect(leave({ ...waiting, entryEnding: "halted" }, 0, 6333)).toEqual([aimed(0, 6332)]);
  });

  it("cannot be where targets count from the fill, or where there are none", () => {
    expect(leave(anOpenTrade(aPlan({ anchor: "fill" })), 0, 6340)).toEqual([]);
    expect(leave(anOpenTrade(aPlan({ targets: [] })), 0, 6340)).toEqual([]);
    expect(leave(anOpenTrade(), 7, 6340)).toEqual([]);
  });

  it("leaves once, and not out of a person's hands", () => {
    const going = told(anOpenTrade(), { ...about, kind: "ExitBegun", reason: "flatten" });
    expect(leave(going, 0, 6340)).toEqual([]);
    expect(leave({ ...anOpenTrade(), released: true }, 0, 6340)).toEqual([]);
    const leaving = withTranche(anOpenTrade(), 0, { targetWhy: "filled-beyond-target" });
    expect(leave(leaving, 0, 6340)).toEqual([]);
  });
});

describe("a target at the market", () => {
  const leaving = (leg: Partial<Leg> = {}, why: "trim" | "filled-beyond-target" = "trim") =>
    withTranche(anOpenTrade(), 0, {
      targetWhy: why,
      targetAim: es(6334.25),
      target: aLeg({ price: es(6334.25), touchedAt: later(4_000), ...leg }),
    });

  it("follows a price that ran away, once it had its second", () => {
    expect(followMarket(leaving(), scene)).toEqual([aimed(0, 6332, "trim")]);
    expect(followMarket(leaving({}, "filled-beyond-target"), scene)).toEqual([aimed(0, 6332)]);
    expect(followMarket(leaving({ touchedAt: later(4_001) }), scene)).toEqual([]);
  });

  it("stays while the price can still fill it", () => {
    const there = { ...scene, quote: aQuote(es(6334.25)) };
    expect(followMarket(leaving(), there)).toEqual([]);
  });

  it("stays while something is asked of it, or was refused", () => {
    const change = { price: es(6332), quantity: null, askedAt: later(4_000), attempt: 1 };
    for (const leg of [{ change }, { refusal: "busy" }, { state: "cancelled" as const }])
      expect(followMarket(leaving(leg), scene)).toEqual([]);
    expect(followMarket(withTranche(leaving(), 0, { target: null }), scene)).toEqual([]);
  });

  it("stays when nothing is left to let out, without a price, or on the way out of everything", () => {
    const out = withTranche(leaving(), 0, { exited: someFills(1, es(6334)) });
    expect(followMarket(out, scene)).toEqual([]);
    expect(followMarket(leaving(), { ...scene, quote: null })).toEqual([]);
    const going = told(leaving(), { ...about, kind: "ExitBegun", reason: "flatten" });
    expect(followMarket(going, scene)).toEqual([]);
    expect(followMarket(anOpenTrade(), scene)).toEqual([]);
  });
});
