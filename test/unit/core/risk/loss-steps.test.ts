import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LossSteps } from "../../../../src/core/model/limits.ts";
import { dollars, money } from "../../../../src/core/model/units.ts";
import {
  isBlocked,
  isHalved,
  lastShare,
  nextShare,
  shareOf,
  stepsTaken,
} from "../../../../src/core/risk/loss-steps.ts";

const USUAL: LossSteps = { warn: [500, 750, 900], half: 750, block: 900, flatten: 1_000 };
const NONE: LossSteps = { warn: [], half: null, block: null, flatten: null };

describe("the part of a limit that is lost", () => {
  it("is rounded down, and nothing for a profit", () => {
    expect(shareOf(dollars(249.99), dollars(500))).toBe(499);
    expect(shareOf(dollars(250), dollars(500))).toBe(500);
    expect(shareOf(money(-1), dollars(500))).toBe(0);
  });

  it("is the whole of no limit at all", () => {
    expect(shareOf(money(1), money(0))).toBe(1_000);
    expect(shareOf(money(0), money(0))).toBe(0);
  });
});

describe("the steps of a daily loss", () => {
  it("are taken once each, the mildest first", () => {
    expect(stepsTaken(USUAL, 499, 0)).toEqual([]);
    expect(stepsTaken(USUAL, 760, 0)).toEqual([
      { step: "warn", share: 500 },
      { step: "warn", share: 750 },
      { step: "half-size", share: 750 },
    ]);
    expect(stepsTaken(USUAL, 760, 750)).toEqual([]);
    expect(stepsTaken(USUAL, 1_200, 750).map(({ step }) => step)).toEqual([
      "warn",
      "block",
      "flatten",
    ]);
    expect(stepsTaken(NONE, 1_200, 0)).toEqual([]);
    expect(stepsTaken(USUAL, 500, 0)).toEqual([{ step: "warn", share: 500 }]);
  });

  it("come in the order of their shares, however they were written", () => {
    const odd = { warn: [900, 500], half: null, block: 400, flatten: 450 };
    expect(stepsTaken(odd, 1_000, 0).map(({ share }) => share)).toEqual([400, 450, 500, 900]);
    expect(nextShare(odd, 0)).toBe(400);
    expect(nextShare({ ...NONE, warn: [500], block: 400 }, 0)).toBe(400);
  });

  it("say where the next one is", () => {
    expect([0, 500, 900, 1_000].map((reached) => nextShare(USUAL, reached))).toEqual([
      500,
      750,
      1_000,
      null,
    ]);
  });

  it("halve and block from where they were reached on", () => {
    expect([749, 750].map((reached) => isHalved(USUAL, reached))).toEqual([false, true]);
    expect([899, 900].map((reached) => isBlocked(USUAL, reached))).toEqual([false, true]);
    expect(isBlocked({ ...USUAL, block: null }, 999)).toBe(false);
    expect(isBlocked({ ...USUAL, block: null }, 1_000)).toBe(true);
    expect([isHalved(NONE, 2_000), isBlocked(NONE, 2_000)]).toEqual([false, false]);
  });

  it("say which of them was the last that a loss has reached", () => {
    const last = [0, 499, 500, 749, 750, 900, 1_200].map((share) => lastShare(USUAL, share));
    expect(last).toEqual([0, 0, 500, 500, 750, 900, 1_000]);
    expect(lastShare(NONE, 2_000)).toBe(0);
  });

  it("once reached are not unreached, whatever the loss does afterwards", () => {
    const allowed = (reached: number): number =>
      isBlocked(USUAL, reached) ? 0 : isHalved(USUAL, reached) ? 1 : 2;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -300, max: 700 }), { maxLength: 50 }), (losses) => {
        let reached = 0;
        let before = 2;
        for (const loss of losses) {
          const taken = stepsTaken(USUAL, shareOf(dollars(loss), dollars(500)), reached);
          reached = Math.max(reached, ...taken.map(({ share }) => share));
          if (allowed(reached) > before) return false;
          before = allowed(reached);
        }
        return true;
      }),
    );
  });
});
