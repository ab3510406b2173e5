import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ByPart,
  type Findings,
  type Knot,
  SCORE_PARTS,
  type ScoreModel,
  type ScorePart,
} from "../../../../src/core/model/score.ts";
import { DEFAULT_SCORE, faultInCurve, RISES } from "../../../../src/core/model/score-table.ts";
import { pointsAt, scoreOf, shareAt, sizeAt } from "../../../../src/core/risk/score.ts";

const allParts = <T>(value: (part: ScorePart) => T): ByPart<T> =>
  Object.fromEntries(SCORE_PARTS.map((part) => [part, value(part)])) as ByPart<T>;

const SAFE: Findings = {
  ...{ stop: 0, floor: 10_000, streak: 0, drawdown: 0 },
  ...{ concurrency: 0, volatility: 0, time: 60, record: 500 },
};

const WORST: Findings = {
  ...{ stop: 1_000, floor: 1_000, streak: 3, drawdown: 900 },
  ...{ concurrency: 3, volatility: 4_000, time: 0, record: -500 },
};

describe("a curve", () => {
  const rising: readonly Knot[] = [
    { at: 500, points: 0 },
    { at: 1_000, points: 30 },
    { at: 1_003, points: 100 },
  ];

  it("is level before its first corner and behind its last", () => {
    expect([-900, 0, 500].map((found) => pointsAt(rising, found))).toEqual([0, 0, 0]);
    expect([1_003, 1_004, 9_999].map((found) => pointsAt(rising, found))).toEqual([100, 100, 100]);
  });

  it("is straight between two corners, and a fraction counts as risk", () => {
    expect([501, 516, 517, 750, 1_000].map((found) => pointsAt(rising, found))).toEqual([
      1, 1, 2, 15, 30,
    ]);
    // A third of 70 is 23.3.
    expect(pointsAt(rising, 1_001)).toBe(54);
  });

  it("rounds up where it falls as well", () => {
    expect([14, 15, 16, 60, 61].map((found) => pointsAt(DEFAULT_SCORE.curves.time, found))).toEqual(
      [63, 60, 58, 0, 0],
    );
  });

  it("of one corner is level, and of none says nothing", () => {
    expect([1, 9].map((found) => pointsAt([{ at: 5, points: 7 }], found))).toEqual([7, 7]);
    expect(pointsAt([], 3)).toBe(0);
  });
});

describe("the usual table", () => {
  it("has weights that make 100, and curves that never turn back", () => {
    expect(SCORE_PARTS.reduce((sum, part) => sum + DEFAULT_SCORE.weights[part], 0)).toBe(100);
    expect(allParts((part) => faultInCurve(DEFAULT_SCORE.curves[part], RISES[part]))).toEqual(
      allParts(() => null),
    );
  });

  it("reaches from 0 where all is well to 100 where nothing is", () => {
    expect(scoreOf(SAFE, DEFAULT_SCORE).total).toBe(0);
    expect(scoreOf(WORST, DEFAULT_SCORE).total).toBe(100);
  });

  it("gives every part its own share, and half of it where nobody knows", () => {
    for (const part of SCORE_PARTS) {
      const worst = scoreOf({ ...SAFE, [part]: WORST[part] }, DEFAULT_SCORE);
      expect(worst.total).toBe(DEFAULT_SCORE.weights[part]);
      const unknown = scoreOf({ ...SAFE, [part]: null }, DEFAULT_SCORE);
      expect(unknown.total).toBe(Math.ceil(DEFAULT_SCORE.weights[part] / 2));
      expect(unknown.parts[part]).toEqual([null, 50, DEFAULT_SCORE.weights[part]]);
    }
  });
});

describe("the score of an ordinary morning", () => {
  it("adds up by hand", () => {
    const found = { ...SAFE, stop: 956, floor: null, volatility: null, time: 60, record: null };
    const { total, parts } = scoreOf(found, DEFAULT_SCORE);
    // 20 x 94 + 20 x 50 + 10 x 50 + 5 x 50 = 3,630 hundredths.
    expect([total, parts.stop]).toEqual([37, [956, 94, 20]]);
  });
});

describe("a faulty curve", () => {
  const twice = [
    { at: 1, points: 5 },
    { at: 1, points: 9 },
  ];
  const up = [
    { at: 1, points: 5 },
    { at: 2, points: 9 },
  ];

  it("stands still or turns back, and that is said", () => {
    expect(faultInCurve(twice, true)).toBe("1 does not come after 1");
    expect(faultInCurve(up, true)).toBeNull();
    expect(faultInCurve(up, false)).toBe("points rise from 5 to 9, and more of it is less danger");
    const down = up.map(({ at, points }) => ({ at, points: 10 - points }));
    expect(faultInCurve(down, true)).toBe("points fall from 5 to 1, and more of it is more danger");
    expect(faultInCurve(down, false)).toBeNull();
  });
});

describe("the size at a score", () => {
  const steps = [
    { from: 40, share: 750 },
    { from: 60, share: 300 },
  ];

  it("is whole below the first step, and a step's own from its score on", () => {
    expect([0, 39, 40, 59, 60, 100].map((total) => shareAt(steps, total))).toEqual([
      1_000, 1_000, 750, 750, 300, 300,
    ]);
    expect([39, 40, 60].map((total) => sizeAt(steps, total, 3))).toEqual([3, 2, 1]);
    expect(shareAt([], 100)).toBe(1_000);
  });

  it("is one contract at least", () => {
    expect([1, 2, 3].map((quantity) => sizeAt(steps, 60, quantity))).toEqual([1, 1, 1]);
  });
});

const anyFound = fc.integer({ min: -20_000, max: 20_000 });
const findings = fc
  .tuple(...SCORE_PARTS.map(() => fc.option(anyFound)))
  .map((found) => allParts((part) => found[SCORE_PARTS.indexOf(part)] ?? null));

const curveOf = (rises: boolean): fc.Arbitrary<readonly Knot[]> =>
  fc
    .tuple(
      fc.uniqueArray(anyFound, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }),
    )
    .map(([ats, points]) => {
      const ordered = points.toSorted((a, b) => (rises ? a - b : b - a));
      return ats
        .toSorted((a, b) => a - b)
        .map((at, index) => ({ at, points: ordered[index] ?? 0 }));
    });

/** Any weights that make 100. */
const weights = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 7, maxLength: 7 })
  .map((cuts) => {
    const marks = [0, ...cuts.toSorted((a, b) => a - b), 100];
    return allParts((part) => {
      const index = SCORE_PARTS.indexOf(part);
      return (marks[index + 1] ?? 0) - (marks[index] ?? 0);
    });
  });

const model: fc.Arbitrary<ScoreModel> = fc
  .tuple(weights, fc.tuple(...SCORE_PARTS.map((part) => curveOf(RISES[part]))), fc.nat(100))
  .map(([shares, curves, unknown]) => ({
    weights: shares,
    curves: allParts((part) => curves[SCORE_PARTS.indexOf(part)] ?? []),
    unknown,
  }));

describe("whatever the model", () => {
  const models = fc.oneof(fc.constant(DEFAULT_SCORE), model);

  it("a score lies between 0 and 100, in whole numbers, and so does every part", () => {
    fc.assert(
      fc.property(findings, models, (found, by) => {
        const { total, parts } = scoreOf(found, by);
        const all = [total, ...SCORE_PARTS.map((part) => parts[part][1])];
        expect(all.every((one) => Number.isInteger(one) && one >= 0 && one <= 100)).toBe(true);
      }),
    );
  });

  it("a part rises with its own danger alone, and the score with it", () => {
    const change = fc.tuple(fc.constantFrom(...SCORE_PARTS), anyFound, anyFound);
    fc.assert(
      fc.property(findings, models, change, (found, by, [part, one, other]) => {
        const isSafer = (a: number, b: number) => (RISES[part] ? a <= b : a >= b);
        const [safe, risky] = isSafer(one, other) ? [one, other] : [other, one];
        const [before, after] = [safe, risky].map((value) =>
          scoreOf({ ...found, [part]: value }, by),
        );
        expect(before?.parts[part][1] ?? 0).toBeLessThanOrEqual(after?.parts[part][1] ?? -1);
        expect(before?.total ?? 0).toBeLessThanOrEqual(after?.total ?? -1);
        for (const another of SCORE_PARTS)
          if (another !== part) expect(before?.parts[another]).toEqual(after?.parts[another]);
      }),
    );
  });

  it("no score falls when several things get worse at once", () => {
    fc.assert(
      fc.property(findings, findings, models, (one, other, by) => {
        const worse = allParts((part) => {
          const [a, b] = [one[part], other[part]];
          if (a === null || b === null) return a;
          return RISES[part] ? Math.max(a, b) : Math.min(a, b);
        });
        expect(scoreOf(one, by).total).toBeLessThanOrEqual(scoreOf(worse, by).total);
      }),
    );
  });

  it("no size rises with the score", () => {
    const curve = fc
      .tuple(
        fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 5 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 5, maxLength: 5 }),
      )
      .map(([froms, shares]) => {
        const falling = shares.toSorted((a, b) => b - a);
        return froms
          .toSorted((a, b) => a - b)
          .map((from, index) => ({ from, share: falling[index] ?? 1 }));
      });
    const total = fc.nat(100);
    fc.assert(
      fc.property(curve, total, total, fc.integer({ min: 1, max: 50 }), (steps, a, b, quantity) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const size = sizeAt(steps, high, quantity);
        expect(size).toBeLessThanOrEqual(sizeAt(steps, low, quantity));
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(quantity);
      }),
    );
  });
});
