import { describe, expect, it } from "vitest";
import type { EntryFact, FactOf } from "../../../../src/core/model/fact.ts";
import { fillId } from "../../../../src/core/model/ids.ts";
import type { Trade, Tranche } from "../../../../src/core/model/trade.ts";
import { contracts, dollars, type Ticks } from "../../../../src/core/model/units.ts";
import {
  anOpenTrade,
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

const about = (tranche: number, span = 100) => ({ at: later(span), trade: TRADE, tranche });
const entryOf = (trade: Trade, tranche: number) => (trade.tranches[tranche] as Tranche).entry;

const accepted = (tranche: number): EntryFact => ({
  ...about(tranche),
  kind: "EntryAccepted",
  order: legOrder("e", tranche),
});

const filled = (
  tranche: number,
  quantity: number,
  price: Ticks,
  fill = "f1",
): FactOf<"EntryFilled"> => ({
  ...about(tranche, 200),
  kind: "EntryFilled",
  fill: fillId(fill),
  order: legOrder("e", tranche),
  price,
  quantity: contracts(quantity),
  fees: dollars(0.61),
});

describe("an entry", () => {
  it("that is sent later has its own moment", () => {
    const trade = told(aTrade(), { ...about(1), kind: "EntrySent" });
    expect(entryOf(trade, 1)).toMatchObject({ state: "sent", sentAt: later(100) });
    expect(entryOf(trade, 0)).toMatchObject({ state: "sent", sentAt: NOW });
  });

  it("that was accepted works under the venue's name and forgets that it was missed", () => {
    const missed = withEntry(aTrade(), 0, { absences: 2, absentSince: NOW });
    const trade = told(missed, accepted(0));
    expect(trade.phase).toBe("entering");
    expect(entryOf(trade, 0)).toMatchObject({
      state: "working",
      order: "e1",
      absences: 0,
      absentSince: null,
    });
  });

  it.each([
    [{ kind: "EntryRejected", code: "rejected", reason: "no funds" }, "rejected", "planned"],
    [{ kind: "EntryUnknown", reason: "no answer" }, "unknown", "unknown"],
    [{ kind: "EntryNotSent", reason: "not found" }, "not-sent", "planned"],
    [{ kind: "EntryEnded", how: "cancelled" }, "cancelled", "planned"],
    [{ kind: "EntryEnded", how: "expired" }, "expired", "planned"],
  ] as const)("after %o is %s and the trade is %s", (fact, state, phase) => {
    const trade = told(aTrade(), { ...about(0), ...fact });
    expect(entryOf(trade, 0).state).toBe(state);
    expect(trade.phase).toBe(phase);
  });

  it("remembers how often it was missed, and since when", () => {
    const trade = told(
      aTrade(),
      { ...about(0), kind: "EntryAbsent", reads: 1, askedAt: later(1_000) },
      { ...about(0), kind: "EntryAbsent", reads: 2, askedAt: later(9_000) },
    );
    expect(entryOf(trade, 0)).toMatchObject({ absences: 2, absentSince: later(1_000) });
  });

  it("whose cancel was asked for remembers when", () => {
    const trade = told(
      aTrade(),
      { at: later(50), trade: TRADE, kind: "EntryWithdrawn", reason: "not filled in time" },
      { ...about(0), kind: "EntryCancelAsked", order: legOrder("e", 0) },
    );
    expect(trade.entryEnding).toBe("not filled in time");
    expect(entryOf(trade, 0).cancelAskedAt).toBe(later(100));
  });
});

describe("an entry fill", () => {
  it("opens the trade and books contracts, price and fee", () => {
    const trade = told(aTrade(), accepted(0), filled(0, 1, es(6326)));
    expect(trade).toMatchObject({ phase: "open", fees: dollars(0.61), fills: ["f1"] });
    expect(entryOf(trade, 0)).toMatchObject({ state: "filled", filled: 1 });
    expect(trade.tranches[0]).toMatchObject({
      entered: { quantity: 1, priceSum: es(6326) },
      filledAt: later(200),
    });
  });

  it("in part leaves the order working, and adds up", () => {
    const sent = told(aTrade(), { ...about(1), kind: "EntrySent" }, accepted(1));
    const once = told(sent, filled(1, 1, es(6326)));
    expect(entryOf(once, 1)).toMatchObject({ state: "working", filled: 1 });
    const twice = told(once, filled(1, 1, es(6327), "f2"));
    expect(entryOf(twice, 1)).toMatchObject({ state: "filled", filled: 2 });
    expect(twice.tranches[1]?.entered).toEqual({ quantity: 2, priceSum: es(6326) + es(6327) });
  });

  it("that comes before the acceptance names the order too", () => {
    const trade = told(aTrade(), filled(0, 1, es(6326)));
    expect(entryOf(trade, 0)).toMatchObject({ state: "filled", order: "e1" });
  });

  it("that comes after the cancel is booked all the same", () => {
    const cancelled = told(aTrade(), { ...about(0), kind: "EntryEnded", how: "cancelled" });
    const over = told(cancelled, { ...about(0), kind: "TradeAbandoned", reason: "gone" });
    const trade = told(over, filled(0, 1, es(6326)));
    expect(entryOf(trade, 0)).toMatchObject({ state: "cancelled", filled: 1 });
    expect(trade).toMatchObject({ phase: "open", closedAt: null });
    expect(trade.tranches[0]?.entered.quantity).toBe(1);
  });
});

describe("a new split of what filled", () => {
  const split = (targetIndexes: readonly number[]): EntryFact => ({
    at: later(100),
    trade: TRADE,
    kind: "EntrySplit",
    targetIndexes,
  });
  const aims = (trade: Trade) => trade.tranches.map((one) => [one.targetIndex, one.targetAim]);

  it("sends each tranche to its new target", () => {
    expect(aims(told(anOpenTrade(), split([1, 1])))).toEqual([
      [1, es(6338)],
      [1, es(6338)],
    ]);
  });

  it("keeps how far a tranche's aim was from its planned level", () => {
    const anchored = withTranche(anOpenTrade(), 1, { targetAim: es(6339) });
    expect(aims(told(anchored, split([0, 0])))[1]).toEqual([0, es(6334)]);
  });

  it("takes a tranche without a planned level to the new one exactly", () => {
    const odd = withTranche(anOpenTrade(), 0, { targetIndex: 9, targetAim: es(6350) });
    expect(aims(told(odd, split([1, 1])))[0]).toEqual([1, es(6350)]);
  });

  it("that names no target, or one that does not exist, moves nothing", () => {
    expect(aims(told(anOpenTrade(), split([])))).toEqual(aims(anOpenTrade()));
    expect(aims(told(anOpenTrade(), split([0, 9])))).toEqual(aims(anOpenTrade()));
  });
});
