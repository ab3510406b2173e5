/**
 * The words exchanged with a venue: what we ask, what it answers, what it reports unasked.
 *
 * ```text
 * request ──► venue ──► answer   (done | refused | not-sent | unknown)
 *                  └──► order, fill   (may arrive before the answer, twice, or never)
 * ask ────► snapshot   (the venue's truth: orders, positions, fills)
 *                  └──► link, barred   (what may have been missed; that entries are over here)
 *                  └──► clock   (how far its time is from ours)
 * ```
 *
 * A stop or target that a venue keeps for an entry ("child") carries the entry's tag in `parent`.
 */
import type { Side } from "./alert.ts";
import type { AccountId, FillId, OrderId, Tag } from "./ids.ts";
import type { Contracts, Millis, Money, Ticks } from "./units.ts";

export type OrderRole = "entry" | "stop" | "target" | "close";
export type BuySell = "buy" | "sell";

/** Bracket distances in ticks from the fill, both positive: towards loss, towards profit. */
export interface Bracket {
  readonly stopTicks: Ticks;
  readonly targetTicks: Ticks;
}

interface Addressed {
  /** Names this request; the answer repeats it. Equal requests have equal ids. */
  readonly id: string;
  readonly account: AccountId;
  readonly contract: string;
}

export type VenueRequest =
  | (Addressed & {
      readonly kind: "place";
      readonly tag: Tag;
      readonly role: "entry" | "stop" | "target";
      readonly side: BuySell;
      readonly type: "market" | "limit" | "stop";
      readonly quantity: Contracts;
      /** Limit or stop price; null for market. */
      readonly price: Ticks | null;
      /** Only on entries, only where the venue keeps brackets. */
      readonly bracket: Bracket | null;
    })
  | (Addressed & {
      readonly kind: "modify";
      readonly order: OrderId;
      /** Null leaves it as it is. */
      readonly price: Ticks | null;
      readonly quantity: Contracts | null;
    })
  | (Addressed & { readonly kind: "cancel"; readonly order: OrderId })
  /** Flattens the contract by the venue's own close call; legs keep working. */
  | (Addressed & { readonly kind: "close" })
  | (Addressed & { readonly kind: "close-part"; readonly quantity: Contracts });

export type Outcome =
  | { readonly kind: "done"; readonly order: OrderId | null }
  | { readonly kind: "refused"; readonly code: string; readonly reason: string }
  /** Certain not to have reached the venue. */
  | { readonly kind: "not-sent"; readonly reason: string }
  /** Perhaps executed, perhaps not: look first, never repeat an entry. */
  | { readonly kind: "unknown"; readonly reason: string };

export type VenueOrderStatus =
  /** A bracket child whose entry has not filled. */
  "suspended" | "working" | "filled" | "cancelled" | "expired" | "rejected";

export interface VenueOrder {
  readonly order: OrderId;
  /** Null for orders nobody tagged, such as the venue's own closing order. */
  readonly tag: string | null;
  readonly parent: string | null;
  readonly role: OrderRole;
  readonly contract: string;
  readonly side: BuySell;
  readonly status: VenueOrderStatus;
  readonly price: Ticks | null;
  readonly quantity: Contracts;
  readonly filled: Contracts;
  readonly reason: string | null;
}

export interface VenueFill {
  readonly fill: FillId;
  readonly order: OrderId;
  readonly tag: string | null;
  readonly parent: string | null;
  readonly role: OrderRole;
  readonly contract: string;
  readonly side: BuySell;
  readonly price: Ticks;
  readonly quantity: Contracts;
  /** Commission and exchange fees of this fill. */
  readonly fees: Money;
  readonly at: Millis;
}

export interface VenuePosition {
  readonly contract: string;
  /** Net contracts: long positive, short negative. */
  readonly net: number;
}

export type VenueReport =
  | {
      readonly kind: "answer";
      readonly account: AccountId;
      readonly id: string;
      readonly outcome: Outcome;
    }
  | { readonly kind: "order"; readonly account: AccountId; readonly order: VenueOrder }
  | { readonly kind: "fill"; readonly account: AccountId; readonly fill: VenueFill }
  | {
      readonly kind: "snapshot";
      readonly account: AccountId;
      /** When it was asked for: it says nothing about anything younger. */
      readonly askedAt: Millis;
      /** Every order that works, and those that ended within the time asked for. */
      readonly orders: readonly VenueOrder[];
      readonly positions: readonly VenuePosition[];
      readonly fills: readonly VenueFill[];
      readonly balance: Money;
    }
  /**
   * What the venue tells unasked is whole from now on (`up`) or has a gap from now on (`down`). Both
   * say that something may have been missed: no entry is sent until a list asked for since has been
   * compared with the books, and none at all while it is down. Said again, it is another gap.
   */
  | { readonly kind: "link"; readonly account: AccountId; readonly state: "up" | "down" }
  /**
   * Nobody enters here until a person has looked: the venue refuses the account (locked, may not
   * trade, subscription over), or the way there works no more (no token, no budget left).
   */
  | { readonly kind: "barred"; readonly account: AccountId; readonly reason: string }
  /** What to add to our time to have the venue's; said when it has moved by a tenth of a second. */
  | { readonly kind: "clock"; readonly account: AccountId; readonly offset: Millis };

export const entrySide = (side: Side): BuySell => (side === "long" ? "buy" : "sell");
export const exitSide = (side: Side): BuySell => (side === "long" ? "sell" : "buy");
