/**
 * A market that stands still until somebody moves it: for tests, and wherever one price is enough.
 */
import type { Root } from "../../core/model/instrument.ts";
import { type PriceTrail, priceTrail } from "../../core/model/price-trail.ts";
import type { Band, Quote } from "../../core/model/quote.ts";
import { type RecentRange, recentRange } from "../../core/model/recent-range.ts";
import { millis, type Ticks, ticks } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MarketData } from "../../ports/market-data.ts";

export interface FixedMarket extends MarketData {
  /** The new price of its instrument; rings the bands it touches, in the order they were set. */
  setQuote(quote: Quote): void;
}

interface Watch {
  readonly instrument: Root;
  readonly band: Band;
  readonly listener: (quote: Quote) => void;
}

/** How far the price went since a listener's last report. */
interface Reach {
  readonly instrument: Root;
  readonly high: Ticks | null;
  readonly low: Ticks | null;
}

export function fixedMarket(clock: Clock, resolution = millis(0)): FixedMarket {
  const quotes = new Map<Root, Quote>();
  const ranges = new Map<Root, RecentRange>();
  const trails = new Map<Root, PriceTrail>();
  const watches = new Map<string, Watch>();
  const reaches = new Map<string, Reach>();

  const ring = (key: string, watch: Watch): void => {
    const quote = quotes.get(watch.instrument);
    // Replaced, or the price has gone away again before its turn came.
    if (watches.get(key) !== watch || quote === undefined || !touches(quote, watch.band)) return;
    const { high, low } = reaches.get(key) ?? fresh(watch.instrument);
    watches.delete(key);
    reaches.set(key, fresh(watch.instrument));
    watch.listener({
      ...quote,
      high: ticks(Math.max(quote.last, high ?? quote.last)),
      low: ticks(Math.min(quote.last, low ?? quote.last)),
    });
  };

  return {
    resolution,
    quote: (instrument) => quotes.get(instrument) ?? null,
    range: (instrument) => ranges.get(instrument)?.at(clock.now()) ?? null,
    path: (instrument, since) => trails.get(instrument)?.since(since, clock.now()) ?? null,
    watch(key, instrument, band, listener) {
      const watch = { instrument, band, listener };
      watches.delete(key); // a band set again goes to the end of the line
      watches.set(key, watch);
      if (!reaches.has(key)) reaches.set(key, fresh(instrument));
      const quote = quotes.get(instrument);
      if (quote === undefined || !touches(quote, band)) return;
      clock.schedule(clock.now(), () => ring(key, watch));
    },
    unwatch(key) {
      watches.delete(key);
      reaches.delete(key);
    },
    close: () => watches.clear(),
    setQuote(quote) {
      quotes.set(quote.instrument, quote);
      const range = ranges.get(quote.instrument) ?? recentRange();
      ranges.set(quote.instrument, range);
      const trail = trails.get(quote.instrument) ?? priceTrail();
      trails.set(quote.instrument, trail);
      for (const price of [quote.high, quote.low]) {
        range.add(price, quote.at);
        trail.add(price, quote.at);
      }
      for (const [key, reach] of reaches) {
        if (reach.instrument === quote.instrument) reaches.set(key, extended(reach, quote));
      }
      for (const [key, watch] of [...watches]) {
        if (watch.instrument === quote.instrument) ring(key, watch);
      }
    },
  };
}

const touches = ({ last }: Quote, { atOrBelow, atOrAbove }: Band): boolean =>
  (atOrBelow !== null && last <= atOrBelow) || (atOrAbove !== null && last >= atOrAbove);

const fresh = (instrument: Root): Reach => ({ instrument, high: null, low: null });

const extended = ({ instrument, high, low }: Reach, quote: Quote): Reach => ({
  instrument,
  high: ticks(Math.max(quote.high, high ?? quote.high)),
  low: ticks(Math.min(quote.low, low ?? quote.low)),
});
