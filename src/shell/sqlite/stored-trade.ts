/** A trade as its row of the ledger holds it, and as the record its port promises. */
import { ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { MarketSeen } from "../../core/model/market-seen.ts";
import type { FillSum } from "../../core/model/trade.ts";
import type { Reach, TradeRecord } from "../../core/model/trade-record.ts";
import { type Millis, money, type Ticks } from "../../core/model/units.ts";

type Composed =
  | ("message" | "targets" | "market" | "reach" | "stopSlippage")
  | ("entry" | "exit" | "entryPoints" | "exitPoints");

export interface StoredMarket {
  readonly bid: Ticks | null;
  readonly ask: Ticks | null;
  readonly quote_age: Millis | null;
}

export interface StoredTrade extends Omit<TradeRecord, Composed>, StoredMarket {
  readonly message: string;
  readonly targets: string;
  readonly entry_quantity: number;
  readonly entry_sum: number;
  readonly exit_quantity: number;
  readonly exit_sum: number;
  readonly stop_slip: number;
  readonly reach_high: Ticks | null;
  readonly reach_low: Ticks | null;
  readonly reach_by: Reach["by"];
  readonly unseen: NonNullable<Reach["unseen"]>["why"] | null;
  readonly unseen_for: Millis | null;
}

export function tradeRecord(stored: StoredTrade): TradeRecord {
  const { entry_quantity, entry_sum, exit_quantity, exit_sum, message, targets, ...others } =
    stored;
  const { bid, ask, quote_age, stop_slip, reach_high, reach_low, reach_by, unseen, ...rest } =
    others;
  const { unseen_for, ...row } = rest;
  const instrument = instrumentOf(stored.instrument);
  const entry = { quantity: entry_quantity, priceSum: entry_sum } as FillSum;
  const exit = { quantity: exit_quantity, priceSum: exit_sum } as FillSum;
  // The sum is turned into points first, exactly; dividing is the only rounding.
  const average = ({ quantity, priceSum }: FillSum): number | null =>
    quantity === 0 ? null : ticksToPoints(instrument, priceSum as Ticks) / quantity;
  return {
    ...row,
    message: JSON.parse(message),
    targets: JSON.parse(targets),
    market: marketOf(stored),
    entry,
    exit,
    entryPoints: average(entry),
    exitPoints: average(exit),
    stopSlippage: money(stop_slip * instrument.tickValue),
    reach: reachOf(stored),
  };
}

export const marketOf = ({ bid, ask, quote_age: age }: StoredMarket): MarketSeen | null =>
  bid === null || ask === null || age === null ? null : { bid, ask, age };

function reachOf(stored: StoredTrade): Reach | null {
  const { reach_high: high, reach_low: low, reach_by: by, unseen: why, unseen_for } = stored;
  if (high === null || low === null) return null;
  const unseen = why === null ? null : { why, lasted: unseen_for };
  return { high, low, by, unseen };
}
