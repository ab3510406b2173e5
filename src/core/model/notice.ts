/**
 * What a person is told in good time, by the day and not by the tick: dates that run out, contracts
 * that change, a heartbeat that is missing.
 */
import type { Root } from "./instrument.ts";
import type { TradeDate } from "./trade-date.ts";
import type { Millis } from "./units.ts";

export type Notice =
  /** Holidays are known until then; `days` counts down from 30, and is negative afterwards. */
  | { readonly kind: "calendar"; readonly validUntil: TradeDate; readonly days: number }
  /** No date of this report is known any more. */
  | { readonly kind: "news"; readonly series: string; readonly validUntil: TradeDate }
  /** Entries go to another contract from that trade date on; 0 days = from this one. */
  | {
      readonly kind: "roll";
      readonly roots: readonly Root[];
      readonly from: readonly string[];
      readonly to: readonly string[];
      readonly date: TradeDate;
      readonly days: number;
    }
  /** A trade holds a contract that is no longer the front; it is left on that trade date at the latest. */
  | {
      readonly kind: "old-contract";
      readonly trade: number;
      readonly contract: string;
      readonly front: string;
      readonly lastHeld: TradeDate;
    }
  /** Entries stop then unless somebody says that he is there. */
  | { readonly kind: "attendance-due"; readonly until: Millis }
  | { readonly kind: "attendance-over"; readonly since: Millis }
  /** Nothing ran: the machine slept, or stood still. */
  | {
      readonly kind: "gap";
      readonly since: Millis;
      readonly until: Millis;
      /** Instruments whose prices were followed, and came not. */
      readonly followed: number;
      /** Trades with contracts, by their numbers. */
      readonly held: readonly number[];
      /** Questions whose time was up meanwhile, by their numbers. */
      readonly expired: readonly number[];
      readonly passed: readonly PassedCutOff[];
    };

/** A time of day that came while nothing ran: entries ended, or all was to be flat. */
export interface PassedCutOff {
  readonly what: "entries" | "flat";
  readonly at: Millis;
}
