import { describe, expect, it } from "vitest";
import type { Leg, Trade } from "../../../../src/core/model/trade.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import { beginTrim, continueTrim } from "../../../../src/core/track/trim.ts";
import {
  aLeg,
  anOpenTrade,
  aPlan,
  aQuote,
  aScene,
  aShortPlan,
  es,
  later,
  NOW,
  someFills,
  TRADE,
  told,
  withTranche,
} from "../../../kit/builders.ts";

const quote = aQuote(es(6326), { bid: es(6325.75), ask: es(6326.25) });
const scene = aScene({ at: later(100), quote });

/** 5 contracts: 2 at target 1, 3 at target 2. */
const five = anOpenTrade(
  aPlan({
    tranches: [
      { quantity: contracts(2), target: es(6333) },
      { quantity: contracts(3), target: es(6338) },
    ],
  }),
);

const whole = (tranche: number, price = es(6323.75)) => ({
  at: scene.at,
  trade: TRADE,
  tranche,
  kind: "TargetAimed",
  target: price,
  why: "trim",
});
const part = (tranche: number, quantity: number) => ({
  at: scene.at,
  trade: TRADE,
  tranche,
  kind: "TrimBegun",
  quantity,
});

describe("a trim", () => {
  it.each([
    [1, [part(0, 1)]],
    [2, [whole(0)]],
    [3, [whole(0), part(1, 1)]],
    [4, [whole(0), part(1, 2)]],
    [5, [whole(0), whole(1)]],
  ])("of %d of 5 contracts takes whole tranches first, nearest target first", (quantity, facts) => {
    expect(beginTrim(five, quantity, scene)).toEqual(facts);
  });

  it("goes by target, not by tranche", () => {
    const swapped = withTranche(withTranche(five, 0, { targetIndex: 1 }), 1, { targetIndex: 0 });
    expect(beginTrim(swapped, 3, scene)).toEqual([whole(1)]);
  });

  it("passes over what has left already", () => {
    const runner = withTranche(five, 0, { exited: someFills(2, es(6333)) });
    expect(beginTrim(runner, 1, scene)).toEqual([part(1, 1)]);
  });

  it("of a short buys through the ask", () => {
    expect(beginTrim(anOpenTrade(aShortPlan()), 1, scene)).toEqual([whole(0, es(6328.25))]);
  });

  it("takes no part off beside a trade of the other side: the venue closes the sum of both", () => {
    for (const beside of ["opposite", "reversed"] as const) {
      expect(beginTrim(five, 1, { ...scene, beside })).toEqual([]);
      expect(beginTrim(five, 3, { ...scene, beside })).toEqual([]);
      expect(beginTrim(five, 2, { ...scene, beside })).toEqual([whole(0)]);
    }
    expect(beginTrim(five, 1, { ...scene, beside: "same-side" })).toEqual([part(0, 1)]);
  });

  it("needs a fresh price, no other trim under way, and a trade that is not being left", () => {
    expect(beginTrim(five, 1, { ...scene, quote: null })).toEqual([]);
    const leaving = told(five, { at: NOW, trade: TRADE, kind: "ExitBegun", reason: "flatten" });
    expect(beginTrim(leaving, 1, scene)).toEqual([]);
    const busy: Trade = {
      ...five,
      part: { tranche: 0, quantity: contracts(1), askedAt: NOW, stage: "shrinking" },
    };
    expect(beginTrim(busy, 1, scene)).toEqual([]);
  });
});

describe("a part of a tranche", () => {
  const trimming = (stop: Partial<Leg>, target: Partial<Leg>, stage: "shrinking" | "closing") => ({
    ...withTranche(five, 1, { stop: aLeg(stop), target: aLeg(target) }),
    part: { tranche: 1, quantity: contracts(1), askedAt: NOW, stage },
  });
  const two = { quantity: contracts(2) };
  const three = { quantity: contracts(3) };

  it("is closed once both legs have let go of it", () => {
    const facts = continueTrim(trimming(two, two, "shrinking"), scene);
    expect(facts).toEqual([
      { at: scene.at, trade: TRADE, tranche: 1, kind: "TrimSent", quantity: 1 },
    ]);
  });

  it("is closed as well when a leg has filled in part before", () => {
    const filled = { quantity: contracts(4), filled: contracts(2) };
    expect(continueTrim(trimming(two, filled, "shrinking"), scene)).toHaveLength(1);
  });

  it.each([
    [three, two],
    [two, three],
    [{ ...two, state: "cancelled" as const }, two],
    [{ ...two, change: { price: null, quantity: contracts(2), askedAt: NOW, attempt: 1 } }, two],
  ])("is not closed while a leg still covers it: %o %o", (stop, target) => {
    expect(continueTrim(trimming(stop, target, "shrinking"), scene)).toEqual([]);
  });

  it.each(["cancelled", "rejected", "filled"] as const)(
    "is closed where the target is %s: it covers nothing, and nothing is asked of it",
    (state) => {
      expect(continueTrim(trimming(two, { ...three, state }, "shrinking"), scene)).toHaveLength(1);
    },
  );

  it("is not closed while a leg is missing", () => {
    const bare = withTranche(trimming(two, two, "shrinking"), 1, { target: null });
    expect(continueTrim(bare, scene)).toEqual([]);
  });

  it("is closed once", () => {
    expect(continueTrim(trimming(two, two, "closing"), scene)).toEqual([]);
  });

  it("is given up after 1.5 s, whichever half of it is late", () => {
    for (const stage of ["shrinking", "closing"] as const) {
      const trade = trimming(three, three, stage);
      expect(continueTrim(trade, aScene({ at: later(1_499) }))).toEqual([]);
      expect(continueTrim(trade, aScene({ at: later(1_500) }))).toEqual([
        { at: later(1_500), trade: TRADE, kind: "TrimEnded", how: "late" },
      ]);
    }
  });

  it("is given up when a trade of the other side turns up beside it before it was sent", () => {
    const beside = { ...scene, beside: "opposite" } as const;
    expect(continueTrim(trimming(two, two, "shrinking"), beside)).toEqual([
      { at: scene.at, trade: TRADE, kind: "TrimEnded", how: "late" },
    ]);
    expect(continueTrim(trimming(two, two, "closing"), beside)).toEqual([]);
  });

  it("of nothing is nothing", () => {
    expect(continueTrim(five, scene)).toEqual([]);
    const lost = { ...trimming(two, two, "shrinking"), tranches: [] };
    expect(continueTrim(lost, scene)).toEqual([]);
  });
});
