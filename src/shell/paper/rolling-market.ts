/**
 * A market without an end: when one tape has been played, the next is made.
 *
 * ```text
 *   ├──── six hours ────┤├──── six hours ────┤├─ ...
 *   price ────────────────► goes on where it was
 *   bands ────────────────► set again on the new tape
 * ```
 *
 * A tape is made in one piece, so a short one keeps the process from standing still for long.
 */
import type { Root } from "../../core/model/instrument.ts";
import type { Band, Quote } from "../../core/model/quote.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Tape } from "../../core/paper/tape.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MarketData } from "../../ports/market-data.ts";
import { type TapeMarket, tapeMarket } from "./tape-market.ts";

export interface RollingMarketParts {
  readonly clock: Clock;
  readonly lasts: Millis;
  /** Prices from `at` on; `round` counts from 0, `before` is the market made last. */
  readonly tapes: (at: Millis, round: number, before: MarketData | null) => readonly Tape[];
}

interface Watch {
  readonly instrument: Root;
  readonly band: Band;
  readonly listener: (quote: Quote) => void;
}

export function rollingMarket({ clock, lasts, tapes }: RollingMarketParts): MarketData {
  const watches = new Map<string, Watch>();
  let round = 0;
  let before: TapeMarket | null = null;
  let present = tapeMarket(tapes(clock.now(), round, null), clock);
  let callOff = schedule();

  function schedule(): () => void {
    return clock.schedule(millis(clock.now() + lasts), roll);
  }

  function roll(): void {
    round += 1;
    present.close();
    before = present;
    present = tapeMarket(tapes(clock.now(), round, before), clock);
    for (const [key, watch] of watches) put(key, watch);
    callOff = schedule();
  }

  function put(key: string, { instrument, band, listener }: Watch): void {
    present.watch(key, instrument, band, (quote) => {
      watches.delete(key); // once, then the band is spent
      listener(quote);
    });
  }

  return {
    resolution: present.resolution,
    // Until its first print the new tape knows nothing.
    quote: (instrument) => present.quote(instrument) ?? before?.quote(instrument) ?? null,
    // Of one tape only: for the first minutes of each it is not known.
    range: (instrument) => present.range(instrument),
    watch(key, instrument, band, listener) {
      const watch = { instrument, band, listener };
      watches.delete(key); // a band set again goes to the end of the line
      watches.set(key, watch);
      put(key, watch);
    },
    unwatch(key) {
      watches.delete(key);
      present.unwatch(key);
    },
    close() {
      callOff();
      watches.clear();
      present.close();
    },
  };
}
