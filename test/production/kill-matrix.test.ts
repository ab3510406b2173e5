/** Real processes killed with SIGKILL; test/deep has three times as many. */
import { expect, test } from "vitest";
import { killMatrix } from "./kill-matrix.ts";
import type { Mistake } from "./orders.ts";
import { cellOf, editCells, freshCell, fullDiskCell, matrixOf, randomCell } from "./steps.ts";

const MINUTE = 60_000;

test(
  "killed at each of 17 steps in two phases of another trade, the house goes on as if nothing was",
  async () => {
    const report = await killMatrix(matrixOf(34));
    expect(report.violations).toEqual([]);
    expect(report.cells).toBe(34);
    expect(report.deaths).toBeGreaterThanOrEqual(34);
    // Both power cuts, and nothing but them, cost the paper book something.
    expect(report.rebuilt).toBe(2);
  },
  5 * MINUTE,
);

test(
  "killed while a fresh directory gets its tables, it starts as if it were the first time",
  async () => {
    const report = await killMatrix([1, 4, 7, 10, 13].map(freshCell));
    expect(report.violations).toEqual([]);
    expect(report.deaths).toBe(5);
  },
  MINUTE,
);

test(
  "killed from outside at any moment, it loses nothing",
  async () => {
    const moments = [5, 60, 115, 170, 225, 280];
    const report = await killMatrix(moments.map((after, number) => randomCell(number, after)));
    expect(report.violations).toEqual([]);
  },
  MINUTE,
);

test(
  "killed while the journal's disk refuses, it has what went into the lifeboat, and has it once",
  async () => {
    const report = await killMatrix([0, 1, 2].map(fullDiskCell));
    expect(report.violations).toEqual([]);
    expect(report.deaths).toBe(6);
  },
  MINUTE,
);

test(
  "killed while an edited alert moves the stop of its trade, the house has read it once and moved it",
  async () => {
    const report = await killMatrix(editCells);
    expect(report.violations).toEqual([]);
    expect(report.deaths).toBe(6);
  },
  MINUTE,
);

test(
  "whoever answers before it is written, or believes old books, is found out",
  async () => {
    const wrong = async (step: number, mistake: Mistake): Promise<string> => {
      const report = await killMatrix([{ ...cellOf(step, 2, 0), mistake }]);
      return report.violations.join("\n");
    };
    expect(await wrong(2, "journal-late")).toMatch(/acknowledged facts .* are not on the disk/);
    expect(await wrong(4, "book-late")).toMatch(/the paper book is not what was acknowledged/);
    expect(await wrong(15, "no-rebuild")).toMatch(/in the journal, .* at the venue/);
  },
  MINUTE,
);
