/**
 * Quantities as a trader reads them, for every sentence of the house: `-$757.50`, `14.2 s`.
 *
 * Prices have their own wording beside the instrument (`showPrice`), since each writes its own
 * number of decimals.
 */
import { type Millis, MONEY_PER_DOLLAR, type Money } from "./units.ts";

const MONEY_PER_CENT = MONEY_PER_DOLLAR / 100;

/** Dollars and cents, halves away from zero; the books keep the finer figure. */
export function showMoney(amount: Money): string {
  const cents = Math.round(Math.abs(amount) / MONEY_PER_CENT);
  const sign = amount < 0 && cents > 0 ? "-" : "";
  return `${sign}$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

/** `850 ms` is `0.85 s`; from a minute on the seconds are whole, from an hour on the minutes. */
export function showDuration(duration: Millis): string {
  if (duration < 60_000) return `${duration / 1000} s`;
  const seconds = Math.floor(duration / 1000);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.floor(seconds / 60);
  return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

/** Of a clock, to tenths of a second; `offset` added to its time gives the right one. */
export function showApart(offset: Millis): string {
  const apart = `${(Math.abs(offset) / 1000).toFixed(1)} s`;
  return offset < 0 ? `${apart} ahead of` : `${apart} behind`;
}

/** `1 trade`, `2 trades`. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** Thousandths as a factor: `0.5`, `2`. */
export const ratioText = (ratio: number): string => String(ratio / 1_000);

const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
