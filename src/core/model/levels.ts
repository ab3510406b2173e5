/**
 * From the trader's distances to price levels of one trade.
 *
 * ```text
 * long:   stop ◄── distance ── entry ── chase ──► worst      target 1 ─► target 2
 * ```
 *
 * Everything here is in ticks of the traded instrument and mirrored for shorts.
 */

import { unreachable } from "../../std/assert.ts";
import type { Result } from "../../std/result.ts";
import { err, ok } from "../../std/result.ts";
import { directionOf, type Side } from "./alert.ts";
import { distanceToTicks, type Instrument, priceToTicks } from "./instrument.ts";
import type { Chase, Distance, ExitRules } from "./rules.ts";
import { type Ticks, ticks } from "./units.ts";

/** An alert in ticks of the instrument that will be traded. */
export interface Levels {
  readonly side: Side;
  readonly entry: Ticks;
  readonly stop: Ticks;
  /** Stated by the alert; empty = the trader's own. */
  readonly targets: readonly Ticks[];
}

export const stopDistance = (levels: Levels): Ticks => ticks(Math.abs(levels.entry - levels.stop));

/** The price `distance` ticks from `from` towards profit; negative goes towards loss. */
export const towardsProfit = (side: Side, from: Ticks, distance: number): Ticks =>
  ticks(from + directionOf(side) * distance);

/** True when `price` is at `level` or beyond it in the direction of profit. */
export const reaches = (side: Side, price: Ticks, level: Ticks): boolean =>
  directionOf(side) * (price - level) >= 0;

/** The stop that risks less: the higher one for a long. */
export const tighter = (side: Side, a: Ticks, b: Ticks): Ticks => (reaches(side, a, b) ? a : b);

/** How far past the alert's price an entry may pay, ticks. Fractions round down: never more. */
export function chaseTicks(instrument: Instrument, chase: Chase, distance: Ticks): Ticks {
  if (chase.unit === "points") return distanceToTicks(instrument, chase.value);
  return ticks(Math.floor((distance * chase.value) / 1000));
}

/** Where the position leaves, nearest first, and how much of it (thousandths) leaves there. */
export interface Targets {
  readonly levels: readonly Ticks[];
  readonly shares: readonly number[];
}

/** An error when a target cannot be expressed on this instrument's grid, or is no profit. */
export function targetsFor(
  instrument: Instrument,
  exits: ExitRules,
  levels: Levels,
): Result<Targets, { readonly target: Ticks }> {
  const { side, entry } = levels;
  const wanted =
    levels.targets.length > 0 ? stated(levels.targets) : own(instrument, exits, levels);
  // Distances in different units may stand in any order; each keeps its share.
  const sorted = wanted.toSorted((a, b) => directionOf(side) * (a.level - b.level));
  const targets: Ticks[] = [];
  const shares: number[] = [];
  for (const { level, share } of sorted) {
    if (reaches(side, entry, level)) return err({ target: level });
    targets.push(level);
    shares.push(share);
  }
  return ok({ levels: targets, shares });
}

interface Leaving {
  readonly level: Ticks;
  readonly share: number;
}

/** Equal shares, rounded up: with 333 thousandths a third of 6 contracts would come out as 1. */
const stated = (targets: readonly Ticks[]): readonly Leaving[] =>
  targets.map((level) => ({ level, share: Math.ceil(1000 / targets.length) }));

const own = (instrument: Instrument, exits: ExitRules, levels: Levels): readonly Leaving[] =>
  exits.targets.map(({ at, share }) => ({ level: levelOf(instrument, at, levels), share }));

function levelOf(instrument: Instrument, distance: Distance, levels: Levels): Ticks {
  const { side, entry } = levels;
  switch (distance.unit) {
    case "points":
      return towardsProfit(side, entry, distanceToTicks(instrument, distance.value));
    case "ticks":
      return towardsProfit(side, entry, distance.value);
    case "r":
      return towardsProfit(side, entry, Math.round(distance.value * stopDistance(levels)));
    case "price": {
      const level = priceToTicks(instrument, distance.value);
      // An absolute price off this instrument's grid can never be reached on purpose: refuse it
      // the way a target without profit is refused.
      return level.ok ? level.value : entry;
    }
    default:
      return unreachable(distance);
  }
}
