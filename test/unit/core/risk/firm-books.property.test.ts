/**
 * What holds of a firm's figures on any path of closes and equities: the floor never falls and never
 * passes its lock, one that follows equity is nowhere below one that follows closes, and within a trade
 * date nothing is allowed that was not before.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FirmPlan, FloorRule } from "../../../../src/core/model/firm-plan.ts";
import type { FirmState } from "../../../../src/core/model/firm-state.ts";
import { type TradeDate, tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, type Money, money } from "../../../../src/core/model/units.ts";
import {
  beginningOf,
  gaugesOf,
  isShutByFirm,
  isSpent,
  leftUntil,
  newDay,
  riseUntil,
} from "../../../../src/core/risk/firm-books.ts";
import { floorAfterClose, floorAtEquity } from "../../../../src/core/risk/loss-floor.ts";
import { FIRM_PLAN, minis, SIZE, trail } from "../../../kit/firm-plans.ts";

const DATE = tradeDate("2026-11-19");
const START = 50_000;

const withFloor = (floor: FloorRule): FirmPlan => ({
  ...FIRM_PLAN,
  floor,
  size: { ...SIZE, limit: { first: minis(2), steps: [{ from: dollars(500), value: minis(5) }] } },
  dailyLimit: {
    effect: "hard",
    amount: { first: dollars(1_000), steps: [{ from: dollars(500), value: dollars(1_500) }] },
    basis: "equity",
    feesCounted: true,
    resetsAt: 17 * 60,
    ends: "never",
  },
});

const begun = (plan: FirmPlan, balance: Money): FirmState =>
  beginningOf(
    plan,
    { plan: plan.id, buffer: dollars(100) },
    { balance, shift: money(0), date: DATE },
  );

/** Days of equities, the last of each its close. */
const PATH = fc.array(
  fc.array(
    fc.integer({ min: -2_500, max: 4_000 }).map((by) => dollars(START + by)),
    { minLength: 1, maxLength: 6 },
  ),
  { minLength: 1, maxLength: 8 },
);
const LOCK = fc.constantFrom(null, START, START + 100, START + 3_000);

/** The floor after each equity and each close. */
function floorsOn(plan: FirmPlan, path: readonly (readonly Money[])[]): readonly number[] {
  let { floor } = begun(plan, dollars(START));
  const floors: number[] = [floor.at];
  for (const day of path) {
    for (const equity of day) {
      floor = floorAtEquity(plan.floor, floor, equity);
      floors.push(floor.at);
    }
    floor = floorAfterClose(plan.floor, floor, day.at(-1) ?? dollars(START));
    floors.push(floor.at);
  }
  return floors;
}

describe("on any path", () => {
  it("a floor never falls, and never passes its lock", () => {
    fc.assert(
      fc.property(PATH, LOCK, fc.constantFrom("end-of-day", "intraday"), (path, lock, kind) => {
        const floors = floorsOn(withFloor(trail({ kind, lossMax: 2_000, lock })), path);
        expect(floors).toEqual(floors.toSorted((a, b) => a - b));
        const most = lock === null ? Number.POSITIVE_INFINITY : dollars(lock);
        for (const floor of floors) expect(floor).toBeLessThanOrEqual(most);
      }),
    );
  });

  it("one that follows equity is nowhere below one that follows closes", () => {
    fc.assert(
      fc.property(PATH, LOCK, (path, lock) => {
        const [closes, equity] = (["end-of-day", "intraday"] as const).map((kind) =>
          floorsOn(withFloor(trail({ kind, lossMax: 2_000, lock })), path),
        );
        for (const [at, floor] of (equity ?? []).entries())
          expect(floor).toBeGreaterThanOrEqual(closes?.[at] ?? Number.NaN);
      }),
    );
  });

  it("within a trade date no size and no daily limit grows, whatever is settled anew", () => {
    const plan = withFloor(trail({ kind: "end-of-day", lossMax: 2_000, lock: null }));
    const openings = fc.array(
      fc.integer({ min: -1_500, max: 3_000 }).map((by) => dollars(START + by)),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(openings, (path) => {
        const firm = begun(plan, dollars(START));
        let day = firm.day;
        for (const opening of path) {
          const next = newDay(plan, { date: DATE, opening, floor: firm.floor }, day);
          expect(next.size).toBeLessThanOrEqual(day.size);
          expect(next.dailyLimit).toBeLessThanOrEqual(day.dailyLimit ?? Number.NaN);
          day = next;
        }
      }),
    );
  });

  it("while less is lost than is left, no step is taken and no limit touched", () => {
    const plan = withFloor(trail({ kind: "intraday", lossMax: 2_000, lock: null }));
    const equities = fc.integer({ min: -2_500, max: 1_000 }).map((by) => dollars(START + by));
    fc.assert(
      fc.property(equities, fc.integer({ min: 0, max: 999 }), (equity, part) => {
        const firm = begun(plan, dollars(START));
        const standing = { plan, firm, equity, isToday: true };
        for (const gauge of gaugesOf(standing)) {
          const left = leftUntil(gauge, standing);
          if (left === 0) continue;
          const less = money(equity - Math.floor((left * part) / 1_000));
          const [now] = gaugesOf({ ...standing, equity: less }).filter(({ of }) => of === gauge.of);
          expect(now?.share).toBeLessThanOrEqual(1_000);
          expect(now !== undefined && isSpent(now) && !isSpent(gauge)).toBe(false);
        }
      }),
    );
  });
});

describe("the figures of an account", () => {
  it("begin with what was before it was first seen", () => {
    const plan = withFloor(
      trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_100, afterPayout: 50_000 }),
    );
    const soFar = {
      highest: dollars(51_000),
      days: [dollars(500), dollars(-100)],
      payouts: 1,
      since: tradeDate("2026-11-02") as TradeDate,
    };
    const firm = beginningOf(
      plan,
      { plan: plan.id, buffer: dollars(100), soFar },
      { balance: dollars(50_400), shift: money(0), date: DATE },
    );
    expect(firm).toMatchObject({
      began: "2026-11-02",
      floor: { at: dollars(50_000), lock: dollars(50_000) },
      peak: dollars(51_000),
      payouts: 1,
      days: [
        { date: null, net: dollars(500), payouts: 1 },
        { date: null, net: dollars(-100), payouts: 1 },
      ],
    });
  });

  it("keep a daily limit of the date where the plan has none any more", () => {
    const plan = withFloor(trail({ kind: "end-of-day", lossMax: 2_000, lock: null }));
    const { floor, day } = begun(plan, dollars(START));
    const without = { ...plan, dailyLimit: null };
    const opening = { date: DATE, opening: day.opening, floor };
    expect(newDay(without, opening, day).dailyLimit).toBe(dollars(1_000));
    expect(newDay(without, opening, null).dailyLimit).toBeNull();
  });

  it("have no daily limit to watch before the close of the day before is known", () => {
    const plan = withFloor(trail({ kind: "end-of-day", lossMax: 2_000, lock: null }));
    const firm = begun(plan, dollars(START));
    const standing = { plan, firm, equity: dollars(START), isToday: false };
    expect(gaugesOf(standing).map(({ of }) => of)).toEqual(["floor"]);
    expect(gaugesOf({ ...standing, isToday: true })).toHaveLength(2);
    const unlimited = { ...firm, day: { ...firm.day, dailyLimit: null } };
    expect(gaugesOf({ ...standing, firm: unlimited, isToday: true })).toHaveLength(1);
  });

  it("say how far equity may rise before a floor moves", () => {
    const equity = dollars(50_500);
    const riseOn = (floor: FloorRule, at?: number): number | null => {
      const plan = withFloor(floor);
      const firm = begun(plan, dollars(START));
      const moved =
        at === undefined ? firm : { ...firm, floor: { ...firm.floor, at: dollars(at) } };
      return riseUntil({ plan, firm: moved, equity, isToday: true });
    };
    expect(riseOn(trail({ kind: "intraday", lossMax: 2_000, lock: null }), 49_000)).toBe(
      dollars(500),
    );
    expect(riseOn(trail({ kind: "intraday", lossMax: 2_000, lock: 50_000 }), 48_000)).toBe(0);
    expect(riseOn(trail({ kind: "intraday", lossMax: 2_000, lock: 50_000 }), 50_000)).toBeNull();
    expect(riseOn(trail({ kind: "end-of-day", lossMax: 2_000, lock: null }))).toBeNull();
  });

  it("shut an account that is lost, or until its lock ends", () => {
    const firm = begun(withFloor(FIRM_PLAN.floor), dollars(START));
    const at = (when: number) => when as Parameters<typeof isShutByFirm>[1];
    expect(isShutByFirm({}, at(0))).toBe(false);
    expect(isShutByFirm({ firm }, at(0))).toBe(false);
    const locked = { ...firm, lock: { until: at(100), limit: dollars(1) } };
    expect(isShutByFirm({ firm: locked }, at(99))).toBe(true);
    expect(isShutByFirm({ firm: locked }, at(100))).toBe(false);
    const breach = { at: at(1), of: "floor", equity: dollars(1), level: dollars(2) } as const;
    expect(isShutByFirm({ firm: { ...firm, breach } }, at(1e9))).toBe(true);
  });
});
