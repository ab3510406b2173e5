import { describe, expect, it } from "vitest";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, money } from "../../../../src/core/model/units.ts";
import { readConfig } from "../../../../src/shell/yaml/config-source.ts";
import type { PlanReader } from "../../../../src/shell/yaml/firm-of.ts";
import { readRulePacks } from "../../../../src/shell/yaml/rule-packs.ts";

const plans: PlanReader = (directory, calendarUntil) =>
  readRulePacks(directory, { today: tradeDate("2026-11-20"), calendarUntil });

const read = (text: string) => readConfig(text, "config.yaml", undefined, undefined, plans);

function config(text: string) {
  const result = read(text);
  if (!result.ok) throw new Error(result.error.problems.map((one) => one.text).join("\n"));
  return result.value;
}

const problems = (text: string): readonly string[] => {
  const result = read(text);
  return result.ok ? [] : result.error.problems.map((one) => one.text);
};

const LIVE = `
mode: twin
market: { kind: topstepx }
broker:
  kind: topstepx
  userName: me
  apiKey: env:KEY
  accounts: [{ id: 7, name: TS, plan: topstep/express-funded-50k, soFar: { payouts: 1 } }]
`;

describe("an account that names a plan", () => {
  it("that forbids hedging over its accounts binds each of them to the others there", () => {
    const { settings } = config(
      "accounts: [{ id: a, plan: topstep/combine-50k, opposing: allow }, { id: b, plan: topstep/express-funded-50k }, { id: c }]",
    );
    expect(settings.accounts.map(({ unhedged }) => unhedged)).toEqual([
      "Topstep",
      "Topstep",
      undefined,
    ]);
  });

  it("follows it, and the settings hold that plan and no other", () => {
    const { settings, balances } = config("accounts: [{ plan: topstep/combine-100k }]");
    expect(Object.keys(settings.plans ?? {})).toEqual(["topstep/combine-100k"]);
    const [first] = settings.accounts;
    expect(first?.firm).toEqual({ plan: "topstep/combine-100k", buffer: dollars(100) });
    expect(balances[0]?.balance).toBe(dollars(100_000));
  });

  it("may begin at nothing, or with what is written", () => {
    const { balances } = config(
      "accounts: [{ id: a, plan: topstep/express-funded-50k }, { id: b, plan: topstep/combine-50k, balance: 51200 }, { id: c }]",
    );
    const sums = [money(0), dollars(51_200), dollars(50_000)];
    expect(balances.map(({ balance }) => balance)).toEqual(sums);
  });

  it("says what was before", () => {
    const soFar = "{ highest: 51200, days: [700, -100.5], payouts: 1, since: 2026-11-02 }";
    const { settings } = config(
      `accounts: [{ plan: topstep/combine-50k, floorBuffer: 250, soFar: ${soFar} }]`,
    );
    expect(settings.accounts[0]?.firm).toEqual({
      plan: "topstep/combine-50k",
      buffer: dollars(250),
      soFar: {
        ...{ highest: dollars(51_200), days: [dollars(700), dollars(-100.5)] },
        ...{ payouts: 1, since: "2026-11-02" },
      },
    });
    const bare = config("accounts: [{ plan: topstep/combine-50k, soFar: {} }]").settings;
    expect(bare.accounts[0]?.firm?.soFar).toEqual({});
  });

  it("live has a twin that begins now, with what the plan begins with", () => {
    const { settings, balances } = config(LIVE);
    const [live, twin] = settings.accounts;
    expect(live?.firm).toMatchObject({ soFar: { payouts: 1 } });
    expect(twin?.firm).toEqual({ plan: "topstep/express-funded-50k", buffer: dollars(100) });
    expect(balances[1]?.balance).toBe(money(0));
  });
});

describe("what could never trade, or would mean nothing", () => {
  const plan = "plan: topstep/combine-50k";
  it.each([
    [
      "a balance below the floor",
      `accounts: [{ ${plan}, balance: 48000 }]`,
      "config.yaml:1:50 accounts[0].balance: $48000.00 is not above the floor of topstep/combine-50k at $48000.00: the account would be lost as it begins",
    ],
    [
      "a buffer as large as the loss",
      `accounts: [{ ${plan}, floorBuffer: 2000 }]`,
      "config.yaml:1:54 accounts[0].floorBuffer: $2000.00 is all that topstep/combine-50k lets be lost, or more ($2000.00): nothing could be entered",
    ],
    [
      "a buffer without a plan",
      "accounts: [{ floorBuffer: 250 }]",
      "config.yaml:1:27 accounts[0].floorBuffer: without a plan there is no floor; name the plan of its firm",
    ],
    [
      "a past without a plan, at the venue",
      LIVE.replace(" plan: topstep/express-funded-50k,", ""),
      "config.yaml:8:40 broker.accounts[0].soFar: without a plan nothing is asked of what was before; name the plan of its firm",
    ],
  ])("%s is refused where it is written", (_, text, reason) => {
    expect(problems(text)).toEqual([reason]);
  });

  it("is nothing that only just can", () => {
    const just = "balance: 48000.01, floorBuffer: 1999.99";
    expect(problems(`accounts: [{ ${plan}, ${just} }]`)).toEqual([]);
  });
});

describe("a plan nobody knows", () => {
  it.each([
    [
      "a slip",
      "accounts: [{ plan: topstep/combin-50k }]",
      'config.yaml:1:20 accounts[0].plan: there is no plan "topstep/combin-50k"; did you mean topstep/combine-50k?',
    ],
    [
      "another firm",
      "accounts: [{ plan: nobody/at-all }]",
      'config.yaml:1:20 accounts[0].plan: there is no plan "nobody/at-all"; known: apex, bulenox, myfundedfutures, take-profit-trader, topstep, tradeify',
    ],
    [
      "no plan at all",
      "accounts: [{ plan: combine }]",
      'config.yaml:1:20 accounts[0].plan: expected a plan as `tradestream rules list` names it: topstep/combine-50k, found "combine"',
    ],
    [
      "at the venue",
      LIVE.replace("express-funded-50k", "exprss-funded-50k"),
      'config.yaml:8:39 broker.accounts[0].plan: there is no plan "topstep/exprss-funded-50k"; did you mean topstep/express-funded-50k?',
    ],
  ])("%s is refused where it is written", (_, text, reason) => {
    expect(problems(text)).toEqual([reason]);
  });

  it("of a known firm lists what that firm has", () => {
    const [said] = problems("accounts: [{ plan: topstep/something-completely-different }]");
    expect(said).toMatch(/known: topstep\/combine-50k, topstep\/combine-50k-daily-limit/);
  });

  it("of packs that cannot be read is their own mistake", () => {
    const [said] = problems("rulePacks: /nowhere\naccounts: [{ plan: topstep/combine-50k }]");
    expect(said).toMatch(/there is no such directory/);
  });

  it("is asked for nowhere where no account names one", () => {
    expect(config("{}").settings.plans).toBeUndefined();
    const known = readConfig("accounts: [{ plan: a/b }]", "config.yaml");
    expect(known.ok).toBe(false);
  });
});
