import { describe, expect, it } from "vitest";
import type { PayoutWay, Stage } from "../../../../src/core/model/firm-plan.ts";
import type { FirmState } from "../../../../src/core/model/firm-state.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { dollars, money } from "../../../../src/core/model/units.ts";
import { plannerView, renderPlanner } from "../../../../src/core/views/planner.ts";
import { aTravelledState, FIRM_PLAN } from "../../../kit/firm-plans.ts";

const firm = aTravelledState({
  ...{ opening: dollars(50_400), dailyLimit: dollars(1_000), payouts: 1 },
  days: [{ date: null, net: dollars(400), payouts: 1 }],
});

const WAYS: readonly [PayoutWay, ...PayoutWay[]] = [
  {
    name: "standard",
    qualifyingDays: { count: 2, profitMin: dollars(150) },
    consistency: null,
    shareMax: 500,
    cap: dollars(2_000),
  },
  {
    name: "consistency",
    qualifyingDays: { count: 3, profitMin: null },
    consistency: { measure: "net", shares: [400] },
    shareMax: 500,
    cap: null,
  },
];

const payout = { split: 900, smallest: dollars(125), buffer: money(0), countMax: 5, ways: WAYS };
const FUNDED: Stage = { kind: "funded", payout };

function account(stage: Stage, changed: Partial<FirmState> = {}, today = 240) {
  const plan = { ...FIRM_PLAN, stage, inactivity: null };
  const standing = {
    plan,
    firm: { ...firm, ...changed },
    today: dollars(today),
    tradedToday: today !== 0,
  };
  return { account: accountId("combine"), name: "Combine", standing, changes: [] };
}

const linesOf = (one: Parameters<typeof renderPlanner>[0]) => renderPlanner(one, 120);

const evaluation = account(FIRM_PLAN.stage);

describe("the way of an evaluation", () => {
  it("is told in dollars, with what one more trade would change", () => {
    const changes = [dollars(210), dollars(-160), dollars(-2_200), dollars(2_500)];
    expect(linesOf({ ...evaluation, changes })).toEqual([
      "Combine, house/evaluation, trade date 2026-11-20",
      "  balance             $50640.00, $640.00 above the start; today $240.00",
      "  floor               $48500.00, $2140.00 away; $48640.00 if the day ended now",
      "  daily limit         $1240.00 left of $1000.00",
      "  target              $640.00 of $3000.00 earned, $2360.00 to go",
      "  today               may make $1650.00 in all before the target rises, $1410.00 more",
      "  days traded         2 of at least 2",
      "  best day            $400.00, 62.5% of what was earned",
      "  if +$210.00         $2150.00 of $3000.00 to go, $2350.00 above the floor, $1450.00 of the day left",
      "  if -$160.00         $2520.00 of $3000.00 to go, $1980.00 above the floor, $1080.00 of the day left",
      "  if -$2200.00        the floor is touched, and the account lost",
      "  if +$2500.00        $1841.82 of $4981.82 to go, $4640.00 above the floor, $3740.00 of the day left",
    ]);
  });

  it("says when all is reached, the time is short or the floor was touched", () => {
    const stage = { ...FIRM_PLAN.stage, daysMax: 30 } as Stage;
    const passed = account(
      stage,
      { days: [{ date: null, net: dollars(1_600), payouts: 0 }] },
      1_640,
    );
    const day = { ...firm.day, opening: dollars(51_600), dailyLimit: null };
    const standing = { ...passed.standing, firm: { ...passed.standing.firm, day } };
    expect(linesOf({ ...passed, standing, changes: [dollars(1)] }).slice(3)).toEqual([
      "  target              $3240.00 of $3000.00 earned, $0.00 to go",
      "  today               may make $1650.00 in all before the target rises, $10.00 more",
      "  days traded         2 of at least 2; 12 calendar days left, to 2026-12-01",
      "                      all that was asked for is reached",
      "  best day            $1640.00, 50.6% of what was earned",
      "  if +$1.00           passed, $4741.00 above the floor",
    ]);
    const [, , floor] = linesOf(account(FIRM_PLAN.stage, {}, -1_900));
    expect(floor).toBe("  floor               $48500.00, touched: the account is lost");
  });

  it("tells a raised target, a loss, and a day limit that is reached", () => {
    const raised = linesOf(account(FIRM_PLAN.stage, {}, 2_000));
    expect(raised[4]).toBe(
      "  target              $2400.00 of $3636.37 ($3000.00, raised by the best day) earned, $1236.37 to go",
    );
    const lost = account(FIRM_PLAN.stage, { days: [] }, -800);
    expect(linesOf({ ...lost, changes: [dollars(-300)] })).toEqual([
      "Combine, house/evaluation, trade date 2026-11-20",
      "  balance             $49600.00, $400.00 below the start; today -$800.00",
      "  floor               $48500.00, $1100.00 away",
      "  daily limit         $200.00 left of $1000.00",
      "  target              $0.00 of $3000.00 earned, $3400.00 to go",
      "  today               may make $1650.00 in all before the target rises, $2450.00 more",
      "  days traded         1 of at least 2",
      "  best day            none has won yet",
      "  if -$300.00         $3700.00 of $3000.00 to go, $800.00 above the floor, daily limit reached",
    ]);
  });
});

describe("the way of a funded account", () => {
  it("that has earned nothing yet is told without shares of nothing", () => {
    const lines = linesOf(account(FUNDED, { days: [], payouts: 0 }, -80)).join("\n");
    expect(lines).toContain("of 3 days that count, nothing is earned on the whole");
    expect(lines).toContain("any win today is too much of the whole until other days have won too");
    expect(lines).not.toContain("$0.00 of -$80.00");
  });

  it("is told for each way to a payout", () => {
    const inactivity = { withinDays: 30, daysMin: 1, profitMin: money(0) };
    const funded = account(FUNDED);
    const standing = { ...funded.standing, plan: { ...funded.standing.plan, inactivity } };
    const changes = [dollars(100), dollars(-200)];
    expect(linesOf({ ...funded, standing, changes }).slice(4)).toEqual([
      "  payouts             1 of at most 5",
      "  payout standard     can be asked for: up to $320.00",
      "  payout consistency  not yet: 2 of 3 days that count, the best day is $400.00 of $640.00, more than 40%",
      "                      may make $266.66 in all before it is too much of the whole, $26.66 more",
      "  days traded         2",
      "  best day            $400.00, 62.5% of what was earned",
      "  activity            1 of 1 days",
      "  if +$100.00         $2240.00 above the floor, $1340.00 of the day left, payout standard open",
      "  if -$200.00         $1940.00 above the floor, $1040.00 of the day left",
    ]);
  });

  it("that has lost has nothing to ask for, and one that was paid often enough nothing more", () => {
    const lost = linesOf(account(FUNDED, {}, -800));
    expect(lost[5]).toBe(
      "  payout standard     not yet: 1 of 2 days that count, less than $125.00 to pay",
    );
    expect(lost[9]).toBe("  best day            $400.00");
    const open = { kind: "funded", payout: { ...payout, smallest: null, countMax: null } } as const;
    const [payouts, way] = linesOf(account(open, {}, -800)).slice(4);
    expect(payouts).toBe("  payouts             1");
    expect(way).toBe("  payout standard     not yet: 1 of 2 days that count, no profit to pay");
    const over = { kind: "funded", payout: { ...payout, countMax: 1 } } as const;
    expect(linesOf(account(over))[5]).toBe(
      "  payout standard     not yet: there are no more of them",
    );
  });
});

it("an account with the firm's own money has a floor and nothing to reach", () => {
  const live = { ...account({ kind: "live" }), changes: [dollars(10)] };
  expect(linesOf(live).slice(4)).toEqual([
    "  best day            $400.00, 62.5% of what was earned",
    "  if +$10.00          $2150.00 above the floor, $1250.00 of the day left",
  ]);
  expect(plannerView(live).stage).toEqual({ kind: "live" });
});

it("on a narrow screen goes on below, and loses nothing", () => {
  const lines = renderPlanner(evaluation, 40);
  expect(lines.filter((line) => line.length > 40)).toEqual([]);
  expect(lines.join(" ").replaceAll(/ +/g, " ")).toContain("daily limit $1240.00 left of $");
  expect(renderPlanner(evaluation)).toEqual(linesOf(evaluation));
});

it("as JSON it is the same figures in dollars", () => {
  expect(plannerView({ ...evaluation, changes: [dollars(-200)] })).toMatchObject({
    account: "combine",
    name: "Combine",
    plan: "house/evaluation",
    tradeDate: "2026-11-20",
    balanceUsd: 50_640,
    profitUsd: 640,
    todayUsd: 240,
    floorUsd: 48_500,
    roomUsd: 2_140,
    breached: false,
    floorNextUsd: 48_640,
    dailyLimitUsd: 1_000,
    dailyLeftUsd: 1_240,
    bestDayUsd: 400,
    bestDayPercent: 62.5,
    daysTraded: 2,
    stage: {
      kind: "evaluation",
      neededUsd: 3_000,
      leftUsd: 2_360,
      dayCapUsd: 1_650,
      daysNeeded: 2,
      calendarDaysLeft: null,
      passed: false,
    },
    ifs: [{ changeUsd: -200, roomUsd: 1_940, dailyLeftUsd: 1_040 }],
  });
  const day = { ...firm.day, dailyLimit: null };
  expect(plannerView(account(FUNDED, { day }))).toMatchObject({
    dailyLimitUsd: null,
    dailyLeftUsd: null,
    stage: {
      kind: "funded",
      payouts: 1,
      ways: [
        { name: "standard", eligible: true, mostUsd: 320, dayCapUsd: null, lacks: [] },
        { name: "consistency", eligible: false, mostUsd: 320, dayCapUsd: 266.6666 },
      ],
    },
  });
  const timed = { ...FIRM_PLAN.stage, daysMax: 30 } as Stage;
  expect(plannerView(account(timed)).stage).toMatchObject({ calendarDaysLeft: 12 });
});
