import { millis, ticks } from "../../src/core/model/units.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import { marketDataContract } from "./market-data.ts";

marketDataContract("a market moved by hand", (trades) => {
  const clock = virtualClock(millis(0));
  const market = fixedMarket(clock);
  let played = 0;
  return {
    market,
    play(count) {
      for (; played < count; played++) {
        const price = trades[played] ?? 0;
        const at = millis((played + 1) * 1000);
        clock.runUntil(at);
        market.setQuote({
          instrument: "ES",
          at,
          last: ticks(price),
          bid: ticks(price - 1),
          ask: ticks(price + 1),
          high: ticks(price),
          low: ticks(price),
        });
      }
      clock.runUntil(clock.now());
    },
  };
});
