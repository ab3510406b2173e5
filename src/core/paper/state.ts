/**
 * The books of the paper venue: what every account owns, owes and has resting, and which prices
 * would change that.
 *
 * ```text
 * VenueState ─┬─ accounts   cash, positions, live orders, what ended lately, tags ever used
 *             ├─ markets    per instrument: open or not, and the price levels orders wait at
 *             └─ settings   the terms of filling
 * ```
 *
 * It is plain data: written as JSON and read back it is the same state. It is also all that
 * decides: the same state and event give the same fills on every machine.
 */
import { emptyTrie, getIn, type Trie } from "../../std/trie.ts";
import type { FeeSchedule } from "../model/fees.ts";
import type { AccountId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import { type Millis, type Money, millis, type Ticks } from "../model/units.ts";
import type { VenueFill, VenueOrder } from "../model/venue.ts";
import type { VenueSettings } from "./settings.ts";

export interface VenueState {
  readonly settings: VenueSettings;
  readonly accounts: Trie<PaperAccount>;
  /** By root; an instrument nobody has traded yet has no entry. */
  readonly markets: Trie<Market>;
}

export interface PaperAccount {
  readonly id: AccountId;
  readonly fees: FeeSchedule;
  /** Begins every order and fill id; renewed when the books are rebuilt, so no id comes twice. */
  readonly series: string;
  readonly orderCount: number;
  readonly fillCount: number;
  /** Cash: opening balance plus `realised` minus `feesPaid`. */
  readonly balance: Money;
  /** Gross result of everything closed since the account opened or was rebuilt. */
  readonly realised: Money;
  readonly feesPaid: Money;
  /** Contracts held, one row a contract; a flat one has none. */
  readonly positions: readonly PaperPosition[];
  /** Working and suspended orders, oldest first. */
  readonly live: readonly PaperOrder[];
  /** Orders that ended in the last days, oldest end first. */
  readonly ended: readonly EndedOrder[];
  readonly fills: readonly VenueFill[];
  /** Every tag ever used, see tags.ts. */
  readonly tags: Trie<number>;
}

export interface PaperPosition {
  readonly contract: string;
  /** Long positive, short negative, never 0. */
  readonly net: number;
  /** Sum of price x contracts held, ticks, with the sign of `net`: their average stays exact. */
  readonly priceSum: number;
}

export type OrderType = "market" | "limit" | "stop";

export interface PaperOrder {
  /** Counts the orders of its account from 1. */
  readonly number: number;
  readonly root: Root;
  readonly type: OrderType;
  /** Sum of price x contracts over its fills. */
  readonly priceSum: number;
  /** Of a bracket child: ticks from the entry's average fill. Null: its price is its own. */
  readonly distance: Ticks | null;
  /**
   * True for a limit whose price has not met the market yet (changed while it was closed or
   * silent), and for the rest of one that took what the book offered. At the next price it takes
   * again if it can, at the market's price; only then does it rest.
   */
  readonly waiting: boolean;
  /** Of a limit: time of the last price it has dealt with. Only what trades later is news to it. */
  readonly seenAt: Millis;
  /** As the world sees it. */
  readonly view: VenueOrder;
}

export interface EndedOrder {
  readonly at: Millis;
  readonly order: VenueOrder;
}

export type SessionState = "open" | "closed" | "halted";

export interface Market {
  readonly session: SessionState;
  /** A quote older than this belongs to an earlier session: nothing trades at it any more. */
  readonly quotesFrom: Millis;
  /** Levels that ring when the price falls to them, highest first. */
  readonly below: readonly Level[];
  /** Levels that ring when the price rises to them, lowest first. */
  readonly above: readonly Level[];
}

export interface Level {
  readonly price: Ticks;
  /** Accounts with orders at this level, and how many. */
  readonly accounts: Trie<number>;
}

/** Before every price. */
export const NEVER = millis(0);

export const emptyVenue = (settings: VenueSettings): VenueState => ({
  settings,
  accounts: emptyTrie(),
  markets: emptyTrie(),
});

const UNKNOWN_MARKET: Market = { session: "open", quotesFrom: NEVER, below: [], above: [] };

export const marketIn = (markets: Trie<Market>, root: Root): Market =>
  getIn(markets, root) ?? UNKNOWN_MARKET;

export const remainingOf = (order: PaperOrder): number => order.view.quantity - order.view.filled;
