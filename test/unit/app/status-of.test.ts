import { expect, it } from "vitest";
import { statusOf } from "../../../src/app/status-of.ts";
import type { Sessions } from "../../../src/core/model/rules.ts";
import { dollars, type Millis, millis } from "../../../src/core/model/units.ts";
import { initialState, withAccount } from "../../../src/core/state.ts";
import { ACCOUNT, anAccount, later, NOW, someRules, TODAY } from "../../kit/builders.ts";
import { aFirmState, FIRM_PLAN } from "../../kit/firm-plans.ts";

const report = { name: "CPI", event: "cpi", source: "a test", verified: TODAY, validUntil: TODAY };

function remarksAt(at: Millis, sessions: Sessions = "cme") {
  const margins = { before: millis(120_000), after: millis(120_000) };
  const plan = {
    ...FIRM_PLAN,
    news: [{ events: ["cpi"], ...margins, action: { kind: "flat" } }],
  } as const;
  const { hours, ...unhurried } = someRules();
  const account = anAccount({ sessions, firm: aFirmState(dollars(48_000)) });
  const state = withAccount(initialState, account);
  const settings = {
    ruleSets: { default: unhurried },
    accounts: [{ id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" }],
    plans: { [plan.id]: plan },
    news: [{ ...report, times: [later(600_000)] }],
  } as const;
  const { remarks } = statusOf({ ...state, settings } as typeof state, {
    ...{ at, sequence: 1, quotes: [] },
  });
  return remarks.filter((text) => text.includes(plan.id));
}

it("status says that a firm's window is near, and that its day is over", () => {
  expect(remarksAt(NOW)).toEqual([]);
  expect(remarksAt(later(600_000))).toEqual([
    "Paper: house/evaluation wants nothing held from Thursday 09:08 CT to Thursday 09:12 CT, around CPI at Thursday 09:10 CT",
  ]);
  expect(remarksAt(later(600_000), "always-open")).toEqual([]);
  expect(remarksAt(later(6 * 3_600_000))).toEqual([
    "Paper: house/evaluation wants the account flat by Thursday 15:10 CT; no entries from Thursday 15:00 CT on",
  ]);
});
