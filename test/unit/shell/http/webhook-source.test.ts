/** Requests over real connections on this machine: what each is answered, and what comes of it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { webhookSource } from "../../../../src/shell/http/webhook-source.ts";
import { memoryKeeper } from "../../../kit/memory-keeper.ts";
import {
  AT,
  BOT_SECRET,
  begin,
  NEXT_SECRET,
  OTHER_TOKEN,
  raw,
  SECRET,
  SETTINGS,
  signatureOf,
  TOKEN,
  type Webhook,
  webhook,
} from "../../../kit/webhooks.ts";

const ALERT = "ES long 6326: A\nStop: 6316";

const refused = (one: { readonly text: string }): unknown => JSON.parse(one.text).error;

describe("a hook", () => {
  test("takes a text, keeps it, answers, and only then offers it", async () => {
    const { hook, messages, keeper, faults } = await webhook();
    const said = await hook(ALERT);
    expect(said).toMatchObject({ status: 202, text: '{"status":"taken"}' });
    expect(said.headers.get("cache-control")).toBe("no-store");
    const expected = {
      ...{ source: "webhook", channel: "tv", author: null, text: ALERT, embeds: [] },
      ...{ referenced: null, event: "create", previous: null, sentAt: AT },
    };
    expect(messages).toMatchObject([expected]);
    expect(keeper.kept).toMatchObject([
      { message: expected, receivedAt: AT, imported: false, raw: ALERT },
    ]);
    expect(faults).toEqual([]);
  });

  test("reads a text and its author out of JSON, and passes on any other JSON as it is", async () => {
    const { hook, messages } = await webhook();
    const other = '{"action": "buy", "ticker": "ES1!"}';
    await hook(JSON.stringify({ text: ALERT, author: "sam" }), "application/json");
    await hook(other, "application/json; charset=utf-8");
    await hook(JSON.stringify({ text: "all out" }), "text/plain", OTHER_TOKEN);
    await hook('{"text": "a "quoted" word"}');
    expect(messages.map(({ channel, text, author }) => [channel, text, author])).toEqual([
      ["tv", ALERT, "sam"],
      ["tv", other, null],
      ["phone", "all out", null],
      ["tv", '{"text": "a "quoted" word"}', null],
    ]);
  });

  test("knows a repeat of the same body for a minute, also after a restart", async () => {
    const keeper = memoryKeeper();
    const first = await webhook({ keeper });
    await first.hook(ALERT);
    first.pass(5_000);
    expect(await first.hook(ALERT)).toMatchObject({ status: 202, text: '{"status":"known"}' });
    first.source.close();
    const again = await webhook({ keeper });
    for (const span of [20_000, 40_000]) {
      again.pass(span);
      expect((await again.hook(ALERT)).text).toBe('{"status":"known"}');
    }
    again.pass(1_000);
    expect((await again.hook(ALERT)).text).toBe('{"status":"taken"}');
    again.pass(59_000);
    expect((await again.hook(ALERT)).text).toBe('{"status":"known"}');
    expect((await again.hook(ALERT, "text/plain", OTHER_TOKEN)).text).toBe('{"status":"taken"}');
    expect([first.messages.length, again.messages.length]).toEqual([1, 2]);
    expect(new Set(keeper.kept.map(({ message }) => message.id)).size).toBe(3);
  });

  test("goes by the id of a body that has one", async () => {
    const { hook, pass, messages, faults, keeper } = await webhook();
    const body = JSON.stringify({ id: 7, text: ALERT });
    await hook(body);
    pass(24 * 3_600_000);
    expect((await hook(body)).text).toBe('{"status":"known"}');
    expect(await hook(JSON.stringify({ id: 7, text: "other" }))).toMatchObject({ status: 409 });
    expect(messages.map(({ id }) => id)).toEqual(["7"]);
    expect(faults).toMatchObject([{ where: "hook tv", reason: /another body/ }].map(matching));
    expect(keeper.faults).toMatchObject([{ channel: "tv", raw: '{"id":7,"text":"other"}' }]);
  });

  test("counts freshness from the time in the body, as far as it can be believed", async () => {
    const { hook, messages, faults } = await webhook();
    await hook('{"text": "one", "timenow": "2026-11-22T15:31:00Z"}');
    await hook('{"text": "two", "time": "2026-11-22T14:00:00Z"}');
    expect(messages.map(({ sentAt }) => AT - sentAt)).toEqual([5_000, 0]);
    expect(faults).toMatchObject(
      [{ where: "hook tv", reason: /"time" is 5465 s old/ }].map(matching),
    );
  });

  test("answers `try again` when a message cannot be kept, and offers nothing", async () => {
    const { hook, keeper, messages, faults } = await webhook();
    keeper.turn(false);
    const said = await hook(ALERT);
    expect(said.status).toBe(503);
    expect(said.headers.get("retry-after")).toBe("5");
    expect(faults[0]?.reason).toBe("not kept, so not taken: the disk is full");
    await hook(" ", "text/plain");
    expect(faults[1]?.reason).toBe("the body is empty, and not kept: the disk is full");
    keeper.turn(true);
    expect((await hook(ALERT)).text).toBe('{"status":"taken"}');
    expect(messages.length).toBe(1);
  });

  test("says so when this program fails, and goes on", async () => {
    const keeper = memoryKeeper();
    const failing = {
      ...keeper,
      find: (ref: Parameters<typeof keeper.find>[0]) => {
        if (ref.channel === "tv") throw new RangeError(`a bug with ${TOKEN}`);
        return keeper.find(ref);
      },
    };
    const { hook, faults } = await webhook({ keeper: failing });
    expect(await hook(ALERT)).toMatchObject({ status: 500, text: '{"error":"it failed here"}' });
    expect(faults).toEqual([
      { where: "webhook", reason: "a request failed in this program: RangeError" },
    ]);
    expect((await hook(ALERT, "text/plain", OTHER_TOKEN)).status).toBe(202);
  });

  test("with a list of addresses is not there for others", async () => {
    const addresses = ["tradingview"];
    const hooks = [{ name: "tv", token: TOKEN, addresses }];
    const { hook, faults, messages } = await webhook({ settings: { hooks } });
    expect(await hook(ALERT)).toMatchObject({ status: 404, text: '{"error":"nothing here"}' });
    expect(faults[0]?.reason).toBe("127.0.0.1 is not on its list of addresses");
    expect(messages).toEqual([]);
    const here = await webhook({
      settings: { hooks: [{ name: "tv", token: TOKEN, addresses: ["127.0.0.0/8"] }] },
    });
    expect((await here.hook(ALERT)).status).toBe(202);
  });

  test("takes sixty requests a minute and no more", async () => {
    const { hook, pass, faults } = await webhook();
    for (let n = 0; n < 60; n++) expect((await hook(`alert ${n}`)).status).toBe(202);
    const said = await hook("one more");
    expect([said.status, said.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(faults[0]?.reason).toBe("more than 60 requests a minute");
    expect((await hook("x", "text/plain", OTHER_TOKEN)).status).toBe(202);
    pass(60_000);
    expect((await hook("one more")).status).toBe(202);
  });
});

describe("a signed alert", () => {
  test("is a message of its sender, under its id", async () => {
    const { sign, messages } = await webhook();
    const body = JSON.stringify({ text: ALERT, author: "sam" });
    expect(await sign(body)).toMatchObject({ status: 202, text: '{"status":"taken"}' });
    expect(messages).toMatchObject([
      { source: "signed", channel: "desk", id: "msg_1", author: "sam", text: ALERT, sentAt: AT },
    ]);
  });

  test("is known when it comes again, with whatever time and signature", async () => {
    const { sign, pass, messages } = await webhook();
    await sign("all out", { type: "text/plain" });
    pass(240_000);
    expect((await sign("all out", { type: "text/plain" })).text).toBe('{"status":"known"}');
    expect(await sign("add", { type: "text/plain" })).toMatchObject({ status: 409 });
    expect((await sign("all out", { type: "text/plain", id: "msg_2" })).text).toContain("taken");
    expect(messages.length).toBe(2);
  });

  test("may be signed with either secret, and with several signatures", async () => {
    const { sign, post, messages } = await webhook();
    expect((await sign("one", { secret: NEXT_SECRET, type: "text/plain" })).status).toBe(202);
    expect((await sign("two", { secret: BOT_SECRET, type: "text/plain" })).status).toBe(202);
    const timestamp = AT / 1_000;
    const [wrong, right] = [BOT_SECRET, SECRET].map(
      (secret) => signatureOf("three", { id: "m3", secret, timestamp })["webhook-signature"],
    );
    const several = `v1,AAAA v1a,${right} ${wrong?.replace("v1,", "v1,AA")} ${right}`;
    const said = await post("/alerts", "three", {
      "content-type": "text/plain",
      ...signatureOf("three", { id: "m3", timestamp }),
      "webhook-signature": several,
    });
    expect(said.status).toBe(202);
    expect(messages.map(({ channel }) => channel)).toEqual(["desk", "bot", "desk"]);
  });

  test("counts from its time of sending, never from a time to come", async () => {
    const { sign, messages } = await webhook();
    const plain = { type: "text/plain" };
    await sign("one", { ...plain, id: "1", timestamp: AT / 1_000 - 200 });
    await sign("two", { ...plain, id: "2", timestamp: AT / 1_000 + 200 });
    await sign('{"text": "three", "timestamp": "2026-11-22T15:31:01Z"}', { ...plain, id: "3" });
    expect(messages.map(({ sentAt }) => AT - sentAt)).toEqual([200_000, 0, 4_000]);
  });

  test.each<[string, (one: Webhook) => Promise<{ readonly status: number; text: string }>, string]>(
    [
      [
        "by nobody",
        ({ post }) => post("/alerts", ALERT, { "content-type": "text/plain" }),
        "needed",
      ],
      [
        "by somebody else",
        ({ sign }) => sign("{}", { secret: `whsec_${"A".repeat(43)}=` }),
        "no known",
      ],
      ["too long ago", ({ sign }) => sign("{}", { timestamp: AT / 1_000 - 301 }), "5 minutes"],
      ["too far ahead", ({ sign }) => sign("{}", { timestamp: AT / 1_000 + 301 }), "5 minutes"],
      ["at no time", ({ sign }) => sign("{}", { timestamp: 1.5 }), "Unix seconds"],
      ["under an id with a dot", ({ sign }) => sign("{}", { id: "a.b" }), "webhook-id"],
    ],
  )("signed %s is refused", async (_, send, reason) => {
    const one = await webhook();
    const said = await send(one);
    expect(said.status).toBe(401);
    expect(refused(said)).toContain(reason);
    expect(one.faults[0]).toMatchObject({ where: "webhook" });
    expect(one.keeper.faults).toEqual([]);
  });

  test("changed on its way is refused", async () => {
    const { post, clock } = await webhook();
    const headers = signatureOf("stop 6316", { timestamp: clock.now() / 1_000 });
    const said = await post("/alerts", "stop 6306", { "content-type": "text/plain", ...headers });
    expect(said.status).toBe(401);
  });

  test("in a loop is sent away", async () => {
    const { sign } = await webhook();
    for (let n = 0; n < 60; n++) await sign("{}", { id: `m${n}` });
    expect((await sign("{}", { id: "more" })).status).toBe(429);
  });
});

describe("what is no message", () => {
  test.each<[string, string | Uint8Array, string, number, RegExp]>([
    ["nothing", "", "text/plain", 400, /empty/],
    ["spaces", " \n ", "text/plain", 400, /empty/],
    ["broken JSON", '{"text": "a', "application/json", 400, /not JSON/],
    ["JSON without words", '{"text": " "}', "application/json", 400, /"text" is empty/],
    ["an id that is none", '{"id": {}, "text": "a"}', "application/json", 400, /"id" is not/],
    ["bytes that are no text", new Uint8Array([0xff, 0xfe]), "text/plain", 400, /UTF-8/],
    ["too much", "x".repeat(16 * 1_024 + 1), "text/plain", 413, /16 kB/],
    ["a form", "text=a", "application/x-www-form-urlencoded", 415, /text\/plain/],
  ])("%s is refused, and kept raw where it was read", async (_, body, type, status, reason) => {
    const { hook, keeper, messages } = await webhook();
    const said = await hook(body, type);
    expect(said.status).toBe(status);
    expect(refused(said)).toMatch(reason);
    expect(messages).toEqual([]);
    expect(keeper.faults.length).toBe(status === 400 ? 1 : 0);
  });

  test("is kept as bytes where it is no text", async () => {
    const { hook, keeper } = await webhook();
    await hook(new Uint8Array([0xff, 0xfe]));
    expect(keeper.faults).toEqual([
      {
        source: "webhook",
        channel: "tv",
        at: AT,
        raw: "base64://4=",
        reason: "the body is not UTF-8",
      },
    ]);
  });

  test("on /alerts is refused only when it was signed", async () => {
    const { sign, keeper } = await webhook();
    expect(refused(await sign("{"))).toBe("the body is not JSON");
    expect(keeper.faults).toMatchObject([{ source: "signed", channel: "desk", raw: "{" }]);
  });

  test.each([
    ["GET", `/hooks/${TOKEN}`, 405],
    ["PUT", "/alerts", 405],
    ["OPTIONS", "/alerts?a=b", 405],
    ["GET", "/", 404],
    ["POST", "/", 404],
    ["POST", "/hooks", 404],
    ["POST", "/hooks/", 404],
    ["POST", `/hooks/${TOKEN}/`, 404],
    ["POST", `/hooks/${TOKEN.slice(0, -1)}0`, 404],
    ["POST", `/hooks/${"x".repeat(500)}`, 404],
    ["POST", "/hooks/%ff", 404],
    ["GET", "/health", 404],
  ])("%s %s is answered %i, without a word of what was asked", async (method, path, status) => {
    const { port } = await webhook();
    const said = await raw(
      port,
      `${method} ${path} HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    );
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(said).not.toContain(path.slice(7, 20) || "nothing at all");
    expect(/^allow: POST/im.test(said)).toBe(status === 405);
  });

  test("told a thousand times is told once a minute", async () => {
    const { hook, pass, faults } = await webhook();
    for (let n = 0; n < 20; n++) await hook("x", "text/plain", `${n}`.repeat(40));
    pass(60_000);
    await hook("x", "text/plain", "y".repeat(40));
    expect(faults.map(({ reason }) => reason)).toEqual([
      "a request with a token that no hook has, from 127.0.0.1",
      "a request with a token that no hook has, from 127.0.0.1 (and 19 more since it was last told)",
    ]);
  });
});

describe("the door", () => {
  const START = `POST /hooks/${TOKEN} HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\n`;
  /** Tells when its headers have arrived. */
  const WAITING = `${START}expect: 100-continue\r\ncontent-length: 3\r\n\r\n`;

  test("closes on whoever sends too slowly", async () => {
    const { port } = await webhook({ limits: { patience: 150 } });
    const said = await Promise.all([
      raw(port, "POST /ho"),
      raw(port, START),
      raw(port, `${START}content-length: 10\r\n\r\nabc`),
    ]);
    for (const one of said) expect(one).toMatch(/^(HTTP\/1.1 408 |$)/);
  });

  test("lets in so many connections at a time", async () => {
    const { port, hook } = await webhook({ limits: { connectionsMax: 3 } });
    const held = [1, 2, 3].map(() => begin(port, START));
    expect(await raw(port, `${START}content-length: 1\r\n\r\na`)).toBe("");
    for (const { socket } of held) socket.end();
    await Promise.all(held.map(({ said }) => said));
    expect((await hook(ALERT)).status).toBe(202);
  });

  test("refuses headers beyond their size, and what is not HTTP", async () => {
    const { port } = await webhook();
    expect(await raw(port, `${START}x: ${"y".repeat(9_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
    expect(await raw(port, "hello\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
  });

  test("refuses a body that grows beyond its size on the way", async () => {
    const { port } = await webhook();
    const part = `4000\r\n${"x".repeat(0x4000)}\r\n`;
    const said = await raw(port, `${START}transfer-encoding: chunked\r\n\r\n`, part, part);
    expect(said).toMatch(/^HTTP\/1.1 413 /);
  });

  test("answers while it closes that it has to be tried again", async () => {
    const { port, source, keeper, messages } = await webhook();
    const { said, socket, continued } = begin(port, WAITING);
    await continued;
    source.close();
    source.close();
    socket.write("abc");
    expect(await said).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 503 /);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect([keeper.kept, messages]).toEqual([[], []]);
  });

  test("waits only so long for what is still coming", async () => {
    const { port, source } = await webhook({ limits: { drain: 50 } });
    const { said, continued } = begin(port, WAITING);
    await continued;
    source.close();
    expect(await said).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  });

  test("whatever bytes come, it answers, and goes on", async () => {
    const { hook, sign } = await webhook();
    const hasty = await webhook({ limits: { patience: 100 } });
    const body = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (bytes, isJson) => {
        const { status } = await hook(bytes, isJson ? "application/json" : "text/plain");
        expect([202, 400, 409, 429]).toContain(status);
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.uuid(), async (text, id) => {
        expect([202, 400, 409, 429]).toContain((await sign(text, { id })).status);
      }),
      { numRuns: 100 },
    );
    await fc.assert(
      fc.asyncProperty(body, async (bytes) => {
        expect(await raw(hasty.port, bytes, "\r\n\r\n")).toMatch(/^HTTP\/1.1 [45]\d\d |^$/);
      }),
      { numRuns: 30 },
    );
    expect((await hook(ALERT, "text/plain", OTHER_TOKEN)).status).toBe(202);
  });
});

describe("an address", () => {
  test("that is taken is told once and tried again", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const { port } = other.address() as AddressInfo;
    const clock = virtualClock(AT);
    const reasons: string[] = [];
    const told = new Promise<void>((resolve) => {
      const source = webhookSource({
        settings: { ...SETTINGS, port },
        clock,
        keeper: memoryKeeper(),
        listening: () => resolve(),
      });
      onTestFinished(() => source.close());
      source.open({
        message: () => {},
        end: () => {},
        fault({ where, reason }) {
          reasons.push(`${where}: ${reason}`);
          other.close(() => clock.runAll(1));
        },
      });
    });
    await told;
    expect(reasons).toEqual([
      `webhook 127.0.0.1:${port}: cannot listen: another program listens there`,
    ]);
  });
});

const matching = ({ where, reason }: { readonly where: string; readonly reason: RegExp }) => ({
  where,
  reason: expect.stringMatching(reason),
});
