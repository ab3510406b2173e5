/**
 * Of any two plans: what `tighterPlan` makes of them never allows what the earlier one did not, asked
 * of the rules themselves: contracts, products, floors, daily limits and hours.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type {
  DailyLimitRule,
  FirmPlan,
  FloorRule,
  HoursRule,
  ProductCap,
  SizeRule,
  Tiers,
} from "../../../../src/core/model/firm-plan.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { contracts, dollars, type Money, type Weight } from "../../../../src/core/model/units.ts";
import {
  isProductAllowed,
  mixedWith,
  roomFor,
  sizeLimitOn,
} from "../../../../src/core/risk/contract-cap.ts";
import { dailyLimitOf } from "../../../../src/core/risk/daily-limit.ts";
import { flatByOn } from "../../../../src/core/risk/flat-by.ts";
import { looserPlan, tighterPlan } from "../../../../src/core/risk/looser-plan.ts";
import {
  floorAfterClose,
  floorAtEquity,
  openingFloor,
} from "../../../../src/core/risk/loss-floor.ts";
import { FIRM_PLAN, HOURS, minis, SIZE, trail } from "../../../kit/firm-plans.ts";

const DATE = tradeDate("2026-11-19");
const ROOTS = ["ES", "MES", "SI", "SIL"] as const satisfies readonly Root[];
/** A usual day, and days that end early for some products or for all. */
const DATES = ["2026-11-19", "2026-11-27", "2026-01-19", "2026-04-03", "2026-12-24"].map(tradeDate);
const PROFITS = [-1_000, 0, 499, 500, 1_500, 9_000].map(dollars);

const some = { requiredKeys: [] };
const tiers = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Tiers<Value>> =>
  fc.record({
    first: value,
    steps: fc
      .subarray([500, 1_500])
      .chain((froms) =>
        fc.tuple(...froms.map((from) => value.map((one) => ({ from: dollars(from), value: one })))),
      ),
  });

const weight: fc.Arbitrary<Weight> = fc.constantFrom(0.05, 0.1, 0.2, 1).map(minis);
const root = fc.constantFrom<Root>(...ROOTS);
const cap: fc.Arbitrary<ProductCap> = fc.constantFrom<ProductCap>(
  { roots: ["ES", "MES"], most: { unit: "contracts", value: contracts(4) }, until: null },
  { roots: ["SI", "SIL"], most: { unit: "minis", value: minis(1) }, until: null },
);

const size: fc.Arbitrary<SizeRule> = fc.record({
  limit: tiers(fc.integer({ min: 1, max: 6 }).map(minis)),
  microWeight: weight,
  weights: fc.record({ SIL: weight, MES: weight, SI: weight }, some),
  mixing: fc.constantFrom("allowed", "forbidden"),
  caps: fc.uniqueArray(cap, { maxLength: 2 }),
});

const floor: fc.Arbitrary<FloorRule> = fc.oneof(
  fc
    .constantFrom(1_000, 2_000)
    .map((lossMax) => ({ kind: "static" as const, lossMax: dollars(lossMax) })),
  fc
    .record({
      kind: fc.constantFrom("end-of-day" as const, "intraday" as const),
      lossMax: fc.constantFrom(1_000, 2_000),
      lock: fc.constantFrom(null, 50_000, 51_000),
    })
    .map(trail),
);

const dailyLimit: fc.Arbitrary<DailyLimitRule | null> = fc.option(
  fc.record({
    effect: fc.constantFrom("soft", "hard"),
    amount: tiers(fc.integer({ min: 1, max: 4 }).map((n) => dollars(500 * n))),
    basis: fc.constantFrom("realised", "equity"),
    feesCounted: fc.constant(true),
    resetsAt: fc.constant(17 * 60),
    ends: fc.constantFrom("never", "floor-at-start"),
  }),
);

const hours: fc.Arbitrary<HoursRule> = fc.record({
  opensAt: fc.constant(HOURS.opensAt),
  flatBy: fc.constantFrom(14 * 60, 910, 959),
  earlyClose: fc.record({
    before: fc.constantFrom(1, 15, 30),
    latest: fc.constantFrom(null, 690, 720, 780),
    counts: fc.constantFrom("account", "product"),
  }),
  calendarUntil: fc.constant(HOURS.calendarUntil),
});

const products = fc
  .subarray([...ROOTS], { minLength: 1 })
  .map((all) => all as unknown as FirmPlan["products"]);

const plan: fc.Arbitrary<FirmPlan> = fc
  .record({ size, floor, dailyLimit, hours, products }, some)
  .map((change) => ({ ...FIRM_PLAN, ...change }));

function floorsOn(
  { floor: rule, balanceStart }: FirmPlan,
  path: readonly Money[],
): readonly number[] {
  let now = openingFloor({ floor: rule, balanceStart });
  return path.map((equity, index) => {
    now = floorAtEquity(rule, now, equity);
    if (index % 3 === 2) now = floorAfterClose(rule, now, equity);
    return now.at;
  });
}

const limitAt = ({ dailyLimit: rule, balanceStart }: FirmPlan, profit: Money): number =>
  (rule === null
    ? null
    : dailyLimitOf(rule, {
        balanceStart,
        balance: dollars(50_000 + profit / 10_000),
        floor: balanceStart,
      })) ?? Number.POSITIVE_INFINITY;

const room = ({ size: rule }: FirmPlan, of: Root, held: Root, profit: Money): number =>
  roomFor(
    rule,
    of,
    [{ root: held, quantity: contracts(2) }],
    sizeLimitOn(rule, { date: DATE, profit }, null),
  ).contracts;

const flatBy = ({ hours: rule }: FirmPlan, group: Parameters<typeof flatByOn>[1], at: number) => {
  const flat = flatByOn(rule, group, DATES[at] ?? DATE);
  return flat === "closed" ? 0 : flat;
};

it("the tighter of two plans allows nothing that the earlier one did not", () => {
  const path = fc.array(fc.integer({ min: 47_000, max: 53_000 }).map(dollars), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(plan, plan, root, root, path, (was, is, of, held, equities) => {
      const kept = tighterPlan(was, is);
      expect(looserPlan(was, kept)).toEqual([]);
      for (const profit of PROFITS) {
        expect(room(kept, of, held, profit)).toBeLessThanOrEqual(room(was, of, held, profit));
        expect(limitAt(kept, profit)).toBeLessThanOrEqual(limitAt(was, profit));
      }
      const beside = [{ root: held, quantity: contracts(1) }];
      if (mixedWith(was.size, of, beside) !== null)
        expect(mixedWith(kept.size, of, beside)).not.toBeNull();
      if (isProductAllowed(kept, of)) expect(isProductAllowed(was, of)).toBe(true);
      const before = floorsOn(was, equities);
      for (const [index, at] of floorsOn(kept, equities).entries())
        expect(at).toBeGreaterThanOrEqual(before[index] ?? Number.NaN);
      for (const group of ["equity", "metals", "energy"] as const)
        for (const at of DATES.keys())
          expect(flatBy(kept, group, at)).toBeLessThanOrEqual(flatBy(was, group, at));
    }),
    { numRuns: 300 },
  );
});

const AT_START = { from: dollars(0), value: minis(2) };

interface Case {
  readonly name: string;
  readonly was: Partial<FirmPlan>;
  readonly is: Partial<FirmPlan>;
  readonly said: readonly string[];
}

const shortDays = (change: Partial<HoursRule["earlyClose"]>): Partial<FirmPlan> => ({
  hours: { ...HOURS, earlyClose: { ...HOURS.earlyClose, ...change } },
});
const weights = (change: SizeRule["weights"]): Partial<FirmPlan> => ({
  size: { ...SIZE, weights: change },
});

it.each<Case>([
  {
    name: "each product by its own early end",
    was: shortDays({ counts: "account" }),
    is: shortDays({ counts: "product" }),
    said: ["flat before the early end of each product, was of the first of all"],
  },
  {
    name: "a later hour on short days",
    was: shortDays({ latest: 690 }),
    is: shortDays({ latest: 720 }),
    said: ["flat by 12:00 on a day that ends early, was 11:30"],
  },
  {
    name: "no hour on short days",
    was: shortDays({ latest: 690 }),
    is: shortDays({ latest: null }),
    said: ["flat by its end on a day that ends early, was 11:30"],
  },
  {
    name: "a mini that counts as less than one from now on",
    was: weights({}),
    is: weights({ ES: minis(0.5) }),
    said: ["a contract counts less"],
  },
  {
    name: "a micro with a smaller weight of its own from now on",
    was: weights({}),
    is: weights({ SIL: minis(0.05) }),
    said: ["a contract counts less"],
  },
  {
    name: "more contracts for an account below its start",
    was: { size: { ...SIZE, limit: { first: minis(1), steps: [AT_START] } } },
    is: { size: { ...SIZE, limit: { first: minis(3), steps: [AT_START] } } },
    said: ["size of the firm: 3 minis, was 1 minis"],
  },
  {
    name: "two products more",
    was: {},
    is: { products: ["ES", "MES", "NQ", "MNQ"] },
    said: ["products of the firm: also NQ, MNQ"],
  },
])("$name is less than was asked, and the other way round it is not", ({ was, is, said }) => {
  const [before, now] = [
    { ...FIRM_PLAN, ...was },
    { ...FIRM_PLAN, ...is },
  ];
  expect(looserPlan(before, now)).toEqual(said);
  expect(looserPlan(now, before)).toEqual([]);
  expect(looserPlan(before, before)).toEqual([]);
  expect(tighterPlan(before, now)).toEqual(before);
  expect(tighterPlan(now, before)).toEqual(before);
});

it("a floor is compared by where it can come to from its own start", () => {
  const fromNothing: FirmPlan = {
    ...FIRM_PLAN,
    balanceStart: dollars(0),
    floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: 0 }),
  };
  const said = ["balance it began with: $0.00, was $50000.00"];
  expect(looserPlan(FIRM_PLAN, fromNothing)).toEqual(said);
  expect(looserPlan(fromNothing, FIRM_PLAN)).toEqual([]);
});

it("a mini that counts as a whole one again is no less", () => {
  const half = { ...FIRM_PLAN, ...weights({ ES: minis(0.5) }) };
  expect(looserPlan(half, { ...FIRM_PLAN, ...weights({}) })).toEqual([]);
});
