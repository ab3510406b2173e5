/** Awaits a promise whose waits run on virtual time. */
import { millis } from "../../src/core/model/units.ts";
import type { VirtualClock } from "../../src/shell/host/virtual-clock.ts";

const STEP = 50;
const STEPS_MAX = 20_000;

export async function patient<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  let isOver = false;
  const ended = promise.finally(() => {
    isOver = true;
  });
  for (let step = 0; step < STEPS_MAX && !isOver; step++) {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    clock.runUntil(millis(clock.now() + STEP));
  }
  return ended;
}
