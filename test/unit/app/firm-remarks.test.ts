import { expect, it } from "vitest";
import { automationProblems, firmRemarks } from "../../../src/app/firm-remarks.ts";
import type { Config } from "../../../src/core/model/config.ts";
import { DEFAULT_ACCOUNT, DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import type { FirmPlan } from "../../../src/core/model/firm-plan.ts";
import { twinOf } from "../../../src/core/model/ids.ts";
import { tradeDate } from "../../../src/core/model/trade-date.ts";
import { dollars } from "../../../src/core/model/units.ts";
import { FIRM_PLAN } from "../../kit/firm-plans.ts";

const TODAY = tradeDate("2026-11-20");

function following(change: Partial<FirmPlan>, more: Partial<Config> = {}): Config {
  const plan = { ...FIRM_PLAN, ...change };
  const firm = { plan: plan.id, buffer: dollars(100) };
  const live = { ...DEFAULT_ACCOUNT, firm };
  const accounts = [live, { ...live, id: twinOf(live.id) }, { ...DEFAULT_ACCOUNT }];
  const { ruleSets } = DEFAULT_CONFIG.settings;
  return {
    ...DEFAULT_CONFIG,
    settings: { ruleSets, plans: { [plan.id]: plan }, accounts },
    ...more,
  };
}

it("tells once how old the figures of a plan are", () => {
  expect(firmRemarks(following({}), TODAY)).toEqual([]);
  expect(firmRemarks(following({ verified: tradeDate("2026-08-01") }), TODAY)).toEqual([
    "house/evaluation: figures of 2026-08-01, 111 days old; compare them with their source",
  ]);
  const rulePacks = { directory: null, daysMax: 10 };
  expect(firmRemarks(following({}, { rulePacks }), TODAY)).toHaveLength(1);
});

it("tells on paper that a firm lets no program trade, and refuses it live", () => {
  const automation = { kind: "forbidden" } as const;
  expect(firmRemarks(following({ automation }), TODAY)).toEqual([
    "house/evaluation: its firm lets no program trade such an account; here it is on paper",
  ]);
  expect(firmRemarks(following({ automation }, { mode: "live" }), TODAY)).toEqual([]);
  expect(automationProblems(following({ automation }, { mode: "live" }))).toEqual([
    "live: Paper follows house/evaluation, and its firm lets no program trade such an account; trade it by hand, or name another account",
  ]);
});

it("refuses live a plan whose accounts are elsewhere, and no other", () => {
  expect(automationProblems(following({ venue: null }))).toEqual([
    "live: Paper follows house/evaluation, whose accounts are not at this venue; name the plan it really has",
  ]);
  expect(automationProblems(following({}))).toEqual([]);
  expect(automationProblems(DEFAULT_CONFIG)).toEqual([]);
});
