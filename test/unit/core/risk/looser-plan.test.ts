import { describe, expect, it } from "vitest";
import type {
  AutomationRule,
  DailyLimitRule,
  FirmPlan,
  HedgingRule,
  HoldTimeRule,
  InactivityRule,
  NewsRule,
  PayoutRule,
  PayoutWay,
  Stage,
} from "../../../../src/core/model/firm-plan.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { contracts, dollars, millis } from "../../../../src/core/model/units.ts";
import { looserPlan, tighterPlan } from "../../../../src/core/risk/looser-plan.ts";
import { DAILY_LIMIT, FIRM_PLAN, HOURS, minis, SIZE, trail } from "../../../kit/firm-plans.ts";

type Of<Kind extends Stage["kind"]> = Extract<Stage, { readonly kind: Kind }>;
type Forbidden = Extract<HedgingRule, { readonly kind: "forbidden" }>;
type Allowed = Extract<AutomationRule, { readonly kind: "allowed" }>;

const plan = (change: Partial<FirmPlan> = {}): FirmPlan => ({ ...FIRM_PLAN, ...change });

const daily = (change: Partial<DailyLimitRule> = {}): DailyLimitRule => ({
  ...DAILY_LIMIT,
  ...change,
});

const evaluation = (change: Partial<Of<"evaluation">> = {}): FirmPlan["stage"] => ({
  kind: "evaluation",
  profitTarget: dollars(3_000),
  consistency: { measure: "target", share: 550 },
  ...{ daysMin: 2, daysMax: null },
  ...change,
});

const WAY: PayoutWay = {
  ...{ name: "standard", qualifyingDays: null, consistency: null, shareMax: 500, cap: null },
};

const funded = (change: Partial<PayoutRule> = {}): FirmPlan["stage"] => ({
  kind: "funded",
  payout: {
    ...{ split: null, smallest: null, buffer: dollars(0), countMax: null, ways: [WAY] },
    ...change,
  },
});

const news = (change: Partial<NewsRule> = {}): NewsRule => ({
  events: ["fomc"],
  ...{ before: millis(60_000), after: millis(60_000), action: { kind: "below-maximum" } },
  ...change,
});

const hedging = (change: Partial<Forbidden> = {}): Forbidden => ({
  ...{ kind: "forbidden", within: "account", counts: "family" },
  ...change,
});

const correlated = (name: string, ...roots: readonly [Root, ...Root[]]): Forbidden =>
  hedging({ counts: "correlated", groups: [{ name, roots }] });

const automation = (change: Partial<Allowed> = {}): Allowed => ({
  ...{ kind: "allowed", device: "own", supervised: true, conditions: [] },
  ...change,
});

const held = (change: Partial<HoldTimeRule> = {}): HoldTimeRule => ({
  ...{ heldMin: millis(5_000), tradesShare: 500, profitShare: 500 },
  ...change,
});

const active = (change: Partial<InactivityRule> = {}): InactivityRule => ({
  ...{ withinDays: 30, daysMin: 1, profitMin: dollars(0) },
  ...change,
});

const AT_16 = { recomputedAt: 16 * 60 };

const cap = {
  roots: ["MES"],
  most: { unit: "contracts", value: contracts(2) },
  until: null,
} as const;

interface Case {
  readonly name: string;
  readonly was: Partial<FirmPlan>;
  readonly is: Partial<FirmPlan>;
  readonly said: string;
}

const CASES: readonly Case[] = [
  {
    name: "more may be lost",
    was: {},
    is: { floor: trail({ kind: "end-of-day", lossMax: 3_000, lock: 50_000 }) },
    said: "loss of the firm: $3000.00, was $2000.00",
  },
  {
    name: "the floor follows less",
    was: { floor: trail({ kind: "intraday", lossMax: 2_000, lock: 50_000 }) },
    is: {},
    said: "floor: end-of-day, was intraday",
  },
  {
    name: "the floor does not follow at all",
    was: {},
    is: { floor: { kind: "static", lossMax: dollars(2_000) } },
    said: "floor: static, was end-of-day",
  },
  {
    name: "the floor stops earlier",
    was: { floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: null }) },
    is: {},
    said: "the floor locks earlier",
  },
  {
    name: "no daily limit",
    was: { dailyLimit: daily() },
    is: {},
    said: "daily limit of the firm: none",
  },
  {
    name: "a daily limit that forgives",
    was: { dailyLimit: daily({ effect: "hard" }) },
    is: { dailyLimit: daily() },
    said: "daily limit of the firm: soft",
  },
  {
    name: "a daily limit of booked losses",
    was: { dailyLimit: daily() },
    is: { dailyLimit: daily({ basis: "realised" }) },
    said: "daily limit of the firm: booked losses alone",
  },
  {
    name: "a daily limit that may end",
    was: { dailyLimit: daily() },
    is: { dailyLimit: daily({ ends: "floor-at-start" }) },
    said: "daily limit of the firm: may end",
  },
  {
    name: "a daily limit that is higher at a profit",
    was: { dailyLimit: daily() },
    is: {
      dailyLimit: daily({
        amount: {
          first: dollars(1_000),
          steps: [{ from: dollars(3_000), value: dollars(2_000) }],
        },
      }),
    },
    said: "daily limit of the firm: $2000.00, was $1000.00",
  },
  {
    name: "more contracts",
    was: {},
    is: { size: { ...SIZE, limit: { first: minis(8), steps: [] } } },
    said: "size of the firm: 8 minis, was 5 minis",
  },
  {
    name: "micros that count less",
    was: {},
    is: { size: { ...SIZE, microWeight: minis(0.05) } },
    said: "a micro counts less",
  },
  {
    name: "a contract that counts less",
    was: {},
    is: { size: { ...SIZE, weights: {} } },
    said: "a contract counts less",
  },
  {
    name: "minis beside micros",
    was: { size: { ...SIZE, mixing: "forbidden" } },
    is: {},
    said: "minis beside micros",
  },
  {
    name: "a cap that is gone",
    was: { size: { ...SIZE, caps: [cap] } },
    is: {},
    said: "caps on products",
  },
  {
    name: "more products",
    was: {},
    is: { products: ["ES", "MES", "MNQ"] },
    said: "products of the firm: also MNQ",
  },
  {
    name: "later hours",
    was: {},
    is: { hours: { ...HOURS, flatBy: 15 * 60 + 59 } },
    said: "flat by 15:59, was 15:10",
  },
  {
    name: "later on a short day",
    was: {},
    is: { hours: { ...HOURS, earlyClose: { ...HOURS.earlyClose, before: 5 } } },
    said: "flat 5 minutes before an early end, was 15",
  },
  {
    name: "a start from less",
    was: {},
    is: {
      balanceStart: dollars(40_000),
      floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: 40_000 }),
    },
    said: "balance it began with: $40000.00, was $50000.00",
  },
  {
    name: "a floor that a payout puts lower",
    was: {
      floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_000, afterPayout: 50_000 }),
    },
    is: { floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_000, afterPayout: 49_000 }) },
    said: "a payout puts the floor lower",
  },
  {
    name: "a floor that a payout does not move",
    was: {
      floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_000, afterPayout: 50_000 }),
    },
    is: {},
    said: "a payout puts the floor lower",
  },
  {
    name: "fees that do not count",
    was: { dailyLimit: daily() },
    is: { dailyLimit: daily({ feesCounted: false }) },
    said: "daily limit of the firm: without fees",
  },
  {
    name: "positions from an earlier hour",
    was: { hours: { ...HOURS, opensAt: 18 * 60 } },
    is: {},
    said: "positions from: 17:00, was 18:00",
  },
  {
    name: "a venue where there was none",
    was: { venue: null },
    is: {},
    said: "it may trade at topstepx",
  },
  {
    name: "a lower target",
    was: { stage: evaluation({ profitTarget: dollars(3_500) }) },
    is: {},
    said: "profit target: $3000.00, was $3500.00",
  },
  {
    name: "a larger best day",
    was: { stage: evaluation({ consistency: { measure: "target", share: 400 } }) },
    is: {},
    said: "share of the best day: 55%, was 40%",
  },
  {
    name: "a best day of any size",
    was: {},
    is: { stage: evaluation({ consistency: null }) },
    said: "no best day is too good",
  },
  {
    name: "fewer days",
    was: { stage: evaluation({ daysMin: 5 }) },
    is: {},
    said: "days to trade: 2, was 5",
  },
  {
    name: "any number of days",
    was: { stage: evaluation({ daysMax: 30 }) },
    is: {},
    said: "days in all: not limited, was 30",
  },
  {
    name: "a smaller payout",
    was: { stage: funded({ smallest: dollars(500) }) },
    is: { stage: funded({ smallest: dollars(100) }) },
    said: "smallest payout: $100.00, was $500.00",
  },
  {
    name: "less profit that stays",
    was: { stage: funded({ buffer: dollars(500) }) },
    is: { stage: funded() },
    said: "profit that stays: $0.00, was $500.00",
  },
  {
    name: "more payouts",
    was: { stage: funded({ countMax: 3 }) },
    is: { stage: funded({ countMax: 5 }) },
    said: "payouts: 5, was 3",
  },
  {
    name: "fewer reports",
    was: { news: [news({ events: ["fomc", "cpi"] })] },
    is: { news: [news({ events: ["fomc"] })] },
    said: "less is asked around cpi",
  },
  {
    name: "a shorter time before a report",
    was: { news: [news({ before: millis(120_000) })] },
    is: { news: [news({ before: millis(60_000) })] },
    said: "less is asked around fomc",
  },
  {
    name: "a shorter time after a report",
    was: { news: [news({ after: millis(120_000) })] },
    is: { news: [news({ after: millis(60_000) })] },
    said: "less is asked around fomc",
  },
  {
    name: "less that is not done around a report",
    was: { news: [news({ action: { kind: "flat" } })] },
    is: { news: [news({ action: { kind: "below-maximum" } })] },
    said: "less is asked around fomc",
  },
  {
    name: "reports that nobody says anything about any more",
    was: { news: [news()] },
    is: { news: null },
    said: "less is asked around fomc",
  },
  {
    name: "no report at all",
    was: { news: [news()] },
    is: {},
    said: "less is asked around fomc",
  },
  {
    name: "hedging",
    was: { hedging: hedging() },
    is: {},
    said: "hedging is allowed",
  },
  {
    name: "hedging over accounts",
    was: { hedging: hedging({ within: "own-accounts" }) },
    is: { hedging: hedging() },
    said: "hedging is forbidden within: account, was own-accounts",
  },
  {
    name: "hedging with what only moves alike",
    was: { hedging: hedging({ counts: "correlated" }) },
    is: { hedging: hedging() },
    said: "hedging counts: family, was correlated",
  },
  {
    name: "a smaller group of what is correlated",
    was: { hedging: correlated("all", "ES", "NQ", "YM") },
    is: { hedging: correlated("two", "NQ", "MES") },
    said: "fewer products count as correlated",
  },
  {
    name: "copying",
    was: { copying: "forbidden" },
    is: { copying: "firm-tool-only" },
    said: "copying of own accounts: firm-tool-only, was forbidden",
  },
  {
    name: "a program where none was allowed",
    was: { automation: { kind: "forbidden" } },
    is: {},
    said: "a program may trade it",
  },
  {
    name: "a program on any device",
    was: {},
    is: { automation: automation({ device: "any" }) },
    said: "device of a program: any, was own",
  },
  {
    name: "a program alone",
    was: {},
    is: { automation: automation({ supervised: false }) },
    said: "a program need not be watched",
  },
  {
    name: "a condition less",
    was: { automation: automation({ conditions: ["no copies", "no haste"] }) },
    is: { automation: automation({ conditions: ["no haste"] }) },
    said: "a program need no longer: no copies",
  },
  {
    name: "a shorter hold",
    was: { holdTime: held({ heldMin: millis(10_000) }) },
    is: { holdTime: held() },
    said: "time to hold: 5 s, was 10 s",
  },
  {
    name: "fewer trades held",
    was: { holdTime: held({ tradesShare: 600 }) },
    is: { holdTime: held() },
    said: "trades held so long: 50%, was 60%",
  },
  {
    name: "no hold",
    was: { holdTime: held() },
    is: {},
    said: "times to hold are not asked",
  },
  {
    name: "a longer pause",
    was: { inactivity: active({ withinDays: 14 }) },
    is: { inactivity: active() },
    said: "days in which it has to trade: 30, was 14",
  },
  {
    name: "days that need earn less",
    was: { inactivity: active({ profitMin: dollars(50) }) },
    is: { inactivity: active() },
    said: "what such a day has to earn: $0.00, was $50.00",
  },
  {
    name: "more accounts",
    was: { accountsMax: 5 },
    is: {},
    said: "accounts of one person: not limited, was 5",
  },
  {
    name: "nearer to a price limit",
    was: { priceLimitBuffer: 20 },
    is: { priceLimitBuffer: 10 },
    said: "distance from a price limit of the exchange: 1%, was 2%",
  },
  {
    name: "any distance from a price limit",
    was: { priceLimitBuffer: 20 },
    is: {},
    said: "distance from a price limit of the exchange: none, was 2%",
  },
];

/** Nobody can say which of the two asks less, so each counts as less than the other. */
const APART: readonly (Case & { readonly back: string })[] = [
  {
    name: "another hour at which the floor is taken",
    was: {},
    is: { floor: { ...trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_000 }), ...AT_16 } },
    said: "floor taken at: 16:00, was 17:00",
    back: "floor taken at: 17:00, was 16:00",
  },
  {
    name: "another hour at which the daily limit is reset",
    was: { dailyLimit: daily() },
    is: { dailyLimit: daily({ resetsAt: 8 * 60 }) },
    said: "daily limit of the firm resets at: 08:00, was 17:00",
    back: "daily limit of the firm resets at: 17:00, was 08:00",
  },
  {
    name: "another measure of the best day",
    was: {},
    is: { stage: evaluation({ consistency: { measure: "net", share: 550 } }) },
    said: "the best day is measured otherwise",
    back: "the best day is measured otherwise",
  },
  {
    name: "another stage",
    was: {},
    is: { stage: { kind: "live" } },
    said: "stage: live, was evaluation",
    back: "stage: evaluation, was live",
  },
  {
    name: "other ways to a payout",
    was: { stage: funded() },
    is: { stage: funded({ ways: [{ ...WAY, name: "fast" }] }) },
    said: "other ways to a payout",
    back: "other ways to a payout",
  },
];

describe("of two plans", () => {
  it.each(APART)("$name counts as less either way", ({ was, is, said, back }) => {
    expect(looserPlan(plan(was), plan(is))).toEqual([said]);
    expect(looserPlan(plan(is), plan(was))).toEqual([back]);
    expect(looserPlan(plan(was), tighterPlan(plan(was), plan(is)))).toEqual([]);
  });

  it("what asks nothing may be anything", () => {
    const live = plan({ stage: { kind: "live" } });
    expect(looserPlan(live, live)).toEqual([]);
    const told = plan({
      ...{ title: "Another", notes: ["disputed"], verified: tradeDate("2026-10-01") },
      hours: { ...HOURS, calendarUntil: tradeDate("2028-12-31") },
    });
    expect(looserPlan(plan(), told)).toEqual([]);
    const [paid, better] = [
      plan({ stage: funded({ split: 800 }) }),
      plan({ stage: funded({ split: 900 }) }),
    ];
    expect(looserPlan(paid, better)).toEqual([]);
    expect(looserPlan(better, paid)).toEqual([]);
  });

  it("more around a report covers less", () => {
    const less = plan({ news: [news()] });
    const more = plan({ news: [news({ events: ["cpi", "fomc"], action: { kind: "flat" } })] });
    expect(looserPlan(less, more)).toEqual([]);
  });

  it.each(CASES)("$name is less than was asked", ({ was, is, said }) => {
    expect(looserPlan(plan(was), plan(is))).toEqual([said]);
  });

  it.each(CASES)("$name: the other way round it is not", ({ was, is }) => {
    expect(looserPlan(plan(is), plan(was))).toEqual([]);
  });

  it.each(CASES)("$name: the tighter of the two asks no less than either", ({ was, is }) => {
    const tighter = tighterPlan(plan(was), plan(is));
    expect(looserPlan(plan(was), tighter)).toEqual([]);
    expect(looserPlan(plan(is), tighter)).toEqual([]);
  });

  it("another order of rules and groups is no less, and another action is", () => {
    const fomc = news({ action: { kind: "flat" } });
    const rules = [fomc, news({ events: ["cpi"] })];
    expect(looserPlan(plan({ news: rules }), plan({ news: [...rules].reverse() }))).toEqual([]);
    const one = news({ events: ["cpi", "fomc"] });
    expect(looserPlan(plan({ news: rules }), plan({ news: [one] }))).toEqual([
      "less is asked around fomc",
    ]);
    const was = correlated("a", "ES", "NQ");
    const is = correlated("b", "MYM", "MNQ", "MES");
    expect(looserPlan(plan({ hedging: was }), plan({ hedging: is }))).toEqual([]);
    expect(looserPlan(plan({ hedging: is }), plan({ hedging: was }))).toHaveLength(1);
  });

  it("a plan that says nothing of reports asks no less than none", () => {
    expect(looserPlan(plan({ news: null }), plan({ news: [] }))).toEqual([]);
    expect(looserPlan(plan({ news: null }), plan({ news: [news()] }))).toEqual([]);
  });

  it("the same is no less", () => {
    const inside = hedging({ counts: "family", within: "account" });
    const same = plan({ dailyLimit: daily(), size: { ...SIZE, caps: [cap] }, hedging: inside });
    expect(looserPlan(same, same)).toEqual([]);
    expect(tighterPlan(same, same)).toEqual(same);
  });
});
