/**
 * What a trade intends, complete before the first order: one entry per tranche, each with the stop
 * and the target it is born with.
 *
 * All prices are absolute ticks of `instrument`. With `anchor: "fill"` the targets stated here are
 * counted from the alert's price and move with the average fill later.
 */
import type { Side } from "./alert.ts";
import type { Root } from "./instrument.ts";
import type { BreakerName, LossScope } from "./limits.ts";
import type { Contracts, Millis, Money, Ticks } from "./units.ts";

export interface PlannedTranche {
  readonly quantity: Contracts;
  readonly target: Ticks;
}

interface Smaller {
  readonly from: Contracts;
  readonly to: Contracts;
}

/** Why fewer contracts are bought than the size letter asks for, with the numbers it was decided by. */
export type Cut =
  /** The account takes so many thousandths of what its rules come to. */
  | (Smaller & { readonly why: "ratio"; readonly ratio: number })
  /** A live account begins small. The trade date, from 1, and how many are kept small. */
  | (Smaller & { readonly why: "probation"; readonly date: number; readonly of: number })
  /** A breaker asks for a proof, and that is bought at the smallest size. */
  | (Smaller & { readonly why: "half-open"; readonly breaker: BreakerName })
  /** So much of the daily loss was lost (thousandths) that only half is bought. */
  | (Smaller & {
      readonly why: "half-size";
      readonly scope: LossScope;
      readonly share: number;
      readonly limit: Money;
    })
  /** The firm lets no more be held. */
  | (Smaller & { readonly why: "firm-cap" } & CapRoom)
  /** No more fits below the limit, should everything that is open go to its stop. */
  | (Smaller & { readonly why: "room" } & Room)
  /** At this risk score only so much is bought (thousandths). */
  | (Smaller & { readonly why: "score"; readonly total: number; readonly share: number });

/** What a limit of the day has left: `limit - lost - open`. */
export interface Room {
  readonly scope: BudgetScope;
  readonly limit: Money;
  /** Lost today by trades that are over. */
  readonly lost: Money;
  /** What open trades can still lose, at their stops or where they stand. */
  readonly open: Money;
  /** What one contract of this entry can lose. */
  readonly each: Money;
  /** Of the firm's floor: how the limit comes about. */
  readonly floor?: FloorRoom;
  /** Of a daily limit that would cost the account: what is kept of it, and not in `limit`. */
  readonly buffer?: Money;
}

/** Whose dollars a limit counts: the trader's own, or the firm's. */
export type BudgetScope = LossScope | "firm-floor" | "firm-day";

/** `limit = cash - at - buffer`, as the firm counts. */
export interface FloorRoom {
  readonly cash: Money;
  readonly at: Money;
  readonly buffer: Money;
}

/** What a firm lets be held at once, and what is. Minis in thousandths. */
export interface CapRoom {
  readonly plan: string;
  readonly unit: "minis" | "contracts";
  readonly most: number;
  readonly held: number;
  /** What one contract of this entry counts, thousandths of a mini. */
  readonly one: number;
  /** Products that are counted together; empty: all. */
  readonly roots: readonly Root[];
  /** The report around which it allows no more than that. */
  readonly news?: CapNews;
}

export interface CapNews {
  readonly report: string;
  readonly at: Millis;
  readonly from: Millis;
  readonly until: Millis;
  /** Not even `most` itself may be held. */
  readonly below: boolean;
}

/** In journals of the first weeks, of probation alone. */
export interface EarlyCut {
  readonly from: Contracts;
  readonly date: number;
  readonly of: number;
}

export interface Plan {
  readonly instrument: Root;
  /** The month pinned for the trade's life, `MESZ26`; exits never look it up again. */
  readonly contract: string;
  readonly side: Side;
  readonly entry: { readonly kind: "limit"; readonly limit: Ticks } | { readonly kind: "market" };
  /** The price the alert named. */
  readonly alerted: Ticks;
  /** The worst entry that was approved. A fill beyond it keeps the tighter stop. */
  readonly worst: Ticks;
  /** What the brackets are counted from until the fill is known. */
  readonly expected: Ticks;
  readonly stop: Ticks;
  /** All target levels in order, also those no tranche ended up with. */
  readonly targets: readonly Ticks[];
  /** Thousandths leaving at each target, in order; used again when only part of it fills. */
  readonly shares: readonly number[];
  readonly tranches: readonly PlannedTranche[];
  readonly anchor: "alert" | "fill";
  readonly breakevenAfter: number;
  readonly onBreakevenPassed: "exit" | "keep";
  /** When resting entries are withdrawn, at the latest. */
  readonly expiresAt: Millis;
  /**
   * With a feed of bars: how long they rest from the first print after the plan. Before it nothing
   * could fill, so the time until then does not count.
   */
  readonly timeout?: Millis;
  /** One after the other; left out where the whole size was taken. */
  readonly cuts?: readonly Cut[];
  readonly cut?: EarlyCut;
  /** The approved loss: worst entry to stop, with slippage and fees. */
  readonly risk: Money;
}
