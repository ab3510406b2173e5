/** What comes with a piece of news of a venue, because only that moment knows it. */
import type { Root } from "./instrument.ts";
import type { PricePath } from "./stretch.ts";
import type { Millis } from "./units.ts";

/** Where a way of the price begins. */
export interface PathAsked {
  readonly instrument: Root;
  readonly since: Millis;
}

export interface PathSeen extends PathAsked, PricePath {}

export interface Seen {
  /** When the entry it speaks of was handed to the venue. */
  readonly sentAt?: Millis;
  readonly paths?: readonly PathSeen[];
}
