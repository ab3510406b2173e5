/** An account in the books of its firm, figure by figure; what holds on any path is in the property tests. */
import { describe, expect, it } from "vitest";
import type { DailyLimitRule, FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import type { FirmDay, FirmState, SoFar } from "../../../../src/core/model/firm-state.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, money } from "../../../../src/core/model/units.ts";
import {
  beginningOf,
  bookedOn,
  cashOf,
  equityOf,
  floorShare,
  type Gauge,
  gaugesOf,
  isShutByFirm,
  isSpent,
  isTouched,
  leftUntil,
  newDay,
  riseUntil,
  type Standing,
  settledCash,
} from "../../../../src/core/risk/firm-books.ts";
import {
  anOpenTrade,
  aQuote,
  aShortPlan,
  es,
  later,
  NOW,
  someFills,
  TODAY,
  withTranche,
} from "../../../kit/builders.ts";
import { DAILY_LIMIT, FIRM_PLAN, minis, SIZE, trail } from "../../../kit/firm-plans.ts";

const DAILY: DailyLimitRule = {
  ...DAILY_LIMIT,
  amount: { first: dollars(1_000), steps: [{ from: dollars(500), value: dollars(1_500) }] },
};

/** A floor 2,000 below the best close, up to 50,000; two minis, five from a profit of 500 on. */
const PLAN: FirmPlan = {
  ...FIRM_PLAN,
  size: { ...SIZE, limit: { first: minis(2), steps: [{ from: dollars(500), value: minis(5) }] } },
  dailyLimit: DAILY,
};
const HARD: FirmPlan = { ...PLAN, dailyLimit: { ...DAILY, effect: "hard" } };

interface Beginning {
  readonly balance?: number;
  readonly shift?: number;
  readonly soFar?: SoFar;
}

const begun = (plan: FirmPlan, { balance = 50_000, shift = 0, soFar }: Beginning = {}): FirmState =>
  beginningOf(
    plan,
    { plan: plan.id, buffer: dollars(100), ...(soFar === undefined ? {} : { soFar }) },
    { balance: dollars(balance), shift: dollars(shift), date: TODAY },
  );

describe("what a firm counts", () => {
  const books = { balance: dollars(49_650), firm: { shift: dollars(350) } };
  // One of three sold 7 points up; 0.62 paid so far.
  const open = anOpenTrade();
  const long = { ...withTranche(open, 0, { exited: someFills(1, es(6333)) }), fees: dollars(0.62) };
  const short = { ...anOpenTrade(aShortPlan(), 2), fees: dollars(1.5) };

  it("is our balance and what it has over ours", () => {
    expect(settledCash(books)).toBe(dollars(50_000));
    expect(cashOf(books, [])).toBe(dollars(50_000));
    expect(equityOf(books, [], { quoteOf: () => null })).toBe(dollars(50_000));
  });

  it("has what open trades have booked in it, fees too, and of the rest only in equity", () => {
    expect(cashOf(books, [long, short])).toBe(dollars(50_000 + 35 - 0.62 - 1.5));
    // Two contracts 4 points up at the bid; three short ones 4.25 points down at the ask.
    const quoteOf = () => aQuote(es(6330));
    const equity = 50_000 + 35 - 0.62 + 2 * 4 * 5 - 1.5 - 3 * 4.25 * 5;
    expect(equityOf(books, [long, short], { quoteOf })).toBe(dollars(equity));
  });
});

describe("what a trade date has booked", () => {
  it("counts from the firm's opening, whatever was lost before the firm began the account anew", () => {
    const books = {
      balance: dollars(47_950),
      firm: begun(PLAN, { balance: 47_900, shift: 2_100 }),
    };
    expect(bookedOn(TODAY, books)).toBe(dollars(50));
    expect(bookedOn(tradeDate("2026-11-20"), books)).toBe(0);
  });
});

describe("an account that begins", () => {
  it("has a day, a floor and nothing behind it", () => {
    expect(begun(PLAN)).toEqual({
      plan: PLAN.id,
      buffer: dollars(100),
      shift: 0,
      began: TODAY,
      floor: { at: dollars(48_000), lock: dollars(50_000) },
      peak: dollars(50_000),
      payouts: 0,
      day: {
        date: TODAY,
        opening: dollars(50_000),
        size: minis(2),
        dailyLimit: dollars(1_000),
        reached: { floor: 0, "daily-limit": 0 },
      },
      days: [],
    });
  });

  it("counts from the best that was: of its start, of what it says, and of what it has", () => {
    expect(begun(PLAN, { balance: 49_500 })).toMatchObject({
      peak: dollars(50_000),
      floor: { at: dollars(48_000) },
      day: { opening: dollars(49_500), reached: { floor: 250 } },
    });
    expect(begun(PLAN, { soFar: { highest: dollars(51_200) } })).toMatchObject({
      peak: dollars(51_200),
      floor: { at: dollars(49_200) },
    });
    expect(begun(PLAN, { balance: 50_100, shift: 600 })).toMatchObject({
      shift: dollars(600),
      peak: dollars(50_700),
      floor: { at: dollars(48_700) },
      day: { opening: dollars(50_700), size: minis(5), dailyLimit: dollars(1_500) },
    });
  });

  it("has the floor of a paid account only where it was paid", () => {
    const floor = trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_100, afterPayout: 50_000 });
    const plan = { ...PLAN, floor };
    const at = (payouts: number) => begun(plan, { balance: 51_000, soFar: { payouts } }).floor;
    expect(at(0)).toEqual({ at: dollars(49_000), lock: dollars(50_100) });
    expect(at(1)).toEqual({ at: dollars(50_000), lock: dollars(50_000) });
    expect(begun(plan).floor).toEqual({ at: dollars(48_000), lock: dollars(50_100) });
  });

  it("remembers the days it says it had, and since when", () => {
    const since = tradeDate("2026-11-02");
    const soFar = { since, payouts: 2, days: [dollars(300), dollars(-50)] };
    expect(begun(PLAN, { soFar })).toMatchObject({
      began: since,
      payouts: 2,
      days: [
        { date: null, net: dollars(300), payouts: 2 },
        { date: null, net: dollars(-50), payouts: 2 },
      ],
    });
  });
});

describe("a trade date settled once more", () => {
  const floor = { at: dollars(48_600), lock: dollars(50_000) };
  const again = (plan: FirmPlan, opening: number, before: FirmDay | null, date = TODAY) =>
    newDay(plan, { date, opening: dollars(opening), floor }, before);
  const told: FirmDay = {
    date: TODAY,
    opening: dollars(50_600),
    size: minis(5),
    dailyLimit: dollars(1_500),
    reached: { floor: 500, "daily-limit": 750 },
  };

  it("keeps what was told of its limits and allows no more than before", () => {
    expect(again(PLAN, 50_000, told)).toEqual({
      ...told,
      opening: dollars(50_000),
      size: minis(2),
      dailyLimit: dollars(1_000),
    });
    const small = { ...told, size: minis(2), dailyLimit: dollars(1_000) };
    expect(again(PLAN, 50_600, small)).toMatchObject({
      size: minis(2),
      dailyLimit: dollars(1_000),
    });
  });

  it("has a daily limit from when there is one, and keeps it where there is none any more", () => {
    const unlimited = { ...PLAN, dailyLimit: null };
    expect(again(unlimited, 50_600, null).dailyLimit).toBeNull();
    expect(again(PLAN, 50_600, { ...told, dailyLimit: null }).dailyLimit).toBe(dollars(1_500));
    expect(again(unlimited, 50_600, told).dailyLimit).toBe(dollars(1_500));
  });

  it("has nothing to do with the date before", () => {
    const next = tradeDate("2026-11-20");
    const small = { ...told, size: minis(1), dailyLimit: dollars(500) };
    expect(again(PLAN, 50_100, small, next)).toEqual({
      date: next,
      opening: dollars(50_100),
      size: minis(2),
      dailyLimit: dollars(1_000),
      // The floor is at 48,600: 1,500 of 2,000 are left.
      reached: { floor: 250, "daily-limit": 0 },
    });
  });
});

const standing = (equity: number, plan: FirmPlan = PLAN, firm = begun(plan)): Standing => ({
  plan,
  firm,
  equity: dollars(equity),
  isToday: true,
});

function gaugeOf(of: Gauge["of"], now: Standing): Gauge {
  const found = gaugesOf(now).find((one) => one.of === of);
  if (found === undefined) throw new Error(`no gauge of ${of}`);
  return found;
}

describe("the limits of a firm", () => {
  it("are its floor, with room above it to leave in", () => {
    expect(gaugeOf("floor", standing(49_000))).toEqual({
      of: "floor",
      limit: dollars(2_000),
      level: dollars(48_000),
      margin: dollars(100),
      share: 500,
      steps: { warn: [500, 750, 900], half: null, block: null, flatten: 950 },
      isHard: true,
    });
    expect(floorShare(PLAN, begun(PLAN).floor, dollars(48_500))).toBe(750);
  });

  it("are the loss of its day, with such room where it takes the account", () => {
    const ofDay = {
      of: "daily-limit",
      limit: dollars(1_000),
      level: dollars(49_000),
      share: 750,
      margin: 0,
      isHard: false,
      steps: { warn: [500, 750, 900], half: null, block: null, flatten: 1_000 },
    };
    expect(gaugeOf("daily-limit", standing(49_250))).toEqual(ofDay);
    expect(gaugeOf("daily-limit", standing(49_250, HARD))).toEqual({
      ...ofDay,
      margin: dollars(100),
      isHard: true,
      steps: { ...ofDay.steps, flatten: 900 },
    });
  });

  it("are the floor alone where the day has none, or it is not known yet", () => {
    const names = (change: Partial<Standing>) =>
      gaugesOf({ ...standing(50_000), ...change }).map(({ of }) => of);
    expect(names({})).toEqual(["floor", "daily-limit"]);
    expect(names({ isToday: false })).toEqual(["floor"]);
    expect(names({ plan: { ...PLAN, dailyLimit: null } })).toEqual(["floor"]);
    const firm = begun({ ...PLAN, dailyLimit: null });
    expect(names({ firm })).toEqual(["floor"]);
  });

  it("begin the way out at the first dollar where the room is all there is", () => {
    const firm = { ...begun(PLAN), buffer: dollars(2_000) };
    expect(gaugeOf("floor", standing(50_000, PLAN, firm)).steps.flatten).toBe(1);
  });

  it("are touched at their level, where that takes the account", () => {
    const touched = (of: Gauge["of"], equity: number, plan?: FirmPlan) =>
      isTouched(gaugeOf(of, standing(equity, plan)), dollars(equity));
    expect([48_000.01, 48_000].map((equity) => touched("floor", equity))).toEqual([false, true]);
    expect([49_000.01, 49_000].map((equity) => touched("daily-limit", equity, HARD))).toEqual([
      false,
      true,
    ]);
    expect(touched("daily-limit", 40_000)).toBe(false);
  });

  it("are spent where the way out begins", () => {
    const spent = (equity: number) => isSpent(gaugeOf("floor", standing(equity)));
    expect([48_101, 48_100, 47_000].map(spent)).toEqual([false, true, true]);
    const steps = { warn: [], half: null, block: null, flatten: null };
    expect(isSpent({ ...gaugeOf("floor", standing(47_000)), steps })).toBe(false);
  });
});

describe("what is left", () => {
  const left = (equity: number, reached: number) => {
    const firm = begun(PLAN);
    const told = { ...firm, day: { ...firm.day, reached: { floor: reached, "daily-limit": 0 } } };
    const now = standing(equity, PLAN, told);
    return leftUntil(gaugeOf("floor", now), now);
  };

  it("counts to the next step that was not told, and to the way out after the last", () => {
    expect(left(50_000, 0)).toBe(dollars(1_000));
    expect(left(49_400, 0)).toBe(dollars(400));
    expect(left(49_400, 500)).toBe(dollars(900));
    expect(left(49_400, 900)).toBe(dollars(1_300));
    // Taken once already: the way out is still to come.
    expect(left(49_400, 950)).toBe(dollars(1_300));
    // Told at a better price, or not yet told where it stands.
    expect(left(48_900, 0)).toBe(dollars(800));
  });

  it("is the limit itself beyond the way out, and nothing below it", () => {
    expect(left(48_100, 900)).toBe(dollars(100));
    expect(left(48_060, 950)).toBe(dollars(60));
    expect(left(48_000, 950)).toBe(0);
    expect(left(47_000, 950)).toBe(0);
  });

  it("counts to the limit where it has no way out of its own", () => {
    const now = standing(49_800);
    const gauge = gaugeOf("daily-limit", now);
    const silent = { ...gauge, steps: { warn: [], half: null, block: null, flatten: null } };
    expect(leftUntil(silent, now)).toBe(dollars(800));
  });
});

it("a floor that follows equity moves once that has risen so far, until its lock", () => {
  const plan = { ...PLAN, floor: trail({ kind: "intraday", lossMax: 2_000, lock: 50_000 }) };
  const rise = (equity: number, at: number) => {
    const firm = begun(plan);
    const floor = { ...firm.floor, at: dollars(at) };
    return riseUntil(standing(equity, plan, { ...firm, floor }));
  };
  expect(rise(49_700, 48_000)).toBe(dollars(300));
  expect(rise(50_100, 48_000)).toBe(0);
  expect(rise(51_000, 49_999)).toBe(dollars(999));
  expect(rise(51_000, 50_000)).toBeNull();
  expect(riseUntil(standing(49_700))).toBeNull();
  const endless = { ...PLAN, floor: trail({ kind: "intraday", lossMax: 2_000, lock: null }) };
  expect(riseUntil(standing(49_700, endless))).toBe(dollars(300));
});

it("an account is shut while it is locked, and for good once it is lost", () => {
  const firm = begun(PLAN);
  const lock = { until: later(60_000), limit: dollars(1_000) };
  const level = dollars(48_000);
  const breach = { at: NOW, of: "floor", equity: money(level - 1), level } as const;
  const shut = (change: Partial<FirmState>, after: number) =>
    isShutByFirm({ firm: { ...firm, ...change } }, later(after));
  expect([0, 59_999, 60_000].map((after) => shut({ lock }, after))).toEqual([true, true, false]);
  expect([shut({}, 0), shut({ breach }, 1e9), shut({ breach, lock }, 1e9)]).toEqual([
    false,
    true,
    true,
  ]);
  expect(isShutByFirm({}, NOW)).toBe(false);
});
