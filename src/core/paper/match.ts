/**
 * Orders meet prices.
 *
 * One report of the market may have touched several orders of an account, and it does not say in
 * which sequence. So the worst is assumed: stops go first, and of a stop and a target that were
 * both reached only the stop fills. Legs born from an entry that fills in the same report meet only
 * what certainly came after that fill: the last price, and for a limit entry the extreme on its own
 * side, since the market had to pass the limit to get there.
 *
 * ```text
 * buy limit 100, report high 130, low 80, last 95     fills at 100; its stop at 90 fills too,
 *      high ─┐                                        its target at 120 does not: the high may
 *     ───────┴── 100 ──┐     ┌── last                 have been before
 *                      └ low ┘
 * ```
 */
import type { Quote } from "../model/quote.ts";
import type { Ticks } from "../model/units.ts";
import type { BuySell } from "../model/venue.ts";
import { childrenOf } from "./brackets.ts";
import { fillAtMarket, fillLimit } from "./fills.ts";
import { isMarketable, reaches, stopPrice, takingPrice, triggerOf } from "./price.ts";
import type { PaperOrder } from "./state.ts";
import { liveOrder, putOrder, type Turn } from "./turn.ts";

/** A report of the market meets the orders of one account. */
export function meetReport(turn: Turn, quote: Quote): void {
  const { instrument } = quote;
  const reached = turn.live.filter(
    (order) => order.root === instrument && isReached(turn, order, quote),
  );
  for (const order of reached) if (order.type === "stop") tryOrder(turn, order.number, quote);
  for (const order of reached) if (order.type === "limit") tryOrder(turn, order.number, quote);
}

/**
 * A limit that has just got its price takes what the other side offers, or else rests. Without a
 * price to meet it waits for the next one.
 */
export function meetMarket(turn: Turn, order: PaperOrder, quote: Quote | null): void {
  const { price, side } = order.view;
  if (quote === null || price === null) rest(turn, order, true);
  else if (!isMarketable(side, price, quote)) rest(turn, order, false);
  else {
    const paid = takingPrice(side, price, quote, turn.settings.slippage);
    // What a thin book leaves of it goes on taking.
    fillLimit(turn, { ...order, waiting: true }, paid, quote.at);
  }
}

function rest(turn: Turn, order: PaperOrder, waiting: boolean): void {
  if (order.waiting !== waiting) putOrder(turn, { ...order, waiting });
}

function isReached(turn: Turn, order: PaperOrder, quote: Quote): boolean {
  if (order.type === "limit" && quote.at <= order.seenAt) return false;
  const trigger = triggerOf(order, turn.settings.limitFill);
  return trigger !== null && reaches(quote, trigger);
}

/** The order may have changed or ended since the report came in: it is looked at again. */
function tryOrder(turn: Turn, number: number, quote: Quote): void {
  const order = liveOrder(turn, number);
  if (order === undefined || !isReached(turn, order, quote)) return;
  trade(turn, order, quote);
  const later = afterFill(order, quote);
  for (const child of childrenOf(turn, order.view)) tryOrder(turn, child.number, later);
}

function trade(turn: Turn, order: PaperOrder, quote: Quote): void {
  const { price, side } = order.view;
  if (price === null || order.waiting) meetMarket(turn, order, quote);
  else if (order.type === "limit") fillLimit(turn, order, price, quote.at);
  else if (!isProtected(turn, side, price, quote))
    fillAtMarket(turn, order, stopPrice(side, price, quote, turn.settings.slippage));
}

/** The market jumped so far over the stop that it only rests there now. */
function isProtected(
  { settings: { stopProtection } }: Turn,
  side: BuySell,
  stop: Ticks,
  { last }: Quote,
): boolean {
  if (stopProtection === undefined) return false;
  return side === "sell" ? last < stop - stopProtection : last > stop + stopProtection;
}

/** What is left of a report for those who joined when this order filled. */
function afterFill(entry: PaperOrder, quote: Quote): Quote {
  const { last } = quote;
  const rested = entry.type === "limit" && !entry.waiting;
  const own = (extreme: Ticks, side: BuySell): Ticks =>
    rested && entry.view.side === side ? extreme : last;
  return { ...quote, low: own(quote.low, "buy"), high: own(quote.high, "sell") };
}
