/**
 * The terms on which the paper venue fills orders.
 *
 * They are part of the venue's books, not of the program's memory: a fill that happened under one
 * slippage must come out the same when the books are read back under another.
 */
import type { BracketSupport } from "../model/rules.ts";
import { type Ticks, ticks } from "../model/units.ts";

export interface VenueSettings {
  /** `native`: an entry may bring its own stop and target. `none`: such an entry is refused. */
  readonly brackets: BracketSupport;
  /** Ticks by which market and stop orders fill worse than the price; limits never slip. */
  readonly slippage: Ticks;
  /** Whether a resting limit fills when the price trades through it, or already when it touches. */
  readonly limitFill: "through" | "touch";
  /**
   * Farther than so many ticks beyond its price a stop does not fill but waits, as exchanges have it
   * ("stop with protection"). Left out: it fills wherever the market is.
   */
  readonly stopProtection?: Ticks;
  /** How thin the book is; null fills every order whole. */
  readonly partialFill: PartialFill | null;
  /**
   * When the orders of a bracket act on each other. Left out, in the same event. `when-told`: only
   * by a `follow` event, for a venue whose legs wake up, and whose siblings go, some time later.
   */
  readonly links?: "when-told";
}

export interface PartialFill {
  /** Chance in thousandths that an order of two contracts or more fills only in part. */
  readonly permille: number;
  readonly seed: number;
}

/** Slippage is 1 tick on market and stop orders, limits on trade-through. */
export const DEFAULT_VENUE: VenueSettings = {
  brackets: "native",
  slippage: ticks(1),
  limitFill: "through",
  partialFill: null,
};
