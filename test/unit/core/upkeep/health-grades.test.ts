/** A figure that wavers about its limit is told once. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HealthState } from "../../../../src/core/model/health.ts";
import { tooLittle, tooMuch } from "../../../../src/core/upkeep/health-grades.ts";

const GRADES = { degraded: 100, failed: 200 };
const SCARCE = { degraded: 200, failed: 100 };

describe("a figure that is the worse the larger it is", () => {
  it.each([
    [99, "ok", "ok"],
    [100, "ok", "degraded"],
    [100, "off", "degraded"],
    [81, "degraded", "degraded"],
    [79, "degraded", "ok"],
    [200, "degraded", "failed"],
    [161, "failed", "failed"],
    [159, "failed", "degraded"],
    [79, "failed", "ok"],
  ] as const)("%i after %s is %s", (value, held, state) => {
    expect(tooMuch(value, GRADES, held)).toBe(state);
  });
});

describe("a figure that is the worse the smaller it is", () => {
  it.each([
    [201, "ok", "ok"],
    [200, "ok", "degraded"],
    [249, "degraded", "degraded"],
    [251, "degraded", "ok"],
    [100, "ok", "failed"],
    [124, "failed", "failed"],
    [126, "failed", "degraded"],
  ] as const)("%i after %s is %s", (value, held, state) => {
    expect(tooLittle(value, SCARCE, held)).toBe(state);
  });
});

it("moves at most once while a figure stays within a tenth of a limit", () => {
  const wavering = fc.array(fc.integer({ min: 91, max: 109 }), { minLength: 2, maxLength: 100 });
  fc.assert(
    fc.property(wavering, (values) => {
      let [held, moves]: [HealthState, number] = ["ok", 0];
      for (const value of values) {
        const next = tooMuch(value, GRADES, held);
        if (next !== held) moves += 1;
        held = next;
      }
      expect(moves).toBeLessThanOrEqual(1);
    }),
  );
});
