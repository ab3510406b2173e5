import { describe, expect, it } from "vitest";
import { enableLive, unenabled } from "../../../../src/core/decide/live.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import type { AccountRules, Rules, Settings } from "../../../../src/core/model/rules.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { raisedSince } from "../../../../src/core/risk/raised.ts";
import { initialState, type State } from "../../../../src/core/state.ts";
import { NOW, someRules } from "../../../kit/builders.ts";
import { FIRM_PLAN, minis, SIZE } from "../../../kit/firm-plans.ts";

const raised = (now: Parameters<typeof someRules>[0], before: Rules = someRules()) =>
  raisedSince(before, someRules(now));

it("the micro in place of what does not fit is more than a refusal", () => {
  const { shrinkToMicro: _, ...without } = someRules();
  const said = "what does not fit is taken in the micro contract";
  expect(raisedSince(without, someRules())).toEqual([said]);
  expect(raisedSince(someRules(), without)).toEqual([]);
});

describe("a raised limit", () => {
  const { limits } = someRules();
  const { stopDistance, collar } = limits;
  it.each<[string, Parameters<typeof someRules>[0], readonly string[]]>([
    ["more trades", { limits: { tradesPerDay: 12 } }, ["trades a day: 12, was 10"]],
    ["more contracts", { limits: { positionSize: 6 } }, ["contracts held: 6, was 5"]],
    [
      "a larger loss",
      { limits: { lossPerTrade: dollars(250) } },
      ["loss per trade: $250.00, was $200.00"],
    ],
    ["older alerts", { limits: { ageMax: millis(20_000) } }, ["age of an alert: 20 s, was 10 s"]],
    [
      "a larger size",
      { sizing: { kind: "contracts", bySize: { A: 4, B: 2, C: 1 } } },
      ["size A: 4, was 3"],
    ],
    [
      "another way of sizing",
      { sizing: { kind: "risk", bySize: { A: dollars(1), B: dollars(1), C: dollars(1) } } },
      ["size by risk, was by contracts"],
    ],
    [
      "wider stops",
      { limits: { stopDistance: { ...stopDistance, ES: { min: 1, max: 40 } } } },
      ["stop distance on ES: 40, was 30"],
    ],
    ["a wider collar", { limits: { collar: { ...collar, ES: 12 } } }, ["collar on ES: 12, was 10"]],
    [
      "the big contract",
      { tradeAs: { ...someRules().tradeAs, ES: "ES" } },
      ["ES is traded as ES, was MES"],
    ],
    [
      "market orders",
      { entry: { kind: "market", timeout: millis(30_000) } },
      ["entry at market, was at a limit"],
    ],
    [
      "a longer chase",
      {
        entry: {
          kind: "limit",
          timeout: millis(30_000),
          chase: { unit: "stop-share", value: 300 },
        },
      },
      ["chase of 30% of the stop distance, was 20% of the stop distance"],
    ],
    [
      "a chase of another kind",
      { entry: { kind: "limit", timeout: millis(30_000), chase: { unit: "points", value: 1 } } },
      ["chase of 1 points, was 20% of the stop distance"],
    ],
    ["adding", { adds: "allow" }, ["adding to trades is allowed"]],
  ])("of %s is named with both figures", (_, now, said) => {
    expect(raised(now)).toEqual(said);
  });

  it("of a family that was not traded", () => {
    const { ES, ...others } = stopDistance;
    const before = someRules({ limits: { stopDistance: others } });
    expect(raised({}, before)).toEqual([`stop distance on ES: ${ES?.max}, was not traded`]);
  });

  it("of a contract that was traded as itself, and of one that is again", () => {
    const mapped = (tradeAs: Rules["tradeAs"]) => someRules({ tradeAs });
    expect(raisedSince(mapped({}), mapped({ ES: "MES" }))).toEqual(["ES is traded as MES, was ES"]);
    expect(raisedSince(mapped({ ES: "MES" }), mapped({}))).toEqual(["ES is traded as ES, was MES"]);
  });

  it("of alerts without a size", () => {
    expect(raised({}, someRules({ sizeUnstated: null }))).toEqual([
      "alerts without a size are taken",
    ]);
    const bySize = { A: dollars(100), B: dollars(50), C: dollars(20) };
    const before = someRules({ sizing: { kind: "risk", bySize } });
    const now = { sizing: { kind: "risk", bySize: { ...bySize, A: dollars(150) } } } as const;
    expect(raised(now, before)).toEqual(["size A: $150.00, was $100.00"]);
  });
});

it("a lower limit, another target or a market entry left behind is none", () => {
  expect(raised({ limits: { tradesPerDay: 2 }, exits: { breakevenAfter: 2 } })).toEqual([]);
  const before = someRules({ entry: { kind: "market", timeout: millis(30_000) } });
  expect(raised({}, before)).toEqual([]);
  expect(raised({ adds: "allow" }, someRules({ adds: "allow" }))).toEqual([]);
});

describe("an account", () => {
  const account: AccountRules = {
    id: accountId("4711"),
    name: "PRAC-1",
    rules: "default",
    brackets: "native",
  };
  const settings = (rules: Rules = someRules()): Settings => ({
    ruleSets: { default: rules },
    accounts: [account],
  });
  const enabled = (): State => {
    const fact = enableLive(NOW, settings(), account);
    return fact === null ? initialState : evolve(initialState, fact);
  };

  it("may trade live once a person has said so", () => {
    expect(unenabled(initialState, settings(), account)).toEqual([
      "PRAC-1 is not enabled for live trading",
    ]);
    expect(unenabled(enabled(), settings(), account)).toEqual([]);
  });

  it("is asked about again under another name, and for a raised limit", () => {
    expect(unenabled(enabled(), settings(), { ...account, name: "PRAC-2" })).toEqual([
      "account 4711 was enabled as PRAC-1, not as PRAC-2",
    ]);
    const larger = settings(someRules({ limits: { tradesPerDay: 12 } }));
    expect(unenabled(enabled(), larger, account)).toEqual([
      "PRAC-1 was enabled for less: trades a day: 12, was 10",
    ]);
  });

  const of = (plan: FirmPlan, buffer = 100): Pick<AccountRules, "firm"> => ({
    firm: { plan: plan.id, buffer: dollars(buffer) },
  });
  const following = (plan: FirmPlan): Settings => ({ ...settings(), plans: { [plan.id]: plan } });
  const enabledFor = (plan: FirmPlan): State => {
    const fact = enableLive(NOW, following(plan), { ...account, ...of(plan) });
    return fact === null ? initialState : evolve(initialState, fact);
  };

  it("is asked about again for another plan of a firm", () => {
    const other = { ...FIRM_PLAN, id: "house/funded" };
    const state = enabledFor(FIRM_PLAN);
    const same = { ...account, ...of(FIRM_PLAN) };
    expect(unenabled(state, following(FIRM_PLAN), same)).toEqual([]);
    expect(unenabled(state, following(other), { ...account, ...of(other) })).toEqual([
      "PRAC-1 was enabled for the plan house/evaluation, not for house/funded",
    ]);
    expect(unenabled(state, following(FIRM_PLAN), account)).toEqual([
      "PRAC-1 was enabled when house/evaluation asked more: no plan of a firm",
    ]);
  });

  it("is asked about again for a plan that asks less, not for one that asks more", () => {
    const looser = { ...FIRM_PLAN, size: { ...SIZE, limit: { first: minis(8), steps: [] } } };
    const same = { ...account, ...of(FIRM_PLAN) };
    expect(unenabled(enabledFor(FIRM_PLAN), following(looser), same)).toEqual([
      "PRAC-1 was enabled when house/evaluation asked more: size of the firm: 8 minis, was 5 minis",
    ]);
    expect(unenabled(enabledFor(looser), following(FIRM_PLAN), same)).toEqual([]);
    const nearer = { ...account, ...of(FIRM_PLAN, 50) };
    expect(unenabled(enabledFor(FIRM_PLAN), following(FIRM_PLAN), nearer)).toEqual([
      "PRAC-1 was enabled when house/evaluation asked more: buffer above the floor: $50.00, was $100.00",
    ]);
  });

  it("may follow a plan from now on where it followed none, if anybody wrote that down", () => {
    const now = { ...account, ...of(FIRM_PLAN) };
    expect(unenabled(enabled(), following(FIRM_PLAN), now)).toEqual([]);
    const early = {
      at: NOW,
      kind: "LiveEnabled",
      account: account.id,
      name: account.name,
    } as const;
    const rules = { rules: "default", ruleSet: someRules() };
    const state = evolve(initialState, { ...early, ...rules });
    expect(unenabled(state, settings(), account)).toEqual([]);
    expect(unenabled(state, following(FIRM_PLAN), now)).toEqual([
      "PRAC-1 was enabled before plans were written down; it follows house/evaluation",
    ]);
  });

  it("is not enabled by rules that are not there", () => {
    expect(enableLive(NOW, { ruleSets: {}, accounts: [] }, account)).toBeNull();
    expect(unenabled(enabled(), { ruleSets: {}, accounts: [] }, account)).toHaveLength(1);
  });
});
