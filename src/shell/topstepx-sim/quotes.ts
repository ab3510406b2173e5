/**
 * What the market hub says of a contract, and the bars its prices leave behind.
 *
 * The first quote a connection hears is whole, after that only what changed is said; the time of
 * the change is always new. Lists of trades hold a null now and then, as the real ones do.
 */
import type { Quote } from "../../core/model/quote.ts";
import type { Millis } from "../../core/model/units.ts";
import type { TradedContract } from "./contracts.ts";
import type { Heard } from "./hubs.ts";
import { pointsOf } from "./orders.ts";
import { hubStamp } from "./stamps.ts";
import type { Switches } from "./switches.ts";

/** The day of a contract, from the first price this venue saw. */
export interface DaySoFar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
}

export function daySoFar(day: DaySoFar | undefined, last: number, volume: number): DaySoFar {
  if (day === undefined) return { open: last, high: last, low: last, volume };
  const { open, high, low } = day;
  return {
    open,
    high: Math.max(high, last),
    low: Math.min(low, last),
    volume: day.volume + volume,
  };
}

/** Everything a quote can say; ticks of the books become points. */
export function wholeQuote(contract: TradedContract, quote: Quote, day: DaySoFar) {
  const points = (price: number): number => pointsOf(contract, price);
  const change = quote.last - day.open;
  return {
    symbol: contract.symbolId,
    symbolName: `/${contract.root}`,
    contract: contract.id,
    lastPrice: points(quote.last),
    bestBid: points(quote.bid),
    bestAsk: points(quote.ask),
    change: points(change),
    changePercent: day.open === 0 ? 0 : Number(((change / day.open) * 100).toFixed(2)),
    open: points(day.open),
    high: points(day.high),
    low: points(day.low),
    volume: day.volume,
  };
}

/** Said besides what changed, whatever it was. */
const ALWAYS = new Set(["symbol", "contract"]);

/** What this connection has not heard yet; null when that is nothing. */
export function quoteDelta(
  whole: Readonly<Record<string, unknown>>,
  heard: Heard,
  at: Millis,
): Readonly<Record<string, unknown>> | null {
  const { last } = heard;
  const fresh = Object.entries(whole).filter(([name, value]) => last?.[name] !== value);
  heard.last = whole;
  if (fresh.length === 0) return null;
  const said = Object.entries(whole).filter(
    ([name, value]) => last?.[name] !== value || ALWAYS.has(name),
  );
  const stamp = hubStamp(at);
  return { ...Object.fromEntries(said), lastUpdated: stamp, timestamp: stamp };
}

/** A null comes with every so manieth list. */
const NULL_EVERY = 7;

export interface Print {
  readonly contract: TradedContract;
  readonly quote: Quote;
  readonly volume: number;
  /** Counts the prints of this venue. */
  readonly number: number;
}

/** The trade behind a print: at the ask or above it somebody bought. */
export function tradeList(print: Print, nulls: Switches["listNulls"]): readonly unknown[] {
  const { contract, quote, volume, number } = print;
  const trade = {
    symbolId: contract.symbolId,
    price: pointsOf(contract, quote.last),
    timestamp: hubStamp(quote.at),
    type: quote.last >= quote.ask ? 0 : 1,
    volume,
    contractId: contract.id,
  };
  return withNull([trade], number, nulls);
}

/** Best bid and ask are all the depth there is here. */
export function depthList(print: Print, nulls: Switches["listNulls"]): readonly unknown[] {
  const { contract, quote, number } = print;
  const level = (type: number, price: number) => ({
    timestamp: hubStamp(quote.at),
    type,
    price: pointsOf(contract, price),
    volume: 1,
    currentVolume: 1,
  });
  return withNull([level(4, quote.bid), level(3, quote.ask)], number, nulls);
}

const withNull = (
  list: readonly unknown[],
  number: number,
  nulls: Switches["listNulls"],
): readonly unknown[] => (nulls === "some" && number % NULL_EVERY === 0 ? [null, ...list] : list);
