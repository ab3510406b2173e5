/**
 * The venue's words, letter by letter as they were seen; the ones nobody has seen are marked.
 * They exist in the answer to the call only: neither the order nor its event repeats them.
 */
export const NOT_TRADING =
  "Trading is currently unavailable. The instrument is not in an active trading status.";
export const TAG_IN_USE = "Specified custom tag is already in use";
export const POSITION_BRACKETS =
  "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets.";
export const OUT_OF_RANGE = "Invalid price. Price is outside allowed range.";
export const NO_TRAIL = "Trail Distance not set.";
export const TRAIL_TOO_FAR = "Trail Distance exceeds maximum (1000)";
export const NO_LAST_PRICE = "Cannot trail without a last price";
export const LIVE_ACCOUNT = "Live accounts not supported";

/** Seen of cancels only. */
export const followerCannot = (verb: string): string => `Follower accounts cannot ${verb} orders`;

export const notAligned = (price: "limit" | "stop" | "trail"): string =>
  `Invalid ${price} price. Price is not aligned to tick size.`;

export const stopNotBelow = (ticks: number): string =>
  `Invalid stop loss ticks (${ticks}). Ticks should be less than zero when longing.`;
export const stopTooNear = (ticks: number): string =>
  `Invalid stop loss ticks (${ticks}). Stop loss tick value should be at least 4 ticks.`;
export const stopType = (name: string): string => `Invalid stop loss type (${name})`;
export const targetNotBelow = (ticks: number): string =>
  `Invalid take profit ticks (${ticks}). Ticks should be less than zero when going short.`;

// Not seen: the mirror images, and refusals nobody has reported.
export const targetNotAbove = (ticks: number): string =>
  `Invalid take profit ticks (${ticks}). Ticks should be greater than zero when longing.`;
export const targetTooNear = (ticks: number): string =>
  `Invalid take profit ticks (${ticks}). Take profit tick value should be at least 4 ticks.`;
export const targetType = (name: string): string => `Invalid take profit type (${name})`;
export const INVALID_SIZE = "Invalid order size.";
export const INVALID_TYPE = "Invalid order type.";
export const INVALID_SIDE = "Invalid order side.";
export const NO_PRICE = "Order requires a price.";
export const MAX_CONTRACTS = "Maximum position exceeded.";
export const CANNOT_TRADE = "Account is not allowed to trade.";
export const TOO_MANY_ORDERS = "Too many working orders.";
export const SUSPENDED = "Suspended orders cannot be modified.";
