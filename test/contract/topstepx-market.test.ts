import { isoOf } from "../../src/core/model/iso-time.ts";
import { millis } from "../../src/core/model/units.ts";
import { contractOfCode } from "../../src/shell/topstepx/contract-names.ts";
import { liveMarket } from "../../src/shell/topstepx/market-data.ts";
import { scriptedHubs } from "../kit/scripted-hubs.ts";
import { silentLog } from "../kit/silent-log.ts";
import { marketDataContract } from "./market-data.ts";

/** Each trade is told as the venue does: the book that goes with it first, in what changed. */
for (const says of ["both sides", "both sides and the last price"]) {
  marketDataContract(`the market hub that tells ${says}`, (trades) => {
    const hubs = scriptedHubs(millis(0));
    const market = liveMarket({
      ...{ transport: hubs.transport, log: silentLog, seed: 1 },
      tokens: { token: () => "t", login() {}, tokenRefused() {} },
      clockOffset: () => null,
      contested() {},
    });
    const contract = contractOfCode("ESZ26");
    if (contract !== null) market.follow([contract]);
    hubs.pass(0);
    let played = 0;
    return {
      market,
      play(count) {
        for (; played < count; played += 1) {
          const price = (trades[played] ?? 0) / 4;
          const at = millis((played + 1) * 1000);
          hubs.clock.runUntil(at);
          const timestamp = isoOf(at);
          const book = { bestBid: price - 0.25, bestAsk: price + 0.25, lastUpdated: timestamp };
          const last = says === "both sides" ? {} : { lastPrice: price };
          hubs.line().tell("GatewayQuote", "CON.F.US.EP.Z26", { ...book, ...last });
          hubs.line().tell("GatewayTrade", "CON.F.US.EP.Z26", [null, { price, timestamp }]);
        }
        hubs.clock.runUntil(hubs.clock.now());
      },
    };
  });
}
