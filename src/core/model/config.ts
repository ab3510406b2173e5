/**
 * The whole configuration of one program, as plain data: what runs, on which accounts, by whose
 * rules, hearing what and seeing which prices.
 *
 * ```text
 * a file ──► config source ──► Config ─┬─ settings, balances ──► the engine (start input)
 *                                      └─ the rest ────────────► the wiring, which plugs it in
 * ```
 *
 * Nothing here is checked any more: whoever makes a `Config` has checked it.
 */

import type { AccountId } from "./ids.ts";
import type { Root } from "./instrument.ts";
import type { BracketSupport, Sessions, Settings } from "./rules.ts";
import type { Millis, Money, Ticks } from "./units.ts";

/** Least to most talkative. */
export type LogLevel = "error" | "warning" | "info" | "debug";

/** What an account holds when the journal meets it for the first time. */
export interface OpeningBalance {
  readonly account: AccountId;
  readonly balance: Money;
}

/** How the paper venue behaves. */
export interface PaperConfig {
  readonly brackets: BracketSupport;
  /** Ticks by which market and stop orders fill worse than the price; limits never slip. */
  readonly slippage: Ticks;
  /** Whether a limit fills when the price trades through it, or already when it touches it. */
  readonly limitFill: "through" | "touch";
  /** From a request to its effect at the venue. */
  readonly latency: Millis;
  /** Whether an order may fill in parts. */
  readonly partials: boolean;
  /** Trading hours: the exchange's, or none at all. */
  readonly sessions: Sessions;
}

/** The order in which the prices inside one bar are assumed to have come. */
export type BarPath = "worst-first" | "high-first" | "low-first";

export type MarketConfig =
  /** No prices: alerts are judged and kept as shadows, nothing can fill them. */
  | { readonly kind: "none" }
  /** Invented prices, the same again for the same seed. The start price is one of ES, in points. */
  | { readonly kind: "simulated"; readonly seed: number; readonly startPrice: number }
  /** Recorded prices of one instrument, whose family they serve. */
  | {
      readonly kind: "file";
      readonly path: string;
      readonly instrument: Root;
      readonly barPath: BarPath;
    };

export type SourceConfig =
  | {
      readonly kind: "chat-file";
      readonly path: string;
      /** Stops at the end of the file instead of following it. */
      readonly once: boolean;
      /** Only these are heard, spelt exactly so; null hears everyone. */
      readonly authors: readonly string[] | null;
    }
  | { readonly kind: "stdin" };

export interface Config {
  /** Live trading will be a second word here. */
  readonly mode: "paper";
  readonly settings: Settings;
  /** One for each account of the settings, in the same order. */
  readonly balances: readonly OpeningBalance[];
  readonly paper: PaperConfig;
  readonly market: MarketConfig;
  readonly sources: readonly SourceConfig[];
  /** Journal, venue books and locks; a relative path counts from the working directory. */
  readonly dataDirectory: string;
  readonly logLevel: LogLevel;
  /** Whether a clean stop also closes what is open. */
  readonly flattenOnStop: boolean;
  /** Whether a running program takes alerts pasted by its operator. */
  readonly paste: boolean;
}
