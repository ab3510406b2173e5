import { describe, expect, it } from "vitest";
import { newTrade } from "../../../../src/core/track/new-trade.ts";
import { ACCOUNT, aPlan, es, MESSAGE, NOW, planned, TRADE } from "../../../kit/builders.ts";

describe("a new trade", () => {
  const trade = newTrade(planned());

  it("has its first entry on the way and the others waiting", () => {
    expect(trade).toMatchObject({
      id: TRADE,
      number: 1,
      account: ACCOUNT,
      cause: MESSAGE,
      author: "alice",
      plannedAt: NOW,
      phase: "planned",
    });
    expect(trade.tranches.map(({ entry }) => [entry.tag, entry.state, entry.sentAt])).toEqual([
      [`${TRADE}-e1-1`, "sent", NOW],
      [`${TRADE}-e2-1`, "planned", null],
    ]);
  });

  it("aims every stop at the alert's and each target at its own", () => {
    expect(trade.stopAim).toBe(es(6316));
    expect(trade.tranches.map((one) => [one.quantity, one.targetIndex, one.targetAim])).toEqual([
      [1, 0, es(6333)],
      [2, 1, es(6338)],
    ]);
  });

  it("has nothing, has paid nothing and has not ended", () => {
    expect(trade).toMatchObject({
      fees: 0,
      fills: [],
      targetsHit: 0,
      exit: null,
      part: null,
      closedAt: null,
      entryEnding: null,
      released: false,
    });
    for (const { entered, exited, stop, target, filledAt } of trade.tranches) {
      expect([entered.quantity, exited.quantity, stop, target, filledAt]).toEqual([
        0,
        0,
        null,
        null,
        null,
      ]);
    }
  });

  it("waits for breakeven unless the plan wants none", () => {
    expect(trade.breakeven).toBe("waiting");
    expect(newTrade(planned(aPlan({ breakevenAfter: 0 }))).breakeven).toBe("off");
  });
});
