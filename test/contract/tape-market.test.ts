import { millis } from "../../src/core/model/units.ts";
import { tapeBuilder } from "../../src/core/paper/tape.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { tapeMarket } from "../../src/shell/paper/tape-market.ts";
import { marketDataContract } from "./market-data.ts";

marketDataContract("a tape", (trades) => {
  const tape = tapeBuilder({ instrument: "ES", resolution: millis(0) });
  for (const [index, last] of trades.entries()) {
    tape.add((index + 1) * 1000, last, last - 1, last + 1, null);
  }
  const clock = virtualClock(millis(0));
  return {
    market: tapeMarket([tape.finish()], clock),
    play: (count) => void clock.runUntil(millis(count * 1000)),
  };
});
