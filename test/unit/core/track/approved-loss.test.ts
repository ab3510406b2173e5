import { describe, expect, it } from "vitest";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { contracts, type Ticks } from "../../../../src/core/model/units.ts";
import { keepApprovedLoss } from "../../../../src/core/track/approved-loss.ts";
import {
  anOpenTrade,
  aPlan,
  aScene,
  aShortPlan,
  aTrade,
  es,
  later,
  someFills,
  TRADE,
  withTranche,
} from "../../../kit/builders.ts";

/** 3 contracts in one tranche. */
const three = aPlan({ tranches: [{ quantity: contracts(3), target: es(6333) }] });
const native = aScene({ at: later(5_000) });
const about = { at: native.at, trade: TRADE };

describe("a fill worse than was approved", () => {
  /** Entered at this price instead of the alert's. */
  const enteredAt = (price: Ticks, plan = three): Trade =>
    withTranche(anOpenTrade(plan), 0, { entered: someFills(3, price) });

  it("moves the stop by what was overpaid, so that the approved loss holds", () => {
    expect(keepApprovedLoss(enteredAt(es(6329)), native)).toEqual([
      { ...about, kind: "StopAimed", stop: es(6317), why: "worse-fill" },
    ]);
    const short = aShortPlan({ tranches: [{ quantity: contracts(3), target: es(6319) }] });
    expect(keepApprovedLoss(enteredAt(es(6323), short), native)).toEqual([
      { ...about, kind: "StopAimed", stop: es(6335), why: "worse-fill" },
    ]);
  });

  it("counts the average of a tranche, rounded up to the tick", () => {
    const sum = { quantity: contracts(3), priceSum: 3 * es(6328) + 1 };
    const trade = withTranche(anOpenTrade(three), 0, { entered: sum });
    expect(keepApprovedLoss(trade, native)).toMatchObject([{ stop: es(6316.25) }]);
  });

  it("takes the worst tranche for all", () => {
    const trade = withTranche(anOpenTrade(), 1, { entered: someFills(2, es(6330)) });
    expect(keepApprovedLoss(trade, native)).toMatchObject([{ stop: es(6318) }]);
  });

  it("is none at the worst approved price, or before anything filled", () => {
    expect(keepApprovedLoss(enteredAt(es(6328)), native)).toEqual([]);
    expect(keepApprovedLoss(aTrade(), native)).toEqual([]);
  });

  it("leaves a stop alone that is as tight already, or at breakeven", () => {
    expect(keepApprovedLoss({ ...enteredAt(es(6329)), stopAim: es(6317) }, native)).toEqual([]);
    expect(keepApprovedLoss({ ...enteredAt(es(6329)), breakeven: "due" }, native)).toEqual([]);
  });
});
