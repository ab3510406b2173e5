/**
 * Do these prices belong to these alerts?
 *
 * Continuous charts are often *back-adjusted*: at each roll everything older is moved so that no gap
 * shows, by more than 50 points on ES. Alerts keep the prices of their day, so
 *
 * ```text
 *   alerts        6,326   6,341          6,352      what was said
 *   tape, moved   6,384   6,399          6,410      57.75 higher: every long "hits its targets"
 *   tape, true    6,326   6,341          6,352
 *                 ───────────────── time ─────►
 * ```
 *
 * Another contract month does the same. A single alert far from the market is a typing error, and
 * risk refuses it by itself; several in a row that are all off by about the same distance mean that
 * the prices are wrong, and any result drawn from them worthless. The adjustment may end in the
 * middle of the file, so it is looked for stretch by stretch.
 */
import { type Millis, millis, type Ticks, ticks } from "../model/units.ts";
import { indexAt, NONE, type Tape } from "./tape.ts";

/** A price somebody stated, and when; oldest first. */
export interface StatedPrice {
  readonly at: Millis;
  readonly price: Ticks;
}

export interface Basis {
  /** Statements the tape has a price for. */
  readonly compared: number;
  /** Median of stated price less tape price: what to add to the tape to get the alerts' prices. */
  readonly offset: Ticks;
  /** Half of the distances lie this close to the median. */
  readonly spread: Ticks;
  readonly from: Millis;
  readonly until: Millis;
}

/** Statements judged together: a few more than may be off by accident. */
const STRETCH = 5;
/** A tick tape with nothing for so long has a hole there; bars get twice their length if longer. */
const SILENCE_MAX = 300_000;

interface Distance {
  readonly at: Millis;
  readonly ticks: number;
}

/** The distance between statements and tape over the whole of both; null when they never meet. */
export const basisOf = (stated: readonly StatedPrice[], tape: Tape): Basis | null =>
  summaryOf(distancesOf(stated, tape));

/**
 * The first stretch of statements that all lie off the tape by about the same distance, more than
 * `collar`; null when there is none and the prices may be used.
 */
export function constantOffset(
  stated: readonly StatedPrice[],
  tape: Tape,
  collar: Ticks,
): Basis | null {
  const distances = distancesOf(stated, tape);
  const length = Math.min(STRETCH, distances.length);
  for (let from = 0; from + length <= distances.length; from++) {
    const basis = summaryOf(distances.slice(from, from + length));
    if (basis !== null && isConstant(basis, collar)) return basis;
  }
  return null;
}

/** Two of them may be off by accident; most of several, by the same distance, are not. */
const isConstant = (basis: Basis, collar: Ticks): boolean =>
  basis.compared >= 3 && Math.abs(basis.offset) > collar && basis.spread <= collar;

function distancesOf(stated: readonly StatedPrice[], tape: Tape): readonly Distance[] {
  const silenceMax = Math.max(SILENCE_MAX, tape.resolution * 2);
  let near = NONE;
  return stated.flatMap((statement) => {
    near = indexAt(tape, statement.at, near);
    const at = tape.at[near];
    if (at === undefined || statement.at - at > silenceMax) return [];
    return [{ at: statement.at, ticks: statement.price - (tape.last[near] as number) }];
  });
}

function summaryOf(distances: readonly Distance[]): Basis | null {
  const [first, final] = [distances[0], distances.at(-1)];
  if (first === undefined || final === undefined) return null;
  const offset = medianOf(distances.map((one) => one.ticks));
  return {
    compared: distances.length,
    offset: ticks(offset),
    spread: ticks(medianOf(distances.map((one) => Math.abs(one.ticks - offset)))),
    from: millis(first.at),
    until: millis(final.at),
  };
}

/** The lower of the middle two when their number is even, so that it stays a whole tick. */
function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[(values.length - 1) >> 1] as number;
}
