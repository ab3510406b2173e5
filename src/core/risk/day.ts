/**
 * What the trade date has cost so far, and what it may still cost.
 *
 * ```text
 *   booked ───┐
 *   open, at the price leaving would get, fees paid ─┴─► result of the day: the steps of the daily loss
 *   open, at the stops with slippage and fees ─────────► worst case: the gate before an entry
 * ```
 *
 * Longs are valued at the bid and shorts at the ask. Without any price a trade counts as it was
 * bought, until the first price says otherwise.
 */
import { directionOf } from "../model/alert.ts";
import { type FeeSchedule, feePerSide } from "../model/fees.ts";
import { type Instrument, worthOf } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Quote } from "../model/quote.ts";
import type { Trade } from "../model/trade.ts";
import type { TradeDate } from "../model/trade-date.ts";
import {
  grossOf,
  heldOf,
  heldOfTranche,
  lineOf,
  pendingOf,
  stopRiskOf,
  wantedOf,
} from "../model/trade-sums.ts";
import { type Money, money } from "../model/units.ts";

/** What an estimate is made in. */
export interface Prices {
  readonly quoteOf: (instrument: Instrument) => Quote | null;
  readonly fees: FeeSchedule;
  /** Ticks a stop is assumed to slip. */
  readonly slippage: number;
  readonly tradeDate: TradeDate;
}

/** Of an open trade as the venue counts it: what leaving will cost is not charged yet. */
export function markOf(trade: Trade, { quoteOf }: Pick<Prices, "quoteOf">): Money {
  const instrument = instrumentOf(trade.plan.instrument);
  const quote = quoteOf(instrument);
  if (quote === null) return money(grossOf(trade) - trade.fees);
  const { held, base } = lineOf(trade);
  const price = trade.plan.side === "long" ? quote.bid : quote.ask;
  const worth = directionOf(trade.plan.side) * instrument.tickValue;
  return money(worth * held * price + base);
}

/** Of an open trade if it were left now, all its fees in it; what had not filled is not bought. */
export function openResultOf(trade: Trade, prices: Prices): Money {
  const { root } = instrumentOf(trade.plan.instrument);
  const fees = Math.max(0, heldOf(trade)) * feePerSide(prices.fees, root, prices.tradeDate);
  return money(markOf(trade, prices) - fees);
}

export const openResult = (trades: readonly Trade[], prices: Prices): Money =>
  money(trades.reduce((sum, one) => sum + openResultOf(one, prices), 0));

/** What a trade makes in all if what is held leaves at its targets; entries that wait are left out. */
export function targetResultOf(trade: Trade, { fees, tradeDate }: Omit<Prices, "quoteOf">): Money {
  const { side, instrument: root } = trade.plan;
  const { held, base } = lineOf(trade);
  const sum = trade.tranches.reduce((so, one) => so + heldOfTranche(one) * one.targetAim, 0);
  const worth = directionOf(side) * instrumentOf(root).tickValue;
  return money(worth * sum + base - Math.max(0, held) * feePerSide(fees, root, tradeDate));
}

/**
 * The most a trade can lose by all that is known: with every unfilled entry bought at its worst and
 * everything out at its stop, or as it stands, where that is worse. A profit that is not booked
 * counts as nothing.
 */
export function worstLossOf(trade: Trade, prices: Prices): Money {
  const instrument = instrumentOf(trade.plan.instrument);
  const fee = feePerSide(prices.fees, instrument.root, prices.tradeDate);
  const pending = trade.tranches.reduce((sum, one) => sum + pendingOf(one), 0);
  const sides = Math.max(0, heldOf(trade)) + 2 * pending;
  const slipped = worthOf(instrument, prices.slippage, wantedOf(trade));
  const atStops = grossOf(trade) - trade.fees - stopRiskOf(trade) - slipped - sides * fee;
  return money(Math.max(0, -atStops, -openResultOf(trade, prices)));
}

export const worstLoss = (trades: readonly Trade[], prices: Prices): Money =>
  money(trades.reduce((sum, one) => sum + worstLossOf(one, prices), 0));
