/**
 * Prices: from whoever feeds them to the books, the hubs and the bars.
 *
 * Each price is a print of its own. A quote that reaches back over a stretch of time, with a high and
 * a low beside the last price, is played as three prints, the low one first.
 */
import { priceToTicks, type Root } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Quote } from "../../core/model/quote.ts";
import { type Millis, millis, type Ticks } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Bars, bars } from "./bars.ts";
import { type TradedContract, tradedContract } from "./contracts.ts";
import type { Exchange } from "./exchange.ts";
import type { Hubs, MarketTopic } from "./hubs.ts";
import { pointsOf } from "./orders.ts";
import type { Switches } from "./switches.ts";
import { ticker } from "./ticker.ts";

/** Points. Without a side of the book the last price stands for it. */
export interface StandInQuote {
  readonly last: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly high?: number;
  readonly low?: number;
  readonly volume?: number;
}

export interface TimedQuote extends StandInQuote {
  readonly at: Millis;
}

export interface Market {
  readonly bars: Bars;
  setQuote(contract: string, quote: StandInQuote): Result<void, string>;
  /** What lies in the past becomes history, the rest is played at its time. */
  feed(contract: string, quotes: readonly TimedQuote[]): Result<void, string>;
  /** Somebody listens from now on: what there is to say at once. */
  introduce(topic: MarketTopic, contract: string): void;
}

export interface MarketParts {
  readonly clock: Clock;
  readonly exchange: Exchange;
  readonly hubs: Hubs;
  readonly switches: () => Switches;
  readonly act: (task: () => void) => void;
  /** The books have met a price of this product. */
  readonly printed: (root: Root) => void;
}

export function market(parts: MarketParts): Market {
  const { clock, exchange, act } = parts;
  const tape = ticker(parts);
  const history = bars();
  let newestAt = millis(0);

  function print(contract: TradedContract, quote: Quote, volume: number): void {
    history.print(contract.id, clock.now(), pointsOf(contract, quote.last), volume);
    exchange.print(quote);
    parts.printed(contract.root);
    tape.print(contract, quote, volume);
  }

  function play(contract: TradedContract, { prices, volume, ...sides }: Played): void {
    const instrument = contract.root;
    act(() => {
      for (const last of prices) {
        // To the books a price of a moment they have seen is no news.
        newestAt = millis(Math.max(clock.now(), newestAt + 1));
        const quote = { instrument, at: newestAt, ...sides, last, high: last, low: last };
        print(contract, quote, volume);
      }
    });
  }

  /** One at a time: a whole day of them would crowd the clock. */
  function playFrom(contract: TradedContract, list: readonly TimedPlayed[], index: number): void {
    const next = list[index];
    if (next === undefined) return;
    clock.schedule(next.at, () =>
      act(() => {
        play(contract, next.played);
        playFrom(contract, list, index + 1);
      }),
    );
  }

  /** What lies in the past is history, and the rest comes at its time. */
  function feed(contract: TradedContract, list: readonly TimedPlayed[]): void {
    const now = clock.now();
    for (const { at, played } of list.filter((one) => one.at <= now)) {
      for (const price of played.prices) {
        history.print(contract.id, at, pointsOf(contract, price), played.volume);
      }
    }
    playFrom(
      contract,
      list.filter((one) => one.at > now),
      0,
    );
  }

  return {
    bars: history,
    setQuote(id, quote) {
      const contract = tradedContract(id);
      if (contract === null) return err(`no market for ${id}`);
      const read = readQuote(contract, quote);
      if (!read.ok) return read;
      play(contract, read.value);
      return ok(undefined);
    },
    feed(id, quotes) {
      const contract = tradedContract(id);
      if (contract === null) return err(`no market for ${id}`);
      const list: TimedPlayed[] = [];
      for (const quote of quotes) {
        const read = readQuote(contract, quote);
        if (!read.ok) return read;
        list.push({ at: quote.at, played: read.value });
      }
      feed(contract, list);
      return ok(undefined);
    },
    introduce(topic, id) {
      const contract = tradedContract(id);
      const quote = contract === null ? null : exchange.quote(contract.root);
      if (topic !== "ContractQuotes" || contract === null || quote === null) return;
      clock.schedule(clock.now(), () => act(() => tape.repeat(contract, quote)));
    },
  };
}

/** A quote as a sequence of prints between the two sides of the book. */
interface Played {
  readonly prices: readonly Ticks[];
  readonly bid: Ticks;
  readonly ask: Ticks;
  readonly volume: number;
}

interface TimedPlayed {
  readonly at: Millis;
  readonly played: Played;
}

function readQuote(contract: TradedContract, quote: StandInQuote): Result<Played, string> {
  const { last, volume = 1 } = quote;
  const { bid = last, ask = last, high = last, low = last } = quote;
  const read: Ticks[] = [];
  for (const points of [bid, ask, low, high, last]) {
    const one = priceToTicks(instrumentOf(contract.root), points);
    if (!one.ok) return err(`${points} is no price of ${contract.id}: ${one.error}`);
    read.push(one.value);
  }
  const [inBid, inAsk, inLow, inHigh, inLast] = read as [Ticks, Ticks, Ticks, Ticks, Ticks];
  const stretch = [inLow, inHigh].filter((price) => price !== inLast);
  return ok({ prices: [...stretch, inLast], bid: inBid, ask: inAsk, volume });
}
