/**
 * A live venue with everything it can be asked for, behind one login: orders, quotes, and the desk.
 *
 * Each part is used or left alone. Quotes without orders make paper trading at live prices; the desk
 * alone serves `doctor` and `panic`.
 */
import type { Broker } from "./broker.ts";
import type { MarketData } from "./market-data.ts";
import type { VenueDesk } from "./venue-desk.ts";

export interface LiveVenue {
  readonly broker: Broker;
  readonly market: MarketData;
  readonly desk: VenueDesk;
  /** Of all parts; whoever uses one of them closes that one as well. */
  close(): void;
}
