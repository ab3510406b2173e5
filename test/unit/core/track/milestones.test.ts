import { describe, expect, it } from "vitest";
import { tagOf } from "../../../../src/core/model/ids.ts";
import type { Leg, OrderState, Trade } from "../../../../src/core/model/trade.ts";
import { contracts, dollars, millis, type Ticks } from "../../../../src/core/model/units.ts";
import {
  anchorTargets,
  breakevenByTarget,
  breakevenNow,
  clearLegs,
  conclude,
  splitWhatFilled,
  targetLevel,
} from "../../../../src/core/track/milestones.ts";
import {
  aLeg,
  anOpenTrade,
  aPlan,
  aQuote,
  aScene,
  aShortPlan,
  aTrade,
  es,
  later,
  NOW,
  someFills,
  TRADE,
  told,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const scene = aScene({ at: later(5_000), quote: aQuote(es(6333)) });
const about = { at: scene.at, trade: TRADE };
const quiet = { ...scene, quote: null };

/** The default trade with other entry prices. */
const enteredAt = (first: Ticks, second: Ticks, plan = aPlan()): Trade =>
  withTranche(withTranche(anOpenTrade(plan), 0, { entered: someFills(1, first) }), 1, {
    entered: someFills(2, second),
  });

const leaving = (trade: Trade): Trade =>
  told(trade, { ...about, kind: "ExitBegun", reason: "flatten" });
const out = (trade: Trade, index: number, quantity: number, price = es(6333)): Trade =>
  withTranche(trade, index, { exited: someFills(quantity, price) });

describe("breakeven", () => {
  const due = (stop: Ticks, why = "target") => ({ ...about, kind: "BreakevenDue", stop, why });

  it("is not judged by a quote from before the fill that made it due", () => {
    const hit: Trade = { ...anOpenTrade(), targetsHit: 1 };
    const quote = aQuote(es(6326));
    const heard = (at: number, points: number): readonly string[] =>
      breakevenByTarget(hit, {
        ...scene,
        quote,
        fill: { at: millis(at), price: es(points) },
      }).map(({ kind }) => kind);
    expect(heard(quote.at + 1, 6333)).toEqual(["BreakevenDue"]);
    expect(heard(quote.at + 1, 6326)).toEqual(["BreakevenDue", "ExitBegun"]);
    expect(heard(quote.at, 6333)).toEqual(["BreakevenDue", "ExitBegun"]);
    expect(breakevenByTarget(hit, { ...scene, quote }).length).toBe(2);
  });

  it("is due with the first contract that left at the target the plan names", () => {
    const hit = (targetsHit: number, plan = aPlan()): Trade => ({
      ...anOpenTrade(plan),
      targetsHit,
    });
    expect(breakevenByTarget(hit(0), scene)).toEqual([]);
    expect(breakevenByTarget(hit(1), scene)).toEqual([due(es(6326))]);
    expect(breakevenByTarget(hit(1, aPlan({ breakevenAfter: 2 })), scene)).toEqual([]);
    expect(breakevenByTarget(hit(2, aPlan({ breakevenAfter: 2 })), scene)).toEqual([due(es(6326))]);
    expect(breakevenByTarget(hit(1, aPlan({ breakevenAfter: 0 })), scene)).toEqual([]);
  });

  it("is due as well when contracts left there that had filled beyond that target", () => {
    const beyond = (filled: number, plan = aPlan()): Trade =>
      withTranche(anOpenTrade(plan), 0, {
        targetWhy: "filled-beyond-target",
        target: aLeg({ filled: contracts(filled) }),
      });
    expect(breakevenByTarget(beyond(0), scene)).toEqual([]);
    expect(breakevenByTarget(withTranche(beyond(1), 0, { target: null }), scene)).toEqual([]);
    expect(breakevenByTarget(beyond(1), scene)).toEqual([due(es(6326))]);
    expect(breakevenByTarget(beyond(1, aPlan({ breakevenAfter: 2 })), scene)).toEqual([]);
    // What leaves itself needs no other stop.
    expect(breakevenByTarget(out(beyond(1), 1, 2), scene)).toEqual([]);
  });

  it.each([
    ["long", aPlan(), 25_304, 25_305, 25_305],
    ["long", aPlan(), 25_306, 25_304, 25_305],
    ["long", aPlan(), 25_304, 25_304, 25_304],
    ["short", aShortPlan(), 25_304, 25_305, 25_304],
    ["short", aShortPlan(), 25_306, 25_304, 25_304],
  ] as const)(
    "of a %s is the mean of all contracts, rounded to the tick in its favour",
    (side, plan, first, second, stop) => {
      // One contract at the first price and two at the second: the mean ends in thirds of a tick.
      const trade = enteredAt(first as Ticks, second as Ticks, plan);
      const ahead = { ...scene, quote: aQuote(side === "long" ? es(6333) : es(6319)) };
      expect(breakevenNow(trade, ahead, "price")).toEqual([due(stop as Ticks, "price")]);
    },
  );

  it("is due once, while something is held and nobody is leaving", () => {
    const none: readonly Trade[] = [
      { ...anOpenTrade(), breakeven: "due" },
      leaving(anOpenTrade()),
      aTrade(),
      out(out(anOpenTrade(), 0, 1), 1, 2),
    ];
    for (const trade of none) expect(breakevenNow(trade, scene, "command")).toEqual([]);
  });

  it("is off by the rules, and a person may ask for it all the same", () => {
    const off: Trade = { ...anOpenTrade(), breakeven: "off" };
    expect(breakevenNow(off, scene, "target")).toEqual([]);
    expect(breakevenNow(off, scene, "command")).toHaveLength(1);
  });

  it("needs an entry to have a mean of", () => {
    const odd = out(aTrade(), 0, -1);
    expect(breakevenNow(odd, scene, "command")).toEqual([]);
  });

  it.each([
    ["long", anOpenTrade(), 6326],
    ["long", anOpenTrade(), 6325],
    ["short", anOpenTrade(aShortPlan()), 6325.75],
    ["short", anOpenTrade(aShortPlan()), 6327],
  ] as const)(
    "that the market of a %s has passed already takes the rest out at once",
    (_, trade, last) => {
      const passed = { ...scene, quote: aQuote(es(last)) };
      expect(breakevenNow(trade, passed, "target")).toEqual([
        due(es(6326)),
        { ...about, kind: "ExitBegun", reason: "breakeven-passed" },
      ]);
    },
  );

  it("that the market has passed already keeps the old stop if the trader said so", () => {
    const keep = anOpenTrade(aPlan({ onBreakevenPassed: "keep" }));
    expect(breakevenNow(keep, { ...scene, quote: aQuote(es(6326)) }, "target")).toEqual([
      { ...about, kind: "BreakevenKept", stop: es(6316) },
    ]);
    expect(breakevenNow(keep, scene, "target")).toEqual([due(es(6326))]);
  });

  it("is tried without a fresh price: the venue refuses a stop that cannot rest", () => {
    expect(breakevenNow(anOpenTrade(), quiet, "target")).toEqual([due(es(6326))]);
  });
});

describe("targets counted from the fill", () => {
  const anchored = aPlan({ anchor: "fill" });
  const aimed = (tranche: number, target: Ticks) => ({
    ...about,
    tranche,
    kind: "TargetAimed",
    target,
    why: "anchor",
  });

  it("follow the average entry", () => {
    expect(anchorTargets(enteredAt(es(6327), es(6327), anchored), scene.at)).toEqual([
      aimed(0, es(6334)),
      aimed(1, es(6339)),
    ]);
  });

  it("stay when they are right already, when nothing filled, or when they count from the alert", () => {
    expect(anchorTargets(anOpenTrade(anchored), scene.at)).toEqual([]);
    expect(anchorTargets(aTrade({}, anchored), scene.at)).toEqual([]);
    expect(anchorTargets(enteredAt(es(6327), es(6327)), scene.at)).toEqual([]);
  });

  it("that a person chose stay where they were put", () => {
    const moved = enteredAt(es(6327), es(6327), anchored);
    for (const why of ["command", "by-hand"] as const) {
      const chosen = told(moved, { ...aimed(0, es(6330)), kind: "TargetAimed", why });
      expect(anchorTargets(chosen, scene.at)).toEqual([aimed(1, es(6339))]);
    }
  });

  it("of a tranche that leaves by command are the command's", () => {
    const moved = enteredAt(es(6327), es(6327), anchored);
    const trimmed = told(moved, { ...aimed(0, es(6325)), kind: "TargetAimed", why: "trim" });
    expect(anchorTargets(trimmed, scene.at)).toEqual([aimed(1, es(6339))]);
  });

  it("without a planned level stay where they are", () => {
    const odd = withTranche(enteredAt(es(6327), es(6327), anchored), 0, { targetIndex: 9 });
    expect(anchorTargets(odd, scene.at)).toEqual([aimed(1, es(6339))]);
  });
});

describe("the level of a target", () => {
  it("is as planned when it counts from the alert", () => {
    const trade = enteredAt(es(6327), es(6327));
    expect([0, 1, 2, -1].map((index) => targetLevel(trade, index))).toEqual([
      es(6333),
      es(6338),
      null,
      null,
    ]);
  });

  it("moves with the average entry when it counts from the fill", () => {
    const plan = aPlan({ anchor: "fill" });
    expect(targetLevel(enteredAt(es(6327), es(6327), plan), 0)).toBe(es(6334));
    expect(targetLevel(aTrade({}, plan), 0)).toBe(es(6333));
    expect(targetLevel(enteredAt(es(6327), es(6327), plan), 2)).toBeNull();
    const short = aShortPlan({ anchor: "fill" });
    expect(targetLevel(enteredAt(es(6325), es(6325), short), 1)).toBe(es(6313));
  });
});

describe("what filled", () => {
  it("stays as it is while a tranche of it leaves", () => {
    const parts = enteredAt(es(6326), es(6326));
    const odd = withTranche(parts, 0, { targetIndex: 1 });
    expect(splitWhatFilled(odd, scene)).toMatchObject([{ kind: "EntrySplit" }]);
    expect(splitWhatFilled(withTranche(odd, 0, { targetWhy: "trim" }), scene)).toEqual([]);
  });

  const filledWith = (first: number, second: number): Trade => {
    const ended = [first, second].reduce(
      (trade, quantity, index) =>
        withEntry(withTranche(trade, index, { entered: someFills(quantity, es(6326)) }), index, {
          state: quantity === 0 ? "cancelled" : "filled",
        }),
      aTrade(),
    );
    return { ...ended, phase: "open" };
  };

  it("is split anew once every entry is final", () => {
    expect(splitWhatFilled(filledWith(0, 1), scene)).toEqual([
      { ...about, kind: "EntrySplit", targetIndexes: [0, 0] },
    ]);
    expect(splitWhatFilled(filledWith(0, 2), scene)).toEqual([]);
    expect(splitWhatFilled(filledWith(1, 1), scene)).toEqual([]);
    expect(splitWhatFilled(anOpenTrade(), scene)).toEqual([]);
  });

  it("is not split while an entry may still fill", () => {
    for (const state of ["planned", "sent", "unknown", "working"] as const) {
      expect(splitWhatFilled(withEntry(filledWith(0, 1), 0, { state }), scene)).toEqual([]);
    }
  });

  it("is not split once some of it has left, the trade is being left, or when it is nothing", () => {
    expect(splitWhatFilled(out(filledWith(0, 1), 1, 1), scene)).toEqual([]);
    expect(splitWhatFilled(leaving(filledWith(0, 1)), scene)).toEqual([]);
    expect(splitWhatFilled(filledWith(0, 0), scene)).toEqual([]);
  });

  it("has nothing more to say after the split", () => {
    const [fact] = splitWhatFilled(filledWith(0, 1), scene);
    if (fact?.kind !== "EntrySplit") throw new Error("it was not split");
    expect(splitWhatFilled(told(filledWith(0, 1), fact), scene)).toEqual([]);
  });
});

describe("legs that outlive their contracts", () => {
  const list = { ...scene, truthAt: later(4_900) };
  const cancel = (tranche: number, leg: string, order: string) => ({
    ...about,
    tranche,
    leg,
    kind: "LegCancelAsked",
    order,
  });
  const flat = (change: Partial<Leg> = {}): Trade => {
    const trade = out(anOpenTrade(), 0, 1);
    const { stop, target } = trade.tranches[0] as { stop: Leg; target: Leg };
    return withTranche(trade, 0, {
      stop: { ...stop, ...change },
      target: { ...target, ...change },
    });
  };
  const own = { tag: tagOf(TRADE, "s", 0, 1) };

  it("of our own are cancelled at once", () => {
    expect(clearLegs(flat(own), scene)).toEqual([
      cancel(0, "stop", "s1"),
      cancel(0, "target", "t1"),
    ]);
  });

  it("of the venue's are its own to cancel when the other leg took the contracts out", () => {
    const by = (leg: "stop" | "target"): Trade =>
      withTranche(flat(), 0, { [leg]: aLeg({ state: "filled", filled: contracts(1) }) });
    expect(clearLegs(by("target"), scene)).toEqual([]);
    expect(clearLegs(by("stop"), scene)).toEqual([]);
    // Its own list, asked for since, still has them.
    expect(clearLegs(by("target"), list)).toEqual([cancel(0, "stop", "s1")]);
    expect(clearLegs(by("stop"), list)).toEqual([cancel(0, "target", "t1")]);
  });

  it("of the venue's beside one of our own that filled are cancelled at once: nothing links them", () => {
    const filled = aLeg({ ...own, state: "filled", filled: contracts(1) });
    const beside = (leg: "stop" | "target") => withTranche(flat(), 0, { [leg]: filled });
    expect(clearLegs(beside("stop"), scene)).toEqual([cancel(0, "target", "t1")]);
    expect(clearLegs(beside("target"), scene)).toEqual([cancel(0, "stop", "s1")]);
  });

  it("of the venue's are cancelled at once where a close went past them", () => {
    expect(clearLegs(flat(), scene)).toEqual([cancel(0, "stop", "s1"), cancel(0, "target", "t1")]);
    expect(clearLegs(leaving(flat()), scene)).toHaveLength(2);
  });

  it("are all cancelled when what is left in one tranche was sold twice in another", () => {
    const twice = withTranche(flat(own), 0, { exited: someFills(3, es(6333)) });
    // An entry fill may still be on its way: until the venue's list proved it, the other is held.
    expect(clearLegs(twice, scene)).toEqual([cancel(0, "stop", "s1"), cancel(0, "target", "t1")]);
    const proved = told(twice, { at: NOW, trade: twice.id, kind: "ExitBegun", reason: "reversed" });
    expect(clearLegs(proved, scene)).toEqual([
      cancel(0, "stop", "s1"),
      cancel(0, "target", "t1"),
      cancel(1, "stop", "s2"),
      cancel(1, "target", "t2"),
    ]);
    const outweighed = withTranche(twice, 0, { exited: someFills(2, es(6333)) });
    expect(clearLegs(outweighed, scene)).toEqual([
      cancel(0, "stop", "s1"),
      cancel(0, "target", "t1"),
    ]);
  });

  it("are asked about again after 2 s", () => {
    const asked = { ...own, cancelAskedAt: NOW };
    expect(clearLegs(flat(asked), aScene({ at: later(1_999) }))).toEqual([]);
    expect(clearLegs(flat(asked), aScene({ at: later(2_000) }))).toHaveLength(2);
  });

  it("that are over, or that nobody can name yet, are left", () => {
    expect(clearLegs(flat({ ...own, state: "filled" }), scene)).toEqual([]);
    expect(clearLegs(flat({ ...own, order: null }), scene)).toEqual([]);
    expect(clearLegs(withTranche(flat(), 0, { stop: null, target: null }), list)).toEqual([]);
  });

  it("belong to contracts still held, or that may still come", () => {
    expect(clearLegs(anOpenTrade(), list)).toEqual([]);
    expect(clearLegs(withEntry(flat(own), 0, { state: "working" }), list)).toEqual([]);
  });
});

describe("the end of a trade", () => {
  const ended = (trade: Trade, change: Partial<Leg> = {}): Trade =>
    trade.tranches.reduce((sofar, one, index) => {
      const over = (leg: Leg | null) => leg && { ...leg, state: "cancelled" as const, ...change };
      return withTranche(sofar, index, { stop: over(one.stop), target: over(one.target) });
    }, trade);
  const flat = (price = es(6333)) => out(out(anOpenTrade(), 0, 1, price), 1, 2, price);
  const stopFilled = (trade: Trade): Trade =>
    withTranche(ended(trade), 1, { stop: aLeg({ state: "filled", filled: contracts(2) }) });

  it("has the result of its fills, net of fees", () => {
    const trade: Trade = { ...ended(flat()), targetsHit: 2, fees: dollars(3.66) };
    expect(conclude(trade, scene)).toEqual([
      {
        ...about,
        kind: "TradeClosed",
        how: "targets",
        gross: dollars(105),
        fees: dollars(3.66),
        net: dollars(101.34),
      },
    ]);
  });

  it("says how it came", () => {
    const how = (trade: Trade) => conclude(trade, scene)[0];
    expect(how(stopFilled(flat()))).toMatchObject({ how: "stop" });
    expect(how({ ...stopFilled(flat()), breakeven: "due" })).toMatchObject({ how: "breakeven" });
    expect(how(leaving(stopFilled(flat())))).toMatchObject({ how: "exit" });
    const bare = [0, 1].reduce(
      (trade, index) => withTranche(trade, index, { stop: null, target: null }),
      flat(),
    );
    expect(how({ ...bare, targetsHit: 1 })).toMatchObject({ how: "targets" });
    // Nothing of its own took it out: another trade's close of the contract did.
    expect(how(bare)).toMatchObject({ how: "exit" });
    expect(how({ ...bare, byHand: true })).toMatchObject({ how: "external" });
    expect(how({ ...bare, byHand: true, released: true })).toMatchObject({ how: "exit" });
    expect(how(leaving({ ...bare, byHand: true }))).toMatchObject({ how: "exit" });
  });

  it.each(["planned", "sent", "unknown", "working"] as const)(
    "waits for an entry that is %s",
    (state) => {
      expect(conclude(withEntry(ended(flat()), 1, { state }), scene)).toEqual([]);
    },
  );

  it.each(["sent", "unknown", "working"] as const)("waits for a leg that is %s", (state) => {
    expect(conclude(ended(flat(), { state }), scene)).toEqual([]);
    const target = withTranche(ended(flat()), 1, { target: aLeg({ state }) });
    expect(conclude(target, scene)).toEqual([]);
  });

  it("waits for the fills of a leg that ended by fill, until a younger list says there are none", () => {
    const told = { state: "filled", filled: contracts(1), quantity: contracts(2) } as const;
    const missing = ended(flat(), { ...told, touchedAt: NOW });
    const target = withTranche(ended(flat()), 1, { target: aLeg({ ...told, touchedAt: NOW }) });
    for (const trade of [missing, target]) {
      expect(conclude(trade, scene)).toEqual([]);
      expect(conclude(trade, { ...scene, truthAt: NOW })).toEqual([]);
      expect(conclude(trade, { ...scene, truthAt: later(1) })).toHaveLength(1);
    }
    expect(conclude(ended(flat(), { ...told, filled: contracts(2) }), scene)).toHaveLength(1);
  });

  it("waits while anything is held, and comes once", () => {
    expect(conclude(ended(anOpenTrade()), scene)).toEqual([]);
    expect(conclude({ ...ended(flat()), phase: "closed" }, scene)).toEqual([]);
  });

  const never = (state: OrderState, change: Partial<Trade> = {}): Trade => ({
    ...withEntry(withEntry(aTrade(), 0, { state }), 1, { state: "not-sent" }),
    ...change,
  });

  it.each([
    ["not filled in time", never("cancelled", { entryEnding: "not filled in time" })],
    ["the venue rejected the entry", never("rejected")],
    ["the entry never reached the venue", never("not-sent")],
  ])("of a trade that held nothing is to be abandoned: %s", (reason, trade) => {
    expect(conclude(trade, scene)).toEqual([{ ...about, kind: "TradeAbandoned", reason }]);
  });
});
