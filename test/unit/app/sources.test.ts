import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plugged } from "../../../src/app/hearing.ts";
import type { Prices } from "../../../src/app/prices.ts";
import { roomsOf } from "../../../src/app/rooms.ts";
import { noticesOf, prepareSources } from "../../../src/app/sources.ts";
import type { Config, SourceConfig } from "../../../src/core/model/config.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import type { SourceKind } from "../../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import { millis } from "../../../src/core/model/units.ts";
import type { Speed } from "../../../src/ports/console.ts";
import { alertMessage } from "../../kit/app-world.ts";
import { NOW } from "../../kit/builders.ts";
import { temporaryFolder } from "../../kit/temporary-folder.ts";
import { terminal } from "../../kit/terminal.ts";

const PRICES: Prices = {
  playedFrom: null,
  tape: null,
  endsAt: null,
  followed: [],
  words: "simulated, seed 1",
  market: () => {
    throw new Error("nobody asks for it here");
  },
};

const SIMULATED = {
  ...DEFAULT_CONFIG,
  market: { kind: "simulated", seed: 1, startPrice: 6000 },
} as const;

const notices = (at: number, config: Config = SIMULATED): readonly string[] =>
  noticesOf(config, PRICES, {
    file: "config.yaml",
    directory: "data",
    speed: "max",
    at: millis(at),
  });

const SUNDAY_MORNING = Date.UTC(2026, 10, 22, 15, 0, 0);

test("a start on a closed day says when there will be prices", () => {
  expect(notices(SUNDAY_MORNING)).toContain(
    "the market is closed (weekend); it opens Sunday 17:00 CT; no prices until then",
  );
  expect(notices(NOW).join()).not.toContain("closed");
  const paper = { ...SIMULATED.paper, sessions: "always-open" } as const;
  expect(notices(SUNDAY_MORNING, { ...SIMULATED, paper }).join()).not.toContain("closed");
});

test("without pasting invented prices are no practice", () => {
  expect(notices(NOW, { ...SIMULATED, paste: false })).toHaveLength(1);
});

test.each<[Speed, boolean, readonly string[]]>([
  ["max", false, ["replay: as fast as it goes; --speed 1 for real time"]],
  [1, true, ["replay: in real time"]],
  [
    60,
    false,
    [
      "replay: 60 times as fast as life",
      "chat files are read once and not followed: prices are recorded",
    ],
  ],
])("a replay at speed %s with a chat read once (%s) says so", (speed, once, said) => {
  const config: Config = {
    ...DEFAULT_CONFIG,
    market: { kind: "file", path: "p.csv", instrument: "ES", barPath: "worst-first" },
    sources: [{ kind: "chat-file", path: "a.txt", once, room: OPEN_ROOM }],
  };
  const parts = { file: "config.yaml", directory: "data", speed, at: NOW };
  expect(noticesOf(config, { ...PRICES, playedFrom: NOW }, parts).slice(1)).toEqual(said);
});

const ROOM = { ...OPEN_ROOM, mode: "shadow" } as const;
const DISCORD: Config = {
  ...DEFAULT_CONFIG,
  sources: [
    {
      ...{ kind: "discord", restUrl: "http://127.0.0.1:9/api", gatewayUrl: null, approvers: [] },
      token: { kind: "file", path: "no-such-token" },
      channels: [{ id: "400", name: "alerts", room: ROOM }],
    },
  ],
};
const posted = (channel: string) =>
  ({ ...alertMessage("1", NOW), source: "discord", channel }) as const;

/** What a source says until it says no more, or at once. */
const saidBy = ({ source }: Plugged): Promise<string> =>
  new Promise((resolve) =>
    source.open({
      message: () => resolve("a message"),
      fault: ({ reason }) => resolve(reason),
      end: () => resolve("the end"),
    }),
  );

describe("Discord", () => {
  test("is heard by the settings of each channel, and says where its token is missing", async () => {
    const { context } = terminal({ here: "/nowhere" });
    const { plug } = await prepareSources(context, DISCORD, PRICES, () => {});
    const [one] = plug(context.clock, null);
    if (one === undefined) throw new Error("one source was configured");
    expect(one.roomOf(posted("400"))).toBe(ROOM);
    expect(one.roomOf(posted("401"))).toBeNull();
    expect(await saidBy(one)).toContain("file:/nowhere/no-such-token: cannot be read");
    const desk = one.desk?.(async () => ({ kind: "taken" }));
    desk?.ended(1, "expired", "the clock");
    one.source.close();
  });

  test("says nothing while an old day is played", async () => {
    const { context } = terminal({ here: "/nowhere" });
    const day = { ...PRICES, playedFrom: NOW };
    const { messages } = await prepareSources(context, DISCORD, day, () => {});
    expect(messages).toEqual([]);
  });
});

test("a day that is still to come is read at once, like any other", async () => {
  const here = temporaryFolder();
  await writeFile(join(here, "room.txt"), "🚨 ES long 6326: A\nStop: 6316\n");
  const { context } = terminal({ here });
  const config: Config = {
    ...DEFAULT_CONFIG,
    sources: [{ kind: "chat-file", path: "room.txt", once: true, room: OPEN_ROOM }],
  };
  const nextYear = millis(context.clock.now() + 365 * 86_400_000);
  const day = { ...PRICES, playedFrom: nextYear };
  const { messages } = await prepareSources(context, config, day, () => {});
  expect(messages.map(({ sentAt }) => sentAt)).toEqual([nextYear]);
});

test("a message has the room of its channel, and one of an unknown channel has none", () => {
  const room = (group: string) => ({ ...OPEN_ROOM, group });
  const roomIn = (source: SourceConfig, kind: SourceKind, channel: string): string | null =>
    roomsOf(source)({ ...alertMessage("1", NOW), source: kind, channel })?.group ?? null;
  const token = { kind: "env", name: "TOKEN" } as const;
  const webhook: SourceConfig = {
    ...{ kind: "webhook", host: "127.0.0.1", port: 8787 },
    hooks: [{ name: "desk", token, addresses: null, room: room("hook") }],
    signed: [{ name: "desk", secrets: [token], room: room("sender") }],
  };
  expect(roomIn(webhook, "webhook", "desk")).toBe("hook");
  expect(roomIn(webhook, "signed", "desk")).toBe("sender");
  expect(roomIn(webhook, "webhook", "other")).toBeNull();
  const discord: SourceConfig = {
    ...{ kind: "discord", token, restUrl: null, gatewayUrl: null, approvers: [] },
    channels: [{ id: "7", name: "alerts", room: room("channel") }],
  };
  expect(roomIn(discord, "discord", "7")).toBe("channel");
  expect(roomIn(discord, "discord", "8")).toBeNull();
  const chat: SourceConfig = { kind: "chat-file", path: "a", once: true, room: room("file") };
  expect(roomIn(chat, "chat-file", "whatever")).toBe("file");
});
