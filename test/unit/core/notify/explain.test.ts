import { describe, expect, it } from "vitest";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Refusal } from "../../../../src/core/model/refusal.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { points } from "../sample-trade.ts";

const [entry, above, below] = [points("6326.00"), points("6336.00"), points("6316.00")];

/** Sunday 2026-11-22, 17:00 in Chicago. */
const OPENING = millis(1_795_388_400_000);

const CASES: readonly (readonly [Refusal, string])[] = [
  [
    { kind: "no-account", group: "swing" },
    'no account follows the group "swing" of its room; give one that group',
  ],
  [
    { kind: "queue-full", limit: 20 },
    "20 entries wait for an answer already; approve or refuse some of them",
  ],
  [{ kind: "unknown-size" }, "the alert states no size; set one for such alerts to take them"],
  [
    { kind: "stop-wrong-side", entry, stop: above },
    "the stop 6336.00 is on the wrong side of the entry 6326.00 for a long",
  ],
  [
    { kind: "stop-wrong-side", entry, stop: below },
    "the stop 6316.00 is on the wrong side of the entry 6326.00 for a short",
  ],
  [{ kind: "stop-wrong-side", entry, stop: entry }, "the stop 6326.00 is the entry itself"],
  [
    { kind: "target-wrong-side", entry, target: below },
    "the target 6316.00 is on the wrong side of the entry 6326.00 for a long",
  ],
  [
    { kind: "target-wrong-side", entry, target: above },
    "the target 6336.00 is on the wrong side of the entry 6326.00 for a short",
  ],
  [
    { kind: "stop-too-far", distance: points("35.25"), limit: points("30.00") },
    "the stop is 35.25 points from the entry and the most allowed is 30.00 points; " +
      "raise that limit if such stops are meant",
  ],
  [
    { kind: "stop-too-near", distance: points("0.75"), limit: points("1.00") },
    "the stop is 0.75 points from the entry and the least allowed is 1.00 points; " +
      "lower that limit if such stops are meant",
  ],
  [
    { kind: "superseded", by: "m7", after: millis(2_000) },
    "message m7, sent 2 s after it, was read first and speaks of it already; an alert that late is not taken",
  ],
  [
    { kind: "stale", age: millis(14_200), limit: millis(10_000) },
    "the alert is 14.2 s old and is taken up to 10 s",
  ],
  [
    { kind: "duplicate", of: "11", sameStop: true },
    "it repeats an alert already read (message 11)",
  ],
  [
    { kind: "duplicate", of: "11", sameStop: false },
    "it repeats an alert already read (message 11) with another stop; " + "look which one holds",
  ],
  [
    { kind: "trades-per-day", taken: 10, limit: 10 },
    "10 of 10 trades allowed today are taken; the next trade date begins at 17:00 CT",
  ],
  [
    { kind: "position-size", wanted: 6, limit: 5 },
    "it would make 6 contracts and the limit is 5; use a smaller size or raise the limit",
  ],
  [
    { kind: "position-size", wanted: 1, limit: 0 },
    "it would make 1 contract and the limit is 0; use a smaller size or raise the limit",
  ],
  [
    { kind: "loss-per-trade", risk: dollars(250.5), limit: dollars(200) },
    "it could lose $250.50 and the limit per trade is $200.00; " +
      "use a smaller size or raise the limit",
  ],
  [
    { kind: "loss-per-trade", risk: dollars(127.44), limit: dollars(200), open: dollars(109.94) },
    "it could lose $127.44, and $109.94 more in what it is added to; " +
      "the limit per trade is $200.00; use a smaller size or raise the limit",
  ],
  [
    { kind: "risk-too-small", risk: dollars(63.72), budget: dollars(50) },
    "one contract could lose $63.72 and this size may lose $50.00; " +
      "trade the micro contract or allow more",
  ],
  [
    { kind: "already-in-trade", trade: 3 },
    "trade #3 is on in this direction; close it first, or allow adding",
  ],
  [{ kind: "opposite-open", trade: 3 }, "trade #3 is on in the other direction; close it first"],
  [
    { kind: "off-grid", instrument: "M6E" },
    "a price of it does not exist in M6E, which moves in steps of 0.0001",
  ],
  [
    { kind: "not-traded", instrument: "NG" },
    "NG has no stop distance in these rules; state one to trade it",
  ],
  [{ kind: "no-price", instrument: "MES" }, "there is no price for MES yet; check the market data"],
  [
    { kind: "stale-price", age: millis(200_000), limit: millis(3000) },
    "the last price is 3 min 20 s old and is trusted for 3 s; check the market data",
  ],
  [
    { kind: "collar", last: points("6341.00"), alerted: entry, limit: points("10.00") },
    "the alerted price 6326.00 is 15.00 points from the last price 6341.00 " +
      "and the most allowed is 10.00 points",
  ],
  [
    { kind: "too-far-gone", price: points("6320.00"), limit: points("6321.00") },
    "the market is at 6320.00, half of the way to the stop (6321.00) or more is gone",
  ],
  [
    { kind: "stop-touched", price: points("6315.75"), stop: below },
    "the market is at 6315.75 and has already touched the stop 6316.00",
  ],
  [
    { kind: "target-passed", price: points("6333.25"), target: points("6333.00") },
    "the price to pay is 6333.25, already at or beyond target 1 at 6333.00",
  ],
  [
    { kind: "market-closed", reason: "weekend", opensAt: OPENING },
    "the market is closed (weekend); it opens Sunday 17:00 CT",
  ],
  [
    { kind: "gate", gate: "halted", reason: "lunch" },
    "trading is halted (lunch); `resume` allows entries again",
  ],
  [
    { kind: "gate", gate: "reducing", reason: "" },
    "only exits are allowed; `resume` allows entries again",
  ],
  [
    { kind: "not-settled" },
    "the account has not been compared with the venue yet; entries start once it has",
  ],
  [
    { kind: "clock-off", offset: millis(-7_249), limit: millis(5_000) },
    "our clock is 7.2 s ahead of the venue's, limit 5 s; set it right, entries wait until it is",
  ],
  [{ kind: "link-down" }, "the venue's own reports do not reach us; entries wait until they do"],
  [
    { kind: "outcome-unknown", trade: 7 },
    "the venue's answer about trade #7 is missing; entries wait for it",
  ],
  [
    { kind: "closed-by-hand", instrument: "MES", trade: 7 },
    "trade #7 was closed by hand; `resume` allows MES again",
  ],
];

describe("a refusal is explained in one sentence", () => {
  it.each(CASES)("%j", (refusal, sentence) => {
    expect(explainRefusal(refusal, instrumentOf("MES"))).toBe(sentence);
  });

  it("that starts small, ends open and fits behind `refused: `", () => {
    for (const [refusal] of CASES) {
      const sentence = explainRefusal(refusal, instrumentOf("MES"));
      expect(sentence).toMatch(/^[a-z0-9A-Z`].*[^.!?\s]$/);
    }
  });

  it("in the decimals of its instrument", () => {
    const refusal: Refusal = {
      kind: "stop-wrong-side",
      entry: points("110.5", "ZN"),
      stop: points("110.515625", "ZN"),
    };
    expect(explainRefusal(refusal, instrumentOf("ZN"))).toContain("the stop 110.515625 is on");
  });
});
