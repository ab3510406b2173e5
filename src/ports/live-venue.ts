/**
 * A live venue with everything it can be asked for, behind one login: orders, quotes, and the desk.
 *
 * Each part is used or left alone. Quotes without orders make paper trading at live prices; the desk
 * alone serves `doctor` and `panic`.
 */
import type { Millis } from "../core/model/units.ts";
import type { Broker } from "./broker.ts";
import type { MarketData } from "./market-data.ts";
import type { VenueDesk } from "./venue-desk.ts";

/** One of the lines to it. */
export interface VenueLine {
  /** Since when nothing came back over it; null while it works. */
  readonly silentSince: Millis | null;
  /** The venue's words, or those of the network. */
  readonly reason: string;
}

/** Null: nobody has used that line. */
export interface VenueLines {
  readonly rest: VenueLine | null;
  readonly userHub: VenueLine | null;
  readonly marketHub: VenueLine | null;
}

export interface LiveVenue {
  readonly broker: Broker;
  readonly market: MarketData;
  readonly desk: VenueDesk;
  /** As they are now; nothing is sent for it. */
  lines(): VenueLines;
  /** Of all parts; whoever uses one of them closes that one as well. */
  close(): void;
}
