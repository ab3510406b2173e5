/**
 * What every source of prices promises, proved on each that exists.
 */
import { describe, expect, test } from "vitest";
import type { Quote } from "../../src/core/model/quote.ts";
import { millis, ticks } from "../../src/core/model/units.ts";
import type { MarketData } from "../../src/ports/market-data.ts";

/** One trade of ES a second from the first second on; bid and ask lie a tick around it. */
export interface OpenedMarket {
  readonly market: MarketData;
  /** Plays on until `count` of the trades have come and everything due then has run. */
  play(count: number): void;
}

export type OpenMarket = (trades: readonly number[]) => OpenedMarket;

const band = (below: number | null, above: number | null) => ({
  atOrBelow: below === null ? null : ticks(below),
  atOrAbove: above === null ? null : ticks(above),
});

export function marketDataContract(name: string, open: OpenMarket): void {
  /** A market, and a listener that notes what it hears under a name. */
  const opened = (trades: readonly number[]) => {
    const log: string[] = [];
    const quotes: Quote[] = [];
    const hear = (who: string) => (quote: Quote) => {
      log.push(`${who} ${quote.last}`);
      quotes.push(quote);
    };
    return { ...open(trades), log, quotes, hear };
  };

  describe(`prices from ${name}`, () => {
    test("have no quote before the first, nor of an instrument nobody follows", () => {
      const { market, play } = opened([100]);
      expect(market.quote("ES")).toBeNull();
      play(1);
      expect(market.quote("CL")).toBeNull();
      expect(market.quote("ES")).toEqual({
        instrument: "ES",
        at: 1000,
        last: 100,
        bid: 99,
        ask: 101,
        high: 100,
        low: 100,
      });
    });

    test("keep the quote up to date without calling anybody", () => {
      const { market, play, log, hear } = opened([100, 104, 96, 101]);
      market.watch("a", "ES", band(90, 110), hear("a"));
      const seen = [1, 2, 3, 4].map((count) => {
        play(count);
        return market.quote("ES")?.last;
      });
      expect([seen, log]).toEqual([[100, 104, 96, 101], []]);
    });

    test("tell how far the last fifteen whole minutes went, once they were watched", () => {
      const minutes = (price: (minute: number) => number) =>
        Array.from({ length: 20 * 60 }, (_, second) => price(Math.floor((second + 1) / 60)));
      const { market, play } = opened(minutes((n) => (n === 3 ? 150 : n === 19 ? 400 : 100 + n)));
      play(2);
      expect(market.range("ES")).toBeNull();
      play(14 * 60 + 59);
      expect(market.range("ES")).toBeNull();
      play(15 * 60);
      expect([market.range("ES"), market.range("ES")]).toEqual([50, 50]);
      expect(market.range("CL")).toBeNull();
      // The high of minute 3 is past, and minute 19 is still under way.
      play(19 * 60 + 30);
      expect(market.range("ES")).toBe(14);
    });

    test("tell how far trades went since a moment, and what nobody saw of it", () => {
      const { market, play } = opened([100, 104, 96, 101, 99]);
      const since = (second: number) => market.path("ES", millis(second * 1_000));
      expect(since(0)).toBeNull();
      play(5);
      expect(since(2)).toMatchObject({ reach: { high: 104, low: 96 }, from: 2_000 });
      expect(since(4)).toMatchObject({ reach: { high: 101, low: 99 }, from: 4_000 });
      expect(since(0)?.from).toBe(1_000);
      expect(market.path("CL", millis(0))).toBeNull();
    });

    test("have no way of their own after the last trade, and tell how long that is ago", () => {
      const { market, play } = opened([100]);
      play(1);
      expect(market.path("ES", millis(1_001))?.reach).toBeNull();
      expect(market.path("ES", millis(1_000))?.silence).toBe(0);
    });

    test("ring when a trade touches an edge, once", () => {
      const { market, play, log, hear } = opened([100, 108, 109, 120]);
      play(1);
      market.watch("above", "ES", band(null, 109), hear("above"));
      market.watch("below", "ES", band(95, null), hear("below"));
      // The ask of the second print is 109: nobody traded there yet.
      play(2);
      expect(log).toEqual([]);
      play(4);
      expect(log).toEqual(["above 109"]);
    });

    test("ring for a fall as for a rise, and never through an open edge", () => {
      const { market, play, log, hear } = opened([100, 92, 130]);
      play(1);
      market.watch("below", "ES", band(95, null), hear("below"));
      market.watch("open", "ES", band(null, null), hear("open"));
      play(3);
      expect(log).toEqual(["below 92"]);
    });

    test("ring the bands of one print in the order they were set", () => {
      const { market, play, log, hear } = opened([100, 90]);
      play(1);
      for (const key of ["c", "a", "b"]) market.watch(key, "ES", band(95, null), hear(key));
      market.watch("c", "ES", band(94, null), hear("c"));
      play(2);
      expect(log).toEqual(["a 90", "b 90", "c 90"]);
    });

    test("hold one band under one key: the newest", () => {
      const { market, play, log, hear } = opened([100, 97, 90]);
      play(1);
      market.watch("a", "ES", band(98, null), hear("old"));
      market.watch("a", "ES", band(92, null), hear("new"));
      play(3);
      expect(log).toEqual(["new 90"]);
    });

    test("ring no band that was called off, not even by another at the same print", () => {
      const { market, play, log, hear } = opened([100, 90]);
      play(1);
      market.watch("a", "ES", band(95, null), (quote) => {
        hear("a")(quote);
        market.unwatch("b");
      });
      market.watch("b", "ES", band(95, null), hear("b"));
      market.watch("c", "ES", band(95, null), hear("c"));
      market.unwatch("c");
      market.unwatch("never set");
      play(2);
      expect(log).toEqual(["a 90"]);
    });

    test("ring a band that is touched already soon, never from inside the call", () => {
      const { market, play, log, hear } = opened([100]);
      play(1);
      market.watch("a", "ES", band(100, null), hear("a"));
      expect(log).toEqual([]);
      play(1);
      expect(log).toEqual(["a 100"]);
    });

    test("let a listener set its next band, and ring it later or soon", () => {
      const { market, play, log, hear } = opened([100, 90, 80, 70]);
      play(1);
      market.watch("a", "ES", band(95, null), (quote) => {
        hear("first")(quote);
        market.watch("a", "ES", band(75, null), hear("later"));
        market.watch("b", "ES", band(95, null), hear("soon"));
      });
      play(2);
      expect(log).toEqual(["first 90", "soon 90"]);
      play(4);
      expect(log).toEqual(["first 90", "soon 90", "later 70"]);
    });

    test("tell each listener the extremes since its own last report", () => {
      const { market, play, quotes, hear } = opened([100, 120, 104, 85, 101, 97, 90]);
      play(2);
      market.watch("a", "ES", band(90, null), hear("a"));
      play(5);
      market.watch("b", "ES", band(90, null), hear("b"));
      market.watch("a", "ES", band(91, null), hear("a"));
      play(7);
      // Set at 120: what is told begins behind it. Then from behind 85, whenever the band was set.
      expect(quotes.map(({ last, high, low }) => [last, high, low])).toEqual([
        [85, 104, 85],
        [90, 97, 90],
        [90, 101, 90],
      ]);
    });

    test("forget with a band that is called off since when its extremes counted", () => {
      const { market, play, quotes, hear } = opened([100, 120, 105, 90]);
      play(1);
      market.watch("a", "ES", band(91, null), hear("a"));
      play(3);
      market.unwatch("a");
      market.watch("a", "ES", band(91, null), hear("a"));
      play(4);
      expect(quotes.map(({ high }) => high)).toEqual([90]);
    });

    test("ring nothing of an instrument nobody follows, and nothing after they were closed", () => {
      const { market, play, log, hear } = opened([100, 90]);
      play(1);
      market.watch("a", "CL", band(1000, 0), hear("a"));
      market.watch("b", "ES", band(95, null), hear("b"));
      market.close();
      play(2);
      expect(log).toEqual([]);
    });

    test("say how far apart two of them may lie", () => {
      expect(opened([100]).market.resolution).toBe(millis(0));
    });
  });
}
