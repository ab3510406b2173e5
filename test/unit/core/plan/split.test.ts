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
  it.each([
    // The last tranche alone: a single contract belongs at target 1, two keep target 2.
    [[0, 1], [0, 0]],
    [[0, 2], [0, 1]],
    [[1, 1], [0, 1]],
    [[1, 2], [0, 1]],
    [[2, 3], [0, 1]],
    [[1, 0], [0, 0]],
    // Two contracts in one tranche cannot be cut: they go for the farther target.
    [[2, 0], [1, 1]],
    [[2, 1], [1, 1]],
    [[1, 3], [0, 1]],
  ])("%j in halves leaves at %j", (entered, targets) => {
    expect(splitAnew(entered, HALVES)).toEqual(targets);
  });

  it("leaves whatever filled whole at the target it was planned for", () => {
    fc.assert(
      fc.property(totals, sharings, (total, shares) => {
        const entered = split(total, shares).filter((part) => part > 0);
        expect(splitAnew(entered, shares)).toEqual(entered.map((_, index) => index));
      }),
    );
  });

  it("always names a target that exists, later tranches never at a nearer one", () => {
    const fills = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fills, sharings, (entered, shares) => {
        const targets = splitAnew(entered, shares);
        expect(targets).toHaveLength(entered.length);
        expect(targets.every((one) => one >= 0 && one < shares.length)).toBe(true);
        expect(targets).toEqual(targets.toSorted((a, b) => a - b));
      }),
    );
  });
});
