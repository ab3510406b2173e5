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
  readonly steps: number;
  readonly end: number;
}

/** `changes` are money; `start` is above zero. */
export function pathPass(changes: Float64Array, start: number) {
  let soFar = {
    ...{ equity: start, peak: start, peakIndex: 0 },
    ...{ below: 0, longestBelow: 0, deepest: 0 },
    // The deepest in parts of its peak, kept as a pair, so that only the end divides.
    ...{ shareDepth: 0, sharePeak: start },
  };
  let best = { peak: { index: 0, equity: start }, trough: { index: 0, equity: start } };
  return {
    take(from: number, to: number): void {
      let { equity, peak, peakIndex, below, longestBelow, deepest } = soFar;
      let { shareDepth, sharePeak } = soFar;
      for (let at = from; at < to; at++) {
        equity += changes[at] as number;
        peakIndex += Number(equity > peak) * (at + 1 - peakIndex);
        peak = Math.max(peak, equity);
        const depth = peak - equity;
        below = (below + 1) * Number(depth > 0);
        longestBelow = Math.max(longestBelow, below);
        if (depth * sharePeak > shareDepth * peak) [shareDepth, sharePeak] = [depth, peak];
        if (depth <= deepest) continue;
        deepest = depth;
        best = { peak: { index: peakIndex, equity: peak }, trough: { index: at + 1, equity } };
      }
      soFar = { equity, peak, peakIndex, below, longestBelow, deepest, shareDepth, sharePeak };
    },
    finish: (): EquityPath => ({
      ...{ ...best, deepest: soFar.deepest, deepestShare: soFar.shareDepth / soFar.sharePeak },
      ...{ longestBelow: soFar.longestBelow, currentBelow: soFar.below },
      ...{ steps: changes.length, end: soFar.equity },
    }),
  };
}

/** All of it at once, for a series of days. */
export function pathOf(changes: Float64Array, start: number): EquityPath {
  const pass = pathPass(changes, start);
  pass.take(0, changes.length);
  return pass.finish();
}

/** In parts of the peak, over all steps. */
export interface Depths {
  readonly steps: number;
  readonly sum: number;
  readonly squares: number;
}

export function depthsOf(changes: Float64Array, start: number): Depths {
  let [equity, peak, sum, squares] = [start, start, 0, 0];
  for (const change of changes) {
    equity += change;
    peak = Math.max(peak, equity);
    const share = (peak - equity) / peak;
    sum += share;
    squares += share * share;
  }
  return { steps: changes.length, sum, squares };
}
