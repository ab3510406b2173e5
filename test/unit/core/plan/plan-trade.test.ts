import { describe, expect, it } from "vitest";
import type { Alert } from "../../../../src/core/model/alert.ts";
import type { Plan } from "../../../../src/core/model/plan.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { planTrade } from "../../../../src/core/plan/plan-trade.ts";
import { judge } from "../../../../src/core/risk/judge.ts";
import {
  anAccount,
  anAlert,
  aPlan,
  aQuote,
  aShortPlan,
  es,
  NOW,
  someRules,
  TODAY,
} from "../../../kit/builders.ts";

function planOf(alert: Alert, rules: Rules = someRules(), priceAgeMax = millis(3_000)): Plan {
  const verdict = judge(alert, {
    at: NOW,
    tradeDate: TODAY,
    rules,
    account: anAccount(),
    openTrades: [],
    quoteOf: () => aQuote(),
    priceAgeMax,
    shadow: false,
    smallest: false,
  });
  if (!verdict.ok) throw new Error(`refused: ${JSON.stringify(verdict.error)}`);
  return planTrade(verdict.value, rules, { at: NOW, tradeDate: TODAY, priceAgeMax });
}

const quantitiesOf = (plan: Plan) => plan.tranches.map((one) => one.quantity);

describe("the plan of an approved alert", () => {
  it("is complete: contract, limit, stop, targets, tranches and when to give up", () => {
    expect(planOf(anAlert())).toEqual(aPlan());
  });

  it("is the same upside down for a short", () => {
    expect(planOf(anAlert({ side: "short", stop: es(6336) }))).toEqual(aShortPlan());
  });

  it("expects the opposite quote when it enters at the market", () => {
    const rules = someRules({ entry: { kind: "market", timeout: millis(10_000) } });
    expect(planOf(anAlert(), rules)).toMatchObject({
      entry: { kind: "market" },
      worst: es(6326.75),
      expected: es(6326.25),
      expiresAt: NOW + 10_000,
      risk: dollars(172.41),
    });
  });

  it("gives an entry its time from the first bar, and no more than one beyond a stale feed", () => {
    const bars = planOf(anAlert(), someRules(), millis(90_000));
    expect(bars).toEqual({ ...aPlan(), expiresAt: NOW + 90_000 + 30_000, timeout: 30_000 });
  });

  it("puts a single contract at the first target and has no empty tranche", () => {
    const plan = planOf(anAlert({ size: "C" }));
    expect(plan.tranches).toEqual([{ quantity: 1, target: es(6333) }]);
    expect(plan.targets).toEqual([es(6333), es(6338)]);
  });

  it("keeps each share with its target when they are written in another order", () => {
    const targets = [
      { at: { unit: "r", value: 1.2 }, share: 300 },
      { at: { unit: "points", value: 7 }, share: 700 },
    ] as const;
    const plan = planOf(anAlert(), someRules({ exits: { targets } }));
    expect(plan).toMatchObject({ targets: [es(6333), es(6338)], shares: [700, 300] });
    expect(plan.tranches).toEqual([
      { quantity: 2, target: es(6333) },
      { quantity: 1, target: es(6338) },
    ]);
  });

  it("carries the trader's exit rules", () => {
    const exits = { anchor: "fill", breakevenAfter: 2, onBreakevenPassed: "keep" } as const;
    expect(planOf(anAlert(), someRules({ exits }))).toMatchObject(exits);
  });
});

describe("targets stated in the alert", () => {
  const sized = someRules({ limits: { positionSize: 9, lossPerTrade: dollars(1_000) } });
  const six: Rules = { ...sized, sizing: { kind: "contracts", bySize: { A: 6, B: 5, C: 4 } } };

  it.each([
    [[6330], [6]],
    [
      [6330, 6340],
      [3, 3],
    ],
    [
      [6330, 6335, 6340],
      [2, 2, 2],
    ],
  ])("%j take %j of 6 contracts", (points, quantities) => {
    const plan = planOf(anAlert({ targets: points.map(es) }), six);
    expect(quantitiesOf(plan)).toEqual(quantities);
    expect(plan.tranches.map((one) => one.target)).toEqual(points.map(es));
  });

  it("bring breakeven after the first of them, whatever the rules' own targets do", () => {
    const exits = { breakevenAfter: 2 };
    const stated = anAlert({ targets: [es(6330), es(6340)] });
    expect(planOf(stated, someRules({ exits })).breakevenAfter).toBe(1);
    expect(planOf(anAlert(), someRules({ exits })).breakevenAfter).toBe(2);
  });

  it("do not bring it where the trader wants none", () => {
    const stated = anAlert({ targets: [es(6330)] });
    expect(planOf(stated, someRules({ exits: { breakevenAfter: 0 } })).breakevenAfter).toBe(0);
  });
});

describe("rules without targets", () => {
  it("leave nothing to plan", () => {
    const plan = planOf(anAlert(), someRules({ exits: { targets: [] } }));
    expect(plan.tranches).toEqual([]);
  });
});
