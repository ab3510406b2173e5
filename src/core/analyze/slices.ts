/**
 * Long loops in slices: each passes over a stretch of trades and yields, so that whoever paces them
 * gives the event loop a turn in between. A slice takes a few milliseconds at most.
 */

/** A computation that may be put down after each slice. */
export type Sliced<T> = Generator<undefined, T, undefined>;

/** Of ten columns so many fit the nearest caches together. */
export const SLICE = 4_096;

/** Calls `take` for every stretch from 0 to `length`. */
export function* inSlices(length: number, take: (from: number, to: number) => void): Sliced<void> {
  for (let from = 0; from < length; from += SLICE) {
    take(from, Math.min(length, from + SLICE));
    yield;
  }
}

/** The same from the end to the beginning. */
export function* inSlicesBackward(
  length: number,
  take: (from: number, to: number) => void,
): Sliced<void> {
  for (let to = length; to > 0; to -= SLICE) {
    take(Math.max(0, to - SLICE), to);
    yield;
  }
}

/** All of it in one go. */
export function finished<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
