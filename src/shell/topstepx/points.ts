/**
 * Between the venue's decimal numbers and our whole ones.
 *
 * ```text
 * 6325.5 points  ◄── ticks x size of a tick ──►  25302 ticks
 * 0.36 dollars   ◄── x 10,000 ─────────────────►  3600
 * ```
 *
 * What we send is computed from whole numbers by one division, so it is the very decimal the venue
 * knows. What we read is rounded to the nearest whole number: the venue's decimals went through
 * somebody's floating point.
 */
import { ticksToPoints } from "../../core/model/instrument.ts";
import { type Money, money, type Ticks, ticks } from "../../core/model/units.ts";
import { ORDER_TYPE } from "./codes.ts";
import type { KnownContract } from "./contract-names.ts";

/** Which price an order has. */
export type PriceKind = "limit" | "stop";

/** Null for orders whose price is no plain limit or stop. */
export const priceKindOf = (type: number): PriceKind | null =>
  type === ORDER_TYPE.limit ? "limit" : type === ORDER_TYPE.stop ? "stop" : null;

export const pointsOf = ({ instrument }: KnownContract, price: Ticks): number =>
  ticksToPoints(instrument, price);

/** Null for what is no price at all. */
export function ticksNear({ instrument }: KnownContract, points: number): Ticks | null {
  const near = Math.round((points * 10 ** instrument.decimals) / instrument.tickUnits);
  return Number.isSafeInteger(near) ? ticks(near) : null;
}

const UNITS_PER_DOLLAR = 10_000;

/** Null for what is no amount at all. */
export function moneyNear(amount: number): Money | null {
  const near = Math.round(amount * UNITS_PER_DOLLAR);
  return Number.isSafeInteger(near) ? money(near) : null;
}
