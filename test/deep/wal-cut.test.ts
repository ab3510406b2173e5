/** The journal through 3,000 power cuts. */
import { expect, test } from "vitest";
import { cutWal } from "../production/wal-cut.ts";

test("3,000 power cuts leave whole commits, no gap, and everything that was on disk", () => {
  const report = cutWal(3_000, 4_711);
  expect(report.violations).toEqual([]);
  expect(report.cases).toBe(3_000);
  expect(Math.min(...Object.values(report.missing))).toBeGreaterThan(100);
});
