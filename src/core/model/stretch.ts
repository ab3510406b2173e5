/**
 * How far prices went between two moments of a trade.
 *
 * ```text
 * first fill ├──── stretch ────┤ target 1 ├──── stretch ────┤ stop
 * ```
 *
 * One stretch ends where the next begins, so together they are the way the price went while the
 * trade was on, and each is written down with the exit that ends it. Whatever nobody saw of one is
 * said with it: such a stretch knows only that the price went *at least* that far.
 */
import type { Millis, Ticks } from "./units.ts";

/** As a market tells it, of the time from a moment until now. */
export interface PricePath {
  /** Highest and lowest trade; null where there was none. */
  readonly reach: { readonly high: Ticks; readonly low: Ticks } | null;
  /** Since when that is known: later than asked for if nobody followed the price before. */
  readonly from: Millis;
  /** The longest time without a price. */
  readonly silence: Millis;
}

export type UnseenWhy =
  /** The program was down, or followed another contract. */
  | "not-followed"
  /** The feed told nothing for longer than `SILENCE_MAX`. */
  | "silent";

export interface Stretch {
  readonly high: Ticks | null;
  readonly low: Ticks | null;
  readonly by: "ticks" | "bars";
  readonly unseen?: { readonly why: UnseenWhy; readonly lasted: Millis };
}

/** Ticks may rest so long; a feed that says nothing for longer is taken for one that fell silent. */
export const SILENCE_MAX = 15_000;
