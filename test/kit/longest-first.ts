/**
 * The few files that take longest begin first.
 *
 * On a fresh clone Vitest knows no times and begins with the largest files; ours that take a minute
 * are among the smallest, so they would begin last, and one processor would wait for the other. Those
 * that wait for processes of their own go beside those that compute.
 */
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { home } from "./tree.ts";

/** Seconds on two quiet processors in November 2026; only their order counts. */
export const LONG: Readonly<Record<string, number>> = {
  "test/acceptance/tour.test.ts": 90,
  "test/storm/storm.test.ts": 70,
  "test/production/kill-matrix.test.ts": 60,
  "test/security/secrets.test.ts": 25,
  "test/integration/process.test.ts": 20,
  "test/integration/live-process.test.ts": 19,
  "test/integration/panic-live.test.ts": 15,
  "test/integration/live-modes.test.ts": 12,
  "test/production/power-cut.test.ts": 12,
  "test/scenarios.test.ts": 10,
  "test/integration/starting.test.ts": 10,
  "test/integration/discord.test.ts": 9,
};

const secondsOf = ({ moduleId }: TestSpecification): number =>
  LONG[moduleId.slice(home.length).replace(/^\//, "")] ?? 0;

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((one, other) => secondsOf(other) - secondsOf(one));
  }
}
