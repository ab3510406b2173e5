import { describe, expect, it } from "vitest";
import type {
  DailyLimitRule,
  FirmPlan,
  HedgingRule,
  NewsRule,
} from "../../../../src/core/model/firm-plan.ts";
import { contracts, dollars, millis } from "../../../../src/core/model/units.ts";
import { looserPlan, tighterPlan } from "../../../../src/core/risk/looser-plan.ts";
import { FIRM_PLAN, HOURS, minis, SIZE, trail } from "../../../kit/firm-plans.ts";

const plan = (change: Partial<FirmPlan> = {}): FirmPlan => ({ ...FIRM_PLAN, ...change });

const daily = (change: Partial<DailyLimitRule> = {}): DailyLimitRule => ({
  effect: "soft",
  amount: { first: dollars(1_000), steps: [] },
  basis: "equity",
  feesCounted: true,
  resetsAt: 17 * 60,
  ends: "never",
  ...change,
});

const cap = {
  roots: ["MES"],
  most: { unit: "contracts", value: contracts(2) },
  until: null,
} as const;

const flat = (change: Partial<NewsRule> = {}): NewsRule => ({
  ...{ events: ["cpi"], before: millis(60_000), after: millis(60_000), action: { kind: "flat" } },
  ...change,
});
const LESS_NEWS = "less is asked around news";

type Forbidden = Extract<HedgingRule, { kind: "forbidden" }>;
const hedging = (change: Partial<Forbidden>): Forbidden => ({
  ...{ kind: "forbidden", within: "own-accounts", counts: "correlated" },
  ...change,
});

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
    name: "a report less",
    was: { news: [flat({ events: ["cpi", "fomc"] })] },
    is: { news: [flat()] },
    said: LESS_NEWS,
  },
  {
    name: "a window that begins later",
    was: { news: [flat()] },
    is: { news: [flat({ before: millis(59_999) })] },
    said: LESS_NEWS,
  },
  {
    name: "a window that ends earlier",
    was: { news: [flat()] },
    is: { news: [flat({ after: millis(59_999) })] },
    said: LESS_NEWS,
  },
  {
    name: "no rule for reports",
    was: { news: [flat()] },
    is: { news: null },
    said: LESS_NEWS,
  },
  {
    name: "hedging that is allowed",
    was: { hedging: hedging({ counts: "family" }) },
    is: {},
    said: "hedging is allowed",
  },
  {
    name: "hedging over several accounts",
    was: { hedging: hedging({ counts: "family" }) },
    is: { hedging: hedging({ counts: "family", within: "account" }) },
    said: "hedging over several accounts",
  },
  {
    name: "hedging in what is correlated",
    was: { hedging: hedging({ groups: [{ name: "all", roots: ["ES", "NQ"] }] }) },
    is: { hedging: hedging({ counts: "family" }) },
    said: "hedging in correlated products",
  },
  {
    name: "a smaller group of what is correlated",
    was: { hedging: hedging({ groups: [{ name: "all", roots: ["ES", "NQ", "YM"] }] }) },
    is: { hedging: hedging({ groups: [{ name: "two", roots: ["NQ", "MES"] }] }) },
    said: "hedging in correlated products",
  },
];

describe("of two plans", () => {
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
    const news = [flat(), flat({ events: ["fomc"], action: { kind: "below-maximum" } })];
    const turned = [...news].reverse();
    expect(looserPlan(plan({ news }), plan({ news: turned }))).toEqual([]);
    expect(looserPlan(plan({ news }), plan({ news: [flat({ events: ["cpi", "fomc"] })] }))).toEqual(
      [LESS_NEWS],
    );
    const was = hedging({ groups: [{ name: "a", roots: ["ES", "NQ"] }] });
    const is = hedging({ groups: [{ name: "b", roots: ["MYM", "MNQ", "MES"] }] });
    expect(looserPlan(plan({ hedging: was }), plan({ hedging: is }))).toEqual([]);
    expect(looserPlan(plan({ hedging: is }), plan({ hedging: was }))).toHaveLength(1);
  });

  it("the same is no less", () => {
    const inside = hedging({ counts: "family", within: "account" });
    const same = plan({ dailyLimit: daily(), size: { ...SIZE, caps: [cap] }, hedging: inside });
    expect(looserPlan(same, same)).toEqual([]);
    expect(tighterPlan(same, same)).toEqual(same);
  });
});
