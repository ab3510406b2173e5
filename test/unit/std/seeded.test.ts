import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chance, seeded } from "../../../src/std/seeded.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const draws = (seed: number, count: number, below: number): readonly number[] => {
  const dice = seeded(seed);
  return Array.from({ length: count }, () => dice.below(below));
};

describe("seeded dice", () => {
  it("repeat themselves for the same seed", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(draws(seed, 20, 1000)).toEqual(draws(seed, 20, 1000));
      }),
    );
  });

  it("throw the same numbers in every version, so that a reported seed stays worth something", () => {
    expect(draws(1, 6, 1000)).toEqual([588, 73, 590, 475, 348, 802]);
  });

  it("differ from seed to seed", () => {
    expect(draws(1, 10, 1000)).not.toEqual(draws(2, 10, 1000));
  });

  it("stay below the limit and reach every number below it", () => {
    const thrown = draws(7, 2000, 6);
    expect(new Set(thrown)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it("come out about as often as they should", () => {
    const dice = seeded(42);
    const hits = Array.from({ length: 10_000 }, () => dice.permille(250)).filter(Boolean).length;
    expect(hits).toBeGreaterThan(2350);
    expect(hits).toBeLessThan(2650);
  });

  it("never and always are exact", () => {
    const dice = seeded(3);
    const never = Array.from({ length: 1000 }, () => dice.permille(0));
    const always = Array.from({ length: 1000 }, () => dice.permille(1000));
    expect([never.some(Boolean), always.every(Boolean)]).toEqual([false, true]);
  });
});

describe("a chance by name", () => {
  it("is a whole number of 32 bits that depends on its three arguments alone", () => {
    fc.assert(
      fc.property(seeds, fc.string(), fc.nat(), (seed, site, count) => {
        const drawn = chance(seed, site, count);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < 2 ** 32).toBe(true);
        expect(chance(seed, site, count)).toBe(drawn);
      }),
    );
  });

  it("moves with the seed, the site and the count", () => {
    const all = [
      chance(1, "send", 1),
      chance(2, "send", 1),
      chance(1, "ask", 1),
      chance(1, "send", 2),
    ];
    expect(new Set(all).size).toBe(4);
  });

  it("is the same in every version", () => {
    expect([chance(1, "send", 0), chance(9, "journal", 3)]).toEqual([3209208150, 370127678]);
  });

  it("is even over many counts", () => {
    const low = Array.from({ length: 10_000 }, (_, i) => chance(5, "send", i)).filter(
      (drawn) => drawn < 2 ** 30,
    ).length;
    expect(low).toBeGreaterThan(2350);
    expect(low).toBeLessThan(2650);
  });
});
