import { describe, expect, it } from "vitest";
import type { OrderState, Trade } from "../../../../src/core/model/trade.ts";
import { contracts, type Millis, millis } from "../../../../src/core/model/units.ts";
import {
  cancelEntries,
  sendNext,
  startClock,
  tellDoubt,
  withdraw,
} from "../../../../src/core/track/attend-entry.ts";
import {
  aLeg,
  aPlan,
  aQuote,
  aScene,
  aTrade,
  es,
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

  it("waits while something may have been missed, and then its time is up like any other", () => {
    const gap = { ...scene, compared: false };
    expect(sendNext(firstIs("working"), gap)).toEqual([]);
    expect(sendNext(firstIs("working"), { ...late, compared: false })).toMatchObject([
      { kind: "EntryNotSent" },
    ]);
  });

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

describe("an entry without a fate", () => {
  const lost = withEntry(aTrade(), 0, { state: "unknown" });
  const sceneAt = (span: number) => aScene({ at: later(span) });

  it("is told to a person after 10 s, once", () => {
    expect(tellDoubt(lost, sceneAt(9_999))).toEqual([]);
    const [found] = tellDoubt(lost, sceneAt(10_000));
    expect(found).toMatchObject({ kind: "IncidentFound", what: "outcome-unknown", trade: TRADE });
    expect(tellDoubt({ ...lost, doubted: true }, sceneAt(10_000))).toEqual([]);
  });

  it("is one that was sent and is unknown, nothing else", () => {
    expect(tellDoubt(aTrade(), sceneAt(60_000))).toEqual([]);
    const never = withEntry(lost, 0, { state: "unknown", sentAt: null });
    expect(tellDoubt(never, sceneAt(60_000))).toEqual([]);
  });
});

describe("the time-out with a feed of bars", () => {
  const bars = aPlan({ expiresAt: later(120_000), timeout: millis(30_000) });
  const waiting = aTrade({}, bars);
  const printed = (at: Millis) => aScene({ at: later(60_000), quote: aQuote(es(6326), { at }) });
  const started = (from: Millis, until: Millis) => [
    { at: later(60_000), trade: TRADE, kind: "EntryClockStarted", from, until },
  ];

  it("starts with the first print after the plan", () => {
    expect(startClock(waiting, printed(NOW))).toEqual([]);
    expect(startClock(waiting, { ...printed(NOW), lastQuote: null })).toEqual([]);
    expect(startClock(waiting, printed(later(1)))).toEqual(started(later(1), later(30_001)));
  });

  it("ends no later than it would without any print", () => {
    expect(startClock(waiting, printed(later(100_000)))).toEqual(
      started(later(100_000), later(120_000)),
    );
  });

  it("starts once, and only while something rests", () => {
    const from = later(50_000);
    const timed = told(waiting, {
      ...about,
      kind: "EntryClockStarted",
      from,
      until: later(80_000),
    });
    expect(startClock(timed, printed(from))).toEqual([]);
    expect(withdraw(timed, aScene({ at: later(79_999) }))).toEqual([]);
    expect(withdraw(timed, aScene({ at: later(80_000) }))).toMatchObject([
      { kind: "EntryWithdrawn" },
    ]);
    expect(startClock({ ...waiting, entryEnding: "halted" }, printed(from))).toEqual([]);
    expect(startClock(aTrade(), printed(from))).toEqual([]);
    const filled = withEntry(withEntry(waiting, 0, { state: "filled" }), 1, { state: "filled" });
    expect(startClock(filled, printed(from))).toEqual([]);
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
