/** 102 cells: each of 17 steps in each of six phases of another trade; and a hundred others. */
import { expect, test } from "vitest";
import { seeded } from "../../src/std/seeded.ts";
import { killMatrix } from "../production/kill-matrix.ts";
import {
  freshCell,
  fullDiskCell,
  matrixOf,
  powerCutCell,
  randomCell,
} from "../production/steps.ts";

test("killed at each of 17 steps in each of six phases, the house goes on", async () => {
  const report = await killMatrix(matrixOf(102));
  expect(report.violations).toEqual([]);
  expect(report.cells).toBe(102);
  expect(report.deaths).toBeGreaterThanOrEqual(102);
  expect(report.rebuilt).toBe(6);
});

test("killed at each statement that makes a fresh directory, it starts", async () => {
  const report = await killMatrix(Array.from({ length: 14 }, (_, index) => freshCell(index + 1)));
  expect(report.violations).toEqual([]);
});

test("killed over and over while the disk refuses, it loses nothing", async () => {
  const report = await killMatrix(Array.from({ length: 8 }, (_, index) => fullDiskCell(index)));
  expect(report.violations).toEqual([]);
});

test("forty kills from outside lose nothing", async () => {
  const dice = seeded(4_711);
  const cells = Array.from({ length: 40 }, (_, number) => randomCell(number, dice.below(320)));
  expect((await killMatrix(cells)).violations).toEqual([]);
});

test("forty power cuts lose nothing that the journal knows", async () => {
  const dice = seeded(815);
  const cells = Array.from({ length: 40 }, (_, number) => {
    const lived = 5 + dice.below(12);
    return powerCutCell(dice.below(lived), lived, number);
  });
  expect((await killMatrix(cells)).violations).toEqual([]);
});
