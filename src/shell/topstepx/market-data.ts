/**
 * Live prices from the market hub.
 *
 * ```text
 * hub link ─► quotes: kept, silently ──────────────┐
 *         └─► trades: kept, and bands are rung ────┴─► quote(instrument)
 * contracts of this trade date ─► which events belong to which instrument
 * ```
 *
 * How old a quote is, the venue's own time of the last change says, put on our clock: a stream that
 * repeats itself or stands still grows old, whatever arrives. A hub without any quote for 15 seconds
 * while a market that is followed is open is left for another connection.
 */
import { sessionAt } from "../../core/model/calendar.ts";
import type { Root } from "../../core/model/instrument.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Log } from "../../ports/log.ts";
import type { MarketData } from "../../ports/market-data.ts";
import type { KnownContract } from "./contract-names.ts";
import { followedPrices } from "./followed-prices.ts";
import { marketSubscriptions } from "./hub-events.ts";
import { type HubHealth, HubLink, type TokenSource } from "./hub-link.ts";
import { priceBands } from "./price-bands.ts";
import type { Transport } from "./transport.ts";

export interface LiveMarketParts {
  readonly transport: Pick<Transport, "clock" | "connect">;
  readonly tokens: TokenSource;
  readonly log: Log;
  /** Of the jitter between tries. */
  readonly seed: number;
  /** What to add to our time to have the venue's. */
  readonly clockOffset: () => Millis | null;
  /** See `HubOwner.contested`. */
  readonly contested: (reason: string) => void;
}

export interface MarketHealth extends HubHealth {
  /** Events that could not be read, and prices off the grid. */
  readonly unread: number;
  /** When each instrument's price changed last; null for never. */
  readonly freshAt: ReadonlyMap<Root, Millis | null>;
}

export interface LiveMarket extends MarketData {
  /** These and no others from here on; one that changed begins without a price. Connects, once. */
  follow(contracts: readonly KnownContract[]): void;
  health(): MarketHealth;
}

const SILENCE_MAX = millis(15_000);

export function liveMarket(parts: LiveMarketParts): LiveMarket {
  const { transport, tokens, seed, log, clockOffset, contested } = parts;
  const { clock } = transport;
  const offset = (): number => clockOffset() ?? 0;
  const prices = followedPrices({
    log,
    venueNow: () => millis(clock.now() + offset()),
    ours: (at) => millis(Math.min(clock.now(), at - offset())),
    traded: (root, last) => bands.traded(root, last),
  });
  const bands = priceBands({
    clock,
    last: (root) => prices.of(root)?.last() ?? null,
    count: (root) => prices.of(root)?.count() ?? 0,
    report: (root, from) => prices.of(root)?.report(from) ?? null,
  });
  const link = new HubLink({
    ...{ hub: "market", transport, tokens, seed },
    watchdog: {
      silenceMax: SILENCE_MAX,
      proof: "GatewayQuote",
      isDue: (now) => prices.groups().some((group) => sessionAt(group, now).open),
    },
    owner: {
      up: () => log.write("info", "topstepx-market-up"),
      down: (reason) => log.write("warn", "topstepx-market-down", { reason }),
      event: prices.hear,
      contested,
    },
  });

  let isClosed = false;
  return {
    resolution: millis(0),
    quote: (root) => prices.of(root)?.quote() ?? null,
    range: (root) => prices.of(root)?.range() ?? null,
    path: (root, since) => prices.of(root)?.path(since) ?? null,
    watch: bands.watch,
    unwatch: bands.unwatch,
    follow(contracts) {
      if (isClosed) return;
      prices.follow(contracts);
      link.want(marketSubscriptions(contracts.map(({ id }) => id)));
      link.open();
    },
    health: () => ({ ...link.health(), unread: prices.unread(), freshAt: prices.freshAt() }),
    close() {
      isClosed = true;
      bands.close();
      link.close();
    },
  };
}
