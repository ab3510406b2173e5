import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PayoutWay, TargetConsistency } from "../../../../src/core/model/firm-plan.ts";
import { dollars, money, toDollars } from "../../../../src/core/model/units.ts";
import {
  dayProfitMax,
  isWithin,
  payoutFaults,
  profitNeeded,
  shareMaxOf,
  sumsOf,
} from "../../../../src/core/risk/consistency.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };

interface Vector {
  readonly rule: string;
  readonly pct: number;
  readonly target?: number;
  readonly bestDay?: number;
  readonly effectiveTarget?: number;
  readonly totalNet?: number;
  readonly days?: readonly number[];
  readonly share?: number;
  readonly eligible?: boolean;
}

const vectors = oracle.consistency as readonly Vector[];
const permille = (share: number): number => Math.round(share * 1_000);
const rule = (share: number, measure: TargetConsistency["measure"] = "target") => ({
  measure,
  share,
});

describe("the examples of the firms", () => {
  const raising = vectors.filter(({ effectiveTarget }) => effectiveTarget !== undefined);
  const blocking = vectors.filter(({ eligible }) => eligible !== undefined);

  it("are seven", () => {
    expect([raising.length, blocking.length]).toEqual([3, 4]);
  });

  it.each(raising)("$rule: a best day of $bestDay asks for $effectiveTarget", (one) => {
    const target = dollars(one.target ?? 0);
    const needed = profitNeeded(target, rule(permille(one.pct)), dollars(one.bestDay ?? 0));
    expect(toDollars(needed).toFixed(2)).toBe((one.effectiveTarget ?? 0).toFixed(2));
  });

  it.each(blocking)("$rule: a share of $share, eligible: $eligible", (one) => {
    const sums =
      one.days === undefined
        ? { best: dollars(one.bestDay ?? 0), net: dollars(one.totalNet ?? 0) }
        : sumsOf(one.days.map(dollars));
    expect((sums.best / sums.net).toFixed(6)).toBe((one.share ?? 0).toFixed(6));
    expect(isWithin(permille(one.pct), sums)).toBe(one.eligible);
  });
});

describe("the profit that is needed", () => {
  it("rises with the first ten-thousandth over the line, and is not rounded down", () => {
    const target = dollars(3_000);
    expect(profitNeeded(target, rule(550), dollars(1_650))).toBe(target);
    expect(profitNeeded(target, rule(550), dollars(1_650.0001))).toBe(dollars(3_000.0002));
    expect(profitNeeded(target, rule(550), dollars(2_000))).toBe(dollars(3_636.3637));
  });

  it("is the target where no rule is", () => {
    expect(profitNeeded(dollars(3_000), null, dollars(3_000))).toBe(dollars(3_000));
  });

  it("is the same whether the whole is the target or the net profit", () => {
    const sum = fc.integer({ min: 0, max: 50_000_000 });
    fc.assert(
      fc.property(sum, sum, fc.integer({ min: 1, max: 1_000 }), (net, best, share) => {
        const target = dollars(3_000);
        const isPassed = net >= profitNeeded(target, rule(share), money(best));
        const byNet = net >= target && isWithin(share, { best: money(best), net: money(net) });
        expect(isPassed).toBe(byNet);
      }),
    );
  });
});

describe("the best day and the net", () => {
  it("are those of whole days, and no day is better than none", () => {
    expect(sumsOf([])).toEqual({ best: 0, net: 0 });
    expect(sumsOf([dollars(-200), dollars(-50)])).toEqual({ best: 0, net: dollars(-250) });
    expect(sumsOf([dollars(400), dollars(900), dollars(-300)])).toEqual({
      best: dollars(900),
      net: dollars(1_000),
    });
  });

  it("are within a share up to the line itself", () => {
    const net = dollars(1_000);
    expect(isWithin(400, { best: dollars(400), net })).toBe(true);
    expect(isWithin(400, { best: dollars(400.0001), net })).toBe(false);
    expect(isWithin(400, { best: money(0), net: money(0) })).toBe(false);
    expect(isWithin(400, { best: money(0), net: money(1) })).toBe(true);
    expect(isWithin(400, { best: money(0), net: money(-1) })).toBe(false);
  });
});

describe("the most a day may make", () => {
  const target = dollars(3_000);

  it("is a share of the target in the one reading", () => {
    expect(dayProfitMax(rule(550), { target, net: money(0) })).toBe(dollars(1_650));
    expect(dayProfitMax(rule(333), { target: money(10), net: money(0) })).toBe(3);
  });

  it("grows with what was earned before in the other", () => {
    const by = (share: number, net: number) =>
      dayProfitMax(rule(share, "net"), { target, net: dollars(net) });
    expect(by(400, 1_500)).toBe(dollars(1_000));
    expect(by(500, 0)).toBe(0);
    expect(by(500, -100)).toBe(0);
    expect(by(1_000, 100)).toBeNull();
    expect(by(550, 1)).toBe(dollars(1.2222));
  });

  it("made in full keeps to the rule, and a ten-thousandth more does not", () => {
    const net = fc.integer({ min: 1, max: 50_000_000 });
    fc.assert(
      fc.property(net, fc.integer({ min: 1, max: 999 }), (before, share) => {
        const most = dayProfitMax(rule(share, "net"), { target, net: money(before) }) ?? 0;
        const upTo = (day: number) => ({ best: money(day), net: money(before + day) });
        expect(isWithin(share, upTo(most))).toBe(true);
        expect(isWithin(share, upTo(most + 1))).toBe(false);
      }),
    );
  });
});

it("the share may grow from payout to payout, and the last one stays", () => {
  const shares = { measure: "net-since-payout", shares: [200, 250, 300] } as const;
  expect([0, 1, 2, 3, 9].map((payouts) => shareMaxOf(shares, payouts))).toEqual([
    200, 250, 300, 300, 300,
  ]);
  expect(shareMaxOf({ measure: "net", shares: [400] }, 0)).toBe(400);
  expect(shareMaxOf({ measure: "net", shares: [400] }, 5)).toBe(400);
});

describe("a payout", () => {
  const way: PayoutWay = {
    name: "standard",
    qualifyingDays: { count: 3, profitMin: dollars(150) },
    consistency: { measure: "net-since-payout", shares: [400, 500] },
    shareMax: 500,
    cap: dollars(2_000),
  };

  it("waits for days that are good enough and for a best day that is small enough", () => {
    const days = [dollars(150), dollars(149.9999), dollars(600)];
    expect(payoutFaults(way, days, 0)).toEqual([
      { kind: "qualifying-days", have: 2, need: 3 },
      { kind: "best-day", sums: sumsOf(days), shareMax: 400 },
    ]);
  });

  it("is due when both are there", () => {
    expect(payoutFaults(way, [dollars(400), dollars(300), dollars(300)], 0)).toEqual([]);
    expect(payoutFaults(way, [dollars(500), dollars(250), dollars(250)], 0)).toHaveLength(1);
    expect(payoutFaults(way, [dollars(500), dollars(250), dollars(250)], 1)).toEqual([]);
  });

  it("counts any day that was traded where no profit is asked", () => {
    const any: PayoutWay = {
      ...way,
      qualifyingDays: { count: 3, profitMin: null },
      consistency: null,
    };
    expect(payoutFaults(any, [dollars(-50), dollars(0), dollars(10)], 0)).toEqual([]);
    expect(payoutFaults(any, [dollars(-50), dollars(10)], 0)).toEqual([
      { kind: "qualifying-days", have: 2, need: 3 },
    ]);
  });

  it("asks nothing where the firm asks nothing", () => {
    expect(payoutFaults({ ...way, qualifyingDays: null, consistency: null }, [], 0)).toEqual([]);
  });
});
