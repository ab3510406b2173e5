/**
 * Carries effects to whoever performs them. It decides nothing: what a venue or a feed says comes
 * back as news.
 */
import { unreachable } from "../std/assert.ts";
import type { Effect } from "../core/model/effect.ts";
import type { Broker } from "../ports/broker.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { Alarms } from "./alarms.ts";
import type { News } from "./inbox.ts";

export interface ExecutorParts {
  readonly broker: Broker;
  readonly market: MarketData;
  readonly alarms: Alarms;
  readonly offer: (news: News) => void;
  readonly again: (news: News) => void;
}

export interface Executor {
  perform(effects: readonly Effect[]): void;
}

export function createExecutor({ broker, market, alarms, offer, again }: ExecutorParts): Executor {
  function performOne(effect: Effect): void {
    switch (effect.kind) {
      case "Send":
        return broker.send(effect.request);
      case "AskVenue":
        return broker.ask(effect.account, effect.since);
      case "WakeAt":
        return alarms.set(effect.key, effect.at);
      case "LetSleep":
        return alarms.clear(effect.key);
      case "WatchPrice":
        return market.watch(effect.key, effect.instrument, effect.band, (quote) =>
          offer({ kind: "price", key: effect.key, quote }),
        );
      case "UnwatchPrice":
        return market.unwatch(effect.key);
      case "FanOut":
        return again(effect.input);
      default:
        return unreachable(effect);
    }
  }
  return { perform: (effects) => effects.forEach(performOne) };
}
