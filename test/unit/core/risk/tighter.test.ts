import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DailyLoss, DayLimits, PartLimits } from "../../../../src/core/model/limits.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { raisedSince } from "../../../../src/core/risk/raised.ts";
import { tighterOf } from "../../../../src/core/risk/tighter.ts";
import { someRules } from "../../../kit/builders.ts";

const loss = (limit: number, change: Partial<DailyLoss["steps"]> = {}): DailyLoss => ({
  limit: dollars(limit),
  steps: { warn: [500], half: 750, block: 900, flatten: 1_000, ...change },
});

const minutes = (n: number) => millis(n * 60_000);

const TIGHT: DayLimits = {
  dailyLoss: loss(300),
  total: { dailyLoss: loss(600), exposure: { ES: 4 } },
  consecutiveLosses: 2,
  entriesPerMinute: 2,
  exposure: { ES: 2, GC: 1 },
  bySize: { A: { tradesPerDay: 1, lossPerTrade: dollars(100), dailyLoss: { ofBalance: 50 } } },
  bySource: { discord: { tradesPerDay: 2 } },
  breakers: {
    drawdown: { limit: dollars(100) },
    errors: { count: 2, within: minutes(10), pause: minutes(30) },
    slippage: { fills: 3 },
    feed: { pause: minutes(2) },
  },
};

const LOOSE: DayLimits = {
  dailyLoss: loss(500, { half: null, block: 950 }),
  total: { dailyLoss: loss(700), exposure: { ES: 9 } },
  consecutiveLosses: 3,
  entriesPerMinute: 5,
  exposure: { ES: 3 },
  bySize: { A: { tradesPerDay: 2, lossPerTrade: { ofBalance: 100 }, dailyLoss: dollars(100) } },
  bySource: {},
  breakers: {
    drawdown: { limit: dollars(200) },
    errors: { count: 3, within: minutes(5), pause: minutes(15) },
    slippage: { fills: 5 },
    feed: { pause: minutes(1) },
  },
};

/** Nothing but these limits of the day. */
function rulesWith(day: DayLimits): Rules {
  const { limits, ...others } = someRules();
  const { dailyLoss, total, consecutiveLosses, entriesPerMinute, breakers, ...known } = limits;
  return { ...others, limits: { ...known, ...day } };
}

describe("what new limits allow more of", () => {
  it("is said limit by limit, in words with both figures", () => {
    expect(raisedSince(rulesWith(TIGHT), rulesWith(LOOSE))).toEqual([
      "daily loss: $500.00, was $300.00",
      "half size of the daily loss: not limited, was 75%",
      "block of the daily loss: 95%, was 90%",
      "daily loss of all accounts: $700.00, was $600.00",
      "contracts of ES: 3, was 2",
      "contracts of GC: not limited, was 1",
      "contracts over all accounts of ES: 9, was 4",
      "losses in a row: 3, was 2",
      "entries a minute: 5, was 2",
      "trades a day of size A: 2, was 1",
      "loss per trade of size A: 1% of the balance, was $100.00",
      "daily loss of size A: $100.00, was 0.5% of the balance",
      "trades a day of source discord: not limited, was 2",
      "drawdown: $200.00, was $100.00",
      "errors before a pause: 3, was 2",
      "time in which errors count: 5 min, was 10 min",
      "pause after errors: 15 min, was 30 min",
      "fills slippage is averaged over: 5, was 3",
      "pause after an old price: 1 min, was 2 min",
    ]);
  });

  it("is everything when the limits are taken away, and nothing when they are tightened", () => {
    expect(raisedSince(rulesWith(TIGHT), rulesWith({}))).toContain(
      "daily loss: not limited, was $300.00",
    );
    expect(raisedSince(rulesWith(TIGHT), rulesWith({})).at(-1)).toBe(
      "pause after an old price: none, was 2 min",
    );
    expect(raisedSince(rulesWith({}), rulesWith(TIGHT))).toEqual([]);
    expect(raisedSince(rulesWith(TIGHT), rulesWith(TIGHT))).toEqual([]);
  });

  it("counts more of a part of the balance as more", () => {
    const part = (ofBalance: number) => someRules({ limits: { lossPerTrade: { ofBalance } } });
    expect(raisedSince(part(100), part(150))).toEqual([
      "loss per trade: 1.5% of the balance, was 1% of the balance",
    ]);
    expect(raisedSince(part(100), part(50))).toEqual([]);
    const ofSize = (lossPerTrade: PartLimits) => rulesWith({ bySize: { A: lossPerTrade } });
    expect(raisedSince(ofSize({ lossPerTrade: { ofBalance: 100 } }), ofSize({}))).toEqual([
      "loss per trade of size A: not limited, was 1% of the balance",
    ]);
  });
});

describe("of two rule sets the tighter one", () => {
  it("allows nothing more than either of them", () => {
    const [tight, loose] = [rulesWith(TIGHT), rulesWith(LOOSE)];
    for (const [was, is] of [
      [tight, loose],
      [loose, tight],
      [tight, rulesWith({})],
      [rulesWith({}), tight],
    ] as const) {
      expect(raisedSince(was, tighterOf(was, is))).toEqual([]);
    }
    expect(tighterOf(tight, rulesWith({})).limits).toMatchObject(TIGHT);
    expect(tighterOf(rulesWith({}), rulesWith({})).limits.dailyLoss).toBeUndefined();
  });

  it("is what both allow, limit by limit, whichever of them came first", () => {
    const count = fc.integer({ min: 1, max: 9 });
    const amount = count.map((n) => dollars(100 * n));
    const step = fc.option(count.map((n) => n * 100));
    const pause = count.map(minutes);
    const daily = fc.record({
      limit: amount,
      steps: fc.record({ warn: fc.constant([]), half: step, block: step, flatten: step }),
    });
    const some = { requiredKeys: [] };
    const exposure = fc.record({ ES: count, NQ: count }, some);
    const part = fc.record({ tradesPerDay: count, lossPerTrade: amount, dailyLoss: amount }, some);
    const day = fc.record(
      {
        dailyLoss: daily,
        total: fc.record({ dailyLoss: daily, exposure }, some),
        consecutiveLosses: count,
        entriesPerMinute: count,
        exposure,
        bySize: fc.record({ A: part, B: part }, some),
        bySource: fc.record({ discord: part, "#futures": part }, some),
        breakers: fc.record(
          {
            drawdown: fc.record({ limit: amount }),
            errors: fc.record({ count, within: pause, pause }),
            slippage: fc.record({ fills: count }),
            feed: fc.record({ pause }),
          },
          some,
        ),
      },
      some,
    );
    const usual = fc.record({
      ageMax: pause,
      tradesPerDay: count,
      positionSize: count,
      lossPerTrade: amount,
      collar: fc.record({ ES: count, NQ: count }, some),
    });
    const settings = fc.record({ day, usual, sizes: fc.record({ A: count, B: count, C: count }) });
    const rulesOf = ({ day: limits, usual: others, sizes }: Settings): Rules => {
      const rules = rulesWith(limits);
      const sizing = { kind: "contracts", bySize: sizes } as const;
      return { ...rules, sizing, limits: { ...rules.limits, ...others } };
    };
    type Settings = typeof settings extends fc.Arbitrary<infer T> ? T : never;
    fc.assert(
      fc.property(settings, settings, (one, other) => {
        const [was, is] = [rulesOf(one), rulesOf(other)];
        const kept = tighterOf(was, is);
        expect([raisedSince(was, kept), raisedSince(is, kept)]).toEqual([[], []]);
        expect(tighterOf(is, was)).toEqual(kept);
        expect(tighterOf(is, kept)).toEqual(kept);
      }),
    );
  });

  it("keeps sizes, instruments, entries and what is allowed beside the limits", () => {
    const was = someRules({
      sizing: { kind: "contracts", bySize: { A: 2, B: 2, C: 1 } },
      sizeUnstated: null,
      tradeAs: { ES: "MES", NQ: "MNQ" },
    });
    const is = someRules({
      sizing: { kind: "contracts", bySize: { A: 3, B: 1, C: 1 } },
      sizeUnstated: "A",
      tradeAs: { NQ: "MNQ" },
      entry: { kind: "market", timeout: millis(10_000) },
      adds: "allow",
      limits: {
        lossPerTrade: dollars(900),
        ageMax: millis(60_000),
        stopDistance: { ES: { min: 2, max: 50 } },
        collar: { ES: 50 },
      },
      exits: { breakevenAfter: 0 },
    });
    const kept = tighterOf(was, is);
    expect(raisedSince(was, kept)).toEqual([]);
    expect(kept).toMatchObject({
      sizing: { bySize: { A: 2, B: 1, C: 1 } },
      sizeUnstated: null,
      tradeAs: { ES: "MES" },
      entry: { kind: "limit" },
      adds: "refuse",
      exits: { breakevenAfter: 0 },
      limits: { lossPerTrade: dollars(200), stopDistance: { ES: { min: 2, max: 30 } } },
    });
    expect(Object.keys(kept.limits.collar)).toEqual(["ES"]);
    const none = loss(500, { half: null, block: null });
    expect(
      tighterOf(rulesWith({ dailyLoss: none }), rulesWith({ dailyLoss: none })).limits,
    ).toMatchObject({
      dailyLoss: none,
    });
    const onlyOil = someRules({ limits: { collar: { CL: 1 } } });
    expect(tighterOf(onlyOil, is).limits.collar).toEqual({});
  });

  it("takes what is new where that is no looser", () => {
    const is = someRules({ adds: "refuse", tradeAs: someRules().tradeAs });
    expect(tighterOf(someRules({ adds: "allow" }), is).adds).toBe("refuse");
    const risk = { kind: "risk", bySize: { A: dollars(9), B: dollars(8), C: dollars(7) } } as const;
    expect(tighterOf(someRules(), someRules({ sizing: risk })).sizing).toEqual(someRules().sizing);
  });
});

describe("a ratio", () => {
  const at = (ratio?: number): Rules => {
    const { sizing, ...others } = someRules();
    return { ...others, sizing: ratio === undefined ? sizing : { ...sizing, ratio } };
  };

  it("that is larger is raised, and the smaller one holds", () => {
    expect(raisedSince(at(500), at(750))).toEqual(["ratio: 0.75, was 0.5"]);
    expect(raisedSince(at(500), at())).toEqual(["ratio: 1, was 0.5"]);
    expect(raisedSince(at(), at(500))).toEqual([]);
    expect(tighterOf(at(500), at()).sizing.ratio).toBe(500);
    expect(tighterOf(at(), at(500)).sizing.ratio).toBe(500);
    expect(tighterOf(at(), at()).sizing).toEqual(at().sizing);
  });

  it("holds beside another kind of sizing too", () => {
    const bySize = { A: dollars(90), B: dollars(60), C: dollars(30) };
    const byRisk: Rules = { ...at(), sizing: { kind: "risk", bySize, ratio: 250 } };
    expect(tighterOf(at(500), byRisk).sizing).toEqual({ ...at(500).sizing, ratio: 250 });
  });
});

it("the micro in place of what does not fit waits for the next trade date", () => {
  const { shrinkToMicro: _, ...without } = someRules();
  expect(tighterOf(without, someRules())).not.toHaveProperty("shrinkToMicro");
  expect(tighterOf(someRules(), without)).not.toHaveProperty("shrinkToMicro");
  expect(tighterOf(someRules(), someRules()).shrinkToMicro).toBe(true);
});
