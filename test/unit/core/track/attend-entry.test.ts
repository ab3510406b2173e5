import { describe, expect, it } from "vitest";
import type { OrderState, Trade } from "../../../../src/core/model/trade.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import { cancelEntries, sendNext, withdraw } from "../../../../src/core/track/attend-entry.ts";
import {
  aLeg,
  aScene,
  aTrade,
  later,
  legOrder,
  NOW,
  TRADE,
  told,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const scene = aScene({ at: later(1_000) });
const late = aScene({ at: later(30_000) });
const about = { at: scene.at, trade: TRADE };

const firstIs = (state: OrderState, order = legOrder("e", 0)): Trade =>
  withEntry(aTrade(), 0, { state, order });

describe("the next entry", () => {
  it("waits until the one before it was taken", () => {
    expect(sendNext(aTrade(), scene)).toEqual([]);
    for (const state of ["working", "filled", "sent"] as const) {
      expect(sendNext(firstIs(state), scene)).toEqual([
        { ...about, tranche: 1, kind: "EntrySent" },
      ]);
    }
  });

  it.each(["unknown", "rejected", "not-sent"] as const)(
    "stays home after one that is %s",
    (state) => {
      expect(sendNext(firstIs(state), scene)).toEqual([
        { ...about, tranche: 1, kind: "EntryNotSent", reason: `the tranche before it is ${state}` },
      ]);
    },
  );

  it("stays home once entries are withdrawn or time is up", () => {
    const withdrawn: Trade = { ...firstIs("working"), entryEnding: "the stop traded" };
    expect(sendNext(withdrawn, scene)).toMatchObject([{ reason: "the stop traded" }]);
    expect(sendNext(firstIs("working"), late)).toMatchObject([{ reason: "not filled in time" }]);
  });

  it("does not exist when all have been sent", () => {
    const sent = withEntry(firstIs("working"), 1, { state: "sent" });
    expect(sendNext(sent, scene)).toEqual([]);
  });
});

describe("resting entries", () => {
  const working = firstIs("working");

  it("are left alone while their time runs", () => {
    expect(withdraw(working, scene)).toEqual([]);
    expect(withdraw(working, aScene({ at: later(29_999) }))).toEqual([]);
  });

  it.each([
    ["after 30 seconds", working, late, "not filled in time"],
    ["when the first target traded", { ...working, targetsHit: 1 }, scene, "target 1 traded"],
    [
      "when the stop traded",
      withTranche(working, 0, { stop: aLeg({ filled: contracts(1) }) }),
      scene,
      "the stop traded",
    ],
    [
      "when the trade is being left",
      told(working, { ...about, kind: "ExitBegun", reason: "flatten" }),
      scene,
      "the trade is being left",
    ],
    [
      "when the account may not enter",
      working,
      { ...scene, mayEnter: false },
      "no entries are allowed",
    ],
  ])("are withdrawn %s", (_, trade, when, reason) => {
    expect(withdraw(trade, when)).toEqual([
      { at: when.at, trade: TRADE, kind: "EntryWithdrawn", reason },
    ]);
  });

  it("are withdrawn once, and only while one may still fill", () => {
    expect(withdraw({ ...working, entryEnding: "cancelled" }, late)).toEqual([]);
    const all = withEntry(firstIs("filled"), 1, { state: "cancelled" });
    expect(withdraw(all, late)).toEqual([]);
  });
});

describe("withdrawn entries", () => {
  const ending: Trade = { ...firstIs("working"), entryEnding: "not filled in time" };

  it("are cancelled", () => {
    expect(cancelEntries(ending, scene)).toEqual([
      { ...about, tranche: 0, kind: "EntryCancelAsked", order: "e1" },
    ]);
  });

  it("are cancelled all, once each is known to the venue", () => {
    const both = withEntry(ending, 1, { state: "unknown", order: legOrder("e", 1) });
    expect(cancelEntries(both, scene)).toHaveLength(2);
    expect(cancelEntries(withEntry(ending, 0, { state: "sent", order: null }), scene)).toEqual([]);
  });

  it("are asked about again after 2 s without a word", () => {
    const asked = withEntry(ending, 0, { cancelAskedAt: NOW });
    expect(cancelEntries(asked, aScene({ at: later(1_999) }))).toEqual([]);
    expect(cancelEntries(asked, aScene({ at: later(2_000) }))).toHaveLength(1);
  });

  it("that have ended need nothing, nor do those that nobody withdrew", () => {
    expect(cancelEntries(withEntry(ending, 0, { state: "filled" }), scene)).toEqual([]);
    expect(cancelEntries(firstIs("working"), late)).toEqual([]);
  });
});
