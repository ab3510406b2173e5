/**
 * The few faults that matter.
 *
 * Delta debugging over the faults that fired: halves are masked, then quarters and so on, as long
 * as the seed still fails. Every fault keeps its place when others are masked, so what remains is a
 * true, smaller storm.
 */
import { runSeed, type StormOptions, type StormResult } from "./storm.ts";
import type { Fired } from "./weather.ts";

const RERUNS_MAX = 200;

export interface Shrunk {
  readonly result: StormResult;
  readonly kept: readonly Fired[];
  readonly masked: ReadonlySet<Fired>;
  readonly reruns: number;
}

export function shrink(failing: StormResult, options: StormOptions): Shrunk {
  let masked = new Set<Fired>(options.masked);
  let best = failing;
  let reruns = 0;
  let size = Math.ceil(failing.fired.length / 2);
  while (size >= 1 && reruns < RERUNS_MAX) {
    const smaller = dropOne(best, masked, size, options, () => reruns++ < RERUNS_MAX);
    if (smaller) ({ best, masked } = smaller);
    else if (size === 1) break;
    else size = Math.ceil(size / 2);
  }
  return { result: best, kept: best.fired, masked, reruns };
}

/** Masks one chunk of `size` faults without which the seed still fails; null when there is none. */
function dropOne(
  best: StormResult,
  masked: ReadonlySet<Fired>,
  size: number,
  options: StormOptions,
  mayRun: () => boolean,
) {
  for (let start = 0; start < best.fired.length && mayRun(); start += size) {
    const wider = new Set([...masked, ...best.fired.slice(start, start + size)]);
    const result = runSeed(best.seed, { ...options, masked: wider });
    if (result.broken.length > 0) return { best: result, masked: wider };
  }
  return null;
}
