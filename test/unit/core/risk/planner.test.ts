import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FirmPlan, PayoutWay, Stage } from "../../../../src/core/model/firm-plan.ts";
import type { FirmDayResult, FirmState } from "../../../../src/core/model/firm-state.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, money, toDollars } from "../../../../src/core/model/units.ts";
import { outlookOf, type Standing, whatIf } from "../../../../src/core/risk/planner.ts";
import { aTravelledState, FIRM_PLAN } from "../../../kit/firm-plans.ts";

const day = (net: number, payouts = 0, date: string | null = null): FirmDayResult => ({
  date: date === null ? null : tradeDate(date),
  net: dollars(net),
  payouts,
});

const firmWith = (opening: number, days: readonly FirmDayResult[]): FirmState =>
  aTravelledState({ opening: dollars(opening), days });

const evaluation = {
  plan: FIRM_PLAN,
  firm: firmWith(50_400, [day(400), day(0)]),
  today: dollars(240),
  tradedToday: true,
} satisfies Standing;

const STANDARD: PayoutWay = {
  name: "standard",
  qualifyingDays: { count: 2, profitMin: dollars(150) },
  consistency: null,
  shareMax: 500,
  cap: dollars(2_000),
};
const CONSISTENT: PayoutWay = {
  name: "consistency",
  qualifyingDays: null,
  consistency: { measure: "net", shares: [400] },
  shareMax: 1_000,
  cap: null,
};

const funded = (ways: readonly [PayoutWay, ...PayoutWay[]], countMax: number | null = null) =>
  ({
    kind: "funded",
    payout: { split: 900, smallest: dollars(125), buffer: dollars(100), countMax, ways },
  }) satisfies Stage;

const asFunded = (stage: Stage, firm: Partial<FirmState> = {}): Standing => ({
  ...evaluation,
  plan: { ...FIRM_PLAN, stage },
  firm: { ...evaluation.firm, ...firm },
});

function stageAs<Kind extends Stage["kind"]>(standing: Standing, kind: Kind) {
  const { stage } = outlookOf(standing);
  if (stage.kind !== kind) throw new Error(`a stage of kind ${kind} was meant`);
  return stage as Extract<typeof stage, { kind: Kind }>;
}

describe("where an account stands", () => {
  it("is its closed balance above the floor, and where the floor will be tomorrow", () => {
    const { balance, profit, floor } = outlookOf(evaluation);
    expect([balance, profit].map(toDollars)).toEqual([50_640, 640]);
    expect([floor.at, floor.room, floor.next].map(toDollars)).toEqual([48_500, 2_140, 48_640]);
    expect(floor.isBreached).toBe(false);
  });

  it("is lost where the floor is touched", () => {
    expect(whatIf(evaluation, dollars(-2_139.99)).floor.isBreached).toBe(false);
    expect(whatIf(evaluation, dollars(-2_140)).floor.isBreached).toBe(true);
  });

  it("counts today once something was traded", () => {
    expect(outlookOf(evaluation).daysTraded).toBe(3);
    const idle = { ...evaluation, today: money(0), tradedToday: false };
    expect(outlookOf(idle).daysTraded).toBe(2);
    expect(whatIf(idle, dollars(500)).sums).toEqual({ best: dollars(500), net: dollars(900) });
  });

  it("has no daily limit where there is none, and says what is left of one", () => {
    expect(outlookOf(evaluation).daily).toBeNull();
    const day = { ...evaluation.firm.day, dailyLimit: dollars(1_000) };
    const limited = { ...evaluation, firm: { ...evaluation.firm, day } };
    expect(outlookOf(limited).daily).toEqual({
      limit: dollars(1_000),
      left: dollars(1_240),
      isHit: false,
    });
    expect(whatIf(limited, dollars(-1_239.99)).daily?.isHit).toBe(false);
    expect(whatIf(limited, dollars(-1_240)).daily).toMatchObject({ left: 0, isHit: true });
    expect(whatIf(limited, dollars(-1_250)).daily).toMatchObject({ left: 0, isHit: true });
  });
});

describe("an evaluation", () => {
  it("needs its target, and more after too good a day", () => {
    expect(stageAs(evaluation, "evaluation")).toMatchObject({
      needed: dollars(3_000),
      left: dollars(2_360),
      dayCap: dollars(1_650),
      isPassed: false,
    });
    const { stage } = whatIf(evaluation, dollars(1_760));
    expect(stage).toMatchObject({ needed: money(36_363_637), target: dollars(3_000) });
  });

  it("is passed with the target and the days, and not with one of them", () => {
    const near = { ...evaluation, firm: firmWith(52_000, [day(1_500), day(500)]) };
    expect(whatIf(near, dollars(759.99)).stage).toMatchObject({ left: dollars(0.01) });
    expect(whatIf(near, dollars(760)).stage).toMatchObject({ left: 0, isPassed: true });
    const within = (daysMin: number) => {
      const stage = { ...evaluation.plan.stage, daysMin } as Stage;
      return { ...near, plan: { ...FIRM_PLAN, stage } };
    };
    expect(whatIf(within(3), dollars(760)).stage).toMatchObject({ isPassed: true });
    const slow = within(4);
    expect(whatIf(slow, dollars(760)).stage).toMatchObject({
      left: 0,
      isPassed: false,
      days: { have: 3, need: 4 },
    });
  });

  it("without a rule about the best day lets a day make what it will", () => {
    const stage = { ...evaluation.plan.stage, consistency: null } as Stage;
    expect(outlookOf({ ...evaluation, plan: { ...FIRM_PLAN, stage } }).stage).toMatchObject({
      dayCap: null,
      needed: dollars(3_000),
    });
  });

  it("where the net is the measure takes what the days before have made", () => {
    const consistency = { measure: "net", share: 500 } as const;
    const stage = { ...evaluation.plan.stage, consistency } as Stage;
    const { dayCap } = stageAs({ ...evaluation, plan: { ...FIRM_PLAN, stage } }, "evaluation");
    expect(dayCap).toBe(dollars(400));
  });

  it("counts its calendar days, today among them, and never below none", () => {
    const within = (daysMax: number) => {
      const stage = { ...evaluation.plan.stage, daysMax } as Stage;
      return stageAs({ ...evaluation, plan: { ...FIRM_PLAN, stage } }, "evaluation").calendar;
    };
    expect(within(30)).toEqual({ last: "2026-12-01", left: 12 });
    expect(within(19)).toEqual({ last: "2026-11-20", left: 1 });
    expect(within(18)).toEqual({ last: "2026-11-19", left: 0 });
    expect(within(10)).toEqual({ last: "2026-11-11", left: 0 });
    expect(stageAs(evaluation, "evaluation").calendar).toBeNull();
  });
});

describe("a funded account", () => {
  it("can be paid a share, up to the cap and down to the smallest sum", () => {
    const most = (profit: number) => {
      const standing = { ...asFunded(funded([STANDARD])), firm: firmWith(50_000 + profit, []) };
      const [way] = stageAs({ ...standing, today: money(0) }, "funded").ways;
      return toDollars(way?.most ?? money(-1));
    };
    expect([most(240), most(250), most(1_000), most(9_000), most(-50)]).toEqual([
      0, 125, 500, 2_000, 0,
    ]);
  });

  it("keeps what the firm wants to stay", () => {
    const whole = { ...STANDARD, shareMax: 1_000, cap: null };
    const [way] = stageAs(asFunded(funded([whole])), "funded").ways;
    expect(way?.most).toBe(dollars(540));
  });

  it("pays any sum where the firm names no smallest one", () => {
    const stage = funded([STANDARD]);
    const open = { ...stage, payout: { ...stage.payout, smallest: null } };
    const firm = firmWith(50_000, []);
    const standing = { ...asFunded(open), firm, today: dollars(101) };
    const [way] = stageAs(standing, "funded").ways;
    expect(way).toMatchObject({ most: dollars(1), smallest: null });
  });

  it("needs its days, and days count anew after a payout", () => {
    const days = [day(400, 0), day(300, 0), day(200, 1)];
    const eligible = (payouts: number) =>
      stageAs(asFunded(funded([STANDARD]), { days, payouts }), "funded").ways[0];
    expect(eligible(0)).toMatchObject({ isEligible: true, faults: [] });
    expect(eligible(1)).toMatchObject({ isEligible: true, faults: [] });
    expect(eligible(2)).toMatchObject({
      isEligible: false,
      faults: [{ kind: "qualifying-days", have: 1, need: 2 }],
    });
  });

  it("of a whole life counts the days before a payout as well", () => {
    const days = [day(400, 0), day(300, 0)];
    const [way] = stageAs(asFunded(funded([CONSISTENT]), { days, payouts: 1 }), "funded").ways;
    expect(way).toMatchObject({
      faults: [
        { kind: "best-day", shareMax: 400, sums: { best: dollars(400), net: dollars(940) } },
      ],
      dayCap: money(4_666_666),
      isEligible: false,
    });
  });

  it("has nothing more to ask for after the last payout", () => {
    const days = [day(400), day(300)];
    const ways = (countMax: number | null) =>
      stageAs(asFunded(funded([STANDARD], countMax), { days }), "funded").ways[0];
    expect(ways(1)?.isEligible).toBe(true);
    expect(ways(0)).toMatchObject({ isEligible: false, faults: [] });
  });

  it("has nothing to ask for where nothing was made, though its days are there", () => {
    const firm = firmWith(50_000, [day(400), day(300)]);
    const standing = { ...asFunded(funded([STANDARD])), firm, today: money(0) };
    expect(stageAs(standing, "funded").ways[0]).toMatchObject({
      ...{ faults: [], most: 0, isEligible: false, dayCap: null },
    });
  });

  it("without today counts the days before it alone", () => {
    const standing = { ...asFunded(funded([STANDARD])), tradedToday: false, today: money(0) };
    const [way] = stageAs(standing, "funded").ways;
    expect(way?.faults).toEqual([{ kind: "qualifying-days", have: 1, need: 2 }]);
  });
});

describe("an account that must be used", () => {
  const plan = (profitMin: number): FirmPlan => ({
    ...FIRM_PLAN,
    inactivity: { withinDays: 7, daysMin: 2, profitMin: dollars(profitMin) },
  });
  const days = [
    day(400),
    day(-5, 0, "2026-11-13"),
    day(20, 0, "2026-11-14"),
    day(-9, 0, "2026-11-19"),
  ];
  const firm = { ...evaluation.firm, days };

  it("counts the days of the last so many, today among them", () => {
    expect(outlookOf({ ...evaluation, firm, plan: plan(0) }).activity).toEqual({
      have: 3,
      need: 2,
    });
    const idle = { ...evaluation, firm, plan: plan(0), tradedToday: false };
    expect(outlookOf(idle).activity).toEqual({ have: 2, need: 2 });
  });

  it("counts those that made enough, where that is asked", () => {
    expect(outlookOf({ ...evaluation, firm, plan: plan(20) }).activity?.have).toBe(2);
    expect(outlookOf({ ...evaluation, firm, plan: plan(240) }).activity?.have).toBe(1);
    expect(outlookOf({ ...evaluation, firm, plan: plan(241) }).activity?.have).toBe(0);
  });

  it("need not be used where nobody asks", () => {
    expect(outlookOf(evaluation).activity).toBeNull();
  });
});

it("an account with the firm's own money has nothing to reach", () => {
  expect(outlookOf(asFunded({ kind: "live" })).stage).toEqual({ kind: "live" });
});

describe("whatever the day makes", () => {
  const standing = fc
    .record({
      days: fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 12 }),
      today: fc.integer({ min: -900, max: 900 }),
    })
    .map(({ days, today }): Standing => {
      const opening = 50_000 + days.reduce((sum, net) => sum + net, 0);
      const firm = firmWith(
        opening,
        days.map((net) => day(net)),
      );
      return { ...evaluation, firm, today: dollars(today) };
    });
  const change = fc.integer({ min: 0, max: 2_000 });

  it("more of it is never further from the floor, and never moves tomorrow's floor down", () => {
    fc.assert(
      fc.property(standing, change, (one, more) => {
        const [now, then] = [outlookOf(one), whatIf(one, dollars(more))];
        expect(then.floor.room).toBeGreaterThanOrEqual(now.floor.room);
        expect(then.floor.next).toBeGreaterThanOrEqual(now.floor.next);
        expect(then.floor.next).toBeGreaterThanOrEqual(one.firm.floor.at);
      }),
    );
  });

  it("up to its cap leaves the target where it is", () => {
    fc.assert(
      fc.property(standing, (one) => {
        const best = Math.max(0, ...one.firm.days.map(({ net }) => net));
        const { dayCap } = stageAs(one, "evaluation");
        if (dayCap === null || best > dayCap) return;
        const exactly = { ...one, today: dayCap };
        expect(stageAs(exactly, "evaluation").needed).toBe(dollars(3_000));
        const over = { ...one, today: money(dayCap + 1) };
        expect(stageAs(over, "evaluation").needed).toBeGreaterThan(dollars(3_000));
      }),
    );
  });

  it("is no different from a day that has made it already", () => {
    fc.assert(
      fc.property(standing, change, (one, more) => {
        const made = { ...one, today: money(one.today + dollars(more)) };
        expect(whatIf(one, dollars(more))).toEqual(outlookOf(made));
      }),
    );
  });
});
