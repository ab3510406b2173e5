import { describe, expect, it } from "vitest";
import type { Exit, Leg, Trade } from "../../../../src/core/model/trade.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import { bandOf, wakeTimeOf } from "../../../../src/core/track/trade-alarms.ts";
import {
  aLeg,
  anOpenTrade,
  aPlan,
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

const at = later(5_000);
const wakesIn = (trade: Trade): number | null => {
  const wake = wakeTimeOf(trade, at);
  return wake === null ? null : wake - NOW;
};

const withStop = (change: Partial<Leg>): Trade =>
  withTranche(anOpenTrade(), 0, { stop: aLeg({ touchedAt: later(4_000), ...change }) });

const anExit = (change: Partial<Exit> = {}): Exit => ({
  reason: "flatten",
  since: later(4_000),
  tries: 1,
  triedAt: later(4_500),
  closeAskedAt: null,
  closeTries: 0,
  ...change,
});

describe("the next moment of a trade", () => {
  it("is when its entries expire", () => {
    expect(wakesIn(aTrade())).toBe(30_000);
  });

  it("is when a cancel should have been confirmed, once entries are withdrawn", () => {
    const ending = { ...withEntry(aTrade(), 1, { state: "cancelled" }), entryEnding: "late" };
    expect(wakesIn(ending)).toBeNull();
    expect(wakesIn(withEntry(ending, 0, { cancelAskedAt: later(4_000) }))).toBe(6_000);
  });

  it("is when a person is to be told that the fate of an entry is unknown", () => {
    const lost = withEntry(aTrade(), 0, { state: "unknown" });
    expect(wakesIn(lost)).toBe(10_000);
    expect(wakesIn({ ...lost, doubted: true })).toBe(30_000);
    expect(wakesIn(withEntry(lost, 0, { state: "unknown", sentAt: null }))).toBe(30_000);
  });

  it("is never when all is well: only news can change anything", () => {
    expect(wakesIn(anOpenTrade())).toBeNull();
  });

  it("is when an unseen stop has been waited for long enough", () => {
    expect(wakesIn(withTranche(anOpenTrade(), 0, { stop: null }))).toBe(10_000);
    const undated = withTranche(anOpenTrade(), 0, { stop: null, filledAt: null });
    expect(wakesIn(undated)).toBeNull();
    const gone = withTranche(anOpenTrade(), 0, { stop: null, exited: someFills(1, es(6333)) });
    expect(wakesIn(gone)).toBeNull();
  });

  it.each([
    [{ state: "sent" }, 5_500],
    [{ state: "unknown" }, 5_500],
    [
      { state: "cancelled", change: { price: null, quantity: null, askedAt: at, attempt: 1 } },
      null,
    ],
    [{ change: { price: null, quantity: null, askedAt: later(4_200), attempt: 1 } }, 6_200],
    [{ cancelAskedAt: later(4_300) }, 6_300],
    [{ refusal: "busy" }, 6_000],
    [{}, null],
  ] as const)("for a leg %o is %s", (change, expected) => {
    expect(wakesIn(withStop(change))).toBe(expected);
  });

  it("is that of the target leg as well", () => {
    const target = aLeg({ state: "sent", touchedAt: later(4_000) });
    expect(wakesIn(withTranche(anOpenTrade(), 1, { target }))).toBe(8_000);
  });

  it("is the next try of an exit, or of its close call", () => {
    expect(wakesIn({ ...anOpenTrade(), exit: anExit() })).toBe(5_500);
    expect(wakesIn({ ...anOpenTrade(), exit: anExit({ triedAt: NOW }) })).toBe(6_000);
    const closing = anExit({ closeAskedAt: later(4_900) });
    expect(wakesIn({ ...anOpenTrade(), exit: closing })).toBe(6_900);
    expect(
      wakesIn({ ...anOpenTrade(), exit: { ...closing, since: later(-9_000), closeTries: 4 } }),
    ).toBe(14_900);
  });

  it("comes for entries of a trade handed to a person, until their cancels are confirmed", () => {
    const released = told(withEntry(aTrade(), 1, { state: "not-sent" }), {
      at,
      trade: TRADE,
      kind: "TradeReleased",
    });
    expect(wakesIn(withEntry(released, 0, { cancelAskedAt: later(4_000) }))).toBe(6_000);
  });

  it("is when a trim has been under way too long", () => {
    const part = {
      tranche: 1,
      quantity: contracts(1),
      askedAt: later(4_000),
      stage: "closing",
    } as const;
    expect(wakesIn({ ...anOpenTrade(), part })).toBe(5_500);
    const exit = anExit({ triedAt: later(4_600) });
    expect(wakesIn({ ...anOpenTrade(), part, exit })).toBe(5_500);
  });

  it("is always ahead, and the earliest of all", () => {
    expect(wakesIn(withStop({ state: "sent", touchedAt: later(3_000) }))).toBeNull();
    const both = withTranche(withStop({ state: "sent" }), 1, {
      target: aLeg({ state: "sent", touchedAt: later(3_500) }),
    });
    expect(wakesIn(both)).toBe(5_500);
  });

  it("does not come when the trade is over, nor for legs handed to a person", () => {
    expect(wakesIn({ ...withStop({ state: "sent" }), phase: "closed" })).toBeNull();
    expect(wakesIn({ ...withStop({ state: "sent" }), released: true })).toBeNull();
  });
});

describe("the prices a trade must hear of", () => {
  it("are Target 1 and the stop while entries rest", () => {
    expect(bandOf(aTrade())).toEqual({ atOrBelow: es(6316), atOrAbove: es(6333) });
    expect(bandOf(aTrade({}, aShortPlan()))).toEqual({ atOrBelow: es(6319), atOrAbove: es(6336) });
    expect(bandOf(aTrade({}, aPlan({ targets: [] })))).toEqual({
      atOrBelow: es(6316),
      atOrAbove: null,
    });
  });

  it("follow the average fill where targets count from it", () => {
    const plan = aPlan({ anchor: "fill" });
    const partly = withTranche(aTrade({}, plan), 0, { entered: someFills(1, es(6327)) });
    expect(bandOf(partly)).toEqual({ atOrBelow: es(6316), atOrAbove: es(6334) });
    const runner = withTranche(late(plan), 1, { entered: someFills(2, es(6327)) });
    expect(bandOf(runner)).toEqual({ atOrBelow: null, atOrAbove: es(6334) });
  });

  it("are none once contracts rest at the target that brings breakeven", () => {
    expect(bandOf(anOpenTrade())).toBeNull();
  });

  /** Only the second tranche filled, and it leaves at Target 2. */
  const late = (plan = aPlan()): Trade =>
    withEntry(withTranche(anOpenTrade(plan), 0, { entered: someFills(0, es(6326)) }), 0, {
      state: "cancelled",
    });

  it("are Target 1 alone when no contract rests there", () => {
    expect(bandOf(late())).toEqual({ atOrBelow: null, atOrAbove: es(6333) });
    expect(bandOf(late(aShortPlan()))).toEqual({ atOrBelow: es(6319), atOrAbove: null });
  });

  it("are none if breakeven is no longer waited for", () => {
    expect(bandOf({ ...late(), breakeven: "due" })).toBeNull();
    expect(bandOf(withTranche(late(), 1, { exited: someFills(2, es(6338)) }))).toBeNull();
  });

  it("have no level for a breakeven after a target that does not exist", () => {
    const odd: Trade = { ...late(aPlan({ breakevenAfter: 3 })) };
    const far = withTranche(odd, 1, { targetIndex: 3 });
    expect(bandOf(far)).toEqual({ atOrBelow: null, atOrAbove: null });
  });

  it("are none once entries are withdrawn before anything filled", () => {
    expect(bandOf({ ...aTrade(), entryEnding: "not filled in time" })).toBeNull();
  });

  it("are none for a trade that is over, being left, or a person's", () => {
    expect(bandOf({ ...aTrade(), phase: "abandoned" })).toBeNull();
    expect(bandOf({ ...aTrade(), exit: anExit() })).toBeNull();
    expect(bandOf({ ...aTrade(), released: true })).toBeNull();
  });
});
