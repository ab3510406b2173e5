/**
 * The parts of the risk score, as one table.
 *
 * | Part | Found, and its unit | Danger | Weight | Why |
 * |---|---|---|---|---|
 * | stop | loss at the worst entry, thousandths of the loss per trade allowed | rises | 20 | the one loss that is certain to be possible |
 * | floor | so many such losses fit above the firm's floor, thousandths | falls | 20 | a floor ends the account, not the day |
 * | streak | losing trades in a row | rises | 15 | the market, or the alerter, is not what it was |
 * | drawdown | below the best of the day, thousandths of the daily loss | rises | 15 | a day that gives back what it had made |
 * | concurrency | other trades that are on | rises | 10 | products move together when it matters |
 * | volatility | range of the last 15 minutes, thousandths of the stop distance | rises | 10 | a stop inside the noise is hit by noise |
 * | time | minutes of the cash session to its nearer end | falls | 5 | openings and closings jump, nights are thin |
 * | record | mean result of the author's last alerts, thousandths of R | falls | 5 | who has been wrong lately costs more to follow |
 *
 * Weights and corners are ours. What they lean on: the steps of the daily loss (50, 75, 90 %), three
 * losses in a row as the usual limit, and the hours 08:30 to 15:00 CT, between which the exchange
 * keeps its price limits of the day and outside of which those of the night.
 */
import type { ByPart, Knot, ScoreModel } from "./score.ts";

/** Whether more of what is found is more danger, or less. */
export const RISES: ByPart<boolean> = {
  stop: true,
  floor: false,
  streak: true,
  drawdown: true,
  concurrency: true,
  volatility: true,
  time: false,
  record: false,
};

const curve = (...corners: readonly (readonly [at: number, points: number])[]): readonly Knot[] =>
  corners.map(([at, points]) => ({ at, points }));

export const DEFAULT_SCORE: ScoreModel = {
  weights: {
    stop: 20,
    floor: 20,
    streak: 15,
    drawdown: 15,
    concurrency: 10,
    volatility: 10,
    time: 5,
    record: 5,
  },
  curves: {
    stop: curve([0, 0], [500, 30], [1_000, 100]),
    floor: curve([1_000, 100], [3_000, 60], [5_000, 30], [10_000, 0]),
    streak: curve([0, 0], [1, 25], [2, 60], [3, 100]),
    drawdown: curve([0, 0], [500, 40], [750, 75], [900, 100]),
    concurrency: curve([0, 0], [1, 40], [2, 75], [3, 100]),
    volatility: curve([500, 0], [1_000, 30], [2_000, 70], [4_000, 100]),
    time: curve([0, 100], [15, 60], [30, 30], [60, 0]),
    record: curve([-500, 100], [0, 50], [250, 20], [500, 0]),
  },
  unknown: 50,
};

/** What keeps a curve from being one, in words; null = nothing does. */
export function faultInCurve(knots: readonly Knot[], rises: boolean): string | null {
  for (const [index, { at, points }] of knots.entries()) {
    const before = knots[index - 1];
    if (before === undefined) continue;
    if (at <= before.at) return `${at} does not come after ${before.at}`;
    if (rises && points < before.points)
      return `points fall from ${before.points} to ${points}, and more of it is more danger`;
    if (!rises && points > before.points)
      return `points rise from ${before.points} to ${points}, and more of it is less danger`;
  }
  return null;
}
