/** Both sides of the book as they stood when an alert reached us: what could be had then. */
import type { Side } from "./alert.ts";
import type { Quote } from "./quote.ts";
import type { Millis, Ticks } from "./units.ts";

export interface MarketSeen {
  readonly bid: Ticks;
  readonly ask: Ticks;
  /** How old the quote was by then. */
  readonly age: Millis;
}

export const marketSeen = ({ bid, ask, at }: Quote, now: Millis): MarketSeen => ({
  bid,
  ask,
  age: Math.max(0, now - at) as Millis,
});

/** What an entry at once would have paid: the ask for a long. */
export const obtainable = ({ bid, ask }: MarketSeen, side: Side): Ticks =>
  side === "long" ? ask : bid;
