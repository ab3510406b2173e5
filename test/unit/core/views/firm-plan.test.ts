import { describe, expect, it } from "vitest";
import type { FirmPlan, NewsAction, PayoutWay } from "../../../../src/core/model/firm-plan.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { contracts, dollars, millis, money } from "../../../../src/core/model/units.ts";
import { planLines, planTable, showClock } from "../../../../src/core/views/firm-plan.ts";
import { planJson } from "../../../../src/core/views/firm-plan-json.ts";
import { FIRM_PLAN, HOURS, minis, SIZE, trail } from "../../../kit/firm-plans.ts";

const sentences = (plan: FirmPlan, topic: string): readonly string[] =>
  planLines(plan).flatMap(([name, text]) => (name === topic ? [text] : []));

const WAY: PayoutWay = {
  name: "regular",
  qualifyingDays: { count: 5, profitMin: dollars(150) },
  consistency: { measure: "net-since-payout", shares: [200, 300] },
  shareMax: 500,
  cap: dollars(2_000),
};

const payout = {
  split: 900,
  smallest: dollars(125),
  buffer: dollars(2_100),
  countMax: 6,
  ways: [WAY],
} as const;

/** Has whatever the plan of the kit has not. */
const RICH: FirmPlan = {
  ...FIRM_PLAN,
  id: "house/funded",
  title: "A funded account",
  venue: null,
  notes: ["Something is disputed."],
  stage: { kind: "funded", payout },
  balanceStart: money(0),
  floor: trail({ kind: "intraday", lossMax: 2_000, lock: null, afterPayout: 100 }),
  dailyLimit: {
    effect: "soft",
    amount: { first: dollars(1_000), steps: [{ from: dollars(3_000), value: dollars(2_000) }] },
    basis: "equity",
    feesCounted: true,
    resetsAt: 17 * 60,
    ends: "floor-at-start",
  },
  size: {
    ...SIZE,
    limit: { first: minis(1), steps: [{ from: dollars(1_500), value: minis(2.5) }] },
    mixing: "forbidden",
    caps: [
      {
        roots: ["ES", "MES"],
        most: { unit: "minis", value: minis(0.4) },
        until: tradeDate("2026-12-31"),
      },
      { roots: ["MES"], most: { unit: "contracts", value: contracts(1) }, until: null },
    ],
  },
  hours: { ...HOURS, earlyClose: { before: 1, latest: 719, counts: "product" } },
  news: [
    {
      events: ["fomc", "cpi"],
      before: millis(120_000),
      after: millis(60_000),
      action: { kind: "flat" },
    },
  ],
  hedging: { kind: "forbidden", within: "account", counts: "family" },
  copying: "firm-tool-only",
  automation: { kind: "forbidden" },
  holdTime: { heldMin: millis(10_000), tradesShare: 500, profitShare: 505 },
  inactivity: { withinDays: 30, daysMin: 2, profitMin: dollars(50) },
  accountsMax: 20,
  priceLimitBuffer: 20,
};

it("an evaluation is told topic by topic", () => {
  expect(planLines(FIRM_PLAN)).toEqual([
    ["plan", "house/evaluation: House, An evaluation"],
    ["trades", "topstepx"],
    ["stage", "evaluation: earn $3000.00, at least 2 days"],
    ["consistency", "a best day above 55% of the target raises the target"],
    ["start", "$50000.00"],
    [
      "loss floor",
      "$48000.00, then $2000.00 below the highest closed balance, taken at 17:00 CT; stops at $50000.00",
    ],
    ["daily limit", "none"],
    ["size", "5 minis; 10 micros or 5 SIL to a mini"],
    ["products", "ES MES"],
    [
      "hours",
      "from 17:00 CT on the evening before, flat by 15:10 CT; on early closes 15 minutes before the first product stops; calendar known until 2027-12-31",
    ],
    ["hedging", "allowed"],
    ["copying", "own accounts may take the same trades"],
    ["automation", "allowed on the trader's own device only, watched by a person"],
    ["source", "help centre: House rules"],
    ["verified", "2026-09-23"],
  ]);
});

it("so is an account with everything", () => {
  expect(planLines(RICH)).toEqual([
    ["plan", "house/funded: House, A funded account"],
    ["trades", "nowhere from here: for planning and replay only"],
    [
      "stage",
      "funded: payouts, 90% to the trader, at least $125.00, $2100.00 of profit stay in the account, 6 at most",
    ],
    [
      "payout",
      "regular: 5 days of $150.00, best day up to 20%, then 30% of net since the last payout, up to 50% of the profit, up to $2000.00",
    ],
    ["start", "$0.00"],
    [
      "loss floor",
      "-$2000.00, then $2000.00 below the highest equity, open profit included; never stops rising, and a payout nails it at $100.00",
    ],
    [
      "daily limit",
      "$1000.00, $2000.00 from a profit of $3000.00; open losses counted, fees counted; then flat and shut out until 17:00 CT; lifted once the floor has come up to the start",
    ],
    [
      "size",
      "1 mini, 2.5 minis from a profit of $1500.00; 10 micros or 5 SIL to a mini; mini and micro of one product not together",
    ],
    ["cap", "ES, MES: 0.4 minis until 2026-12-31"],
    ["cap", "MES: 1 contract"],
    ["products", "ES MES"],
    [
      "hours",
      "from 17:00 CT on the evening before, flat by 15:10 CT; on early closes 1 minute before each product stops, 11:59 CT at the latest; calendar known until 2027-12-31",
    ],
    ["news", "2 min before to 1 min after fomc, cpi: nothing is held"],
    ["hedging", "forbidden in the account, in one product"],
    ["copying", "own accounts may take the same trades by the firm's own tool only"],
    ["automation", "forbidden: it never starts live"],
    ["hold time", "held 10 s or longer: 50% of trades, 50.5% of profit"],
    ["inactivity", "2 trading days that earn $50.00 each in any 30 days"],
    ["accounts", "20 at most"],
    ["price limit", "nothing held within 2% of an exchange price limit"],
    ["note", "Something is disputed."],
    ["source", "help centre: House rules"],
    ["verified", "2026-09-23"],
  ]);
});

describe("the other way of", () => {
  const evaluation = { kind: "evaluation", profitTarget: dollars(1_500) } as const;

  it("a test", () => {
    const stage = { ...evaluation, consistency: null, daysMin: 0, daysMax: 30 };
    expect(sentences({ ...FIRM_PLAN, stage }, "stage")).toEqual([
      "evaluation: earn $1500.00, within 30 days",
    ]);
    const strict = {
      ...evaluation,
      consistency: { measure: "net", share: 400 } as const,
      daysMin: 1,
      daysMax: null,
    };
    expect(sentences({ ...FIRM_PLAN, stage: strict }, "stage")).toEqual([
      "evaluation: earn $1500.00, at least 1 day",
    ]);
    expect(sentences({ ...FIRM_PLAN, stage: strict }, "consistency")).toEqual([
      "a best day above 40% of the net profit raises the target",
    ]);
  });

  it("a live account", () => {
    expect(sentences({ ...FIRM_PLAN, stage: { kind: "live" } }, "stage")).toEqual([
      "live: the firm's own money",
    ]);
  });

  it("payouts of which little is known", () => {
    const bare = { ...WAY, qualifyingDays: null, consistency: null, shareMax: 1_000, cap: null };
    const any = {
      ...bare,
      name: "days",
      qualifyingDays: { count: 10, profitMin: null },
      consistency: { measure: "net", shares: [400] } as const,
    };
    const plan: FirmPlan = {
      ...RICH,
      stage: {
        kind: "funded",
        payout: {
          split: null,
          smallest: null,
          buffer: money(0),
          countMax: null,
          ways: [bare, any],
        },
      },
    };
    expect(sentences(plan, "stage")).toEqual(["funded: payouts"]);
    expect(sentences(plan, "payout")).toEqual([
      "regular: no further condition is known",
      "days: 10 days, best day up to 40% of net",
    ]);
    expect(planJson(plan)).toMatchObject({
      stage: {
        payout: {
          smallestUsd: null,
          ways: [
            { qualifyingDays: null, capUsd: null },
            { qualifyingDays: { count: 10, profitMinUsd: null } },
          ],
        },
      },
    });
  });

  it("a floor, a daily limit and hedging", () => {
    const floor = { kind: "static", lossMax: dollars(2_000) } as const;
    expect(sentences({ ...FIRM_PLAN, floor }, "loss floor")).toEqual([
      "$48000.00, and stays there",
    ]);
    const dailyLimit = {
      effect: "hard",
      amount: { first: dollars(500), steps: [] },
      basis: "realised",
      feesCounted: false,
      resetsAt: 16 * 60,
      ends: "never",
    } as const;
    expect(sentences({ ...FIRM_PLAN, dailyLimit }, "daily limit")).toEqual([
      "$500.00; booked losses only, fees left out; then the account is lost",
    ]);
    const hedging = { kind: "forbidden", within: "own-accounts", counts: "correlated" } as const;
    expect(sentences({ ...FIRM_PLAN, hedging }, "hedging")).toEqual([
      "forbidden over all own accounts, in one product and in correlated ones",
    ]);
    const groups = [
      { name: "index", roots: ["ES", "MNQ"] },
      { name: "rates", roots: ["ZB"] },
    ] as const;
    expect(sentences({ ...FIRM_PLAN, hedging: { ...hedging, groups } }, "hedging")).toEqual([
      "forbidden over all own accounts, in one product and in correlated ones (index: ES MNQ; rates: ZB)",
    ]);
    expect(sentences({ ...FIRM_PLAN, copying: "forbidden" }, "copying")).toEqual(["forbidden"]);
  });

  it("automation", () => {
    const automation = {
      kind: "allowed",
      device: "any",
      supervised: false,
      conditions: ["Own program."],
    } as const;
    expect(sentences({ ...FIRM_PLAN, automation }, "automation")).toEqual([
      "allowed on any device",
      "Own program.",
    ]);
  });

  it("inactivity, and a source that tells of others", () => {
    const inactivity = { withinDays: 7, daysMin: 1, profitMin: money(0) };
    const sources = [{ kind: "secondary", text: "A wiki" }] as const;
    expect(sentences({ ...FIRM_PLAN, inactivity }, "inactivity")).toEqual([
      "1 trading day in any 7 days",
    ]);
    expect(sentences({ ...FIRM_PLAN, sources }, "source")).toEqual(["secondary: A wiki"]);
  });

  const actions: readonly (readonly [NewsAction, string])[] = [
    [{ kind: "flat" }, "nothing is held"],
    [{ kind: "no-opening", roots: ["ES", "NQ"] }, "nothing opened in ES, NQ"],
    [{ kind: "below-maximum" }, "less than the largest size"],
    [
      { kind: "cap", cap: { roots: ["MES"], most: { unit: "contracts", value: contracts(3) } } },
      "MES: 3 contracts",
    ],
  ];

  it("news of which nothing is known", () => {
    expect(sentences({ ...FIRM_PLAN, news: null }, "news")).toEqual([
      "not known, so nothing is kept",
    ]);
    expect(planJson({ ...FIRM_PLAN, news: null }).news).toBeNull();
  });

  it.each(actions)("news: $kind", (action, text) => {
    const news = [
      { events: ["major"], before: millis(300_000), after: millis(0), action },
    ] as const;
    expect(sentences({ ...FIRM_PLAN, news }, "news")).toEqual([
      `5 min before to 0 s after major: ${text}`,
    ]);
  });
});

it("many plans stand in a table with what they begin with", () => {
  const bulenox: FirmPlan = {
    ...FIRM_PLAN,
    id: "house/b",
    venue: null,
    size: { ...SIZE, limit: { first: minis(2.5), steps: [] } },
  };
  expect(planTable([FIRM_PLAN, RICH, bulenox], 120)).toEqual([
    "PLAN              STAGE           LOSS  FLOOR          DAILY  MINIS  LIVE       VERIFIED",
    "house/evaluation  evaluation  $2000.00  end-of-day         -      5  allowed    2026-09-23",
    "house/funded      funded      $2000.00  intraday    $1000.00      1  forbidden  2026-09-23",
    "house/b           evaluation  $2000.00  end-of-day         -    2.5  no venue   2026-09-23",
  ]);
});

it("times are those of Chicago", () => {
  expect([0, 9 * 60 + 5, 910, 1_439].map(showClock)).toEqual([
    "00:00 CT",
    "09:05 CT",
    "15:10 CT",
    "23:59 CT",
  ]);
});

describe("as JSON", () => {
  it("an evaluation has dollars, minis and times", () => {
    expect(planJson(FIRM_PLAN)).toEqual({
      id: "house/evaluation",
      firm: "House",
      title: "An evaluation",
      venue: "topstepx",
      stage: {
        kind: "evaluation",
        profitTargetUsd: 3_000,
        consistency: { measure: "target", share: 0.55 },
        daysMin: 2,
        daysMax: null,
      },
      startUsd: 50_000,
      floor: {
        kind: "end-of-day",
        opensUsd: 48_000,
        lossUsd: 2_000,
        lockUsd: 50_000,
        afterPayoutUsd: null,
        recomputedAt: "17:00 CT",
      },
      dailyLimit: null,
      size: {
        minis: [{ fromProfitUsd: null, value: 5 }],
        microsPerMini: 10,
        perMini: { SIL: 5 },
        mixing: "allowed",
        caps: [],
      },
      products: ["ES", "MES"],
      hours: {
        opensAt: "17:00 CT",
        flatBy: "15:10 CT",
        earlyClose: { before: 15, latest: null, counts: "account" },
        calendarUntil: "2027-12-31",
      },
      news: [],
      hedging: { kind: "allowed" },
      copying: "allowed",
      automation: { kind: "allowed", device: "own", supervised: true, conditions: [] },
      holdTime: null,
      inactivity: null,
      accountsMax: null,
      priceLimitBuffer: null,
      notes: [],
      sources: [{ kind: "primary", text: "House rules" }],
      verified: "2026-09-23",
    });
  });

  it("so has an account with everything", () => {
    expect(planJson(RICH)).toMatchObject({
      stage: {
        kind: "funded",
        payout: {
          split: 0.9,
          smallestUsd: 125,
          bufferUsd: 2_100,
          countMax: 6,
          ways: [
            {
              name: "regular",
              qualifyingDays: { count: 5, profitMinUsd: 150 },
              consistency: { measure: "net-since-payout", shares: [0.2, 0.3] },
              shareMax: 0.5,
              capUsd: 2_000,
            },
          ],
        },
      },
      startUsd: 0,
      floor: {
        kind: "intraday",
        opensUsd: -2_000,
        lossUsd: 2_000,
        lockUsd: null,
        afterPayoutUsd: 100,
      },
      dailyLimit: {
        effect: "soft",
        amountUsd: [
          { fromProfitUsd: null, value: 1_000 },
          { fromProfitUsd: 3_000, value: 2_000 },
        ],
        basis: "equity",
        feesCounted: true,
        resetsAt: "17:00 CT",
        ends: "floor-at-start",
      },
      size: {
        minis: [
          { fromProfitUsd: null, value: 1 },
          { fromProfitUsd: 1_500, value: 2.5 },
        ],
        caps: [
          { roots: ["ES", "MES"], most: { unit: "minis", value: 0.4 }, until: "2026-12-31" },
          { roots: ["MES"], most: { unit: "contracts", value: 1 }, until: null },
        ],
      },
      hours: { earlyClose: { before: 1, latest: "11:59 CT", counts: "product" } },
      news: [{ beforeSeconds: 120, afterSeconds: 60, action: { kind: "flat" } }],
      holdTime: { heldMinSeconds: 10, tradesShare: 0.5, profitShare: 0.505 },
      inactivity: { withinDays: 30, daysMin: 2, profitMinUsd: 50 },
      priceLimitBuffer: 0.02,
    });
  });

  it("a live account, a static floor and a cap around news", () => {
    const cap = { roots: ["MES"], most: { unit: "contracts", value: contracts(3) } } as const;
    const news = [
      {
        events: ["cpi"],
        before: millis(0),
        after: millis(0),
        action: { kind: "cap", cap },
      },
    ] as const;
    const plan: FirmPlan = {
      ...FIRM_PLAN,
      stage: { kind: "live" },
      floor: { kind: "static", lossMax: dollars(2_000) },
      news,
    };
    const { stage, floor, news: told } = planJson(plan);
    expect(stage).toEqual({ kind: "live" });
    expect(floor).toEqual({ kind: "static", opensUsd: 48_000, lossUsd: 2_000 });
    expect(told).toMatchObject([
      { action: { kind: "cap", cap: { roots: ["MES"], most: { unit: "contracts", value: 3 } } } },
    ]);
  });
});
