/**
 * The steps of a daily loss: warn, half size, no more entries, everything closed.
 *
 * A step is taken once a trade date. `reached` is the highest part of the limit at which one was;
 * what comes after it is still to come, and no better price brings back what came before.
 */
import type { LossSteps } from "../model/limits.ts";
import type { LossStep } from "../model/risk-fact.ts";
import type { Money } from "../model/units.ts";

export interface StepTaken {
  readonly step: LossStep;
  /** Thousandths of the limit. */
  readonly share: number;
}

/** Thousandths of the limit that are lost, rounded down; of no limit at all, any loss is the whole. */
export const shareOf = (loss: Money, limit: Money): number =>
  loss <= 0 ? 0 : limit <= 0 ? WHOLE : Math.floor((loss * WHOLE) / limit);

const WHOLE = 1_000;

/** Those between what was reached before and `share`, the mildest first. */
export function stepsTaken(steps: LossSteps, share: number, reached: number): readonly StepTaken[] {
  return allSteps(steps).filter((one) => one.share > reached && one.share <= share);
}

/** Where the next one is taken; null = none is left. */
export const nextShare = (steps: LossSteps, reached: number): number | null =>
  allSteps(steps).find(({ share }) => share > reached)?.share ?? null;

/** Where the last one is that so much of the limit takes; 0 = none. */
export const lastShare = (steps: LossSteps, share: number): number =>
  allSteps(steps).findLast((one) => one.share <= share)?.share ?? 0;

const allSteps = ({ warn, half, block, flatten }: LossSteps): readonly StepTaken[] =>
  [
    ...warn.map((share): StepTaken => ({ step: "warn", share })),
    ...at("half-size", half),
    ...at("block", block),
    ...at("flatten", flatten),
  ].toSorted((a, b) => a.share - b.share);

const at = (step: LossStep, share: number | null): readonly StepTaken[] =>
  share === null ? [] : [{ step, share }];

const hasReached = (at: number | null, reached: number): boolean => at !== null && reached >= at;

export const isHalved = ({ half }: LossSteps, reached: number): boolean =>
  hasReached(half, reached);

/** Closing everything at a loss and going on to enter would be no limit. */
export const isBlocked = ({ block, flatten }: LossSteps, reached: number): boolean =>
  hasReached(block, reached) || hasReached(flatten, reached);
