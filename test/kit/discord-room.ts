/**
 * The Discord source beside its stand-in, with a clock that stands until a test moves it.
 */
import { expect } from "vitest";
import type { DiscordConfig } from "../../src/core/model/config.ts";
import type { Message } from "../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { millis } from "../../src/core/model/units.ts";
import type { SourceFault } from "../../src/ports/alert-source.ts";
import {
  type DiscordParts,
  type DiscordSource,
  discordSource,
} from "../../src/shell/discord/alert-source.ts";
import { type VirtualClock, virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { CHANNEL, type FakeDiscord, TOKEN } from "./discord-gateway.ts";

/** Just after the stand-in's first messages were posted. */
export const ROOM_NOW = Date.UTC(2026, 2, 2, 15, 31, 5);

export interface Room {
  readonly source: DiscordSource;
  readonly clock: VirtualClock;
  readonly messages: Message[];
  readonly faults: SourceFault[];
  /** Kept, never offered. */
  readonly past: Message[];
  /** Waits for it, with time passing by `step` each turn. */
  until(what: string, holds: () => boolean, step?: number): Promise<void>;
  ids(): readonly string[];
  pass(span: number): Promise<void>;
}

export const discordSettings = (
  fake: FakeDiscord,
  own: Partial<DiscordConfig> = {},
): DiscordConfig => ({
  kind: "discord",
  token: { kind: "env", name: "TOKEN" },
  restUrl: fake.restUrl,
  gatewayUrl: null,
  approvers: [],
  channels: [{ id: CHANNEL, name: "alerts", room: OPEN_ROOM }],
  ...own,
});

/** Real time any of it may take on a machine that is busy. */
const PATIENCE = 15_000;

export function discordRoom(
  fake: FakeDiscord,
  own: Partial<DiscordParts> = {},
  settings: Partial<DiscordConfig> = {},
): Room {
  const clock = virtualClock(millis(ROOM_NOW));
  const messages: Message[] = [];
  const faults: SourceFault[] = [];
  const past: Message[] = [];
  const source = discordSource({
    settings: discordSettings(fake, settings),
    token: { ok: true, value: TOKEN },
    clock,
    after: () => null,
    past: (kept) => void past.push(...kept),
    ...own,
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ source, clock, messages, faults, past },
    ids: () => messages.map(({ id }) => id),
    async until(what, holds, step = 0) {
      const until = performance.now() + PATIENCE;
      while (!holds()) {
        clock.runUntil(millis(clock.now() + step));
        await turn();
        if (performance.now() > until) expect.fail(`never: ${what}; ${JSON.stringify(faults)}`);
      }
    },
    async pass(span) {
      clock.runUntil(millis(clock.now() + span));
      await turn();
    },
  };
}

export function openRoom(room: Room): void {
  room.source.open({
    message: (message) => void room.messages.push(message),
    fault: (fault) => void room.faults.push(fault),
    end: () => {},
  });
}
