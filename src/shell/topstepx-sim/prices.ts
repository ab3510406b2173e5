/** The newest price of each product, as long as it is one to trade at. */
import type { Root } from "../../core/model/instrument.ts";
import type { Quote } from "../../core/model/quote.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Hours } from "./hours.ts";

export interface Prices {
  note(quote: Quote): void;
  /** Null before the first one, and from a close of the market to the first one after it. */
  now(root: Root): Quote | null;
}

export interface PriceParts {
  readonly clock: Clock;
  readonly hours: Hours;
}

export function newestPrices({ clock, hours }: PriceParts): Prices {
  const quotes = new Map<Root, Quote>();
  return {
    note: (quote) => void quotes.set(quote.instrument, quote),
    now(root) {
      const quote = quotes.get(root);
      const isStale = quote === undefined || hours.isStale(root, quote.at, clock.now());
      return isStale ? null : quote;
    },
  };
}
