/**
 * The journal survives a power cut whole, the paper book perhaps not: its newest entries are taken
 * away between two lives, with a trade open in every phase.
 */
import { expect, test } from "vitest";
import { killMatrix } from "./kill-matrix.ts";
import { cellOf, powerCutCell } from "./steps.ts";

const MINUTE = 60_000;
const PHASES = [0, 1, 2, 3, 4, 5];

test(
  "after a power cut, in each phase, stop and target are there again and the trade ends by itself",
  async () => {
    const report = await killMatrix(PHASES.map((phase) => cellOf(15, phase, phase)));
    expect(report.violations).toEqual([]);
    expect(report.rebuilt).toBe(6);
  },
  MINUTE,
);

test(
  "however much the paper book has lost, the journal makes up for it",
  async () => {
    const cuts = [
      [0, 6],
      [1, 9],
      [4, 9],
      [3, 12],
      [8, 14],
      [10, 16],
    ] as const;
    const report = await killMatrix(
      cuts.map(([kept, lived], phase) => powerCutCell(kept, lived, phase)),
    );
    expect(report.violations).toEqual([]);
    expect(report.rebuilt).toBe(6);
  },
  MINUTE,
);
