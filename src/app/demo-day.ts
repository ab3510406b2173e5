/**
 * The demo: a day that plays itself, by the same loop, venue and journal as any other.
 *
 * Everything in it follows from the seed: the market is made from it, the bundled alerts are told
 * at its prices, and time is the day's own. So its facts, and the hash that chains them, are the
 * same on every machine and at every speed.
 */

import { DEFAULT_CONFIG } from "../core/model/defaults.ts";
import type { Message } from "../core/model/message.ts";
import { openRoom } from "../core/model/room.ts";
import { millis } from "../core/model/units.ts";
import { DEMO_SEED, DEMO_STARTS_AT, demoTape, repriceAlerts } from "../core/paper/demo-day.ts";
import type { AlertSource } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { HouseSpec } from "./house.ts";
import { playedFrom } from "./prices.ts";
import { wire } from "./wire.ts";

/** 08:30 to 15:00 in Chicago. */
const SESSION = 6.5 * 3_600_000;
const PREFIX = "DEMO ";

export type DemoParts = Pick<HouseSpec, "directory" | "speed" | "json" | "logLevel"> & {
  readonly seed: number | null;
};

export async function demoDay({ seed, ...own }: DemoParts): Promise<HouseSpec> {
  const { demoAlerts } = await wire.demoAlerts();
  const { tapeMarket } = await wire.tapeMarket();
  const tape = demoTape(seed ?? DEMO_SEED);
  const messages = repriceAlerts(demoAlerts(), tape, DEMO_STARTS_AT);
  return {
    ...own,
    mode: "demo",
    version: "demo",
    config: DEFAULT_CONFIG,
    prices: playedFrom(tape, `simulated, seed ${seed ?? DEMO_SEED}`, tapeMarket),
    sources: (clock) => [{ source: spoken(messages, clock), tradable: true, roomOf: openRoom }],
    isPasteTradable: true,
    dayEnds: { at: millis(DEMO_STARTS_AT + SESSION), flatten: true, onceSettled: false },
    reduceBecause: null,
    opened: () => {},
    prefix: PREFIX,
  };
}

/** Messages said at their own times. Later ones end the source only with the day. */
export function spoken(messages: readonly Message[], clock: Clock): AlertSource {
  const waiting = new Set<() => void>();
  return {
    name: "recorded messages",
    open(listener) {
      for (const message of messages) {
        const callOff = clock.schedule(message.sentAt, () => {
          waiting.delete(callOff);
          listener.message(message);
        });
        waiting.add(callOff);
      }
    },
    close() {
      for (const callOff of waiting) callOff();
      waiting.clear();
    },
  };
}
