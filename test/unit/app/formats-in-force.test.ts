import { describe, expect, test } from "vitest";
import { roomFor, roomsIn } from "../../../src/app/configured-rooms.ts";
import { type Formats, formatsInForce } from "../../../src/app/formats-in-force.ts";
import type { Config, SourceConfig } from "../../../src/core/model/config.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import { type Format, PLAIN_FORMAT } from "../../../src/core/model/format.ts";
import { OPEN_ROOM, type Room } from "../../../src/core/model/room.ts";
import { withRooms } from "../../../src/core/model/source-rooms.ts";
import type { ConfigFault } from "../../../src/ports/config-source.ts";
import { err, ok, type Result } from "../../../src/std/result.ts";
import { posted } from "../../kit/posted.ts";

const formatOf = (name: string, more: Partial<Format> = {}): Format => ({
  ...PLAIN_FORMAT,
  ...more,
  name,
});
const named = formatOf("named", { authors: { ids: ["7"], names: [] } });
const old = formatOf("room");
const roomOf = (format: Format): Room => ({ ...OPEN_ROOM, format });
const env = { kind: "env", name: "X" } as const;

const SOURCES: readonly SourceConfig[] = [
  { kind: "stdin", room: OPEN_ROOM },
  { kind: "chat-file", path: "logs/a.txt", once: false, room: roomOf(old) },
  {
    ...{ kind: "discord", token: env, restUrl: null, gatewayUrl: null, approvers: [] },
    channels: [{ id: "1", name: "one", room: roomOf(named) }],
  },
  {
    ...{ kind: "webhook", host: "127.0.0.1", port: 1 },
    hooks: [{ name: "tv", token: env, addresses: null, room: roomOf(old) }],
    signed: [{ name: "relay", secrets: [env], room: OPEN_ROOM }],
  },
];
const CONFIG: Config = { ...DEFAULT_CONFIG, sources: SOURCES, formats: { room: old, named } };

function desk(packs: Result<Formats, ConfigFault>) {
  const kept: Config[] = [];
  const formats = formatsInForce({
    config: CONFIG,
    read: () => packs,
    adopted: (config) => void kept.push(config),
  });
  const plug = formats.heardIn((room: Room) => [
    { source: { name: "x", open() {}, close() {} }, tradable: true, roomOf: () => room },
  ]);
  const heard = (room: Room) => plug(room)[0]?.roomOf(posted("x"));
  return { formats, heard, kept };
}

describe("formats in force", () => {
  const changed = formatOf("room", { sizes: { full: "A" } });

  test("are exchanged together, and count from the next message on", () => {
    const { formats, heard, kept } = desk(ok({ room: changed, named }));
    expect(heard(roomOf(old))).toEqual(roomOf(old));
    expect(formats.apply().ok).toBe(true);
    expect(formats.current()).toEqual({ room: changed, named });
    expect(heard(roomOf(old))).toEqual(roomOf(changed));
    expect(heard(OPEN_ROOM)).toBe(OPEN_ROOM);
    expect(roomsIn(kept[0] ?? DEFAULT_CONFIG).map(({ room }) => room.format)).toEqual([
      ...[PLAIN_FORMAT, changed, named, changed, PLAIN_FORMAT],
    ]);
  });

  test("stay when a room would lose its format, or everybody whose messages count", () => {
    const { formats, heard, kept } = desk(ok({ named: formatOf("named") }));
    expect(formats.apply()).toEqual({
      ok: false,
      error: [
        'logs/a.txt is read by the format "room", which is gone',
        'channel one takes its author ids from the format "named", which has none any more',
        'hook tv is read by the format "room", which is gone',
      ],
    });
    expect(heard(roomOf(old))).toEqual(roomOf(old));
    expect(kept).toEqual([]);
  });

  test("stay when a pack is broken", () => {
    const problem = { file: "a", line: 1, column: 1, key: "", reason: "no", text: "a:1:1: no" };
    const { formats } = desk(err({ kind: "invalid", file: "a", problems: [problem], omitted: 2 }));
    expect(formats.apply()).toEqual({ ok: false, error: ["a:1:1: no", "and 2 more"] });
    expect(formats.current()).toEqual({ room: old, named });
  });
});

describe("the room of a message", () => {
  const rooms = roomsIn(CONFIG);
  const find = (
    source: "stdin" | "chat-file" | "discord" | "webhook" | "signed",
    channel: string,
  ) => roomFor(rooms, posted("x", { source, channel }))?.format.name ?? null;

  test("is told by its source and its channel", () => {
    expect(find("stdin", "whatever")).toBe("plain");
    expect(find("chat-file", "a.txt")).toBe("room");
    expect(find("chat-file", "named in the file")).toBe("room");
    expect(find("discord", "1")).toBe("named");
    expect(find("discord", "2")).toBeNull();
    expect(find("webhook", "tv")).toBe("room");
    expect(find("signed", "relay")).toBe("plain");
  });

  test("of several files is that of its file alone", () => {
    const files = SOURCES.filter(({ kind }) => kind === "chat-file");
    const two = roomsIn({ sources: [...files, ...files] });
    expect(roomFor(two, posted("x", { channel: "other" }))).toBeNull();
  });

  test("can be changed in every source", () => {
    const shadow = (room: Room): Room => ({ ...room, mode: "shadow" });
    const sources = SOURCES.map((source) => withRooms(source, shadow));
    expect(roomsIn({ sources }).map(({ room }) => room.mode)).toEqual(Array(5).fill("shadow"));
  });
});
