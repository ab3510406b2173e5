/**
 * The whole way from a Discord channel to a venue: the real source beside its stand-in, the real
 * history on a disk, intake, loop and paper venue; killed and started again on the same files.
 */
import { join } from "node:path";
import { expect } from "vitest";
import { createMessageBook } from "../../src/app/message-book.ts";
import { foldJournal } from "../../src/app/recover.ts";
import { type Run, startRun } from "../../src/app/run.ts";
import type { DiscordConfig } from "../../src/core/model/config.ts";
import type { Message } from "../../src/core/model/message.ts";
import { OPEN_ROOM, type Room } from "../../src/core/model/room.ts";
import { ticks } from "../../src/core/model/units.ts";
import type { VenueReport } from "../../src/core/model/venue.ts";
import type { Broker } from "../../src/ports/broker.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { History } from "../../src/ports/history.ts";
import { type DiscordSource, discordSource } from "../../src/shell/discord/alert-source.ts";
import { openHistory } from "../../src/shell/sqlite/history.ts";
import { type AppWorld, openingOf } from "./app-world.ts";
import { type FakeDiscord, TOKEN } from "./discord-gateway.ts";
import { discordSettings } from "./discord-room.ts";

export interface DiscordHouse {
  readonly run: Run;
  readonly source: DiscordSource;
  readonly history: History;
  /** What the engine was offered, in order. */
  readonly offered: readonly Message[];
  /** Real turns and virtual time, until it holds. */
  until(what: string, holds: () => boolean, step?: number): Promise<void>;
  /** Nothing more happens in it, as if the process had died; what was not written is gone. */
  kill(): void;
}

export interface DiscordHouseParts {
  readonly fake: FakeDiscord;
  readonly world: AppWorld;
  readonly folder: string;
  readonly venue: Broker;
  /** After every turn, whose facts are durable by then. */
  readonly turned?: () => void;
  readonly room?: Room;
  readonly settings?: Partial<DiscordConfig>;
}

/** Real time any of it may take on a machine that is busy. */
const PATIENCE = 20_000;

export function discordHouse(parts: DiscordHouseParts): DiscordHouse {
  const { fake, world, folder, room = OPEN_ROOM } = parts;
  const life = { isOver: false };
  const clock = mortal(world.clock, life);
  const opened = openHistory(join(folder, "history.db"), { at: clock.now() });
  if (!opened.ok) throw new Error(opened.error.detail);
  const history = opened.value;
  const { log } = world.parts;
  const sourceFault = (): void => {};
  const messages = createMessageBook({ history, clock, log, sourceFault });
  const source = discordSource({
    settings: discordSettings(fake, parts.settings),
    token: { ok: true, value: TOKEN },
    clock,
    after: (channel) => messages.lastSettled("discord", channel),
    past: messages.keepPast,
  });
  const offered: Message[] = [];
  const run = startRun({
    ...world.parts,
    ...{ clock, messages, sourceFault },
    broker: parts.venue,
    followed: ["MES", "MNQ"],
    audience: [...world.parts.audience, { told: () => parts.turned?.() }],
    initial: foldJournal(world.journal),
    opening: openingOf(),
    sources: [
      {
        source,
        tradable: true,
        roomOf(message) {
          offered.push(message);
          return room;
        },
        desk: source.approvals,
        owns: ({ source: kind }) => kind === "discord",
      },
    ],
    settled: () => {},
    exhausted: () => {},
    ended: () => {},
  });
  return {
    ...{ run, source, history, offered },
    async until(what, holds, step = 1) {
      const until = performance.now() + PATIENCE;
      while (!holds()) {
        if (performance.now() > until) expect.fail(`never: ${what}`);
        quotes(world);
        world.pass(step);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    kill() {
      if (life.isOver) return;
      life.isOver = true;
      source.close();
      run.loop.stop();
      history.close();
    },
  };
}

/** It outlives the process; whoever opens it next is the one who hears. */
export function lastingVenue({ broker }: AppWorld): Broker {
  let hearing: ((report: VenueReport) => void) | null = null;
  return {
    brackets: broker.brackets,
    open(listener) {
      if (hearing === null) broker.open((report) => hearing?.(report));
      hearing = listener;
    },
    send: (request) => broker.send(request),
    ask: (account, since) => broker.ask(account, since),
    close: () => {},
  };
}

/** The market stands still and goes on trading. */
export function quotes({ clock, market }: AppWorld): void {
  for (const [instrument, points] of [
    ["MES", 6_326],
    ["MNQ", 22_150],
  ] as const) {
    const last = ticks(points * 4);
    const book = { last, bid: last, ask: ticks(last + 1), high: last, low: last };
    market.setQuote({ instrument, at: clock.now(), ...book });
  }
}

/** What it was asked to do later is never done once that life is over. */
export function mortal(clock: Clock, life: { readonly isOver: boolean }): Clock {
  return {
    ...clock,
    now: () => clock.now(),
    schedule: (at, task) => clock.schedule(at, () => (life.isOver ? undefined : task())),
  };
}
