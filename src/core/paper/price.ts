/**
 * At which price an order trades, and which price wakes it.
 *
 * ```text
 * market buy        ask + slippage             a book without two sides (a bar feed) counts as
 * market sell       bid - slippage             last with slippage
 * limit, arriving   what the other side offers now, never beyond the limit
 * limit, resting    its own price, once the market traded through it (or touched it, if so set)
 * stop              the worse of its price and the print that set it off, then slippage
 * ```
 */
import type { Quote } from "../model/quote.ts";
import { type Ticks, ticks } from "../model/units.ts";
import type { BuySell } from "../model/venue.ts";
import type { VenueSettings } from "./settings.ts";
import type { PaperOrder } from "./state.ts";

/** A price this many ticks worse for somebody on that side. */
export const worse = (side: BuySell, price: Ticks, by: number): Ticks =>
  ticks(side === "buy" ? price + by : price - by);

/** What a market order gets. */
export const marketPrice = (side: BuySell, quote: Quote, slippage: Ticks): Ticks =>
  worse(side, side === "buy" ? quote.ask : quote.bid, slippage);

/** Whether the other side of the book already offers what this limit asks for. */
export const isMarketable = (side: BuySell, limit: Ticks, quote: Quote): boolean =>
  side === "buy" ? limit >= quote.ask : limit <= quote.bid;

/** What a marketable limit gets: the offer of the other side, never a price beyond the limit. */
export function takingPrice(side: BuySell, limit: Ticks, quote: Quote, slippage: Ticks): Ticks {
  if (quote.bid < quote.ask) return side === "buy" ? quote.ask : quote.bid;
  const paid = worse(side, quote.last, slippage);
  return ticks(side === "buy" ? Math.min(limit, paid) : Math.max(limit, paid));
}

/** What a stop gets that this print, or one just before it, has set off. */
export function stopPrice(side: BuySell, stop: Ticks, quote: Quote, slippage: Ticks): Ticks {
  const gapped = side === "buy" ? Math.max(stop, quote.last) : Math.min(stop, quote.last);
  return worse(side, ticks(gapped), slippage);
}

/** Whether a stop at this price would go off at once. */
export const isThrough = (side: BuySell, stop: Ticks, quote: Quote): boolean =>
  side === "buy" ? stop <= quote.last : stop >= quote.last;

export interface Trigger {
  readonly when: "below" | "above";
  readonly price: Ticks;
}

/** No price is higher: a level below which the market always is. */
const ANY_PRICE = ticks(Number.MAX_SAFE_INTEGER);

/** The price at which something must be done about an order; null while it is suspended or over. */
export function triggerOf(
  order: PaperOrder,
  limitFill: VenueSettings["limitFill"],
): Trigger | null {
  const { status, price, side } = order.view;
  if (status !== "working" || price === null) return null;
  if (order.waiting) return { when: "below", price: ANY_PRICE };
  const beyond = order.type === "limit" && limitFill === "through" ? 1 : 0;
  // Buy limits and sell stops wait for the price to fall, the other two for it to rise.
  return (order.type === "limit") === (side === "buy")
    ? { when: "below", price: ticks(price - beyond) }
    : { when: "above", price: ticks(price + beyond) };
}

/** Whether a report of the market reached that price. */
export const reaches = (quote: Quote, trigger: Trigger): boolean =>
  trigger.when === "below" ? quote.low <= trigger.price : quote.high >= trigger.price;
