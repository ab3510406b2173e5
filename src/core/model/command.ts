/**
 * What an operator may ask of a running house. Commands arrive as inputs and are journaled; the
 * ones about a trade name it by its number, those about an account by its id or its name.
 */
import type { Millis, Money, Ticks } from "./units.ts";

export type Command =
  | { readonly kind: "halt"; readonly reason: string }
  | { readonly kind: "resume" }
  | { readonly kind: "flatten"; readonly account: string | null }
  /** No entries before then, whatever anybody says later; null = on every account. */
  | {
      readonly kind: "lockout";
      readonly until: Millis | "next-session";
      readonly account: string | null;
    }
  /** The firm has begun the account anew: its floor, its days and its loss are those of a new one. */
  | { readonly kind: "firm-reset"; readonly account: string }
  /** The firm has paid so much out. */
  | { readonly kind: "firm-payout"; readonly account: string; readonly amount: Money }
  | { readonly kind: "switch"; readonly account: string; readonly to: "on" | "off" }
  /** Somebody is there. */
  | { readonly kind: "attend" }
  /** A test message was taken there. */
  | { readonly kind: "channel-passed"; readonly channel: string; readonly fingerprint: string }
  /** Somebody has heard the alarms that ring; `by` names who. */
  | { readonly kind: "ack"; readonly by: string }
  | { readonly kind: "close"; readonly trade: number }
  | { readonly kind: "trim"; readonly trade: number; readonly quantity: number }
  | { readonly kind: "breakeven"; readonly trade: number }
  | { readonly kind: "stop"; readonly trade: number; readonly price: Ticks }
  | { readonly kind: "target"; readonly trade: number; readonly price: Ticks }
  | { readonly kind: "cancel"; readonly trade: number }
  | { readonly kind: "release"; readonly trade: number }
  /** Answers a waiting entry by its number; `by` names who did it. */
  | { readonly kind: "approve" | "refuse"; readonly entry: number; readonly by: string };

export type CommandAnswer =
  /** `note` says what the one who asked should know besides. */
  | { readonly kind: "taken"; readonly note?: string }
  | { readonly kind: "refused"; readonly reason: string };
