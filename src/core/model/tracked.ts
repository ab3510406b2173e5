/**
 * Alerts on what is read in full and never executed here: options and currencies.
 *
 * They are kept so that a trader sees what a room says, and no more. Premiums, strikes and prices
 * are decimals as they were written.
 */
import type { Side } from "./alert.ts";

export interface OptionContract {
  readonly asset: "option";
  readonly symbol: string;
  readonly right: "call" | "put";
  readonly strike: number;
  /** `2025-09-19` */
  readonly expiry: string;
}

export interface CurrencyPair {
  readonly asset: "currency";
  /** `XAUUSD` */
  readonly symbol: string;
}

export type TrackedContract = OptionContract | CurrencyPair;

export type Tracked =
  | {
      readonly kind: "entry";
      readonly contract: TrackedContract;
      readonly side: Side;
      readonly entry: number;
      readonly stop: number | null;
      readonly targets: readonly number[];
      /** Percent of the premium. */
      readonly targetsPct: readonly number[];
      readonly stopPct: number | null;
      readonly tags: readonly string[];
      /** Contracts or lots as stated; null = not said. It never sizes anything. */
      readonly quantity: number | null;
    }
  | {
      readonly kind: "update";
      readonly contract: TrackedContract;
      readonly action: "close" | "trim";
      readonly price: number | null;
      /** Thousandths; null = not said. */
      readonly share: number | null;
      readonly quantity: number | null;
    };
