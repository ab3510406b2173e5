/** The storm's prices: a walk of one step a second with quiet, fast and jumping stretches. */
import type { Root } from "../../src/core/model/instrument.ts";
import { priceTrail } from "../../src/core/model/price-trail.ts";
import type { Band, Quote } from "../../src/core/model/quote.ts";
import { recentRange } from "../../src/core/model/recent-range.ts";
import { type Millis, millis, type Ticks, ticks } from "../../src/core/model/units.ts";
import type { MarketData } from "../../src/ports/market-data.ts";
import type { Faults } from "./weather.ts";

interface Watch {
  readonly band: Band;
  readonly listener: (quote: Quote) => void;
}

export interface StormMarket extends MarketData {
  move(at: Millis): Quote;
  now(): Quote;
  /** The program died, and with it everything it was waiting for. */
  forget(): void;
}

export function stormMarket(
  instrument: Root,
  start: Ticks,
  at: Millis,
  faults: Faults,
): StormMarket {
  const watches = new Map<string, Watch>();
  let last: number = start;
  let springBack = 0;
  let quote = quoteOf(at);
  let range = recentRange();
  let trail = priceTrail();

  function quoteOf(when: Millis): Quote {
    const [bid, ask] = [ticks(last), ticks(last + 1)];
    return { instrument, at: when, last: bid, bid, ask, high: bid, low: bid };
  }

  function walk(): void {
    const pace = [0, 1, 1, 2, 4][faults.draw("pace", 5)] ?? 1;
    last += faults.draw("walk", 2 * pace + 1) - pace;
    last += springBack;
    springBack = 0;
    // There and back within two seconds: far enough to fill both legs of a bracket nobody links.
    if (faults.strikes("price-whip")) {
      springBack = (faults.draw("whip-side", 2) * 2 - 1) * (60 + faults.draw("whip", 80));
      last -= springBack;
    }
    if (faults.strikes("price-gap"))
      last += (faults.draw("gap-side", 2) * 2 - 1) * (10 + faults.draw("gap", 50));
  }

  return {
    resolution: millis(0),
    now: () => quote,
    quote: (root) => (root === instrument ? quote : null),
    range: (root) => (root === instrument ? range.at(quote.at) : null),
    path: (root, since) => (root === instrument ? trail.since(since, quote.at) : null),
    watch: (key, _, band, listener) => void watches.set(key, { band, listener }),
    unwatch: (key) => void watches.delete(key),
    close: () => {},
    forget() {
      watches.clear();
      range = recentRange();
      trail = priceTrail();
    },
    move(when) {
      walk();
      quote = quoteOf(when);
      range.add(quote.last, when);
      trail.add(quote.last, when);
      for (const [key, { band, listener }] of [...watches]) {
        if (!touches(band, quote.last)) continue;
        watches.delete(key);
        listener(quote);
      }
      return quote;
    },
  };
}

const touches = ({ atOrAbove, atOrBelow }: Band, price: Ticks): boolean =>
  (atOrAbove !== null && price >= atOrAbove) || (atOrBelow !== null && price <= atOrBelow);
