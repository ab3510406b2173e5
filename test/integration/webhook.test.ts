/** Webhooks in a whole house: from a request to what the timeline says, and how a start fails. */
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { prepareSources } from "../../src/app/sources.ts";
import { aboutWebhooks, deafWebhook } from "../../src/app/webhooks.ts";
import type { WebhookConfig } from "../../src/core/model/config.ts";
import type { SourceFault } from "../../src/ports/alert-source.ts";
import { takeLock } from "../../src/shell/sqlite/lock.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";
import { home } from "../kit/tree.ts";
import { hearing, secretFile, webhookIn } from "../kit/webhook-config.ts";
import { webhookHouse } from "../kit/webhook-house.ts";
import { SECRET, signatureOf, TOKEN } from "../kit/webhooks.ts";

const TEXT = "ES long 6326: A\nStop: 6316";

let here = "";
beforeEach(() => {
  here = temporaryFolder();
});

describe("a running house", () => {
  test("judges a signed alert and keeps it as a shadow: its prices are invented", async () => {
    const house = await webhookHouse(here, hearing(webhookIn(here)));
    const body = JSON.stringify({ text: TEXT });
    const timestamp = Math.floor(Date.now() / 1_000);
    const send = () =>
      fetch(`${house.url}/alerts`, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          ...signatureOf(body, { secret: SECRET, timestamp }),
        },
      });
    expect((await send()).status).toBe(202);
    await house.shows("kept as a shadow");
    expect(await (await send()).json()).toEqual({ status: "known" });
    await house.stop();
    expect(house.out()).toContain("alert ES long 6326.00 stop 6316.00 size A");
    expect(house.out().match(/alert ES long/g)).toHaveLength(1);
    expect(house.kept()).toMatchObject([{ message: { source: "signed", channel: "desk" } }]);
    expect(house.err()).toContain("are judged and kept as shadows, never filled");
  });

  test("hears a hook by its token, and stops hearing when it stops", async () => {
    const house = await webhookHouse(here, hearing(webhookIn(here)));
    const answer = await fetch(`${house.url}/hooks/${TOKEN}`, { method: "POST", body: TEXT });
    expect(answer.status).toBe(202);
    await house.shows("alert ES long 6326.00");
    await house.stop();
    await expect(fetch(`${house.url}/hooks/${TOKEN}`, { method: "POST" })).rejects.toThrow();
  });
});

describe("a start", () => {
  const startOf = (webhook: WebhookConfig) =>
    deafWebhook(terminal({ here }).context, hearing(webhook), here);

  test("with sound secrets and a free address goes on", async () => {
    expect(await startOf(webhookIn(here))).toBeNull();
    const other = await occupied();
    await other.free();
    expect(await startOf(webhookIn(here, { port: other.port }))).toBeNull();
  });

  test("with a weak token, or none where it should be, is refused without a word of it", async () => {
    const weak = { ...webhookIn(here), hooks: [] };
    const [hook] = webhookIn(here).hooks;
    if (hook === undefined) throw new Error("there is one");
    const token = secretFile(here, "weak.token", "hunter2");
    const missing = { kind: "file", path: "nowhere" } as const;
    expect(await startOf({ ...weak, hooks: [{ ...hook, token }] })).toMatchObject({
      code: 2,
      lines: [/^webhook 127\.0\.0\.1:0: hook tv: its token is too weak; /].map(line),
    });
    const refused = await startOf({ ...weak, hooks: [{ ...hook, token: missing }] });
    expect(refused?.lines).toEqual([/hook tv: file:\S*nowhere: cannot be read/].map(line));
  });

  test("at an address that is taken is refused, and a second instance is told that it is one", async () => {
    const other = await occupied();
    const webhook = webhookIn(here, { port: other.port });
    expect(await startOf(webhook)).toEqual({
      code: 2,
      lines: [`webhook 127.0.0.1:${other.port}: cannot listen: another program listens there`],
    });
    const held = takeLock(here, { pid: 1, since: terminal({ here }).context.clock.now() });
    expect(await startOf(webhook)).toMatchObject({ code: 3 });
    if (held.ok) held.value.release();
    await other.free();
  });

  test("with contracts open goes on with a source that only says what is wrong", async () => {
    const { context } = terminal({ here });
    const [hook] = webhookIn(here).hooks;
    if (hook === undefined) throw new Error("there is one");
    const token = secretFile(here, "weak.token", "hunter2");
    const config = hearing(webhookIn(here, { hooks: [{ ...hook, token }] }));
    const { plug } = await prepareSources(context, config, NO_PRICES, () => {});
    const [plugged] = plug(context.clock, null);
    const fault = await new Promise<SourceFault>((resolve) =>
      plugged?.source.open({ message() {}, end() {}, fault: resolve }),
    );
    plugged?.source.close();
    expect(fault).toMatchObject({ where: "webhook 127.0.0.1:0", reason: line(/too weak/) });
  });

  test("without a history sends every sender away to try again", async () => {
    const { context, err, shows } = terminal({ here });
    const { plug } = await prepareSources(context, hearing(webhookIn(here)), NO_PRICES, () => {});
    const [plugged] = plug(context.clock, null);
    plugged?.source.open({ message() {}, end() {}, fault() {} });
    await shows(": listening");
    const [, url = ""] = /webhook (\S+): listening/.exec(err()) ?? [];
    const sent = await fetch(`http://${url}/hooks/${TOKEN}`, { method: "POST", body: TEXT });
    expect(sent.status).toBe(503);
    const broken = await fetch(`http://${url}/hooks/${TOKEN}`, { method: "POST", body: " " });
    expect(broken.status).toBe(400);
    plugged?.source.close();
  });

  test("says what is open to other machines, and that a replay hears nothing", () => {
    const open = hearing(webhookIn(here, { host: "::", port: 8787 }), webhookIn(here));
    expect(aboutWebhooks(open, false)).toEqual([line(/^webhook \[::\]:8787 can be reached/)]);
    expect(aboutWebhooks(open, true)).toEqual(["webhooks are not heard: prices are recorded"]);
    expect(aboutWebhooks(hearing(), true)).toEqual([]);
  });

  test("of a replay reads what was recorded and opens no port", async () => {
    const { context } = terminal({ here });
    const played = { ...NO_PRICES, playedFrom: context.clock.now() };
    const sources = await prepareSources(context, hearing(webhookIn(here)), played, () => {});
    expect(sources.messages).toEqual([]);
    expect(sources.plug(context.clock, null).map(({ source }) => source.name)).toEqual([
      "recorded messages",
    ]);
  });
});

test("in the build the library has a chunk of its own, which nothing loads before it is asked for", () => {
  const dist = join(home, "dist");
  const chunks = readdirSync(dist).filter((name) => name.endsWith(".js"));
  const text = (name: string): string => readFileSync(join(dist, name), "utf8");
  const readersOf = (name: string) =>
    chunks.filter((one) => text(one).includes(`from "./${name}"`));
  const [library, ...more] = chunks.filter((name) =>
    text(name).includes("node_modules/fastify/fastify.js"),
  );
  expect(more).toEqual([]);
  // Two doors are made of it: the one for senders, and the one for whoever asks how things stand.
  const doors = readersOf(library ?? "");
  expect(doors.map((name) => name.replace(/-\w+\.js$/, "")).sort()).toEqual([
    ...["web-server", "webhook-source"],
  ]);
  expect(doors.flatMap(readersOf)).toEqual([]);
});

const NO_PRICES = {
  ...{ playedFrom: null, tape: null, endsAt: null, followed: [], words: "none" },
  market: () => {
    throw new Error("nobody asks for it here");
  },
};

const line = (text: RegExp): unknown => expect.stringMatching(text);

async function occupied() {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { port, free: () => new Promise<void>((done) => void server.close(() => done())) };
}
