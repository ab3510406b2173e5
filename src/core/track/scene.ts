/** What a trade may look at while it is attended: the moment, a fresh price, the venue's powers. */
import { directionOf } from "../model/alert.ts";
import type { OrderId } from "../model/ids.ts";
import type { Quote } from "../model/quote.ts";
import type { BracketSupport } from "../model/rules.ts";
import type { Exit, Leg, Trade, Tranche } from "../model/trade.ts";
import { type Millis, type Ticks, ticks } from "../model/units.ts";
import type { VenueFill } from "../model/venue.ts";
import type { TradeTimes } from "../risk/hours.ts";

export interface Scene extends TradeTimes {
  readonly at: Millis;
  /** Null when there is none young enough to be called a price. */
  readonly quote: Quote | null;
  /** The newest quote however old: enough to find a way out, never to judge one. */
  readonly lastQuote: Quote | null;
  readonly brackets: BracketSupport;
  /** False while the account is halted or may only reduce: what has not filled must not fill. */
  readonly mayEnter: boolean;
  /** Nothing is known to have been missed: the next entry may follow the one before it. */
  readonly compared: boolean;
  readonly beside: Beside;
  /**
   * The list this turn folds shows less of the contract than the books hold. A stop placed for what
   * is gone would open a position of its own.
   */
  readonly fewer: boolean;
  /** When the venue was asked for the truth this turn folds; null in any other turn. */
  readonly truthAt: Millis | null;
  /**
   * The list this turn folds shows that order as cancelled, and every fill that was booked of this
   * trade: what it covered is bare. Null: of one that no list has ever shown.
   */
  readonly showsGone: (order: OrderId | null) => boolean;
  /** The last fill that this turn folds, with the venue's time; null in any other turn. */
  readonly fill: Pick<VenueFill, "at" | "price"> | null;
}

/**
 * What else is open in this contract on this account. A venue knows only the sum of it: two sides
 * cancel each other out, and its close call takes whatever is left, whoever it belongs to.
 */
export type Beside =
  | "nothing"
  | "same-side"
  /** A long beside a short, as when an order that was given up fills after all. */
  | "opposite"
  /** One that sold more than it held. */
  | "reversed";

/** This turn folds the venue's own list, and it is younger than all we knew of this leg. */
export const knowsBetter = ({ truthAt }: Scene, { filledAt }: Tranche, leg: Leg): boolean =>
  truthAt !== null && truthAt > Math.max(filledAt ?? 0, leg.touchedAt);

/** Long enough for a venue to answer, report and settle; then we ask, or act, again. */
export const PATIENCE = 2_000;
/** Of a stop: contracts are bare meanwhile. The list, asked every second, may say that it is there. */
const STOP_PATIENCE = 1_500;
/** The same where nobody knows whether it arrived: its tag keeps it from being there twice. */
const LOST_PATIENCE = 300;

/** A venue that answers nothing at all is asked as often as one that says nothing. */
export const stopPatience = ({ state, placedAt, touchedAt }: Leg): number =>
  state === "unknown" && touchedAt < placedAt + STOP_PATIENCE ? LOST_PATIENCE : STOP_PATIENCE;

/**
 * What was in vain again and again is asked for more seldom: where calls are counted, those would be
 * missing that say why, and nobody but the venue's own list can end it.
 */
const PATIENCE_MAX = 5 * PATIENCE;
const EAGER_TRIES = 3;

/** Of a close. With a new reason to leave, what was in vain before counts no more. */
export const closePatience = ({ closeTries, closeAskedAt, since }: Exit): number => {
  const isNew = (closeAskedAt ?? 0) < since + EAGER_TRIES * PATIENCE;
  return isNew || closeTries <= EAGER_TRIES ? PATIENCE : PATIENCE_MAX;
};

/** Of a target, which can wait: the stop protects. */
export const targetPatience = ({ placedAt, touchedAt }: Leg): number =>
  Math.min(PATIENCE_MAX, Math.max(PATIENCE, touchedAt - placedAt));

/** How long a filled contract may wait for its stop to show when the venue cannot be read. */
export const UNSEEN_MAX = 10_000;

/** What leaving at once would get: the bid for a long. */
export const exitPrice = (trade: Trade, quote: Quote): Ticks =>
  trade.plan.side === "long" ? quote.bid : quote.ask;

/** Through the opposite quote by this much, a limit is as good as a market order. */
export const THROUGH = 8;

export const marketablePrice = (trade: Trade, quote: Quote): Ticks =>
  ticks(exitPrice(trade, quote) - directionOf(trade.plan.side) * THROUGH);
