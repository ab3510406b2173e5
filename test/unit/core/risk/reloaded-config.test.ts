import { describe, expect, it } from "vitest";
import type { Config, SourceConfig } from "../../../../src/core/model/config.ts";
import { DEFAULT_CONFIG } from "../../../../src/core/model/defaults.ts";
import { type Format, PLAIN_FORMAT } from "../../../../src/core/model/format.ts";
import { CONFIG_CLASSES, SETTINGS_CLASSES } from "../../../../src/core/model/reload-classes.ts";
import { OPEN_ROOM, type Room } from "../../../../src/core/model/room.ts";
import { dollars, millis, ticks } from "../../../../src/core/model/units.ts";
import { changesBetween } from "../../../../src/core/risk/config-changes.ts";
import { fingerprintOf, reloadedConfig } from "../../../../src/core/risk/reloaded-config.ts";
import { FIRM_PLAN } from "../../../kit/firm-plans.ts";

const SOURCES: readonly SourceConfig[] = [
  { kind: "stdin", room: OPEN_ROOM },
  {
    ...{ kind: "discord", token: { kind: "env", name: "TOKEN" }, restUrl: null, gatewayUrl: null },
    approvers: [],
    channels: [
      { id: "1", name: "vip", room: OPEN_ROOM },
      { id: "2", name: "free", room: { ...OPEN_ROOM, mode: "confirm" } },
    ],
  },
  { kind: "chat-file", path: "./room.txt", once: false, room: OPEN_ROOM },
  {
    ...{ kind: "webhook", host: "127.0.0.1", port: 1 },
    hooks: [{ name: "h", token: { kind: "env", name: "H" }, addresses: null, room: OPEN_ROOM }],
    signed: [{ name: "s", secrets: [], room: OPEN_ROOM }],
  },
];

const RUNNING: Config = { ...DEFAULT_CONFIG, sources: SOURCES };

const [ACCOUNT] = RUNNING.settings.accounts;
if (ACCOUNT === undefined) throw new Error("there is a usual account");

/** For each key another value than the usual one; the types ask for every key. */
const OTHER: { readonly [Key in keyof Required<Omit<Config, "settings">>]: Config[Key] } = {
  mode: "live",
  broker: {
    ...{ kind: "topstepx", userName: "u", apiKey: { kind: "env", name: "KEY" }, accounts: [] },
    ...{ restUrl: "r", userHubUrl: "u", marketHubUrl: "m", simulated: true, brackets: "native" },
  },
  balances: [{ account: ACCOUNT.id, balance: dollars(1) }],
  paper: { ...RUNNING.paper, slippage: ticks(0) },
  market: { kind: "simulated", seed: 1, startPrice: 6_000 },
  sources: [],
  notify: [],
  formats: { mine: { ...PLAIN_FORMAT, name: "mine" } },
  formatsDirectory: "./formats",
  rulePacks: { directory: null, daysMax: 7 },
  backups: { every: null, recipients: [], copyTo: null },
  health: { ping: { url: { kind: "env", name: "PING" }, every: millis(60_000) } },
  web: { port: 9_469, token: null },
  dataDirectory: "./elsewhere",
  logLevel: "debug",
  flattenOnStop: true,
  paste: false,
};

describe("the classes of the configuration's keys", () => {
  it.each(Object.entries(OTHER))("%s is taken now or waits, as its class says", (name, value) => {
    const key = name as keyof typeof OTHER;
    const offered = { ...RUNNING, [key]: value };
    const { changes } = changesBetween(RUNNING, offered, reloadedConfig(RUNNING, offered));
    const { on } = CONFIG_CLASSES[key];
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes)
      expect(change).toMatchObject({ on, outcome: on === "restart" ? "waits" : "applied" });
  });

  it("say of accounts, plans and the calendar that they take a restart", () => {
    const { settings } = RUNNING;
    const offered: Config = {
      ...RUNNING,
      settings: {
        ...settings,
        accounts: [{ ...ACCOUNT, name: "Other" }],
        plans: { [FIRM_PLAN.id]: FIRM_PLAN },
        calendar: { ends: 1, validUntil: "2030-01-01", days: [] } as never,
      },
    };
    const { changes } = changesBetween(RUNNING, offered, reloadedConfig(RUNNING, offered));
    expect(changes.map(({ key, outcome }) => [key, outcome])).toEqual([
      ["accounts[0].name", "waits"],
      ["plans", "waits"],
      ["calendar", "waits"],
    ]);
    for (const key of ["accounts", "plans", "calendar"] as const)
      expect(SETTINGS_CLASSES[key]).toEqual({ on: "restart" });
  });

  it("never let paper become live", () => {
    const offered: Config = { ...RUNNING, mode: "twin" };
    expect(reloadedConfig(RUNNING, offered)).toEqual(RUNNING);
  });
});

const withRoom = (change: Partial<Room>, at = 0): readonly SourceConfig[] =>
  SOURCES.map((source, index) =>
    index === at && source.kind === "stdin"
      ? { ...source, room: { ...source.room, ...change } }
      : source,
  );

const roomAfter = (was: Partial<Room>, is: Partial<Room>): Room | null => {
  const running = { ...RUNNING, sources: withRoom(was) };
  const [first] = reloadedConfig(running, { ...RUNNING, sources: withRoom(is) }).sources;
  return first?.kind === "stdin" ? first.room : null;
};

describe("the rooms of a source", () => {
  it("take a mode that takes less, and no other", () => {
    expect(roomAfter({}, { mode: "confirm" })?.mode).toBe("confirm");
    expect(roomAfter({}, { mode: "shadow" })?.mode).toBe("shadow");
    expect(roomAfter({ mode: "shadow" }, { mode: "auto" })?.mode).toBe("shadow");
    expect(roomAfter({ mode: "confirm" }, {})?.mode).toBe("confirm");
  });

  it("take another format and another time for an answer; whose messages count takes a restart", () => {
    const format: Format = { ...PLAIN_FORMAT, name: "mine" };
    const approvalFor = millis(5_000);
    expect(roomAfter({}, { format, approvalFor })).toEqual({ ...OPEN_ROOM, format, approvalFor });
    expect(roomAfter({ approvalFor }, {})).toEqual(OPEN_ROOM);
    const authors = { ids: [], names: ["anna"] };
    expect(roomAfter({}, { authors, group: "swing" })).toEqual(OPEN_ROOM);
  });

  it("wait, all of them, where a source was added, lost or moved", () => {
    const sources = withRoom({ mode: "shadow" }).slice(0, 1);
    expect(reloadedConfig(RUNNING, { ...RUNNING, sources }).sources).toBe(SOURCES);
  });
});

describe("the fingerprint of a configuration", () => {
  it("is the same for the same one, however its keys are ordered, and has 32 digits", () => {
    const { mode, ...rest } = RUNNING;
    expect(fingerprintOf({ ...rest, mode })).toBe(fingerprintOf(RUNNING));
    expect(fingerprintOf(RUNNING)).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprintOf({ ...RUNNING, paste: false })).not.toBe(fingerprintOf(RUNNING));
  });
});
