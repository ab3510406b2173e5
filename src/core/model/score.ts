/**
 * The risk score of an entry: one number from 0 (nothing speaks against it) to 100, made of eight
 * parts that can each be seen.
 *
 * ```text
 * found ──curve──► points, 0 to 100 ──weight──► share of the score
 *   95.5% of what a trade may lose   ► 94   x 20 ─┐
 *   no floor known                   ► 50   x 20 ─┼─► sum / 100, rounded up = 42
 *   ...                                          ─┘
 * ```
 *
 * A part only ever rises with its own danger (`score-table.ts` says which way that is), so a safer
 * entry never scores higher. The score is told and written down; it changes an entry only where a
 * rule set says so.
 */

/** In the order they are told. */
export const SCORE_PARTS = [
  "stop",
  "floor",
  "streak",
  "drawdown",
  "concurrency",
  "volatility",
  "time",
  "record",
] as const;

export type ScorePart = (typeof SCORE_PARTS)[number];

export type ByPart<T> = Readonly<Record<ScorePart, T>>;

/** What was found of each part, in the part's own unit; null = nobody knows. */
export type Findings = ByPart<number | null>;

/** One corner of a curve; between two of them it is straight, beyond the last ones level. */
export interface Knot {
  readonly at: number;
  readonly points: number;
}

export interface ScoreModel {
  /** They add up to 100. */
  readonly weights: ByPart<number>;
  /** Knots by rising `at`; the points of one go up, or those of another down, and never both. */
  readonly curves: ByPart<readonly Knot[]>;
  /** Points of a part of which nothing is known. */
  readonly unknown: number;
}

/** From this score on so many thousandths of the size are bought. */
export interface SizeStep {
  readonly from: number;
  readonly share: number;
}

export interface ScoreRules {
  /** Left out: the usual one. */
  readonly model?: ScoreModel;
  /** From this score on nothing is entered. Left out: the score refuses nothing. */
  readonly cutOff?: number;
  /** By rising score and falling share. Left out: the score makes nothing smaller. */
  readonly sizeCurve?: readonly SizeStep[];
}

/** Short, because a journal holds one for each account and alert. */
export type PartScore = readonly [found: number | null, points: number, weight: number];

export interface Score {
  readonly total: number;
  readonly parts: ByPart<PartScore>;
}
