/**
 * Everything that can happen to the paper venue. Each event carries all it needs (time and price),
 * so a list of events is a complete record: applied again, it gives the same books.
 */
import type { FeeSchedule } from "../model/fees.ts";
import type { AccountId, OrderId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import type { Quote } from "../model/quote.ts";
import type { Millis, Money } from "../model/units.ts";
import type { VenueFill, VenueOrder, VenueRequest } from "../model/venue.ts";
import type { VenueSettings } from "./settings.ts";
import type { PaperPosition, SessionState } from "./state.ts";

interface Timed {
  readonly at: Millis;
}

export type VenueEvent =
  /** A request arrives; `quote` is the newest price of its instrument, null before the first. */
  | (Timed & {
      readonly kind: "request";
      readonly request: VenueRequest;
      readonly quote: Quote | null;
    })
  /** The market moved; high and low reach back to the report before, or to a change of orders. */
  | (Timed & { readonly kind: "price"; readonly quote: Quote })
  | (Timed & {
      readonly kind: "session";
      readonly instrument: Root;
      readonly session: SessionState;
      readonly quotesFrom: Millis;
    })
  /** Somebody wants to see an account; `askedAt` is when the question left. */
  | (Timed & {
      readonly kind: "ask";
      readonly account: AccountId;
      readonly askedAt: Millis;
      readonly since: Millis;
    })
  /** Opens an account, or gives a known one its fees; the balance counts only the first time. */
  | (Timed & {
      readonly kind: "account";
      readonly account: AccountId;
      readonly balance: Money;
      readonly fees: FeeSchedule;
    })
  /** Where links act only when told: now they do, for so many contracts `order` has filled. */
  | (Timed & {
      readonly kind: "follow";
      readonly account: AccountId;
      readonly order: OrderId;
      readonly quantity: number;
      /** Of everything it filled so far, ticks; perhaps between two. */
      readonly average: number;
    })
  | (Timed & { readonly kind: "settings"; readonly settings: VenueSettings })
  | (Timed & {
      readonly kind: "rebuild";
      readonly account: AccountId;
      readonly books: AccountBooks;
    });

export type RequestEvent = Extract<VenueEvent, { kind: "request" }>;

/** What an account should look like, by somebody else's better memory. */
export interface AccountBooks {
  readonly balance: Money;
  readonly positions: readonly PaperPosition[];
  readonly orders: readonly VenueOrder[];
  readonly fills: readonly VenueFill[];
}
