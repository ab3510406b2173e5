/**
 * From what was found to the risk score: a curve for each part, then the weights.
 *
 * Whole numbers only, and every fraction counts as risk: points and sum are rounded up.
 */
import {
  type Findings,
  type Knot,
  type PartScore,
  SCORE_PARTS,
  type Score,
  type ScoreModel,
  type ScorePart,
  type SizeStep,
} from "../model/score.ts";

export function scoreOf(findings: Findings, model: ScoreModel): Score {
  let sum = 0;
  const scored = SCORE_PARTS.map((part): [ScorePart, PartScore] => {
    const found = findings[part];
    const weight = model.weights[part];
    const points = found === null ? model.unknown : pointsAt(model.curves[part], found);
    sum += weight * points;
    return [part, [found, points, weight]];
  });
  const parts = Object.fromEntries(scored) as Score["parts"]; // every part, once
  return { total: Math.ceil(sum / 100), parts };
}

/** Straight between two corners, level beyond the first and the last. */
export function pointsAt(knots: readonly Knot[], found: number): number {
  let before: Knot | null = null;
  for (const knot of knots) {
    if (found <= knot.at) return before === null ? knot.points : between(before, knot, found);
    before = knot;
  }
  return before?.points ?? 0;
}

function between(from: Knot, to: Knot, found: number): number {
  const [rise, run] = [to.points - from.points, to.at - from.at];
  return from.points + Math.ceil((rise * (found - from.at)) / run);
}

/** Thousandths of the size that are bought at this score. */
export const shareAt = (steps: readonly SizeStep[], total: number): number =>
  steps.findLast(({ from }) => total >= from)?.share ?? WHOLE;

const WHOLE = 1_000;

/** At least one contract: whether that may be bought is the cut-off's to say. */
export const sizeAt = (steps: readonly SizeStep[], total: number, quantity: number): number =>
  Math.max(1, Math.floor((quantity * shareAt(steps, total)) / WHOLE));
