/** The first look at rooms, over REST and from files. */
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkSources } from "../../src/app/commands/sources.ts";
import type { SourceConfig } from "../../src/core/model/config.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import {
  AUTHOR,
  CHANNEL,
  type FakeDiscord,
  fakeDiscord,
  idOf,
  TOKEN,
} from "../kit/discord-gateway.ts";
import { discordSettings, ROOM_NOW } from "../kit/discord-room.ts";
import { recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

let fake: FakeDiscord;
beforeEach(async () => {
  fake = await fakeDiscord();
});
afterEach(() => fake.close());

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";

function looking(token = TOKEN) {
  const here = temporaryFolder();
  writeFileSync(join(here, "token"), token, { mode: 0o600 });
  const seen = terminal({ here });
  const settings = discordSettings(fake, { token: { kind: "file", path: "token" } });
  const check = (json = false, sources: readonly SourceConfig[] = [settings]) =>
    checkSources(seen.context, sources, { json });
  return { ...seen, here, check };
}

describe("a look at Discord", () => {
  test("shows the newest 50 messages with author, id and outcome, and does nothing else", async () => {
    for (let n = 0; n < 60; n++) fake.post({ id: idOf(ROOM_NOW, n), content: `chatter ${n}` });
    fake.post({ id: idOf(ROOM_NOW, 99), content: ALERT });
    const { check, out } = looking();
    expect(await check()).toBe(0);
    expect(out()).toContain(`discord #alerts (${CHANNEL}), bot watcher`);
    expect(out()).toContain(`2026-03-02 09:31:05 CT  JMoney (${AUTHOR})  🚨 ES long 6326: A`);
    expect(out()).toContain("entry: ES long 6326.00 stop 6316.00 size A");
    expect(out().match(/JMoney/g)).toHaveLength(50);
    expect(fake.requests.every(({ method }) => method === "GET")).toBe(true);
    expect(fake.identifies).toEqual([]);
  });

  test("tells it as JSON, a line for each channel", async () => {
    fake.post({ id: idOf(ROOM_NOW), content: ALERT });
    const { check, values } = looking();
    expect(await check(true)).toBe(0);
    expect(values()).toMatchObject([
      {
        ...{ source: "discord", channel: CHANNEL, problem: null },
        messages: [{ authorId: AUTHOR, sentAt: "2026-03-02T15:31:05.000Z", result: {} }],
      },
    ]);
  });

  const problems: readonly [string, () => void, number, RegExp][] = [
    [
      "no history",
      () => Object.assign(fake.mood, { permissions: 1n << 10n }),
      2,
      /Message History/,
    ],
    ["closed", () => Object.assign(fake.mood, { permissions: 0n }), 2, /"View Channel"/],
    ["no intent", () => Object.assign(fake.mood, { mayReadContent: false }), 2, /CONTENT INTENT/],
    ["bare", () => void fake.post({ content: "" }), 2, /CONTENT INTENT/],
    ["a user", () => Object.assign(fake.mood, { isBot: false }), 2, /terms forbid/],
    ["away", () => Object.assign(fake.mood, { status: 503 }), 1, /Discord answers 503/],
  ];
  test.each(problems)("says what is wrong (%s)", async (_, spoil, code, words) => {
    spoil();
    const { check, out } = looking();
    expect(await check()).toBe(code);
    expect(out()).toMatch(words);
  });

  test("looks at the channel where people are asked, too", async () => {
    const { check, out, here } = looking();
    writeFileSync(join(here, "t"), TOKEN, { mode: 0o600 });
    const token = { kind: "file", path: "t" } as const;
    const asking = discordSettings(fake, { token, approvalChannel: "450000000000000005" });
    expect(await check(false, [asking])).toBe(2);
    expect(out()).toContain('lacks the right "Send Messages"');
    fake.mood.permissions |= 1n << 11n;
    expect(await check(false, [asking])).toBe(0);
    fake.mood.broken = /channels.450/;
    expect(await check(false, [asking])).toBe(1);
  });

  test.each([/roles/, /members/, /messages/])("cannot look where %s is closed", async (closed) => {
    fake.mood.closed = closed;
    const { check, out } = looking();
    expect(await check()).toBe(2);
    expect(out()).toContain("not allowed (Discord error 50001)");
  });

  test("knows a Discord that is not there", async () => {
    const { check, context, out } = looking();
    const token = { kind: "file", path: "token" } as const;
    const none = discordSettings(fake, { token, restUrl: "http://127.0.0.1:9/api" });
    expect(await check(false, [none])).toBe(1);
    expect(out()).toMatch(/127\.0\.0\.1:9.* cannot be reached/);
    expect(context.here.length).toBeGreaterThan(0);
  });

  test("needs a token that others cannot read, and never shows it", async () => {
    const { check, here, out, err } = looking();
    chmodSync(join(here, "token"), 0o644);
    expect(await check()).toBe(2);
    expect(out()).toContain("chmod 600");
    const other = looking("mfa.secret-canary-1234567890");
    expect(await other.check()).toBe(2);
    expect(`${out()}${err()}${other.out()}${other.err()}`).not.toMatch(/canary|xxxxxxxx/);
  });
});

describe("a look at other sources", () => {
  test("shows a file's messages and changes nothing", async () => {
    const { run, out } = terminal({ here: recordedDay(temporaryFolder()) });
    expect(await run("sources", "check")).toBe(0);
    expect(out()).toMatch(/alerts\.jsonl\n {2}2026-11-17 09:00:00 CT {2}JMoney {2}🚨 ES long/);
  });

  test("names a file that is not there", async () => {
    const { check, out } = looking();
    const file = { kind: "chat-file", path: "none.txt", once: false, room: OPEN_ROOM } as const;
    expect(await check(false, [file])).toBe(2);
    expect(out()).toContain("PROBLEM: ");
  });

  test("says where there is nothing to see yet", async () => {
    const { check, out } = looking();
    const token = { kind: "env", name: "HOOK" } as const;
    const hooks = [{ name: "tv", token, addresses: null, room: OPEN_ROOM }];
    const webhook = { kind: "webhook", host: "127.0.0.1", port: 8080, hooks, signed: [] } as const;
    expect(await check(false, [{ kind: "stdin", room: OPEN_ROOM }, webhook])).toBe(0);
    expect(out()).toMatch(/standard input\n.*when the program runs\nwebhook tv/);
    expect(await check(false, [{ ...discordSettings(fake), channels: [] }])).toBe(2);
  });

  test("needs a sound configuration", async () => {
    const here = temporaryFolder();
    const none = terminal({ here });
    expect(await none.run("sources", "check")).toBe(2);
    expect(none.err()).toContain("there is no config.yaml");
    writeFileSync(join(here, "config.yaml"), "sources: 7\n");
    expect(await terminal({ here }).run("sources", "check")).toBe(2);
    writeFileSync(join(here, "config.yaml"), "sources: []\n");
    const empty = terminal({ here });
    expect(await empty.run("sources", "check")).toBe(0);
    expect(empty.err()).toContain("no sources are configured");
  });
});
