/**
 * A trade from alert to close, as the ledger keeps it: what reports, mails and screens are made of.
 *
 * ```text
 * alertedAt ─► receivedAt ─► plannedAt ─► sentAt ─► filledAt ─► closedAt
 *   alerted      market        plan                   entry       exit, reach
 * ```
 *
 * Units of the house: ticks of `instrument`, ten-thousandths of a dollar, milliseconds UTC. What a
 * journal does not say (an older build, a lost answer) is null; nothing is ever guessed. What follows
 * from these (slippage, excursions, R, delays) is in `trade-measures.ts`.
 */
import type { Side, SizeLetter } from "./alert.ts";
import type { AccountId, TradeId } from "./ids.ts";
import type { Root } from "./instrument.ts";
import type { MarketSeen } from "./market-seen.ts";
import type { MessageRef } from "./message.ts";
import type { UnseenWhy } from "./stretch.ts";
import type { FillSum, Phase, TradeEnd } from "./trade.ts";
import type { TradeDate } from "./trade-date.ts";
import type { Contracts, Millis, Money, Ticks } from "./units.ts";

export interface TradeRecord {
  readonly id: TradeId;
  readonly number: number;
  readonly account: AccountId;
  readonly author: string | null;
  readonly message: MessageRef;
  /** Of the alert. */
  readonly text: string | null;
  readonly instrument: Root;
  readonly contract: string;
  readonly side: Side;
  readonly sizeLetter: SizeLetter | null;
  readonly phase: Phase;
  /** Contracts planned. */
  readonly size: Contracts;
  /** The price the alert named, and the stop and the targets planned for it. */
  readonly alerted: Ticks | null;
  readonly stop: Ticks;
  readonly targets: readonly Ticks[];
  /** The approved loss. */
  readonly risk: Money;
  /** The book when the alert reached us. */
  readonly market: MarketSeen | null;
  readonly entry: FillSum;
  readonly exit: FillSum;
  /** Average fill in points; null before the first. */
  readonly entryPoints: number | null;
  readonly exitPoints: number | null;
  /** What exits at a stop cost beyond the stop's own price; below zero where they got a better one. */
  readonly stopSlippage: Money;
  /** Highest and lowest price while it was on, own fills included; null before the first fill. */
  readonly reach: Reach | null;
  readonly targetsHit: number;
  /** Null until it is over. */
  readonly how: TradeEnd | null;
  /** Why it was left early, withdrawn or abandoned. */
  readonly reason: string | null;
  readonly gross: Money | null;
  /** Booked so far. */
  readonly fees: Money;
  readonly net: Money | null;
  /** When the author sent the alert, by the source's clock. */
  readonly alertedAt: Millis | null;
  /** When a source of ours heard it. */
  readonly receivedAt: Millis | null;
  /** When it was decided and written down. */
  readonly plannedAt: Millis;
  /** When the first order was handed to the venue. */
  readonly sentAt: Millis | null;
  /** The first fill: by the venue's clock, and when we heard of it. */
  readonly filledAt: Millis | null;
  readonly openedAt: Millis | null;
  readonly closedAt: Millis | null;
  /** The trade date it was closed on. */
  readonly tradeDate: TradeDate | null;
}

export interface Reach {
  readonly high: Ticks;
  readonly low: Ticks;
  /** Null: nothing but its own fills is known. */
  readonly by: "ticks" | "bars" | null;
  /** Of the time it was on, nobody saw some: the price went at least so far. */
  readonly unseen: { readonly why: ReachUnseen; readonly lasted: Millis | null } | null;
}

/** `heard-late`: a fill was heard of long after it happened; `no-prices`: nobody was asked. */
export type ReachUnseen = UnseenWhy | "heard-late" | "no-prices";
