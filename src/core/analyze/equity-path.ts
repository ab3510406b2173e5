/**
 * The equity after each step, its peaks, and how far and how long it lay below them.
 *
 * The first peak is the starting equity, so a loss on the first day is a drawdown. The deepest in
 * money and the deepest in parts of its peak are two findings, often at two places.
 *
 * ```text
 *      peak ──╮            ╭─ new peak
 *             ╰──╮      ╭──╯
 *                ╰─ trough ─╯      under water: the steps strictly below the last peak
 * ```
 */

export interface EquityPath {
  /** Of the deepest drawdown in money: index 0 is the start, 1 the first step. */
  readonly peak: { readonly index: number; readonly equity: number };
  readonly trough: { readonly index: number; readonly equity: number };
  readonly deepest: number;
  /** The deepest in parts of its own peak. */
  readonly deepestShare: number;
  /** Steps: the longest stretch below a peak, and the one that still lasts. */
  readonly longestBelow: number;
  readonly currentBelow: number;
  /** Mean over all steps, in parts of the peak; and mean of the squares. */
  readonly meanShare: number;
  readonly squaredShare: number;
  readonly steps: number;
  readonly end: number;
}

/** `changes` are money; `start` is above zero. */
export function pathPass(changes: Float64Array, start: number) {
  let [equity, peak, peakIndex, steps] = [start, start, 0, 0];
  let [deepest, deepestShare, shareSum, squareSum] = [0, 0, 0, 0];
  let best = { peak: { index: 0, equity: start }, trough: { index: 0, equity: start } };
  let [below, longestBelow] = [0, 0];
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        equity += changes[at] as number;
        if (equity >= peak) {
          if (equity > peak) peakIndex = at + 1;
          peak = equity;
          below = 0;
          continue;
        }
        below += 1;
        if (below > longestBelow) longestBelow = below;
        const depth = peak - equity;
        const share = depth / peak;
        shareSum += share;
        squareSum += share * share;
        if (share > deepestShare) deepestShare = share;
        if (depth > deepest) {
          deepest = depth;
          best = { peak: { index: peakIndex, equity: peak }, trough: { index: at + 1, equity } };
        }
      }
      steps += to - from;
    },
    finish: (): EquityPath => ({
      ...best,
      ...{ deepest, deepestShare, longestBelow, currentBelow: below, steps, end: equity },
      meanShare: steps === 0 ? 0 : shareSum / steps,
      squaredShare: steps === 0 ? 0 : squareSum / steps,
    }),
  };
}

/** All of it at once, for a series of days. */
export function pathOf(changes: Float64Array, start: number): EquityPath {
  const pass = pathPass(changes, start);
  pass.take(0, changes.length);
  return pass.finish();
}
