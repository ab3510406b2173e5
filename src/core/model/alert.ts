/**
 * What the alerter meant, freed from how it was typed.
 *
 * Prices are in ticks of `instrument` as written; that a trader maps ES to MES comes later.
 */
import type { Root } from "./instrument.ts";
import type { Ticks } from "./units.ts";

export type Side = "long" | "short";
export type SizeLetter = "A" | "B" | "C";

export interface Alert {
  readonly instrument: Root;
  readonly side: Side;
  readonly entry: Ticks;
  readonly stop: Ticks;
  /** Empty when the alert states none; then the trader's own exit rules apply. */
  readonly targets: readonly Ticks[];
  readonly size: SizeLetter | null;
  readonly tags: readonly string[];
  /** "5m close": a condition no venue order can express; the stop rests at the price all the same. */
  readonly stopCondition: string | null;
  /** Contracts as stated, for the record alone: it never sizes anything. */
  readonly quantity?: number;
}

/** +1 for a long, -1 for a short: multiply a price move by it to get profit. */
export const directionOf = (side: Side): 1 | -1 => (side === "long" ? 1 : -1);
