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
import type { PricePath } from "../../core/model/stretch.ts";
import { type Millis, millis, ticks } from "../../core/model/units.ts";
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

/** A tape that was played. */
interface Past {
  readonly market: TapeMarket;
  readonly until: Millis;
}

/** So many are kept: a trade date of the shortest. */
const PAST_MAX = 24;

interface Watch {
  readonly instrument: Root;
  readonly band: Band;
  readonly listener: (quote: Quote) => void;
}

export function rollingMarket({ clock, lasts, tapes }: RollingMarketParts): MarketData {
  const watches = new Map<string, Watch>();
  let round = 0;
  let before: TapeMarket | null = null;
  /** Oldest first: for trades that began on an earlier tape. */
  const past: Past[] = [];
  let beganAt = clock.now();
  let present = tapeMarket(tapes(clock.now(), round, null), clock);
  let callOff = schedule();

  function schedule(): () => void {
    return clock.schedule(millis(clock.now() + lasts), roll);
  }

  function roll(): void {
    round += 1;
    present.close();
    before = present;
    past.push({ market: present, until: clock.now() });
    if (past.length > PAST_MAX) past.shift();
    beganAt = clock.now();
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
    path: (instrument, since) =>
      past
        .filter(({ until }) => until > since)
        .map(({ market, until }) => market.pathUntil(instrument, since, until))
        .reduceRight(joined, present.path(instrument, millis(Math.max(since, beganAt)))),
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

/** The later way after the earlier one: a tape that has not begun to print yet adds nothing. */
function joined(later: PricePath | null, earlier: PricePath | null): PricePath | null {
  if (later === null || earlier === null) return later ?? earlier;
  const [a, b] = [earlier.reach ?? later.reach, later.reach ?? earlier.reach];
  return {
    reach:
      a === null || b === null
        ? null
        : { high: ticks(Math.max(a.high, b.high)), low: ticks(Math.min(a.low, b.low)) },
    from: earlier.from,
    silence: millis(Math.max(earlier.silence, later.silence)),
  };
}
