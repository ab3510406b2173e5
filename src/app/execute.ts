/**
 * Carries effects to whoever performs them. It decides nothing: what a venue or a feed says comes
 * back as news.
 */

import type { Effect } from "../core/model/effect.ts";
import type { Broker } from "../ports/broker.ts";
import type { MarketData } from "../ports/market-data.ts";
import { unreachable } from "../std/assert.ts";
import type { Alarms } from "./alarms.ts";
import type { News } from "./inbox.ts";
import type { Sendings } from "./sendings.ts";

export interface ExecutorParts {
  readonly broker: Broker;
  readonly market: MarketData;
  readonly alarms: Alarms;
  readonly sendings: Pick<Sendings, "note">;
  readonly offer: (news: News) => void;
  readonly again: (news: News) => void;
}

export interface Executor {
  perform(effects: readonly Effect[]): void;
}

export function createExecutor(parts: ExecutorParts): Executor {
  const { broker, market, alarms, sendings, offer, again } = parts;
  function performOne(effect: Effect): void {
    switch (effect.kind) {
      case "Send":
        sendings.note(effect.request);
        broker.send(effect.request);
        break;
      case "AskVenue":
        broker.ask(effect.account, effect.since);
        break;
      case "WakeAt":
        alarms.set(effect.key, effect.at);
        break;
      case "LetSleep":
        alarms.clear(effect.key);
        break;
      case "WatchPrice":
        market.watch(effect.key, effect.instrument, effect.band, (quote) =>
          offer({ kind: "price", key: effect.key, quote }),
        );
        break;
      case "UnwatchPrice":
        market.unwatch(effect.key);
        break;
      case "FanOut":
        again(effect.input);
        break;
      default:
        unreachable(effect);
    }
  }
  return { perform: (effects) => effects.forEach(performOne) };
}
