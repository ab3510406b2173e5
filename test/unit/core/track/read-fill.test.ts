import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import { fillId, orderId } from "../../../../src/core/model/ids.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { heldOf, heldOfTranche } from "../../../../src/core/model/trade-sums.ts";
import { contracts, dollars } from "../../../../src/core/model/units.ts";
import type { VenueFill } from "../../../../src/core/model/venue.ts";
import type { FactOfTrade } from "../../../../src/core/track/evolve-trade.ts";
import {
  readCloseFill,
  readEntryFill,
  readExitFill,
} from "../../../../src/core/track/read-fill.ts";
import {
  aFill,
  aLeg,
  anOpenTrade,
  aPlan,
  aShortPlan,
  aTrade,
  es,
  later,
  someFills,
  TRADE,
  told,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const AT = later(5_000);

describe("an entry fill", () => {
  it("is booked with its price, size and fee", () => {
    expect(readEntryFill(aTrade(), 0, aFill(), AT)).toEqual([
      {
        at: AT,
        trade: TRADE,
        tranche: 0,
        kind: "EntryFilled",
        fill: "f1",
        order: "e1",
        price: es(6326),
        quantity: 1,
        fees: dollars(0.61),
        filledAt: aFill().at,
      },
    ]);
  });

  it("counts once", () => {
    expect(readEntryFill(aTrade({ fills: [fillId("f1")] }), 0, aFill(), AT)).toEqual([]);
  });

  it.each(["closed", "abandoned"] as const)("reopens a trade thought %s", (phase) => {
    const facts = readEntryFill(aTrade({ phase }), 0, aFill(), AT);
    expect(facts.map((fact) => fact.kind)).toEqual(["TradeReopened", "EntryFilled"]);
  });
});

describe("an exit fill", () => {
  const fill = aFill({ fill: fillId("x1"), role: "target", side: "sell", price: es(6333) });
  const kinds = (facts: readonly Fact[]) => facts.map((fact) => fact.kind);

  it("at a target is a hit of that target", () => {
    expect(readExitFill(anOpenTrade(), 0, "target", fill, AT)).toMatchObject([
      { kind: "ExitFilled", by: "target", price: es(6333), quantity: 1 },
      { kind: "TargetHit", target: 1, price: es(6333), quantity: 1 },
    ]);
    expect(readExitFill(anOpenTrade(), 1, "target", fill, AT)).toMatchObject([
      { kind: "ExitFilled", tranche: 1 },
      { kind: "TargetHit", target: 2 },
    ]);
  });

  it("at a stop is none", () => {
    expect(kinds(readExitFill(anOpenTrade(), 0, "stop", fill, AT))).toEqual(["ExitFilled"]);
  });

  it("at a target is a hit only once, however many parts it comes in", () => {
    const hit: Trade = { ...anOpenTrade(), targetsHit: 1 };
    expect(kinds(readExitFill(hit, 0, "target", fill, AT))).toEqual(["ExitFilled"]);
    expect(kinds(readExitFill(hit, 1, "target", fill, AT))).toEqual(["ExitFilled", "TargetHit"]);
  });

  it("through the target leg on the way out is no hit", () => {
    const leaving = told(anOpenTrade(), {
      at: AT,
      trade: TRADE,
      kind: "ExitBegun",
      reason: "flatten",
    });
    expect(kinds(readExitFill(leaving, 0, "target", fill, AT))).toEqual(["ExitFilled"]);
    const trimmed = told(anOpenTrade(), {
      at: AT,
      trade: TRADE,
      tranche: 0,
      kind: "TargetAimed",
      target: es(6324),
      why: "trim",
    });
    expect(kinds(readExitFill(trimmed, 0, "target", fill, AT))).toEqual(["ExitFilled"]);
  });

  it("counts once, and only in a tranche that exists", () => {
    const known = { ...anOpenTrade(), fills: [fillId("x1")] };
    expect(readExitFill(known, 0, "target", fill, AT)).toEqual([]);
    expect(readExitFill(anOpenTrade(), 7, "target", fill, AT)).toEqual([]);
  });

  it("reopens a trade thought over", () => {
    const over: Trade = { ...anOpenTrade(), phase: "closed" };
    expect(kinds(readExitFill(over, 0, "stop", fill, AT))).toEqual(["TradeReopened", "ExitFilled"]);
  });
});

describe("a fill of the venue's close", () => {
  const close = (quantity: number, side: VenueFill["side"] = "sell"): VenueFill =>
    aFill({
      fill: fillId("c1"),
      role: "close",
      side,
      quantity: contracts(quantity),
      price: es(6320),
    });
  const fromList = { at: AT, fromList: true };
  const fromEvent = { at: AT, fromList: false };

  const dealt = (facts: readonly Fact[]) =>
    (facts as readonly FactOf<"ExitFilled">[]).map((one) => [one.trade, one.tranche, one.quantity]);
  const feesOf = (facts: readonly Fact[]) =>
    (facts as readonly FactOf<"ExitFilled">[]).map((one) => one.fees);

  const [first, second] = [anOpenTrade(aPlan(), 1), anOpenTrade(aPlan(), 2)];
  const asking = (trade: Trade): Trade =>
    told(trade, { at: AT, trade: trade.id, kind: "CloseAsked", contract: "MESZ26", tries: 1 });
  const trimming = (trade: Trade, tranche: number): Trade =>
    told(trade, { at: AT, trade: trade.id, tranche, kind: "TrimSent", quantity: contracts(1) });

  it("is a close by hand unless somebody here had asked for one", () => {
    const by = (trades: readonly Trade[], quantity = 3) => {
      const facts = readCloseFill(trades, close(quantity), fromEvent);
      return facts.map((one) => one.kind === "ExitFilled" && one.by);
    };
    expect(by([first])).toEqual(["hand", "hand"]);
    expect(by([asking(first)])).toEqual(["close", "close"]);
    // What one asked for takes the other as well.
    expect(by([first, asking(second)], 6)).toEqual(["close", "close", "close", "close"]);
    expect(by([trimming(first, 1)], 1)).toEqual(["close"]);
    const trimmed = { ...first, trims: 1 };
    expect(by([trimmed], 1)).toEqual(["close"]);
    expect(by([trimmed])).toEqual(["hand", "hand"]);
  });

  it("by hand is what ended the trade only where it came last", () => {
    const half = told(first, ...(readCloseFill([first], close(1), fromEvent) as FactOfTrade[]));
    expect(half.byHand).toBe(true);
    const [fact] = readExitFill(half, 1, "target", { ...close(2), fill: fillId("t2") }, AT);
    expect(told(half, fact as FactOfTrade).byHand).toBe(false);
  });

  it("is dealt out tranche by tranche, its fee booked once", () => {
    const facts = readCloseFill([asking(first)], close(3), fromEvent);
    expect(dealt(facts)).toEqual([
      [first.id, 0, 1],
      [first.id, 1, 2],
    ]);
    expect(feesOf(facts)).toEqual([dollars(0.61), 0]);
    expect(facts[0]).toMatchObject({
      kind: "ExitFilled",
      by: "close",
      fill: "c1",
      price: es(6320),
    });
  });

  it("takes the contracts of a short out the same way", () => {
    const short = anOpenTrade(aShortPlan());
    expect(dealt(readCloseFill([short], close(2, "buy"), fromEvent))).toEqual([
      [short.id, 0, 1],
      [short.id, 1, 1],
    ]);
  });

  it("ends every trade of the contract, the earlier one first", () => {
    expect(dealt(readCloseFill([second, first], close(6), fromEvent))).toEqual([
      [first.id, 0, 1],
      [first.id, 1, 2],
      [second.id, 0, 1],
      [second.id, 1, 2],
    ]);
  });

  it("goes first to the trade that asked for it", () => {
    expect(dealt(readCloseFill([first, asking(second)], close(3), fromEvent))).toEqual([
      [second.id, 0, 1],
      [second.id, 1, 2],
    ]);
    expect(dealt(readCloseFill([asking(second), first], close(1), fromEvent))).toEqual([
      [second.id, 0, 1],
    ]);
  });

  it("of a part goes first to the tranche the part was cut from", () => {
    expect(dealt(readCloseFill([first, trimming(second, 1)], close(1), fromEvent))).toEqual([
      [second.id, 1, 1],
    ]);
    expect(dealt(readCloseFill([trimming(first, 0)], close(1), fromEvent))).toEqual([
      [first.id, 0, 1],
    ]);
    expect(dealt(readCloseFill([trimming(second, 1), first], close(1), fromEvent))).toEqual([
      [second.id, 1, 1],
    ]);
  });

  it("books what it took beside a leg that was filled meanwhile, so that it is bought back", () => {
    const leaving = told(
      first,
      { at: AT, trade: TRADE, kind: "ExitBegun", reason: "stop-refused" },
      { at: AT, trade: TRADE, kind: "CloseAsked", contract: "MESZ26", tries: 1 },
    );
    const two = { ...close(2), fill: fillId("s2"), role: "stop" } as const;
    const met = told(leaving, ...(readExitFill(leaving, 1, "stop", two, AT) as FactOfTrade[]));
    // While an entry fill may be missing, only the list knows; else there is nothing to wait for.
    const partly = withTranche(second, 1, { quantity: contracts(3) });
    expect(dealt(readCloseFill([partly, met], close(6), fromEvent))).toEqual([]);
    expect(dealt(readCloseFill([second, met], close(6), fromEvent)).at(-1)).toEqual([TRADE, 1, 2]);
    expect(dealt(readCloseFill([second, met], close(7), fromEvent))).toEqual([]);
    expect(dealt(readCloseFill([met], close(3), fromList))).toEqual([
      [TRADE, 0, 1],
      [TRADE, 1, 2],
    ]);
    // A hundred more than any leg let out were somebody else's.
    expect(dealt(readCloseFill([second, met], close(100), fromList)).at(-1)).toEqual([TRADE, 1, 2]);
    const none = dealt(readCloseFill([leaving], close(4), fromList));
    expect(none).toEqual([
      [TRADE, 0, 1],
      [TRADE, 1, 2],
    ]);
    expect(dealt(readCloseFill([met], close(9, "buy"), fromList))).toEqual([]);
    const unfilled = withTranche(leaving, 0, { filledAt: null });
    const bare = withTranche(unfilled, 1, { stop: null, target: null, filledAt: later(9_000) });
    expect(dealt(readCloseFill([bare], close(9), fromList))).toEqual(none);
  });

  it("by hand that met a leg is booked in full as well: what was sold twice is bought back", () => {
    const leg = (tranche: number, quantity: number): FactOf<"ExitFilled"> => ({
      ...{ at: AT, trade: TRADE, kind: "ExitFilled", by: "target", tranche },
      ...{ fill: fillId(`t${tranche}`), order: orderId(`t${tranche}`), price: es(6333) },
      ...{ quantity: contracts(quantity), fees: dollars(0) },
    });
    const met = told(first, leg(0, 1));
    const byHand = (quantity: number, span: number, trade = met) =>
      dealt(readCloseFill([trade], { ...close(quantity), at: later(5_000 + span) }, fromEvent));
    const all = [
      [TRADE, 1, 2],
      [TRADE, 0, 1],
    ];
    expect(byHand(3, 0)).toEqual(all);
    // Before the leg was heard of, or so soon after it that the person cannot have known.
    expect(byHand(3, -60_000)).toEqual(all);
    expect(byHand(3, 2_000)).toEqual(all);
    // That we have asked for a close of our own since then changes nothing.
    const leaving = { reason: "flatten", since: AT, tries: 1, triedAt: AT } as const;
    const asked = { ...leaving, closeAskedAt: later(7_000), closeTries: 1 };
    expect(byHand(3, 0, { ...met, exit: asked })).toEqual(all);
    // Later on, or more than left by the legs, it is a person's own and not ours to touch.
    expect(byHand(3, 2_001)).toEqual([]);
    expect(byHand(4, 0)).toEqual([]);
    const listed = readCloseFill([met], { ...close(4), at: AT }, fromList);
    expect(dealt(listed)).toEqual([[TRADE, 1, 2]]);
    // Both tranches were left by their legs, and the close took it all once more.
    const gone = told(met, leg(1, 2));
    expect(byHand(3, 0, gone)).toEqual([
      [TRADE, 0, 1],
      [TRADE, 1, 2],
    ]);
    const twice = told(gone, ...(readCloseFill([gone], close(1), fromList) as FactOfTrade[]));
    expect(byHand(3, 0, twice)).toEqual([]);
    expect(byHand(2, 0, twice)).toEqual([[TRADE, 1, 2]]);
    // From whichever tranche it was booked: the second one's are gone already, and no more than that.
    const out = told(gone, { ...leg(1, 2), by: "close", fill: fillId("c9") });
    expect(byHand(1, 0, out)).toEqual([[TRADE, 0, 1]]);
    const all3 = told(gone, { ...leg(1, 3), by: "close", fill: fillId("c9") });
    expect(byHand(1, 0, all3)).toEqual([]);
  });

  it("never waits for a tranche that was not sent", () => {
    const one = withTranche(withEntry(first, 1, { state: "planned", sentAt: null }), 1, {
      ...{ entered: someFills(0, es(6326)), stop: null, target: null, filledAt: null },
    });
    const left = withTranche(one, 0, {
      ...{ exited: someFills(1, es(6316)), filledAt: AT },
      stop: aLeg({ state: "filled", filled: contracts(1) }),
    });
    expect(dealt(readCloseFill([left], { ...close(1), at: AT }, fromEvent))).toEqual([
      [TRADE, 0, 1],
    ]);
  });

  it("buys back what was sold too much", () => {
    const over = withTranche(first, 1, { exited: someFills(3, es(6316)) });
    const facts = readCloseFill([over], close(1, "buy"), fromEvent);
    expect(dealt(facts)).toEqual([[first.id, 1, -1]]);
    expect(heldOfTranche(told(over, ...(facts as FactOfTrade[])).tranches[1]!)).toBe(0);
  });

  it("sells back what a short bought too much", () => {
    const over = withTranche(anOpenTrade(aShortPlan()), 0, { exited: someFills(3, es(6336)) });
    expect(dealt(readCloseFill([over], close(2), fromEvent))).toEqual([[over.id, 0, -2]]);
  });

  it("of more than the books hold waits for the list, and there loses the rest", () => {
    expect(readCloseFill([first], close(4), fromEvent)).toEqual([]);
    expect(dealt(readCloseFill([first], close(4), fromList))).toEqual([
      [first.id, 0, 1],
      [first.id, 1, 2],
    ]);
    expect(readCloseFill([], close(1), fromList)).toEqual([]);
  });

  it("books every contract exactly once, and the fee once", () => {
    const trades = fc.subarray([first, asking(second), trimming(anOpenTrade(aPlan(), 3), 1)]);
    fc.assert(
      fc.property(trades, fc.integer({ min: 1, max: 12 }), (some, quantity) => {
        const facts = readCloseFill(some, close(quantity), fromList);
        const held = some.reduce((sum, trade) => sum + heldOf(trade), 0);
        const booked = dealt(facts).reduce((sum, [, , part]) => sum + Number(part), 0);
        expect(booked).toBe(Math.min(quantity, held));
        expect(feesOf(facts).reduce((sum, fee) => sum + fee, 0)).toBe(booked > 0 ? 6_100 : 0);
        for (const trade of some) {
          const own = facts.filter((fact) => "trade" in fact && fact.trade === trade.id);
          const left = told(trade, ...(own as FactOfTrade[]));
          expect(left.tranches.every((one) => heldOfTranche(one) >= 0)).toBe(true);
        }
      }),
    );
  });
});
