/** The journal through 300 power cuts; test/deep has ten times as many. */
import { expect, test } from "vitest";
import { cutWal } from "./wal-cut.ts";

test("300 power cuts leave whole commits, no gap, and everything that was on disk", () => {
  const report = cutWal(300, 20_261_119);
  expect(report.violations).toEqual([]);
  expect(report.cases).toBe(300);
  // The cuts were real: each of the three ways a cut can end did happen.
  expect(Math.min(...Object.values(report.missing))).toBeGreaterThan(10);
}, 60_000);
