/**
 * What the venue's "no" means, in the words the core knows from every venue.
 *
 * Codes are counted per call (2 is a rejected order where one is placed, an order not found where
 * one is moved, no position where one is closed), so their names are read. Nearly every refusal of an
 * order is the same code with a sentence; then the sentence decides (topstepx-gateway, 4.4, 4.5, 7).
 */
import type { Outcome } from "../../core/model/venue.ts";
import type { PriceKind } from "./points.ts";

export type LocalRefusal = keyof typeof REASONS;

/** What is refused here, before anything is sent. */
const REASONS = {
  "account-not-found": "There is no such account here.",
  "contract-not-found": "There is no such contract here.",
  "invalid-quantity": "The quantity is not a whole number of contracts the venue takes.",
  "invalid-price": "A limit or stop order needs a whole number of ticks, a market order no price.",
  "brackets-unsupported": "This account or order cannot carry a bracket.",
  "bracket-too-near": "Bracket legs must be at least 4 ticks away.",
  "order-not-found": "There is no such order on this account.",
  "order-terminal": "The order is over.",
} as const;

export const refusedHere = (code: LocalRefusal): Outcome => ({
  kind: "refused",
  code,
  reason: REASONS[code],
});

/** The venue's words, and what they mean. The first that fits counts. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/custom tag is already in use/i, "tag-in-use"],
  [/position brackets|auto oco/i, "brackets-unsupported"],
  [/trading is currently unavailable|not in an active trading status/i, "market-closed"],
  [/not aligned to tick size|requires a price|outside allowed range/i, "invalid-price"],
  [/at least \d+ ticks/i, "bracket-too-near"],
  [/invalid (stop loss|take profit) (ticks|type)/i, "invalid-bracket"],
  [/velocity/i, "too-fast"],
  [/not enough margin/i, "insufficient-funds"],
  [/maximum position/i, "position-limit"],
  [/too many working orders/i, "too-many-orders"],
  [/invalid order size/i, "invalid-quantity"],
  [/invalid symbol/i, "contract-not-found"],
  [/suspended orders cannot/i, "order-suspended"],
  [/follower accounts|live accounts not supported|not allowed to trade/i, "account-rejected"],
];

/** Too far away, or on the wrong side of the market: of a stop it is the latter that happens. */
const OUT_OF_RANGE = /outside allowed range/i;

const BY_NAME: Readonly<Record<string, string>> = {
  AccountNotFound: "account-not-found",
  AccountRejected: "account-rejected",
  AccountViolation: "account-violation",
  ContractNotActive: "contract-not-active",
  ContractNotFound: "contract-not-found",
  InsufficientFunds: "insufficient-funds",
  InvalidCloseSize: "invalid-close-size",
  OrderNotFound: "order-not-found",
  OutsideTradingHours: "market-closed",
  PositionNotFound: "no-position",
};

interface Refusal {
  readonly name: string;
  readonly reason: string;
}

/** `about` is the kind of price the order has, null for those without. */
export function outcomeOf({ name, reason }: Refusal, about: PriceKind | null): Outcome {
  const words = reason === "" ? name : reason;
  const isThrough = about === "stop" && OUT_OF_RANGE.test(reason);
  const said = SENTENCES.find(([sentence]) => sentence.test(reason))?.[1];
  const named = isThrough ? "price-through-market" : (said ?? BY_NAME[name] ?? "order-rejected");
  return { kind: "refused", code: named, reason: words };
}

/** The account itself is refused, not this order: whatever is tried next would be too. */
export const barsAccount = (outcome: Outcome): boolean =>
  outcome.kind === "refused" &&
  (outcome.code === "account-violation" || outcome.code === "account-rejected");
