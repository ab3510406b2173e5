/**
 * Where prices come from. Quotes are kept up to date silently; a listener is called only when the
 * price touches the edge of a band it asked for, so a quote that changes nothing costs nothing.
 */
import type { Root } from "../core/model/instrument.ts";
import type { Band, Quote } from "../core/model/quote.ts";
import type { PricePath } from "../core/model/stretch.ts";
import type { Millis, Ticks } from "../core/model/units.ts";

export interface MarketData {
  /** How far apart two quotes may lie in normal trading: 0 for ticks, the bar length for bars. */
  readonly resolution: Millis;
  /** The newest quote, null before the first one or for an instrument that is not followed. */
  quote(instrument: Root): Quote | null;
  /**
   * From the lowest to the highest trade of the last `RANGE_MINUTES` whole minutes; null while nobody
   * has watched for so long, or hardly anything was traded.
   */
  range(instrument: Root): Ticks | null;
  /**
   * How far trades went from that moment until now. Null before the first price, or for an instrument
   * that is not followed. Silences of less than `SILENCE_MAX` may be left out of it.
   */
  path(instrument: Root, since: Millis): PricePath | null;
  /**
   * Calls `listener` with the quote of the trade that touched or left the band; once, then the
   * band is spent. Bid and ask alone never ring.
   * Setting a band under the same key replaces it. Bands are rung in the order they were set.
   */
  watch(key: string, instrument: Root, band: Band, listener: (quote: Quote) => void): void;
  unwatch(key: string): void;
  close(): void;
}
