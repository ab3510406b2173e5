import { describe, expect, it } from "vitest";
import type { Account } from "../../../../src/core/model/account.ts";
import type { DailyLoss } from "../../../../src/core/model/limits.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { SCORE_PARTS, type ScoreRules } from "../../../../src/core/model/score.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { tradeDateOf } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis, money, ticks } from "../../../../src/core/model/units.ts";
import { NO_NEWS } from "../../../../src/core/risk/firm-news.ts";
import { assess, judgeAccount } from "../../../../src/core/risk/judge.ts";
import {
  anAccount,
  anAlert,
  anOpenTrade,
  aPlan,
  aQuote,
  NOW,
  someRules,
} from "../../../kit/builders.ts";
import { aFirmState, FIRM_PLAN, minis } from "../../../kit/firm-plans.ts";

const assessed = (score?: ScoreRules, change: { record?: number; rules?: Rules } = {}) =>
  assess(anAlert(), {
    at: NOW,
    tradeDate: tradeDateOf(NOW),
    rules: someRules(score === undefined ? {} : { score }),
    quoteOf: () => ({ ...aQuote(), range: ticks(40) }),
    priceAgeMax: millis(3_000),
    shadow: false,
    smallest: false,
    ...change,
  });

const halved: DailyLoss = {
  limit: dollars(10_000),
  steps: { warn: [], half: 750, block: null, flatten: null },
};

const judged = (score?: ScoreRules, account: Account = anAccount()) =>
  judgeAccount(assessed(score), { account, openTrades: [] });

const totalOf = (score?: ScoreRules): number => {
  const verdict = judged(score);
  if (!verdict.ok) throw new Error("it was refused");
  return verdict.value.score.total;
};

const STREAK = {
  ...{ reached: 0, peak: money(0), streak: 2, entries: [], troubles: [], slips: [] },
  ...{ tallies: [], tripped: [] },
};

describe("the score of an approved entry", () => {
  it("goes with it, part by part, and changes nothing unless it is asked to", () => {
    const verdict = judged();
    if (!verdict.ok) throw new Error("it was refused");
    const { score, quantity, cuts } = verdict.value;
    expect([quantity, cuts]).toEqual([3, undefined]);
    expect(score.parts).toEqual({
      stop: [956, 94, 20],
      floor: [null, 50, 20],
      streak: [0, 0, 15],
      drawdown: [0, 0, 15],
      concurrency: [0, 0, 10],
      volatility: [1_000, 30, 10],
      time: [expect.any(Number), expect.any(Number), 5],
      record: [null, 50, 5],
    });
  });

  it("knows what the author's last alerts have made", () => {
    const verdict = judgeAccount(assessed(undefined, { record: 250 }), {
      account: anAccount(),
      openTrades: [],
    });
    expect(verdict).toMatchObject({ value: { score: { parts: { record: [250, 20, 5] } } } });
  });

  it("is worked out by another model where there is one", () => {
    const model = { ...assumed(), unknown: 0 };
    expect(totalOf({ model })).toBeLessThan(totalOf());
  });

  it("is the same answer for accounts that stand alike, and another for one that does not", () => {
    const alert = assessed();
    const [one, two] = [anAccount(), anAccount({ tradesToday: 3 })].map((account) =>
      judgeAccount(alert, { account, openTrades: [] }),
    );
    expect(two).toBe(one);
    const losing = judgeAccount(alert, { account: anAccount({ risk: STREAK }), openTrades: [] });
    expect(losing).toMatchObject({ value: { score: { parts: { streak: [2, 60, 15] } } } });
    const begins = anAccount({ probation: 0 });
    const small = judgeAccount(alert, { account: begins, openTrades: [] });
    expect(small).toMatchObject({
      value: { quantity: 1, score: { parts: { stop: [319, 20, 20] } } },
    });
    const firm = aFirmState(money(begins.balance - dollars(100)));
    const near = { account: { ...begins, firm }, openTrades: [] };
    expect(judgeAccount(alert, near)).toMatchObject({
      value: { score: { parts: { floor: [1_569, 89, 20] } } },
    });
  });
});

describe("an account that stands otherwise in one thing alone has its own score:", () => {
  const { limits, ...others } = someRules();
  const { dailyLoss: _, ...unmeasured } = limits;
  const ofBalance = someRules({ limits: { lossPerTrade: { ofBalance: 100 } } });
  const firm = (room: number) => aFirmState(money(anAccount().balance - dollars(room)));
  const alone = (account: Account, openTrades: readonly Trade[] = []) => ({ account, openTrades });
  const elsewhere = anOpenTrade(aPlan({ instrument: "MNQ", contract: "MNQZ26" }));

  it.each([
    ["stop", alone(anAccount()), alone(anAccount({ balance: dollars(40_000) })), ofBalance],
    ["floor", alone(anAccount({ firm: firm(500) })), alone(anAccount({ firm: firm(400) })), null],
    ["streak", alone(anAccount()), alone(anAccount({ risk: STREAK })), null],
    ["drawdown", alone(anAccount()), alone(anAccount({ realisedToday: dollars(-100) })), null],
    [
      "concurrency",
      alone(anAccount()),
      alone(anAccount(), [elsewhere]),
      { ...others, limits: unmeasured },
    ],
  ] as const)("%s", (part, one, other, rules) => {
    const alert = assessed(undefined, rules === null ? {} : { rules });
    const parts = [one, other, one].map((view) => {
      const verdict = judgeAccount(alert, view);
      if (!verdict.ok) throw new Error(`it was refused: ${verdict.error.kind}`);
      return verdict.value.score.parts;
    });
    const differ = SCORE_PARTS.filter((name) => parts[0]?.[name][0] !== parts[1]?.[name][0]);
    expect(differ).toEqual([part]);
    expect(parts[2]).toEqual(parts[0]);
  });

  it("and its own reason for a smaller size, where another has the same size for another", () => {
    const alert = assessed();
    const { day, ...books } = aFirmState(dollars(1_000));
    const followed = { ...books, day: { ...day, size: minis(0.1) } };
    const reading = {
      ...{ plan: FIRM_PLAN, product: null, late: null, news: NO_NEWS },
      ...{ one: minis(0.1), isCapped: false },
    };
    const small = anAccount({ firm: followed });
    const views = [
      { account: { ...small, probation: 0 }, openTrades: [], reading },
      { account: small, openTrades: [], reading },
    ];
    const whys = views.map((view) => {
      const verdict = judgeAccount(alert, view);
      if (!verdict.ok) throw new Error(`it was refused: ${verdict.error.kind}`);
      return verdict.value.cuts?.map(({ why }) => why);
    });
    expect(whys).toEqual([["probation"], ["firm-cap"]]);
  });
});

const assumed = () => ({
  weights: {
    ...{ stop: 20, floor: 20, streak: 15, drawdown: 15 },
    ...{ concurrency: 10, volatility: 10, time: 5, record: 5 },
  },
  curves: {
    ...{ stop: [], floor: [], streak: [], drawdown: [] },
    ...{ concurrency: [], volatility: [], time: [], record: [] },
  },
});

describe("a cut-off", () => {
  it("refuses from its score on, with every part, and not one below it", () => {
    const total = totalOf();
    expect(judged({ cutOff: total + 1 }).ok).toBe(true);
    expect(judged({ cutOff: total })).toMatchObject({
      ok: false,
      error: { kind: "score", limit: total, score: { total, parts: { stop: [956, 94, 20] } } },
    });
    expect(judged({ cutOff: total - 1 }).ok).toBe(false);
  });
});

describe("a size curve", () => {
  it("takes contracts off from its score on, and says how many were meant and why", () => {
    const total = totalOf();
    const at = (from: number) => judged({ sizeCurve: [{ from, share: 700 }] });
    expect(at(total + 1)).toMatchObject({ value: { quantity: 3 } });
    expect(at(total)).toMatchObject({
      value: {
        quantity: 2,
        risk: dollars(127.44),
        cuts: [{ why: "score", from: 3, to: 2, total, share: 700 }],
        score: { total, parts: { stop: [956, 94, 20] } },
      },
    });
  });

  it("comes behind every other cut, and leaves one contract", () => {
    const steps = { sizeCurve: [{ from: 1, share: 100 }] };
    expect(judged(steps)).toMatchObject({ value: { quantity: 1 } });
  });

  it("comes behind every other cut", () => {
    const rules = someRules({
      sizing: { kind: "contracts", bySize: { A: 6, B: 2, C: 1 } },
      limits: { positionSize: 6, lossPerTrade: dollars(1_000), dailyLoss: halved },
      score: { sizeCurve: [{ from: 1, share: 400 }] },
    });
    const account = anAccount({ risk: { ...STREAK, reached: 750 } });
    const verdict = judgeAccount(assessed(undefined, { rules }), { account, openTrades: [] });
    if (!verdict.ok) throw new Error("it was refused");
    const { cuts = [], quantity } = verdict.value;
    expect(cuts.map(({ why, from, to }) => [why, from, to])).toEqual([
      ["half-size", 6, 3],
      ["score", 3, 1],
    ]);
    expect(quantity).toBe(1);
  });
});
