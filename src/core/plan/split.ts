/**
 * How a position is divided over its targets.
 *
 * In order each target gets the floor of its share, at least one contract while any remain; the
 * last takes the rest and empty ones vanish: 1 -> all at target 1, 3 -> 1 and 2, 5 -> 2 and 3.
 */
import { type Contracts, contracts } from "../model/units.ts";

/** Contracts per target, same length as `shares` (thousandths); later ones may be zero. */
export function split(total: number, shares: readonly number[]): readonly Contracts[] {
  let left = total;
  return shares.map((share, index) => {
    const last = index === shares.length - 1;
    const part = last ? left : Math.min(left, Math.max(1, Math.floor((share * total) / 1000)));
    left -= part;
    return contracts(part);
  });
}

/**
 * Which target each tranche should leave at, given what really filled.
 *
 * A tranche has one target order, so it cannot be cut in two: one that lies within a single part of
 * the new split goes to that part's target, one that spans several stays where it is.
 */
export function splitAnew(
  entered: readonly number[],
  shares: readonly number[],
  current: readonly number[],
): readonly number[] {
  const parts = split(
    entered.reduce((sum, one) => sum + one, 0),
    shares,
  );
  let before = 0;
  return entered.map((quantity, index) => {
    const [first, last] = [partAt(parts, before + 1), partAt(parts, before + quantity)];
    before += quantity;
    return quantity > 0 && first === last ? first : (current[index] ?? first);
  });
}

/** The part in which the n-th contract (from 1) lies. */
function partAt(parts: readonly number[], nth: number): number {
  let sum = 0;
  const index = parts.findIndex((part) => {
    sum += part;
    return sum >= nth;
  });
  return index === -1 ? parts.length - 1 : index;
}
