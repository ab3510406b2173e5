/** What a limit has left for an entry, with the numbers it comes about by. */
import type { Root } from "./instrument.ts";
import type { LossScope } from "./limits.ts";
import type { Millis, Money } from "./units.ts";

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

/** What a limit lets be held of a product family, and what is. It counts a micro like a mini. */
export interface CountRoom {
  readonly family: Root;
  readonly limit: number;
  readonly held: number;
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
