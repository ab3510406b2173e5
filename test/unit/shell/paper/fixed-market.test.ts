import { describe, expect, test } from "vitest";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { millis, ticks } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { fixedMarket } from "../../../../src/shell/paper/fixed-market.ts";

const quote = (last: number, instrument: Root = "ES") => ({
  instrument,
  at: millis(0),
  last: ticks(last),
  bid: ticks(last),
  ask: ticks(last),
  high: ticks(last + 3),
  low: ticks(last - 3),
});

const below = (price: number) => ({ atOrBelow: ticks(price), atOrAbove: null });

describe("a market moved by hand", () => {
  test("has the resolution it was given", () => {
    expect(fixedMarket(virtualClock(millis(0)), millis(60_000)).resolution).toBe(60_000);
  });

  test("rings no band whose price went away, or that was replaced, before its turn came", () => {
    const clock = virtualClock(millis(0));
    const market = fixedMarket(clock);
    market.setQuote(quote(100));
    market.watch("a", "ES", below(100), () => expect.unreachable());
    market.watch("b", "ES", below(100), () => expect.unreachable());
    market.watch("b", "ES", below(50), () => expect.unreachable());
    market.setQuote(quote(105));
    clock.runAll(10);
  });

  test("adds up the extremes of the quotes it is given, each instrument by itself", () => {
    const market = fixedMarket(virtualClock(millis(0)));
    const heard: unknown[] = [];
    market.watch("a", "ES", below(90), ({ high, low }) => void heard.push([high, low]));
    for (const one of [quote(100), quote(7000, "CL"), quote(110), quote(104), quote(90)]) {
      market.setQuote(one);
    }
    expect(heard).toEqual([[113, 87]]);
  });
});
