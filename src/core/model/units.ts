/**
 * The numbers of the house, each wearing its unit.
 *
 * Every quantity is a whole number: prices count exchange ticks, money counts ten-thousandths of a
 * dollar (a ZN tick is worth 15.6250 dollars, so whole cents would not do), time counts
 * milliseconds UTC. Fractions exist only where a person types or reads them.
 */
import { invariant } from "../../std/assert.ts";

declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** A price, or a distance between prices, as a whole number of the instrument's ticks. */
export type Ticks = Unit<"ticks">;
/** US dollars as whole ten-thousandths: $1.25 is 12_500. */
export type Money = Unit<"money">;
/** Milliseconds since the Unix epoch, UTC, always handed in from outside; also durations. */
export type Millis = Unit<"millis">;
export type Contracts = Unit<"contracts">;
/** How much a position counts for a firm, in thousandths of a mini: one ES 1_000, one MES 100. */
export type Weight = Unit<"weight">;

export const MONEY_PER_DOLLAR = 10_000;

export const ticks = (n: number): Ticks => whole(n, "ticks") as Ticks;
export const money = (n: number): Money => whole(n, "money") as Money;
export const millis = (n: number): Millis => whole(n, "millis") as Millis;
export const contracts = (n: number): Contracts => whole(n, "contracts") as Contracts;
export const weight = (n: number): Weight => whole(n, "weight") as Weight;

export const WEIGHT_PER_MINI = 1_000;

/** Dollars, exact to the ten-thousandth; finer fractions are a bug, not a rounding. */
export function dollars(amount: number): Money {
  const scaled = amount * MONEY_PER_DOLLAR;
  const rounded = Math.round(scaled);
  invariant(
    Math.abs(scaled - rounded) < 1e-4,
    `an amount has at most four decimals, was ${amount}`,
  );
  return money(rounded);
}

/** For screens and JSON only: `-757.5`. */
export const toDollars = (amount: Money): number => amount / MONEY_PER_DOLLAR;

function whole(n: number, name: string): number {
  // The sentence is made only when it is needed: this runs for every number of every fact.
  if (!Number.isSafeInteger(n)) invariant(false, `${name} is a safe integer, was ${n}`);
  return n === 0 ? 0 : n; // never minus zero: it prints, hashes and compares differently
}
