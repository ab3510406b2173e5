/** The figures of the other firms once more, as the tables of their help centres have them. */
import { describe, expect, it } from "vitest";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, toDollars } from "../../../../src/core/model/units.ts";
import { readRulePacks } from "../../../../src/shell/yaml/rule-packs.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };

const dates = { today: tradeDate("2026-11-23"), calendarUntil: tradeDate("2027-12-31") };
const read = readRulePacks(null, dates);
const plans: Readonly<Record<string, FirmPlan>> = read.ok ? read.value : {};

const planOf = (id: string): FirmPlan => {
  const plan = plans[id];
  if (plan === undefined) throw new Error(`no plan ${id}`);
  return plan;
};

/** `50000 -2000 eod, stops at 50100, daily 1000 (3000: 2000), 2 (1500: 3) minis` */
function summary({ balanceStart, floor, dailyLimit, size }: FirmPlan): string {
  const usd = (amount: number): string => String(toDollars(dollars(amount / 10_000)));
  const kind = floor.kind === "end-of-day" ? "eod" : floor.kind;
  const lock =
    floor.kind === "static" || floor.lock === null ? "" : `, stops at ${usd(floor.lock)}`;
  const tiers = (
    steps: readonly { readonly from: number; readonly value: number }[],
    unit: number,
  ): string =>
    steps.length === 0
      ? ""
      : ` (${steps.map(({ from, value }) => `${usd(from)}: ${value / unit}`).join(", ")})`;
  const daily =
    dailyLimit === null
      ? ""
      : `, daily ${usd(dailyLimit.amount.first)}${tiers(dailyLimit.amount.steps, 10_000)}`;
  const most = `${size.limit.first / 1_000}${tiers(size.limit.steps, 1_000)}`;
  return `${usd(balanceStart)} -${usd(floor.lossMax)} ${kind}${lock}${daily}, ${most} minis`;
}

describe("the loss floor, the daily limit and the size of", () => {
  it.each([
    ["apex/evaluation-eod-25k", "25000 -1000 eod, daily 500, 4 minis"],
    ["apex/evaluation-intraday-25k", "25000 -1000 intraday, 4 minis"],
    ["apex/evaluation-eod-50k", "50000 -2000 eod, daily 1000, 6 minis"],
    ["apex/evaluation-intraday-50k", "50000 -2000 intraday, 6 minis"],
    ["apex/evaluation-eod-100k", "100000 -3000 eod, daily 1500, 8 minis"],
    ["apex/evaluation-intraday-100k", "100000 -3000 intraday, 8 minis"],
    ["apex/evaluation-eod-150k", "150000 -4000 eod, daily 2000, 12 minis"],
    ["apex/evaluation-intraday-150k", "150000 -4000 intraday, 12 minis"],
    [
      "apex/performance-eod-25k",
      "25000 -1000 eod, stops at 25100, daily 500 (2000: 1250), 1 (1000: 2) minis",
    ],
    [
      "apex/performance-intraday-25k",
      "25000 -1000 intraday, stops at 25100, daily 500 (2000: 1250), 1 (1000: 2) minis",
    ],
    [
      "apex/performance-eod-50k",
      "50000 -2000 eod, stops at 50100, daily 1000 (3000: 2000, 6000: 3000), 2 (1500: 3, 3000: 4) minis",
    ],
    [
      "apex/performance-intraday-50k",
      "50000 -2000 intraday, stops at 50100, daily 1000 (3000: 2000, 6000: 3000), 2 (1500: 3, 3000: 4) minis",
    ],
    [
      "apex/performance-eod-100k",
      "100000 -3000 eod, stops at 100100, daily 1750 (5000: 2500, 10000: 3500), 3 (2000: 4, 3000: 5, 5000: 6) minis",
    ],
    [
      "apex/performance-intraday-100k",
      "100000 -3000 intraday, stops at 100100, daily 1750 (5000: 2500, 10000: 3500), 3 (2000: 4, 3000: 5, 5000: 6) minis",
    ],
    [
      "apex/performance-eod-150k",
      "150000 -4000 eod, stops at 150100, daily 2500 (5000: 3000, 10000: 4000), 4 (2000: 5, 3000: 7, 5000: 10) minis",
    ],
    [
      "apex/performance-intraday-150k",
      "150000 -4000 intraday, stops at 150100, daily 2500 (5000: 3000, 10000: 4000), 4 (2000: 5, 3000: 7, 5000: 10) minis",
    ],
    ["tradeify/select-evaluation-25k", "25000 -1000 eod, 1 minis"],
    ["tradeify/select-evaluation-50k", "50000 -2000 eod, 4 minis"],
    ["tradeify/select-evaluation-100k", "100000 -3000 eod, 8 minis"],
    ["tradeify/select-evaluation-150k", "150000 -4500 eod, 12 minis"],
    ["tradeify/select-flex-25k", "25000 -1000 eod, stops at 25100, 1 minis"],
    ["tradeify/select-flex-50k", "50000 -2000 eod, stops at 50100, 2 minis"],
    ["tradeify/select-flex-100k", "100000 -3000 eod, stops at 100100, 3 minis"],
    ["tradeify/select-flex-150k", "150000 -4500 eod, stops at 150100, 3 minis"],
    [
      "tradeify/select-daily-25k",
      "25000 -1000 eod, stops at 25100, daily 500 (1500: 1000), 1 minis",
    ],
    [
      "tradeify/select-daily-50k",
      "50000 -2000 eod, stops at 50100, daily 1000 (3000: 2000), 2 minis",
    ],
    [
      "tradeify/select-daily-100k",
      "100000 -2500 eod, stops at 100100, daily 1250 (6000: 2500), 3 minis",
    ],
    [
      "tradeify/select-daily-150k",
      "150000 -3500 eod, stops at 150100, daily 1750 (9000: 3500), 3 minis",
    ],
    ["tradeify/lightning-25k", "25000 -1000 eod, stops at 25100, 1 minis"],
    ["tradeify/lightning-50k", "50000 -2000 eod, stops at 50100, daily 1250 (3000: 2000), 2 minis"],
    [
      "tradeify/lightning-100k",
      "100000 -4000 eod, stops at 100100, daily 2500 (6000: 4000), 3 minis",
    ],
    [
      "tradeify/lightning-150k",
      "150000 -5250 eod, stops at 150100, daily 3000 (9000: 5250), 3 minis",
    ],
    ["myfundedfutures/rapid-evaluation-50k", "50000 -2000 eod, 5 minis"],
    ["myfundedfutures/rapid-evaluation-100k", "100000 -3000 eod, 10 minis"],
    ["myfundedfutures/rapid-evaluation-150k", "150000 -4500 eod, 15 minis"],
    ["myfundedfutures/rapid-funded-50k", "0 -2000 intraday, stops at 100, 5 minis"],
    ["myfundedfutures/rapid-funded-100k", "0 -3000 intraday, stops at 100, 10 minis"],
    ["myfundedfutures/rapid-funded-150k", "0 -4500 intraday, stops at 100, 15 minis"],
    ["myfundedfutures/flex-funded-50k", "0 -2000 eod, 1 (1500: 2, 2000: 3) minis"],
    [
      "myfundedfutures/flex-funded-50k-daily-limit",
      "0 -2000 eod, daily 1000, 1 (1500: 2, 2000: 3) minis",
    ],
    ["take-profit-trader/test-25k", "25000 -1500 eod, stops at 25000, 3 minis"],
    ["take-profit-trader/test-50k", "50000 -2000 eod, stops at 50000, 6 minis"],
    ["take-profit-trader/test-75k", "75000 -2500 eod, stops at 75000, 9 minis"],
    ["take-profit-trader/test-100k", "100000 -3000 eod, stops at 100000, 12 minis"],
    ["take-profit-trader/test-150k", "150000 -4500 eod, stops at 150000, 15 minis"],
    ["take-profit-trader/pro-25k", "25000 -1500 intraday, stops at 25000, 3 minis"],
    ["take-profit-trader/pro-50k", "50000 -2000 intraday, stops at 50000, 6 minis"],
    ["take-profit-trader/pro-75k", "75000 -2500 intraday, stops at 75000, 9 minis"],
    ["take-profit-trader/pro-100k", "100000 -3000 intraday, stops at 100000, 12 minis"],
    ["take-profit-trader/pro-150k", "150000 -4500 intraday, stops at 150000, 15 minis"],
    ["take-profit-trader/pro-plus-50k", "0 -2000 eod, 6 minis"],
    ["bulenox/option-1-evaluation-50k", "50000 -2500 intraday, 7 minis"],
    ["bulenox/option-2-evaluation-50k", "50000 -2500 eod, daily 1100, 2 (1501: 4, 4001: 7) minis"],
    ["bulenox/option-1-master-25k", "25000 -1500 intraday, stops at 25100, 3 minis"],
    [
      "bulenox/option-2-master-25k",
      "25000 -1500 eod, stops at 25100, daily 500, 2 (1501: 3) minis",
    ],
    ["bulenox/option-1-master-50k", "50000 -2500 intraday, stops at 50100, 7 minis"],
    [
      "bulenox/option-2-master-50k",
      "50000 -2500 eod, stops at 50100, daily 1100, 2 (1501: 4, 4001: 7) minis",
    ],
    ["bulenox/option-1-master-100k", "100000 -3000 intraday, stops at 100100, 12 minis"],
    [
      "bulenox/option-2-master-100k",
      "100000 -3000 eod, stops at 100100, daily 2200, 3 (2001: 5, 3001: 8, 5001: 12) minis",
    ],
    ["bulenox/option-1-master-150k", "150000 -4500 intraday, stops at 150100, 15 minis"],
    [
      "bulenox/option-2-master-150k",
      "150000 -4500 eod, stops at 150100, daily 3300, 5 (4001: 8, 8001: 10, 12001: 15) minis",
    ],
    ["bulenox/option-1-master-250k", "250000 -5500 intraday, stops at 250100, 25 minis"],
    [
      "bulenox/option-2-master-250k",
      "250000 -5500 eod, stops at 250100, daily 4500, 6 (5001: 12, 12001: 18, 20001: 25) minis",
    ],
  ])("%s", (id, figures) => {
    expect(summary(planOf(id))).toBe(figures);
  });

  it("all plans but Topstep's is told above", () => {
    expect(Object.keys(plans).filter((id) => !id.startsWith("topstep/"))).toHaveLength(63);
  });
});

describe("the floor whose days are known is that of the pack:", () => {
  it.each([
    ["topstep50kCombine", "topstep/combine-50k"],
    ["topstep50kXfa", "topstep/express-funded-50k"],
    ["apex50kIntradayPa", "apex/performance-intraday-50k"],
    ["apex50kIntradayEvalTradovate", "apex/evaluation-intraday-50k"],
    ["apex50kEodPa", "apex/performance-eod-50k"],
    ["mffuRapid50kFunded", "myfundedfutures/rapid-funded-50k"],
    ["tradeify50kFunded", "tradeify/select-flex-50k"],
    ["tpt50kPro", "take-profit-trader/pro-50k"],
  ] as const)("%s", (vector, id) => {
    const { start, maxLoss, mode, lockAt } = oracle.propFloors[vector];
    const { balanceStart, floor } = planOf(id);
    expect(balanceStart).toBe(dollars(start));
    expect(floor).toMatchObject({
      kind: mode === "eod" ? "end-of-day" : "intraday",
      lossMax: dollars(maxLoss),
      lock: lockAt === null ? null : dollars(lockAt),
    });
  });
});

const ids = Object.keys(plans);
const inFirm = (firm: string): readonly FirmPlan[] =>
  ids.filter((id) => id.startsWith(`${firm}/`)).map(planOf);

describe("what a firm asks of all its accounts", () => {
  it.each([
    ["apex", "15:59", "forbidden"],
    ["tradeify", "15:59", "allowed"],
    ["myfundedfutures", "15:10", "allowed"],
    ["take-profit-trader", "15:55", "forbidden"],
    ["bulenox", "15:59", "allowed"],
  ])("%s: flat by %s, automation %s, no venue here", (firm, flatBy, automation) => {
    const [hour, minute] = flatBy.split(":").map(Number);
    expect(inFirm(firm).length).toBeGreaterThan(0);
    for (const plan of inFirm(firm)) {
      expect(plan.hours.flatBy).toBe((hour ?? 0) * 60 + (minute ?? 0));
      expect(plan.automation.kind).toBe(automation);
      expect(plan.venue).toBeNull();
    }
  });

  it("Topstep lets programs trade in evaluations and funded accounts, never live ones", () => {
    for (const { stage, automation } of inFirm("topstep")) {
      expect(automation.kind).toBe(stage.kind === "live" ? "forbidden" : "allowed");
    }
  });

  it("a mini and a micro of one product are held together but at two of them", () => {
    const forbidding = ids.filter((id) => planOf(id).size.mixing === "forbidden");
    expect([...new Set(forbidding.map((id) => id.split("/")[0]))]).toEqual([
      "myfundedfutures",
      "tradeify",
    ]);
  });

  it("positions of less than ten seconds are no more than half at Tradeify", () => {
    expect(planOf("tradeify/lightning-50k").holdTime).toEqual({
      heldMin: 10_000,
      tradesShare: 500,
      profitShare: 500,
    });
  });
});

describe("targets, best days and payouts", () => {
  it.each([
    ["apex/evaluation-eod-25k", 1_500, null, 0],
    ["apex/evaluation-intraday-50k", 3_000, null, 0],
    ["apex/evaluation-eod-100k", 6_000, null, 0],
    ["apex/evaluation-eod-150k", 9_000, null, 0],
    ["tradeify/select-evaluation-25k", 1_500, 400, 3],
    ["tradeify/select-evaluation-50k", 3_000, 400, 3],
    ["tradeify/select-evaluation-100k", 6_000, 400, 3],
    ["tradeify/select-evaluation-150k", 9_000, 400, 3],
    ["myfundedfutures/rapid-evaluation-50k", 3_000, 500, 2],
    ["myfundedfutures/rapid-evaluation-100k", 6_000, 500, 2],
    ["myfundedfutures/rapid-evaluation-150k", 9_000, 500, 2],
    ["take-profit-trader/test-25k", 1_500, 500, 3],
    ["take-profit-trader/test-50k", 3_000, 500, 3],
    ["take-profit-trader/test-75k", 4_500, 500, 3],
    ["take-profit-trader/test-100k", 6_000, 500, 3],
    ["take-profit-trader/test-150k", 9_000, 500, 3],
    ["bulenox/option-1-evaluation-50k", 3_000, null, 0],
    ["bulenox/option-2-evaluation-50k", 3_000, null, 0],
  ])("%s: target %s, best day %s, %s days", (id, target, share, daysMin) => {
    expect(planOf(id).stage).toMatchObject({
      kind: "evaluation",
      profitTarget: dollars(target),
      consistency: share === null ? null : { share },
      daysMin,
    });
  });

  // Columns: split, buffer, days, profit of a day, shares of the best day, cap.
  it.each([
    ["apex/performance-eod-25k", 1_000, 1_100, 5, 100, [500], null],
    ["apex/performance-eod-50k", 1_000, 2_100, 5, 250, [500], null],
    ["apex/performance-eod-100k", 1_000, 3_100, 5, 300, [500], null],
    ["apex/performance-eod-150k", 1_000, 4_100, 5, 350, [500], null],
    ["apex/performance-intraday-25k", 1_000, 1_100, 5, 100, [500], null],
    ["apex/performance-intraday-50k", 1_000, 2_100, 5, 200, [500], null],
    ["apex/performance-intraday-100k", 1_000, 3_100, 5, 250, [500], null],
    ["apex/performance-intraday-150k", 1_000, 4_100, 5, 300, [500], null],
    ["tradeify/select-flex-25k", null, 0, 5, 100, null, 1_250],
    ["tradeify/select-flex-50k", null, 0, 5, 150, null, 3_000],
    ["tradeify/select-flex-100k", null, 0, 5, 200, null, 4_000],
    ["tradeify/select-flex-150k", null, 0, 5, 250, null, 5_000],
    ["tradeify/select-daily-25k", null, 1_100, null, null, null, null],
    ["tradeify/select-daily-50k", null, 2_100, null, null, null, null],
    ["tradeify/select-daily-100k", null, 2_600, null, null, null, null],
    ["tradeify/select-daily-150k", null, 3_600, null, null, null, null],
    ["tradeify/lightning-25k", null, 0, null, null, [200, 250, 300], null],
    ["myfundedfutures/rapid-funded-50k", 900, 2_100, null, null, null, null],
    ["myfundedfutures/rapid-funded-100k", 900, 3_100, null, null, null, null],
    ["myfundedfutures/rapid-funded-150k", 900, 4_600, null, null, null, null],
    ["myfundedfutures/flex-funded-50k", 800, 0, 5, 150, null, 2_000],
    ["take-profit-trader/pro-25k", 800, 1_500, null, null, null, null],
    ["take-profit-trader/pro-50k", 800, 2_000, null, null, null, null],
    ["take-profit-trader/pro-75k", 800, 2_500, null, null, null, null],
    ["take-profit-trader/pro-100k", 800, 3_000, null, null, null, null],
    ["take-profit-trader/pro-150k", 800, 4_500, null, null, null, null],
    ["take-profit-trader/pro-plus-50k", 900, 0, null, null, null, null],
    ["bulenox/option-1-master-25k", null, 1_600, 10, null, [400], null],
    ["bulenox/option-2-master-50k", null, 2_600, 10, null, [400], null],
    ["bulenox/option-1-master-100k", null, 3_100, 10, null, [400], null],
    ["bulenox/option-2-master-150k", null, 4_600, 10, null, [400], null],
    ["bulenox/option-1-master-250k", null, 5_600, 10, null, [400], null],
  ] as const)("%s", (id, split, buffer, count, profit, shares, cap) => {
    const usd = (amount: number | null) => (amount === null ? null : dollars(amount));
    expect(planOf(id).stage).toMatchObject({
      kind: "funded",
      payout: {
        split,
        buffer: dollars(buffer),
        ways: [
          {
            qualifyingDays: count === null ? null : { count, profitMin: usd(profit) },
            consistency: shares === null ? null : { shares },
            cap: usd(cap),
          },
        ],
      },
    });
  });

  it("a payout nails the floor of a Flex account at 100", () => {
    expect(planOf("myfundedfutures/flex-funded-50k").floor).toMatchObject({
      afterPayout: dollars(100),
    });
  });
});

describe("every plan", () => {
  it.each(ids)("%s says where it was read and when", (id) => {
    const { sources, verified } = planOf(id);
    expect(sources.length).toBeGreaterThan(0);
    expect(verified <= dates.today).toBe(true);
  });
});

describe("what a firm asks around reports", () => {
  const MINUTE = 60_000;
  const flat = (minutes: number, ...events: readonly string[]) => [
    { events, before: minutes * MINUTE, after: minutes * MINUTE, action: { kind: "flat" } },
  ];
  const pro = flat(1, "fomc", "payrolls", "cpi");
  const tier1 = flat(2, "fomc", "fomc-minutes", "payrolls", "cpi");

  it.each([
    ["apex", null, "the pages say nothing of it"],
    ["bulenox", null, "the pages say nothing of it"],
    ["tradeify", [], "news is free"],
    ["myfundedfutures", tier1, "nothing is held two minutes around tier 1"],
  ] as readonly (readonly [string, unknown, string])[])("%s: %j, as %s", (firm, news) => {
    for (const plan of inFirm(firm)) expect(plan.news).toEqual(news);
  });

  it("Take Profit Trader: a funded account is flat for a minute; of the test nothing is said", () => {
    for (const plan of inFirm("take-profit-trader"))
      expect(plan.news).toEqual(plan.id.includes("/pro-") ? pro : null);
  });

  it("where nothing is known, a note says so", () => {
    for (const plan of ids.map(planOf).filter(({ news }) => news === null))
      expect(plan.notes.join(" ")).toMatch(/News: /);
  });
});

describe("what a firm counts as hedging", () => {
  const group = {
    name: "equity index",
    roots: ["ES", "MES", "NQ", "MNQ", "RTY", "M2K", "YM", "MYM"],
  };
  const own = { kind: "forbidden", within: "own-accounts" };
  const family = { ...own, counts: "family" };
  const correlated = { ...own, counts: "correlated", groups: [group] };

  it.each([
    ["topstep", correlated],
    ["apex", correlated],
    ["bulenox", correlated],
    ["tradeify", family],
    ["myfundedfutures", family],
    ["take-profit-trader", family],
  ])("%s", (firm, hedging) => {
    for (const plan of inFirm(firm)) expect(plan.hedging).toEqual(hedging);
  });
});
