import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProductCap, SizeRule } from "../../../../src/core/model/firm-plan.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { contracts, dollars, type Money } from "../../../../src/core/model/units.ts";
import {
  type Holding,
  isProductAllowed,
  mixedWith,
  roomFor,
  type SizeLimit,
  sizeLimitOn,
  weightOf,
} from "../../../../src/core/risk/contract-cap.ts";
import { FIRM_PLAN, minis, SIZE } from "../../../kit/firm-plans.ts";

const DATE = tradeDate("2026-11-19");
const NEXT = tradeDate("2026-11-20");

const TIERED: SizeRule = {
  ...SIZE,
  limit: {
    first: minis(2),
    steps: [
      { from: dollars(1_500), value: minis(3) },
      { from: dollars(2_000), value: minis(5) },
    ],
  },
};

const holding = (root: Root, quantity: number): Holding => ({
  root,
  quantity: contracts(quantity),
});
const limitOf = (count: number): SizeLimit => ({ date: DATE, weight: minis(count) });
const capOf = (roots: ProductCap["roots"], most: ProductCap["most"], until: string | null) => ({
  roots,
  most,
  until: until === null ? null : tradeDate(until),
});

it("a mini counts one, a micro a tenth, SIL a fifth", () => {
  const roots: readonly Root[] = ["ES", "MES", "CL", "MCL", "SI", "SIL", "NG", "M6E"];
  expect(roots.map((root) => weightOf(SIZE, root))).toEqual([
    1_000, 100, 1_000, 100, 1_000, 200, 1_000, 100,
  ]);
});

describe("the limit of a date", () => {
  it.each([
    [-900, 2],
    [1_499.9999, 2],
    [1_500, 3],
    [2_000, 5],
  ])("comes from the profit at the last close: %s allows %s minis", (profit, count) => {
    expect(sizeLimitOn(TIERED, { date: DATE, profit: dollars(profit) }, null)).toEqual(
      limitOf(count),
    );
  });

  it("may come down within the date, and rises on the next at the earliest", () => {
    const on = (date: typeof DATE, profit: number, before: SizeLimit | null) =>
      sizeLimitOn(TIERED, { date, profit: dollars(profit) }, before);
    const morning = on(DATE, 1_600, null);
    expect(on(DATE, 2_500, morning)).toBe(morning);
    expect(on(DATE, 1_700, morning)).toBe(morning);
    const less = on(DATE, 0, morning);
    expect(less).toEqual(limitOf(2));
    expect(on(DATE, 2_500, less)).toBe(less);
    expect(on(NEXT, 2_500, less)).toEqual({ date: NEXT, weight: minis(5) });
  });

  it("never rises within a date, whatever profits are told", () => {
    const profits = fc.array(fc.integer({ min: -30_000_000, max: 60_000_000 }), { minLength: 1 });
    fc.assert(
      fc.property(profits, (told) => {
        let limit: SizeLimit | null = null;
        for (const profit of told) {
          const before: SizeLimit | null = limit;
          limit = sizeLimitOn(TIERED, { date: DATE, profit: profit as Money }, before);
          if (before !== null) expect(limit.weight).toBeLessThanOrEqual(before.weight);
        }
      }),
    );
  });
});

describe("the room for more", () => {
  const limit = limitOf(5);

  it.each([
    ["nothing held", "ES", [], 5],
    ["nothing held, in micros", "MES", [], 50],
    ["3 ES and 10 MES", "MES", [holding("ES", 3), holding("MES", 10)], 10],
    ["3 ES and 10 MES, in minis", "NQ", [holding("ES", 3), holding("MES", 10)], 1],
    ["a part of a mini is none", "ES", [holding("MES", 1)], 4],
    ["all of it", "MES", [holding("ES", 5)], 0],
    ["more than all of it", "MES", [holding("ES", 7)], 0],
    ["SIL by fifths", "SIL", [holding("ES", 4)], 5],
  ] as const)("%s: %s", (_, root, held, room) => {
    expect(roomFor(SIZE, root, held, limit)).toEqual({
      contracts: contracts(room),
      bound: limit,
    });
  });

  const energies = capOf(["CL", "MCL", "NG"], { unit: "minis", value: minis(3) }, null);
  const silver = capOf(["SI"], { unit: "contracts", value: contracts(0) }, "2026-11-19");
  const small = capOf(["SIL"], { unit: "contracts", value: contracts(2) }, "2026-11-18");
  const capped: SizeRule = { ...SIZE, caps: [energies, silver, small] };

  it("is less where a cap on products together is nearer", () => {
    const held = [holding("CL", 1), holding("MCL", 5), holding("ES", 1)];
    expect(roomFor(capped, "NG", held, limit)).toEqual({
      contracts: contracts(1),
      bound: energies,
    });
    expect(roomFor(capped, "MCL", held, limit)).toEqual({
      contracts: contracts(15),
      bound: energies,
    });
    const much = [holding("ES", 4)];
    expect(roomFor(capped, "NG", much, limit)).toEqual({ contracts: contracts(1), bound: limit });
    expect(roomFor(capped, "NQ", held, limit).bound).toBe(limit);
  });

  it("a cap holds on its last date, and not on the next", () => {
    expect(roomFor(capped, "SI", [], limit)).toEqual({ contracts: contracts(0), bound: silver });
    expect(roomFor(capped, "SI", [], { ...limit, date: NEXT }).contracts).toBe(5);
    expect(roomFor(capped, "SIL", [], limit).contracts).toBe(25);
    const eve = { ...limit, date: tradeDate("2026-11-18") };
    expect(roomFor(capped, "SIL", [holding("SIL", 1), holding("SI", 1)], eve)).toEqual({
      contracts: contracts(1),
      bound: small,
    });
  });

  it("between two equal bounds names the limit over all products", () => {
    const three = capOf(["ES"], { unit: "contracts", value: contracts(5) }, null);
    expect(roomFor({ ...SIZE, caps: [three] }, "ES", [], limit).bound).toBe(limit);
  });

  it("taken in full never passes the limit", () => {
    const roots = fc.constantFrom<Root>("ES", "MES", "CL", "MCL", "SI", "SIL", "NG");
    const held = fc.array(fc.record({ root: roots, quantity: fc.nat(12).map(contracts) }));
    fc.assert(
      fc.property(held, roots, fc.nat(20), (holdings, root, count) => {
        const allowed = limitOf(count);
        const { contracts: more } = roomFor(capped, root, holdings, allowed);
        const weightAfter = [...holdings, { root, quantity: more }].reduce(
          (sum, one) => sum + one.quantity * weightOf(capped, one.root),
          0,
        );
        if (more > 0) expect(weightAfter).toBeLessThanOrEqual(allowed.weight);
      }),
    );
  });
});

describe("a mini and a micro of one product", () => {
  const forbidding: SizeRule = { ...SIZE, mixing: "forbidden" };

  it("are not held together where the firm forbids it", () => {
    expect(mixedWith(forbidding, "MES", [holding("NQ", 1), holding("ES", 1)])).toBe("ES");
    expect(mixedWith(forbidding, "ES", [holding("MES", 1)])).toBe("MES");
    expect(mixedWith(forbidding, "ES", [holding("ES", 1), holding("MNQ", 2)])).toBeNull();
    expect(mixedWith(forbidding, "ES", [holding("MES", 0)])).toBeNull();
  });

  it("may be elsewhere", () => {
    expect(mixedWith(SIZE, "MES", [holding("ES", 1)])).toBeNull();
  });
});

it("a contract that is not on the list is not traded", () => {
  expect(isProductAllowed(FIRM_PLAN, "MES")).toBe(true);
  expect(isProductAllowed(FIRM_PLAN, "NG")).toBe(false);
});
