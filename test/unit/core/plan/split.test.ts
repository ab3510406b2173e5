import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { split, splitAnew } from "../../../../src/core/plan/split.ts";

const HALVES = [500, 500];
const totals = fc.integer({ min: 1, max: 1_000 });
const sharings = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 10 });
const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);

describe("splitting a position", () => {
  it.each([
    [1, [1, 0]],
    [2, [1, 1]],
    [3, [1, 2]],
    [4, [2, 2]],
    [5, [2, 3]],
  ])("in halves makes of %d contracts %j", (total, parts) => {
    expect(split(total, HALVES)).toEqual(parts);
  });

  it.each([
    [3, [250, 500, 250], [1, 1, 1]],
    [2, [250, 500, 250], [1, 1, 0]],
    [8, [250, 500, 250], [2, 4, 2]],
    [9, [250, 500, 250], [2, 4, 3]],
    [4, [1_000], [4]],
    [10, [700, 300], [7, 3]],
    [3, [1_000, 1_000], [3, 0]],
  ])("of %d by %j gives %j", (total, shares, parts) => {
    expect(split(total, shares)).toEqual(parts);
  });

  it("never loses a contract, and never invents one", () => {
    fc.assert(
      fc.property(totals, sharings, (total, shares) => {
        const parts = split(total, shares);
        expect(parts).toHaveLength(shares.length);
        expect(sum(parts)).toBe(total);
        expect(parts.every((part) => part >= 0)).toBe(true);
      }),
    );
  });

  it("gives each target in turn at least one contract while any remain", () => {
    fc.assert(
      fc.property(totals, sharings, (total, shares) => {
        const parts = split(total, shares);
        for (const [index, part] of parts.entries()) {
          const left = total - sum(parts.slice(0, index));
          if (left > 0 && index < parts.length - 1) expect(part).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});

describe("splitting what really filled", () => {
  const planned = [0, 1];

  it.each([
    // The last tranche alone: a single contract belongs at target 1, two keep target 2.
    [
      [0, 1],
      [0, 0],
    ],
    [
      [0, 2],
      [0, 1],
    ],
    [
      [1, 1],
      [0, 1],
    ],
    [
      [1, 2],
      [0, 1],
    ],
    [
      [2, 3],
      [0, 1],
    ],
    [
      [1, 0],
      [0, 1],
    ],
    // A tranche that should be cut in two cannot be: it stays where it is.
    [
      [2, 0],
      [0, 1],
    ],
    [
      [2, 1],
      [0, 1],
    ],
    [
      [0, 3],
      [0, 1],
    ],
  ])("%j in halves leaves at %j", (entered, targets) => {
    const moved = splitAnew(entered, HALVES, planned);
    const held = (all: readonly number[]) => all.filter((_, index) => entered[index] !== 0);
    expect(held(moved)).toEqual(held(targets));
  });

  it("leaves a tranche that would be cut at the target it has now", () => {
    expect(splitAnew([0, 2], HALVES, [0, 0])).toEqual([0, 0]);
    expect(splitAnew([2, 0], HALVES, [1, 1])).toEqual([1, 1]);
  });

  it("gives a tranche that has no target yet the nearest of those it spans", () => {
    expect(splitAnew([2], HALVES, [])).toEqual([0]);
  });

  it("leaves whatever filled whole at the target it was planned for", () => {
    fc.assert(
      fc.property(totals, sharings, (total, shares) => {
        const entered = split(total, shares).filter((part) => part > 0);
        const current = entered.map((_, index) => index);
        expect(splitAnew(entered, shares, current)).toEqual(current);
      }),
    );
  });

  it("names only targets that exist, and has nothing to add when asked again", () => {
    const fills = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fills, sharings, (entered, shares) => {
        const current = entered.map((_, index) => Math.min(index, shares.length - 1));
        const targets = splitAnew(entered, shares, current);
        expect(targets).toHaveLength(entered.length);
        expect(targets.every((one) => one >= 0 && one < shares.length)).toBe(true);
        expect(splitAnew(entered, shares, targets)).toEqual(targets);
      }),
    );
  });
});
