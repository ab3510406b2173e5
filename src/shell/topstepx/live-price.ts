/**
 * One instrument's price as far as the hub has told: both sides, the last trade, and how far it went.
 *
 * ```text
 * quote  bid, ask ── each as of its own youngest change ──┐
 * trade  last, and a number for each ─────────────────────┴─► quote, complete or none at all
 * ```
 *
 * Every field keeps the time of its own change, so changes that come late or twice leave the same
 * price as those that come in order. A trade older than one that was told is an echo and counts for
 * nothing.
 *
 * The last price of a *quote* is a trade only if the stream of trades does not tell it: before its
 * first, after a gap, or when it fell silent. Two seconds are granted to it.
 */
import { type Instrument, priceToTicks } from "../../core/model/instrument.ts";
import { priceTrail } from "../../core/model/price-trail.ts";
import { QUOTE_AGE_MAX, type Quote } from "../../core/model/quote.ts";
import { recentRange } from "../../core/model/recent-range.ts";
import type { PricePath } from "../../core/model/stretch.ts";
import { type Millis, millis, type Ticks } from "../../core/model/units.ts";
import { type Extremes, extremes } from "./extremes.ts";
import type { Print, QuoteChange } from "./market-events.ts";

export interface LivePrice {
  /** `silent` where it told of no trade; a change with a price off the grid is left out whole. */
  hearQuote(change: QuoteChange): "trade" | "silent" | "off-tick";
  hearPrint(print: Print): "trade" | "echo" | "off-tick";
  last(): Ticks | null;
  /** Null until both sides and a trade are known. */
  quote(): Quote | null;
  range(): Ticks | null;
  /** From that moment of our clock until now; null before the first price. */
  path(since: Millis): PricePath | null;
  /** Trades so far. */
  count(): number;
  /** The present quote, with the extremes of all trades behind number `from`. */
  report(from: number): Quote | null;
  /** When the book changed last, by our clock. */
  freshAt(): Millis | null;
}

export interface LivePriceParts {
  readonly instrument: Instrument;
  /** The venue's present: nothing it tells is younger. */
  readonly venueNow: () => Millis;
  /** A time of the venue by our clock. */
  readonly ours: (at: Millis) => Millis;
  /** Trades before it began, if it takes the place of another. */
  readonly count: number;
}

/** Times are the venue's, which alone can be put in order: ours depend on a measurement. */
interface Side {
  readonly price: Ticks;
  readonly at: Millis;
}

const TRADES_GRANTED = 2_000;
const OFF_TICK = "off-tick";

export function livePrice(parts: LivePriceParts): LivePrice {
  const { instrument, venueNow, ours, count } = parts;
  const reach: Extremes = extremes(count);
  const recent = recentRange();
  const trail = priceTrail();
  let bid: Side | null = null;
  let ask: Side | null = null;
  let last: Side | null = null;
  let changedAt: Millis | null = null;
  let printedAt: Millis | null = null;

  const sideOf = (points: number, at: Millis): Side | typeof OFF_TICK => {
    const price = priceToTicks(instrument, points);
    return price.ok ? { price: price.value, at } : OFF_TICK;
  };
  const notLater = (at: Millis): Millis => millis(Math.min(at, venueNow()));
  const trade = (one: Side): void => {
    last = one;
    reach.add(one.price);
    recent.add(one.price, one.at);
    trail.add(one.price, one.at);
  };
  /** Unless the stream of trades told of it, or will in a moment. */
  const isMissed = (one: Side): boolean =>
    last === null || (one.price !== last.price && one.at - last.at > TRADES_GRANTED);
  const report = (from: number): Quote | null => {
    if (bid === null || ask === null || last === null) return null;
    const { high, low } = reach.since(from, last.price);
    const at = ours(standsAt(changedAt, last.at));
    const prices = { last: last.price, bid: bid.price, ask: ask.price };
    return { instrument: instrument.root, at, ...prices, high, low };
  };

  return {
    hearQuote(change) {
      // Without a time it is no sign of life, and cannot be put in order.
      if (change.at === null) return "silent";
      const at = notLater(change.at);
      const [newBid, newAsk, newLast] = [change.bid, change.ask, change.last].map((points) =>
        points === null ? null : sideOf(points, at),
      );
      if (newBid === OFF_TICK || newAsk === OFF_TICK || newLast === OFF_TICK) return OFF_TICK;
      bid = younger(bid, newBid ?? null);
      ask = younger(ask, newAsk ?? null);
      changedAt = millis(Math.max(at, changedAt ?? at));
      trail.heard(changedAt);
      if (!newLast || !isMissed(newLast)) return "silent";
      trade(newLast);
      return "trade";
    },
    hearPrint(print) {
      const one = sideOf(print.price, notLater(print.at));
      if (one === OFF_TICK) return OFF_TICK;
      if (printedAt !== null && one.at < printedAt) return "echo";
      printedAt = one.at;
      trade(one);
      return "trade";
    },
    last: () => last?.price ?? null,
    quote: () => report(reach.count()),
    range: () => recent.at(venueNow()),
    path(since) {
      const now = venueNow();
      const ahead = now - ours(now);
      const path = trail.since(millis(since + ahead), now);
      return path && { ...path, from: millis(path.from - ahead) };
    },
    count: reach.count,
    report,
    freshAt: () => (changedAt === null ? null : ours(changedAt)),
  };
}

const younger = (known: Side | null, told: Side | null): Side | null =>
  told !== null && (known === null || told.at >= known.at) ? told : known;

/** As young as the younger of the two; but a book nobody has touched for long is as old as it is. */
function standsAt(changedAt: Millis | null, tradedAt: Millis): Millis {
  const bookAt = changedAt ?? tradedAt;
  return tradedAt - bookAt > QUOTE_AGE_MAX ? bookAt : millis(Math.max(bookAt, tradedAt));
}
