/**
 * Whether a number in talk about a trade may be a price at all: of the contracts that are spoken of, or
 * of any contract where none is named.
 */
import type { PriceLimit, PriceLimits } from "../model/format.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";

/** More than anyone speaks of at once. */
const ROOTS_MAX = 6;

/** Nobody writes a price below this without a point, but for the last digits of a larger one. */
const SHORT_PRICE_MAX = 100;

export function isSanePrice(value: number, roots: readonly Root[], limits: PriceLimits): boolean {
  if (roots.length > 0)
    return roots.slice(0, ROOTS_MAX).some((one) => isPriceOf(one, value, limits));
  const isShort = value < SHORT_PRICE_MAX && Number.isInteger(value);
  return !isShort && isPriceOfAny(value, limits);
}

function isPriceOfAny(value: number, limits: PriceLimits): boolean {
  for (const root in limits) if (isWithin(value, limits[root as Root])) return true;
  return false;
}

const isWithin = (value: number, limit: PriceLimit | undefined): boolean =>
  limit !== undefined && value >= limit.min && value <= limit.max;

/** Whether a contract may stand there at all. */
export const isPriceOf = (root: Root, value: number, limits: PriceLimits): boolean =>
  isWithin(value, limits[instrumentOf(root).family]);
