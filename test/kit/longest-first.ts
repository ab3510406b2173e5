/**
 * The few files that take longest begin first.
 *
 * On a fresh clone Vitest knows no times and begins with the largest files; ours that take a minute
 * are among the smallest, so they would begin last, and one processor would wait for the other. The
 * storm, which takes both processors, is not begun beside the tour, whose pages wait for answers.
 */
import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { home } from "./tree.ts";

/** In this order; each takes from ten seconds to a minute and a half on two quiet processors. */
export const LONG: readonly string[] = [
  "test/acceptance/tour.test.ts",
  "test/production/kill-matrix.test.ts",
  "test/storm/storm.test.ts",
  "test/security/secrets.test.ts",
  "test/integration/process.test.ts",
  "test/integration/live-process.test.ts",
  "test/integration/panic-live.test.ts",
  "test/integration/live-modes.test.ts",
  "test/production/power-cut.test.ts",
  "test/scenarios.test.ts",
  "test/integration/starting.test.ts",
  "test/integration/discord.test.ts",
];

/** The others come behind, as they would. */
const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONG.indexOf(relative(home, moduleId));
  return place < 0 ? LONG.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
