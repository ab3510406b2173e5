/** Tells the market hub of every print: quote, trade and the two sides of the book. */
import type { Quote } from "../../core/model/quote.ts";
import type { TradedContract } from "./contracts.ts";
import type { Heard, Hubs } from "./hubs.ts";
import {
  type DaySoFar,
  daySoFar,
  depthList,
  type Print,
  quoteDelta,
  tradeList,
  wholeQuote,
} from "./quotes.ts";
import type { Switches } from "./switches.ts";

export interface Ticker {
  print(contract: TradedContract, quote: Quote, volume: number): void;
  /** Says the quote once more, to whoever has not heard it. */
  repeat(contract: TradedContract, quote: Quote): void;
}

export interface TickerParts {
  readonly hubs: Hubs;
  readonly switches: () => Switches;
}

export function ticker({ hubs, switches }: TickerParts): Ticker {
  const days = new Map<string, DaySoFar>();
  let prints = 0;

  function tellQuote(contract: TradedContract, quote: Quote, day: DaySoFar): void {
    const content = (heard: Heard) => quoteDelta(wholeQuote(contract, quote, day), heard, quote.at);
    hubs.tellMarket({ topic: "ContractQuotes", contract: contract.id, content });
  }

  function tellLists(print: Print): void {
    const { listNulls } = switches();
    const contract = print.contract.id;
    const trade = () => tradeList(print, listNulls);
    const depth = () => depthList(print, listNulls);
    hubs.tellMarket({ topic: "ContractTrades", contract, content: trade });
    hubs.tellMarket({ topic: "ContractMarketDepth", contract, content: depth });
  }

  return {
    print(contract, quote, volume) {
      prints += 1;
      const day = daySoFar(days.get(contract.id), quote.last, volume);
      days.set(contract.id, day);
      tellQuote(contract, quote, day);
      tellLists({ contract, quote, volume, number: prints });
    },
    repeat(contract, quote) {
      const day = days.get(contract.id);
      if (day !== undefined) tellQuote(contract, quote, day);
    },
  };
}
