import { describe, expect, it } from "vitest";
import type { AccountRisk, Tripped } from "../../../../src/core/model/account-risk.ts";
import type { DayLimits } from "../../../../src/core/model/limits.ts";
import { tradeDateEnd } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis, money } from "../../../../src/core/model/units.ts";
import {
  feedTrip,
  outcomeOf,
  provedBy,
  stateAt,
  tripsOf,
} from "../../../../src/core/risk/breakers.ts";
import { riskOf } from "../../../../src/core/risk/memory.ts";
import { anAccount, later, NOW, TODAY } from "../../../kit/builders.ts";

const ALL = new Set(["losses", "drawdown", "errors", "slippage", "feed"] as const);
const END = tradeDateEnd(TODAY);

const remembering = (risk: Partial<AccountRisk>) => anAccount({ risk: { ...riskOf({}), ...risk } });

const trips = (risk: Partial<AccountRisk>, limits: DayLimits, result = money(0), at = NOW) =>
  tripsOf({ account: remembering(risk), limits: { ...limits, slippage: 2 }, at, result }, ALL);

const tripped = (change: Partial<Tripped> = {}): Tripped => ({
  breaker: "losses",
  at: NOW,
  until: later(1_000),
  measured: 3,
  limit: 3,
  ...change,
});

describe("a breaker", () => {
  it("is open until its time, then half-open or closed, by its kind", () => {
    expect(stateAt(tripped(), later(999))).toBe("open");
    expect(stateAt(tripped(), later(1_000))).toBe("half-open");
    expect(stateAt(tripped({ breaker: "drawdown" }), later(1_000))).toBe("closed");
    // A clock that goes back finds it open again.
    expect(stateAt(tripped(), millis(NOW - 5_000))).toBe("open");
  });

  it("that is not configured never trips", () => {
    const risk = { streak: 9, peak: dollars(900), troubles: [NOW, NOW], slips: [9, 9, 9] };
    expect(trips(risk, {}, dollars(-900))).toEqual([]);
  });

  it("says only what there is news of, and not twice while it is open", () => {
    const limits = { consecutiveLosses: 3 };
    const standing = { limits: { ...limits, slippage: 2 }, at: NOW, result: money(0) };
    const account = remembering({ streak: 3 });
    expect(tripsOf({ ...standing, account }, new Set(["errors"] as const))).toEqual([]);
    expect(trips({ streak: 3, tripped: [tripped()] }, limits)).toEqual([]);
    expect(trips({ streak: 3, tripped: [tripped({ until: NOW })] }, limits)).toHaveLength(1);
    // Another one that is open, or is closed again, is another one.
    const drawdown = tripped({ breaker: "drawdown" });
    expect(trips({ streak: 3, tripped: [drawdown] }, limits)).toHaveLength(1);
    expect(trips({ streak: 3, tripped: [{ ...drawdown, until: NOW }, tripped()] }, limits)).toEqual(
      [],
    );
  });
});

describe("what trips", () => {
  it("is so many losses in a row, until the trade date ends", () => {
    expect(trips({ streak: 2 }, { consecutiveLosses: 3 })).toEqual([]);
    expect(trips({ streak: 3 }, { consecutiveLosses: 3 })).toEqual([
      { breaker: "losses", measured: 3, limit: 3, until: END },
    ]);
  });

  it("is so far below the best of the day, if it ever stood above its beginning", () => {
    const limits = { breakers: { drawdown: { limit: { ofBalance: 100 } } } };
    expect(trips({ peak: dollars(300) }, limits, dollars(-199.99))).toEqual([]);
    expect(trips({ peak: dollars(300) }, limits, dollars(-200))).toEqual([
      { breaker: "drawdown", measured: dollars(500), limit: dollars(500), until: END },
    ]);
    expect(trips({}, limits, dollars(-600))).toEqual([]);
  });

  it("is so many orders in trouble in so short a time, for its pause", () => {
    const limits = {
      breakers: { errors: { count: 2, within: millis(1_000), pause: millis(5_000) } },
    };
    const old = millis(NOW - 1_000);
    expect(trips({ troubles: [old, NOW] }, limits)).toEqual([]);
    expect(trips({ troubles: [old, NOW, NOW] }, limits)).toEqual([
      { breaker: "errors", measured: 2, limit: 2, until: later(5_000) },
    ]);
    // The trade of proof has to get through without trouble.
    const asked = [tripped({ breaker: "errors", until: NOW })];
    expect(trips({ troubles: [NOW], tripped: asked }, limits)).toMatchObject([{ limit: 1 }]);
    expect(trips({ tripped: asked }, limits)).toEqual([]);
    // One that another breaker asks for may meet as much as every other trade.
    const other = [tripped({ breaker: "slippage", until: NOW })];
    expect(trips({ troubles: [NOW], tripped: other }, limits)).toEqual([]);
  });

  it("is a mean of the last fills beyond the slippage allowed for, in thousandths of a tick", () => {
    const limits = { breakers: { slippage: { fills: 3 } } };
    expect(trips({ slips: [9, 9] }, limits)).toEqual([]);
    expect(trips({ slips: [9, 2, 2, 2] }, limits)).toEqual([]);
    expect(trips({ slips: [-9, 2, 2, 3] }, limits)).toEqual([
      { breaker: "slippage", measured: 2_333, limit: 2_000, until: END },
    ]);
  });

  it("is a price too old to trade on", () => {
    const stale = { age: millis(9_000), limit: millis(3_000) };
    const limits = { breakers: { feed: { pause: millis(500) } } };
    expect(feedTrip(limits, anAccount(), NOW, stale)).toEqual({
      breaker: "feed",
      measured: 9_000,
      limit: 3_000,
      until: later(500),
    });
    for (const none of [{}, { breakers: {} }]) {
      expect(feedTrip(none, anAccount(), NOW, stale)).toBeNull();
    }
    const other = remembering({ tripped: [tripped({ breaker: "errors" })] });
    expect(feedTrip(limits, other, NOW, stale)).toMatchObject({ breaker: "feed" });
    const open = remembering({ tripped: [tripped({ breaker: "feed" })] });
    expect(feedTrip(limits, open, NOW, stale)).toBeNull();
    expect(feedTrip(limits, open, later(1_000), stale)).not.toBeNull();
  });
});

describe("a trade that is over", () => {
  it("is a win or a loss only beyond a tenth of what was risked", () => {
    const outcome = (net: number) => outcomeOf(dollars(net), dollars(100));
    expect([-10.01, -10, 0, 10, 10.01].map(outcome)).toEqual([
      "loss",
      "scratch",
      "scratch",
      "scratch",
      "win",
    ]);
  });

  it("proves a streak broken by a win, and the rest by having been entered since", () => {
    const all = [
      tripped({ until: NOW }),
      tripped({ breaker: "errors", until: NOW }),
      tripped({ breaker: "slippage", until: later(5) }),
      tripped({ breaker: "drawdown", until: NOW }),
    ];
    const account = remembering({ tripped: all });
    const proved = (plannedAt: number, outcome: "win" | "loss") =>
      provedBy({ account, at: later(10) }, { plannedAt: millis(plannedAt) }, outcome);
    expect(proved(NOW, "win")).toEqual(["losses", "errors"]);
    expect(proved(NOW + 5, "loss")).toEqual(["errors", "slippage"]);
    expect(proved(NOW - 1, "loss")).toEqual([]);
  });
});
