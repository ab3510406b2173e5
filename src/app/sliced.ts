/**
 * Runs a computation of the core that comes in slices, and lets everything else have its turn in
 * between: prices, alerts and stops never wait for a statistic.
 */
import type { Sliced } from "../core/analyze/slices.ts";

/** Milliseconds of one turn, well below what anybody notices. */
const TURN_MAX = 8;

export async function inTurns<T>(work: Sliced<T>, turnMax: number = TURN_MAX): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < turnMax) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
}
