import { expect, it } from "vitest";
import { automationProblems, firmRemarks } from "../../../src/app/firm-remarks.ts";
import type { Config } from "../../../src/core/model/config.ts";
import { DEFAULT_ACCOUNT, DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import type { FirmPlan } from "../../../src/core/model/firm-plan.ts";
import { twinOf } from "../../../src/core/model/ids.ts";
import type { NewsSeries } from "../../../src/core/model/news.ts";
import { tradeDate } from "../../../src/core/model/trade-date.ts";
import { dollars, millis } from "../../../src/core/model/units.ts";
import { US_NEWS } from "../../../src/core/model/us-news.ts";
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

it("tells which reports a plan asks about that nobody has dates of", () => {
  const margins = {
    before: millis(60_000),
    after: millis(60_000),
    action: { kind: "flat" },
  } as const;
  const asking: FirmPlan["news"] = [
    { events: ["cpi", "fomc-minutes", "major"], ...margins },
    { events: ["fomc-minutes"], ...margins },
  ];
  const told = (news: FirmPlan["news"], list: readonly NewsSeries[] | undefined) => {
    const config = following({ news });
    const settings = { ...config.settings, ...(list !== undefined && { news: list }) };
    return firmRemarks({ ...config, settings }, TODAY);
  };
  const [first] = US_NEWS;
  if (first === undefined) throw new Error("there are reports");
  expect(told(asking, undefined)).toEqual([]);
  expect(told(null, [])).toEqual([]);
  expect(told(asking, [first])).toEqual([
    "house/evaluation: it asks something around cpi, and no date of that is listed",
    "house/evaluation: it asks something around fomc-minutes, and no date of that is listed",
  ]);
  const { event: _, ...unsorted } = first;
  expect(told(asking, [unsorted])).toEqual([]);
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
