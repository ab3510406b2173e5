/** A machine that slept is noticed when it is awake again, once. */
import { expect, test } from "vitest";
import { watchGaps } from "../../../src/app/gap-watch.ts";
import { type Millis, millis } from "../../../src/core/model/units.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { NOW } from "../../kit/builders.ts";

/** A clock whose time is set by hand, with one task waiting. */
function handClock() {
  let now = NOW;
  let task: (() => void) | null = null;
  const clock: Clock = {
    now: () => now,
    schedule(_, next) {
      task = next;
      return () => {
        task = null;
      };
    },
  };
  const ring = (late: number): void => {
    now = millis(now + late);
    const due = task;
    task = null;
    due?.();
  };
  return { clock, ring, waits: () => task !== null };
}

test("a gap of more than five seconds is found, with when it was looked last", () => {
  const { clock, ring, waits } = handClock();
  const found: Millis[] = [];
  const watch = watchGaps(clock, (since) => void found.push(since));
  ring(1_000);
  ring(6_000);
  expect(found).toEqual([]);
  ring(6_001);
  expect(found).toEqual([NOW + 7_000]);
  ring(1_000);
  ring(3_600_000);
  expect(found).toEqual([NOW + 7_000, NOW + 14_001]);
  // A clock that is put back is no gap; from there it goes on.
  ring(-7_200_000);
  ring(1_000);
  expect(found).toHaveLength(2);
  watch.stop();
  expect(waits()).toBe(false);
});
