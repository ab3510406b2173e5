import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DailyLoss } from "../../../../src/core/model/limits.ts";
import type { Rules, Settings } from "../../../../src/core/model/rules.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { raisedSince } from "../../../../src/core/risk/raised.ts";
import {
  reloadedRules,
  reloadedSettings,
  whileOpen,
} from "../../../../src/core/risk/reloaded-rules.ts";
import { anyRules } from "../../../kit/any-rules.ts";
import { later, someRules } from "../../../kit/builders.ts";

const loss = (limit: DailyLoss["limit"], change: Partial<DailyLoss["steps"]> = {}): DailyLoss => ({
  limit,
  steps: { warn: [500], half: 750, block: 900, flatten: 1_000, ...change },
});

describe("rules that are changed while the house runs", () => {
  it("never allow more than at the start, whatever is written how often", () => {
    fc.assert(
      fc.property(anyRules, fc.array(anyRules, { maxLength: 6 }), (start, edits) => {
        const inForce = edits.reduce(reloadedRules, start);
        expect(raisedSince(start, inForce)).toEqual([]);
        expect(inForce.limits.slippage).toBeGreaterThanOrEqual(start.limits.slippage);
        expect(inForce.limits.duplicateWindow).toBeGreaterThanOrEqual(start.limits.duplicateWindow);
        expect([inForce.fees, inForce.tradeAs]).toEqual([start.fees, start.tradeAs]);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("are what is written where that is tighter in every key", () => {
    const was = someRules();
    const is = someRules({
      limits: { tradesPerDay: 3, duplicateWindow: millis(90_000), slippage: 4 },
      exits: { breakevenAfter: 0 },
      sizing: { kind: "contracts", bySize: { A: 1, B: 1, C: 1 } },
    });
    expect(reloadedRules(was, is)).toEqual(is);
    const back = reloadedRules(is, was);
    expect(back).toEqual({ ...is, exits: was.exits });
  });

  it("keep their targets where the entry waits that was checked beside them", () => {
    const market = someRules({ entry: { kind: "market", timeout: millis(1_000) } });
    const is = { ...market, exits: { ...market.exits, breakevenAfter: 0 } };
    expect(reloadedRules(someRules(), is).exits).toEqual(someRules().exits);
  });
});

describe("the rules an open trade goes on by", () => {
  const flattenOf = (was: Rules["limits"]["dailyLoss"], is: DailyLoss): DailyLoss["steps"] => {
    const { dailyLoss: _, ...limits } = someRules().limits;
    const before = { ...someRules(), limits: { ...limits, ...(was && { dailyLoss: was }) } };
    const { limits: held } = whileOpen(before, someRules({ limits: { dailyLoss: is } }));
    return held.dailyLoss?.steps ?? is.steps;
  };

  it("close everything at the same loss in dollars, and block entries at the new one", () => {
    expect(flattenOf(loss(dollars(500)), loss(dollars(200)))).toMatchObject({
      ...{ half: 750, block: 900, flatten: 2_500 },
    });
    expect(flattenOf(loss({ ofBalance: 300 }), loss({ ofBalance: 200 }))).toMatchObject({
      flatten: 1_500,
    });
    expect(flattenOf(loss(dollars(500)), loss(dollars(300))).flatten).toBe(1_667);
    expect(flattenOf(loss(dollars(500)), loss(dollars(300), { block: null }))).toMatchObject({
      ...{ block: 1_000, flatten: 1_667 },
    });
  });

  it("close nothing where nothing would have been closed", () => {
    const closed = { block: 900, flatten: null };
    expect(flattenOf(undefined, loss(dollars(200)))).toMatchObject(closed);
    expect(flattenOf(loss(dollars(500), { flatten: null }), loss(dollars(200)))).toMatchObject(
      closed,
    );
    expect(flattenOf(loss({ ofBalance: 9 }), loss({ ofBalance: 0 })).flatten).toBe(1_000);
  });

  it("have the totals and the cut-offs they opened with", () => {
    const was = someRules({ limits: { total: { dailyLoss: loss(dollars(800)) } } });
    const { hours } = was;
    if (hours === undefined) throw new Error("the usual rules keep hours");
    const is = {
      ...was,
      hours: { ...hours, entriesUntil: 800, flatFrom: 810, alwaysOpen: "kept" as const },
      limits: { ...was.limits, total: { dailyLoss: loss(dollars(400)), exposure: { ES: 2 } } },
    };
    const held = whileOpen(was, is);
    expect(held.limits.total).toMatchObject({
      ...{ dailyLoss: { steps: { flatten: 2_000 } }, exposure: { ES: 2 } },
    });
    expect(held.hours).toEqual({ ...hours, entriesUntil: 800 });
    const { hours: _, ...without } = was;
    expect(whileOpen(without, is).hours).toMatchObject({ flatFrom: null, alwaysOpen: "exempt" });
    const { dailyLoss, total, ...bare } = without.limits;
    const unlimited: Rules = { ...without, limits: bare };
    expect(whileOpen(unlimited, unlimited)).toEqual(unlimited);
  });
});

describe("settings that are changed while the house runs", () => {
  const report = (name: string, ...times: readonly number[]) => ({
    ...{ name, source: "a test", verified: tradeDate("2026-11-01") },
    ...{ validUntil: tradeDate("2026-12-31"), times: times.map(later) },
  });
  const before: Settings = {
    ruleSets: { default: someRules(), other: someRules() },
    accounts: [],
    news: [report("CPI", 1, 2)],
  };

  it("take every rule set that is still there, and no new one", () => {
    const tight = someRules({ limits: { tradesPerDay: 1 } });
    const is = { ...before, ruleSets: { default: tight, fresh: tight } };
    expect(reloadedSettings(before, is).ruleSets).toEqual({ default: tight, other: someRules() });
  });

  it("take reports that are added, and keep those that are gone", () => {
    const more = [report("CPI", 1, 2, 3), report("FOMC", 9)];
    expect(reloadedSettings(before, { ...before, news: more }).news).toBe(more);
    const fewer = [report("CPI", 1)];
    expect(reloadedSettings(before, { ...before, news: fewer }).news).toBe(before.news);
    const { news: _, ...usual } = before;
    expect(reloadedSettings(before, usual).news).toBe(before.news);
    expect(reloadedSettings(usual, usual).news).toBeUndefined();
  });

  it("take a shorter time without an operator, and no longer one", () => {
    const hour = (count: number) => ({ ...before, attended: millis(count * 3_600_000) });
    expect(reloadedSettings(hour(4), hour(2))).toEqual(hour(2));
    expect(reloadedSettings(hour(2), hour(4))).toEqual(hour(2));
    expect(reloadedSettings(hour(2), before)).toEqual(hour(2));
    expect(reloadedSettings(before, hour(2))).toEqual(hour(2));
    expect(reloadedSettings(before, before)).toEqual(before);
  });
});
