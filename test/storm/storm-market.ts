/**
 * The storm's prices: a walk of one step a second with quiet, fast and jumping stretches. A mini and its
 * micro, where both are traded, have one price.
 */
import type { Root } from "../../src/core/model/instrument.ts";
import { priceTrail } from "../../src/core/model/price-trail.ts";
import type { Band, Quote } from "../../src/core/model/quote.ts";
import { recentRange } from "../../src/core/model/recent-range.ts";
import { type Millis, millis, type Ticks, ticks } from "../../src/core/model/units.ts";
import type { MarketData } from "../../src/ports/market-data.ts";
import type { Faults } from "./weather.ts";

interface Watch {
  readonly root: Root;
  readonly band: Band;
  readonly listener: (quote: Quote) => void;
}

export interface StormMarket extends MarketData {
  /** Of each product one. */
  move(at: Millis): readonly Quote[];
  now(): Quote;
  /** The program died, and with it everything it was waiting for. */
  forget(): void;
}

export function stormMarket(
  roots: readonly [Root, ...Root[]],
  start: Ticks,
  at: Millis,
  faults: Faults,
): StormMarket {
  const watches = new Map<string, Watch>();
  const [instrument] = roots;
  let last: number = start;
  let springBack = 0;
  let quote = quoteOf(at);
  let range = recentRange();
  let trail = priceTrail();

  function quoteOf(when: Millis): Quote {
    const [bid, ask] = [ticks(last), ticks(last + 1)];
    return { instrument, at: when, last: bid, bid, ask, high: bid, low: bid };
  }

  const quoteIn = (root: Root): Quote =>
    root === instrument ? quote : { ...quote, instrument: root };

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
    quote: (root) => (roots.includes(root) ? quoteIn(root) : null),
    range: (root) => (roots.includes(root) ? range.at(quote.at) : null),
    path: (root, since) => (roots.includes(root) ? trail.since(since, quote.at) : null),
    watch: (key, root, band, listener) => void watches.set(key, { root, band, listener }),
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
      for (const [key, { root, band, listener }] of [...watches]) {
        if (!touches(band, quote.last)) continue;
        watches.delete(key);
        listener(quoteIn(root));
      }
      return roots.map(quoteIn);
    },
  };
}

const touches = ({ atOrAbove, atOrBelow }: Band, price: Ticks): boolean =>
  (atOrAbove !== null && price >= atOrAbove) || (atOrBelow !== null && price <= atOrBelow);
