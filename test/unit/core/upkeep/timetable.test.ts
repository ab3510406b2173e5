/** When a house that starts makes its next backup. */
import { expect, it } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { FIRST_AFTER, firstDue } from "../../../../src/core/upkeep/timetable.ts";

const every = millis(6 * 3_600_000);
const now = millis(1_000_000_000);

it.each([
  ["there was none", null, now + FIRST_AFTER],
  ["the newest is an hour old", now - 3_600_000, now + 5 * 3_600_000],
  ["the newest is a week old", now - 7 * 86_400_000, now + FIRST_AFTER],
  ["the newest lies in the future", now + 86_400_000, now + every],
] as const)("when %s", (_, newestAt, due) => {
  const known = newestAt === null ? null : millis(newestAt);
  expect(firstDue({ every, newestAt: known, now })).toBe(due);
});
