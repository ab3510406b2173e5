/**
 * Keeps the machine from falling asleep while it matters.
 *
 * 1. Neither call ever fails or waits. What cannot be had is told once, by `refused`.
 * 2. Holding twice is holding once; what was never held is released without a word.
 * 3. It ends with the process, however that ends.
 */
export interface KeepAwake {
  hold(why: string): void;
  release(): void;
}
