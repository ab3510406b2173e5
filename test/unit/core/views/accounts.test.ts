import { describe, expect, it } from "vitest";
import type { Account } from "../../../../src/core/model/account.ts";
import type { FirmState } from "../../../../src/core/model/firm-state.ts";
import { accountId, twinOf } from "../../../../src/core/model/ids.ts";
import type { AccountRules, Rules } from "../../../../src/core/model/rules.ts";
import { dollars, weight } from "../../../../src/core/model/units.ts";
import type { Bars } from "../../../../src/core/risk/barred.ts";
import { riskOf } from "../../../../src/core/risk/memory.ts";
import {
  type AccountsView,
  accountsViews,
  renderAccount,
  renderAccounts,
} from "../../../../src/core/views/accounts.ts";
import type { RiskAccount } from "../../../../src/core/views/risk.ts";
import {
  ACCOUNT,
  anAccount,
  anOpenTrade,
  aPlan,
  aQuote,
  aTrade,
  es,
  later,
  NOW,
  someFills,
  someRules,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";
import { aFirmState, FIRM_PLAN } from "../../../kit/firm-plans.ts";

const TERMS: AccountRules = { id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" };

const one = (change: Partial<RiskAccount> = {}): RiskAccount => ({
  account: anAccount(),
  rules: someRules(),
  trades: [],
  totalReached: 0,
  plan: null,
  ...change,
});

function viewOf(
  change: Partial<RiskAccount> = {},
  { terms = TERMS, bars = {} }: { readonly terms?: AccountRules | null; readonly bars?: Bars } = {},
): AccountsView {
  const [view] = accountsViews({
    at: NOW,
    accounts: [one(change)],
    news: [],
    quoteOf: () => aQuote(es(6326)),
    settings: terms === null ? [] : [terms],
    bars,
  });
  if (view === undefined) throw new Error("one account was asked for");
  return view;
}

const ofAccount = (change: Partial<Account>): AccountsView =>
  viewOf({ account: anAccount(change) });

const withSizing = (change: Partial<Rules["sizing"]>): Rules => {
  const rules = someRules();
  return { ...rules, sizing: { ...rules.sizing, ...change } as Rules["sizing"] };
};

describe("an account of a firm", () => {
  const firm = aFirmState(dollars(48_000));
  const account = (change: Partial<FirmState> = {}) => anAccount({ firm: { ...firm, ...change } });
  const withCap = (minis: number) =>
    viewOf({
      account: account({ day: { ...firm.day, size: weight(minis * 1_000) } }),
      plan: FIRM_PLAN,
    });

  it("names its plan, and buys what the firm lets it hold", () => {
    const view = withCap(0.2);
    expect(view.plan).toBe("house/evaluation");
    expect(renderAccount(view)).toContain("  plan             house/evaluation");
    expect(view.next).toMatchObject({ A: { contracts: 2 }, B: { contracts: 2, cuts: [] } });
    expect(withCap(0).next).toMatchObject({ C: { contracts: 0 } });
    expect(withCap(5).next).toMatchObject({ A: { contracts: 3, cuts: [] } });
  });

  it("that is lost, or shut until its reset, takes nothing", () => {
    const lock = { until: later(60_000), limit: dollars(1_000) };
    expect(viewOf({ account: account({ lock }) })).toMatchObject({
      ...{ state: "locked", code: "firm-locked", next: null },
    });
    const level = dollars(48_000);
    const breach = { at: NOW, of: "floor", equity: level, level } as const;
    expect(viewOf({ account: account({ breach }) })).toMatchObject({
      ...{ state: "locked", code: "firm-lost" },
    });
  });
});

describe("an account on a fresh day", () => {
  it("is on, holds nothing, and buys what its rules say", () => {
    expect(viewOf()).toEqual({
      ...{ account: ACCOUNT, name: "Paper", mode: "paper", venue: "paper" },
      ...{ group: null, owner: null, rules: "default", plan: null, ratio: 1 },
      ...{ state: "on", code: null, why: null, balanceUsd: 50_000, todayUsd: 0, positions: [] },
      next: {
        A: { contracts: 3, instrument: "MES", cuts: [] },
        B: { contracts: 2, instrument: "MES", cuts: [] },
        C: { contracts: 1, instrument: "MES", cuts: [] },
      },
    });
  });

  it("shows its terms, its ratio and what that makes of each size", () => {
    const view = viewOf(
      { rules: withSizing({ ratio: 500 }) },
      { terms: { ...TERMS, group: "swing", owner: "anna" } },
    );
    expect(renderAccount(view)).toEqual([
      "Paper (PAPER-1), paper",
      "  state            on",
      "  group            swing",
      "  owner            anna",
      "  rules            default",
      "  ratio            0.5",
      "  balance          $50000.00",
      "  today            $0.00",
      "  open             nothing",
      "  next A           1 MES (ratio 0.5)",
      "  next B           1 MES (ratio 0.5)",
      "  next C           0 MES (0.5 of 1 contract is less than one)",
    ]);
  });

  it("that counts dollars shows dollars", () => {
    const bySize = { A: dollars(200), B: dollars(100), C: dollars(50) };
    const view = viewOf({ rules: withSizing({ kind: "risk", bySize, ratio: 500 }) });
    expect(view.next?.A).toEqual({ riskUsd: 100 });
    expect(renderAccounts([view])[1]).toContain("$100.00/$50.00/$25.00");
    expect(renderAccount(view)).toContain("  next A           may lose $100.00");
    const whole = viewOf({ rules: withSizing({ kind: "risk", bySize }) });
    expect(whole.next?.A).toEqual({ riskUsd: 200 });
  });

  it("that trades the full contract is asked in that", () => {
    const view = viewOf({ rules: { ...someRules(), tradeAs: {} } });
    expect(view.next?.A).toEqual({ contracts: 3, instrument: "ES", cuts: [] });
  });
});

describe("an account in which only the micro fits", () => {
  const full = (change: Partial<Rules> = {}): Rules => ({
    ...{ ...someRules(), tradeAs: {}, shrinkToMicro: true },
    ...change,
  });
  const firm = aFirmState(dollars(48_000));
  const withCap = (minis: number, change: Partial<RiskAccount> = {}) =>
    viewOf({
      account: anAccount({ firm: { ...firm, day: { ...firm.day, size: weight(minis * 1_000) } } }),
      ...{ plan: FIRM_PLAN, rules: full(), ...change },
    });

  it("says how many of it the next alert buys, and of which mini none fits", () => {
    const view = withCap(0.4);
    expect(view.next?.C).toEqual({
      ...{ contracts: 4, instrument: "MES", instead: "ES" },
      cuts: [
        expect.stringMatching(/^MES for ES, 10 to one: house/),
        "5 contracts of ES at most, 0 held",
        expect.stringContaining("one counts 0.1"),
      ],
    });
    expect(renderAccounts([view], 200)[1]).toContain(" 4 MES/4 MES/4 MES ");
    expect(renderAccount(view, 200).join()).toContain("next C           4 MES (MES for ES");
  });

  it("takes its part of the micros where its part of the minis is less than one", () => {
    const half = { ...withSizing({ ratio: 500 }), tradeAs: {}, shrinkToMicro: true } as const;
    const roomy = { ...half, limits: { ...half.limits, positionSize: 10 } };
    const view = viewOf({ rules: roomy });
    expect(view.next).toMatchObject({ A: { contracts: 1, instrument: "ES" } });
    expect(view.next?.C).toEqual({
      ...{ contracts: 5, instrument: "MES", instead: "ES" },
      cuts: ["MES for ES, 10 to one: 0.5 of 1 contract is less than one", "ratio 0.5"],
    });
    expect(renderAccounts([view], 200)[1]).toContain(" 1/1/5 MES ");
    // Limits that count contracts count a micro like a mini.
    const few = { ...half, limits: { ...half.limits, positionSize: 3 } };
    expect(viewOf({ rules: few }).next?.C).toMatchObject({ contracts: 3 });
  });

  it("halves in the mini what a bad day halves, and not once more", () => {
    const bad = { ...riskOf(anAccount()), reached: 750 };
    const account = anAccount({
      ...{ risk: bad, firm: { ...firm, day: { ...firm.day, size: weight(900) } } },
    });
    const rules = full({ limits: { ...someRules().limits, positionSize: 50 } });
    const view = viewOf({ account, plan: FIRM_PLAN, rules });
    expect(view.next?.A).toMatchObject({ contracts: 9, instrument: "MES" });
  });

  it("buys nothing where the micro is not to be tried, is not wanted, or does not fit", () => {
    const none = { contracts: 0, instrument: "ES" };
    const { shrinkToMicro: _, ...whole } = full();
    expect(withCap(0.4, { rules: whole }).next?.C).toMatchObject(none);
    expect(withCap(0.05).next?.C).toMatchObject(none);
    const live = anAccount({ probation: 0 });
    const held = { account: live, trades: [anOpenTrade(aPlan(), 1)], rules: full() };
    expect(viewOf(held).next?.A).toMatchObject(none);
    const tiny = { ...withSizing({ ratio: 50 }), tradeAs: {}, shrinkToMicro: true } as const;
    expect(viewOf({ rules: tiny }).next?.C).toMatchObject(none);
  });
});

describe("where an account trades", () => {
  it("is the paper venue, beside a live one, or that one itself", () => {
    const live = ofAccount({ probation: 9, login: "topstepx" });
    expect([live.mode, live.venue]).toEqual(["live", "topstepx"]);
    expect(ofAccount({ probation: 9 }).venue).toBe("live");
    const twin = ofAccount({ id: twinOf(accountId("4711")) });
    expect([twin.mode, twin.venue]).toEqual(["twin", "paper"]);
    const lines = renderAccounts([live, twin], 200);
    expect(lines[1]).toContain("live topstepx");
    expect(lines[2]).toContain("paper, a twin");
  });
});

describe("what keeps an account from entering", () => {
  it.each<[string, AccountsView, AccountsView["state"], string]>([
    ["a switch", ofAccount({ offSince: NOW }), "off", "switched-off"],
    ["a halt", ofAccount({ gate: "halted", gateReason: "enough" }), "halted", "gate"],
    ["exits only", ofAccount({ gate: "reducing", gateReason: "x" }), "reducing", "gate"],
    ["its own lock-out", ofAccount({ lockedUntil: later(1_000) }), "locked", "locked-out"],
    ["a lock-out of all", viewOf({}, { bars: { lockedUntil: later(1) } }), "locked", "locked-out"],
    ["all trades taken", ofAccount({ tradesToday: 10 }), "locked", "trades-per-day"],
    ["a venue not asked yet", ofAccount({ settled: false }), "paused", "not-settled"],
    ["a total that is lost", viewOf({ totalReached: 1_000 }), "locked", "daily-loss"],
  ])("%s", (_, view, state, code) => {
    expect([view.state, view.code, view.next]).toEqual([state, code, null]);
    expect(view.why).not.toBeNull();
    expect(renderAccounts([view])[1]).toMatch(/ - /);
    expect(renderAccount(view)).toContain("  next sizes       none now");
  });

  it("settings that do not name it any more", () => {
    expect(viewOf({}, { terms: null })).toMatchObject({
      ...{ state: "unused", code: null, why: "in the settings no more", next: null },
    });
    expect(viewOf({ rules: null })).toMatchObject({ state: "unused", ratio: 1 });
  });
});

describe("what makes the next size smaller", () => {
  it("is named: half of a bad day, and the first days of a live account", () => {
    const risk = { ...riskOf(anAccount()), reached: 750 };
    expect(ofAccount({ risk }).next?.A).toEqual({
      ...{ contracts: 1, instrument: "MES" },
      cuts: ["half size from 75% of the daily loss of $500.00"],
    });
    const live = ofAccount({ probation: 0 });
    expect(live.next?.A).toEqual({
      contracts: 1,
      instrument: "MES",
      cuts: ["live trade date 1 of 5"],
    });
    const held = viewOf({
      account: anAccount({ probation: 0 }),
      trades: [anOpenTrade(aPlan(), 1)],
    });
    expect(held.next?.A).toEqual({
      ...{ contracts: 0, instrument: "MES" },
      cuts: [expect.stringContaining("the limit is 1 on live trade date")],
    });
  });
});

describe("what an account holds", () => {
  it("is shown with its stops, and with what is ordered beside it", () => {
    const view = viewOf({ trades: [anOpenTrade(aPlan(), 4)] });
    expect(view.positions).toEqual([
      { trade: 4, side: "long", instrument: "MES", held: 3, waiting: 0, stops: [6316] },
    ]);
    expect(renderAccounts([view])[1]).toContain("3 MES long, stop 6316.00");
    expect(renderAccount(view)).toContain("  trade #4         3 MES long, stop 6316.00");
    expect(view.todayUsd).toBeLessThan(0);
  });

  it("has no stop before the venue has confirmed it", () => {
    const bare = [0, 1].reduce((trade, index) => withTranche(trade, index, { stop: null }), open);
    expect(renderAccount(viewOf({ trades: [bare] })).join()).toContain(
      "3 MES long, no stop confirmed",
    );
    const line = renderAccount(viewOf({ trades: [aTrade()] })).join();
    expect(line).toContain("3 MES long ordered");
    expect(line).not.toContain("no stop");
    const unfilled = withTranche(open, 1, { entered: someFills(0, es(6326)) });
    const partly = withEntry(unfilled, 1, { state: "working" });
    expect(renderAccount(viewOf({ trades: [partly] })).join()).toMatch(
      /1 MES long, 2 ordered, stop/,
    );
  });
});

const open = anOpenTrade(aPlan(), 1);
