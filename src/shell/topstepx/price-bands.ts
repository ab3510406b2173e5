/**
 * Who waits for which price.
 *
 * ```text
 * ───── nearest edge above ─────        a trade between the two is a comparison of two numbers,
 *        trade  trade                   however many bands there are
 * ───── nearest edge below ─────
 * ```
 *
 * Bands are rung in the order they were set. One set while others ring waits for its own turn; one
 * that is touched already rings soon, never from inside the call that sets it.
 */
import type { Root } from "../../core/model/instrument.ts";
import type { Band, Quote } from "../../core/model/quote.ts";
import type { Ticks } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";

export interface PriceBands {
  watch(key: string, root: Root, band: Band, listener: (quote: Quote) => void): void;
  unwatch(key: string): void;
  /** A trade happened at that price. */
  traded(root: Root, price: Ticks): void;
  close(): void;
}

export interface PriceBandsParts {
  readonly clock: Clock;
  readonly last: (root: Root) => Ticks | null;
  /** How many trades there were. */
  readonly count: (root: Root) => number;
  /** The present quote with the extremes of all trades behind that number. */
  readonly report: (root: Root, from: number) => Quote | null;
}

interface Watch {
  readonly root: Root;
  readonly band: Band;
  readonly listener: (quote: Quote) => void;
}

interface Edges {
  below: number;
  above: number;
}

/** Listeners remembered between two bands, to know since when their extremes count. */
const KEYS_REMEMBERED_MAX = 10_000;

export function priceBands({ clock, last, count, report }: PriceBandsParts): PriceBands {
  const watches = new Map<string, Watch>();
  /** Of each listener, the number of the last trade he was told of. */
  const told = new Map<string, number>();
  /** The nearest of each instrument; absent when they must be looked for. */
  const nearest = new Map<Root, Edges>();

  const remember = (key: string, number: number): void => {
    told.delete(key);
    told.set(key, number);
    const [oldest] = told.size > KEYS_REMEMBERED_MAX ? told.keys() : [];
    if (oldest !== undefined) told.delete(oldest);
  };
  const drop = (key: string): void => {
    const watch = watches.get(key);
    watches.delete(key);
    if (watch !== undefined) nearest.delete(watch.root);
  };
  const edgesOf = (root: Root): Edges => {
    const known = nearest.get(root) ?? nearestOf(watches, root);
    nearest.set(root, known);
    return known;
  };
  const ring = (key: string, watch: Watch): void => {
    const { root, band, listener } = watch;
    const price = last(root);
    // Replaced, or the price has gone away again before its turn came.
    if (watches.get(key) !== watch || price === null || !touches(price, band)) return;
    const number = count(root);
    const quote = report(root, told.get(key) ?? number);
    if (quote === null) return; // rung by the next trade, when both sides are known
    drop(key);
    remember(key, number);
    listener(quote);
  };

  return {
    watch(key, root, band, listener) {
      const watch = { root, band, listener };
      drop(key); // a band set again goes to the end of the line
      watches.set(key, watch);
      nearest.delete(root);
      if (!told.has(key)) remember(key, count(root));
      const price = last(root);
      if (price === null || !touches(price, band)) return;
      clock.schedule(clock.now(), () => ring(key, watch));
    },
    unwatch(key) {
      drop(key);
      told.delete(key);
    },
    traded(root, price) {
      const { below, above } = edgesOf(root);
      if (price > below && price < above) return;
      for (const [key, watch] of [...watches]) if (watch.root === root) ring(key, watch);
    },
    close() {
      watches.clear();
      nearest.clear();
    },
  };
}

const touches = (price: Ticks, { atOrBelow, atOrAbove }: Band): boolean =>
  (atOrBelow !== null && price <= atOrBelow) || (atOrAbove !== null && price >= atOrAbove);

function nearestOf(watches: ReadonlyMap<string, Watch>, root: Root): Edges {
  const edges = { below: Number.NEGATIVE_INFINITY, above: Number.POSITIVE_INFINITY };
  for (const watch of watches.values()) {
    if (watch.root !== root) continue;
    edges.below = Math.max(edges.below, watch.band.atOrBelow ?? edges.below);
    edges.above = Math.min(edges.above, watch.band.atOrAbove ?? edges.above);
  }
  return edges;
}
