import { describe, expect, it } from "vitest";
import { evolve } from "../../../../src/core/evolve.ts";
import { isLive } from "../../../../src/core/model/account.ts";
import { accountId, twinOf } from "../../../../src/core/model/ids.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Settings } from "../../../../src/core/model/rules.ts";
import { tradeDateOf } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { planTrade } from "../../../../src/core/plan/plan-trade.ts";
import { judge, type RiskView } from "../../../../src/core/risk/judge.ts";
import { probationOf } from "../../../../src/core/risk/probation.ts";
import { accountOf, initialState, type State } from "../../../../src/core/state.ts";
import {
  anAccount,
  anAlert,
  anOpenTrade,
  aPlan,
  aQuote,
  NOW,
  planned,
  someRules,
} from "../../../kit/builders.ts";

const view = (change: Partial<RiskView> = {}): RiskView => ({
  at: NOW,
  tradeDate: tradeDateOf(NOW),
  rules: someRules(),
  account: anAccount({ probation: 0 }),
  openTrades: [],
  quoteOf: () => aQuote(),
  priceAgeMax: millis(3_000),
  shadow: false,
  smallest: false,
  ...change,
});

describe("a live account", () => {
  it("takes one contract on its first five trade dates, and the plan says of how many", () => {
    const verdict = judge(anAlert(), view());
    expect(verdict).toMatchObject({
      ok: true,
      value: {
        quantity: 1,
        risk: dollars(63.72),
        cuts: [{ why: "probation", from: 3, to: 1, date: 1, of: 5 }],
      },
    });
    if (!verdict.ok) return;
    const moment = { at: NOW, tradeDate: tradeDateOf(NOW), priceAgeMax: millis(3_000) };
    const plan = planTrade(verdict.value, someRules(), moment);
    expect(plan).toMatchObject({ cuts: [{ from: 3, date: 1, of: 5 }], risk: dollars(63.72) });
    expect(plan.tranches.map(({ quantity }) => quantity)).toEqual([1]);
  });

  it("takes what the rules say when one contract is all they say", () => {
    const verdict = judge(anAlert({ size: "C" }), view());
    expect(verdict).toMatchObject({ ok: true, value: { quantity: 1 } });
    expect(verdict).not.toMatchObject({ ok: true, value: { cuts: expect.anything() } });
  });

  it("takes the whole size from the sixth trade date on", () => {
    const account = anAccount({ probation: 5 });
    expect(judge(anAlert(), view({ account }))).toMatchObject({ ok: true, value: { quantity: 3 } });
  });

  it("adds nothing to the contract it holds", () => {
    const rules = someRules({ adds: "allow" });
    const account = anAccount({ probation: 2, tradesToday: 1 });
    const verdict = judge(anAlert(), view({ rules, account, openTrades: [anOpenTrade()] }));
    const refusal = { kind: "probation", limit: 1, date: 2, of: 5 } as const;
    expect(verdict).toMatchObject({ ok: false, error: refusal });
    expect(explainRefusal({ ...refusal, wanted: 4 }, instrumentOf("MES"))).toBe(
      "it would make 4 contracts and the limit is 1 on live trade date 2 of the first 5",
    );
  });
});

describe("a trade date", () => {
  it("counts once a trade was taken on it", () => {
    const at = (probation: number, tradesToday: number) =>
      probationOf(anAccount({ probation, tradesToday }))?.date ?? null;
    expect([at(0, 0), at(1, 1), at(1, 4), at(4, 0), at(5, 2), at(5, 0)]).toEqual([
      1,
      1,
      1,
      5,
      5,
      null,
    ]);
    expect(probationOf(anAccount())).toBeNull();
  });

  const live = accountId("4711");
  const settings = (probation: boolean): Settings => ({
    ruleSets: { default: someRules() },
    accounts: [
      {
        id: live,
        name: "PRAC-1",
        rules: "default",
        brackets: "native",
        ...(probation ? { probation: true } : {}),
      },
    ],
  });
  const opened = (): State =>
    [
      { at: NOW, kind: "SettingsAdopted", settings: settings(true) } as const,
      { at: NOW, kind: "AccountOpened", account: live, balance: dollars(50_000) } as const,
    ].reduce(evolve, initialState);
  const trade = (state: State): State => evolve(state, { ...planned(aPlan()), account: live });

  it("is counted by the account itself, once a day", () => {
    const state = trade(trade(opened()));
    expect(accountOf(state, live)).toMatchObject({ probation: 1, tradesToday: 2 });
    const next = evolve(state, {
      at: NOW,
      kind: "TradeDateBegan",
      tradeDate: tradeDateOf(millis(NOW + 86_400_000)),
    });
    expect(accountOf(trade(next), live).probation).toBe(2);
  });

  it("is not forgotten when settings change", () => {
    const adopt = (state: State, probation: boolean): State =>
      evolve(state, { at: NOW, kind: "SettingsAdopted", settings: settings(probation) });
    const state = trade(opened());
    expect(accountOf(adopt(state, true), live).probation).toBe(1);
    expect(accountOf(adopt(state, false), live).probation).toBe(1);
  });
});

it("an account is live by its venue; its twin is not, and begins as small", () => {
  expect(isLive(anAccount({ probation: 0 }))).toBe(true);
  expect(isLive(anAccount())).toBe(false);
  expect(isLive(anAccount({ id: twinOf(accountId("4711")), probation: 0 }))).toBe(false);
});
