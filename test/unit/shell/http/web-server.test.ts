/** The web server: who is let in, what is shown to whom, and that nothing can be done there. */
import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWeb } from "../../../../src/shell/http/web-server.ts";
import { WEB_TOKEN, webHouse } from "../../../kit/web-house.ts";

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const basic = (pair: string) => ({
  authorization: `Basic ${Buffer.from(pair).toString("base64")}`,
});
const RIGHT = { headers: bearer(WEB_TOKEN) };

describe("what starts and restarts the program", () => {
  it("hears whether the loop turns", async () => {
    expect((await (await webHouse()).ask("/live")).status).toBe(200);
    const hung = await (await webHouse({ isLive: () => false })).ask("/live");
    expect([hung.status, hung.body]).toEqual([503, "the loop hangs\n"]);
  });

  it("hears whether it is ready, and what is missing", async () => {
    expect((await (await webHouse()).ask("/ready")).body).toBe('{"ready":true,"missing":[]}');
    const missing = ["facts cannot be written"];
    const { status, body } = await (await webHouse({ unready: () => missing })).ask("/ready");
    expect([status, JSON.parse(body)]).toEqual([503, { ready: false, missing }]);
  });

  it("hears how the parts are, with reasons only for whoever has the token", async () => {
    const { ask } = await webHouse();
    const open = await ask("/health");
    expect(open.status).toBe(200);
    expect(open.body).toContain('"degraded"');
    expect(open.body).not.toContain("sam@example.org");
    expect((await ask("/health", RIGHT)).body).toContain("sam@example.org");
  });

  it("hears of a part that does not work, and of a house that was not looked at yet", async () => {
    const failed = await webHouse({ health: () => ({ state: "failed", components: [] }) });
    expect((await failed.ask("/health")).status).toBe(503);
    const early = await webHouse({ health: () => null });
    expect((await early.ask("/health")).body).toBe('{"state":"unknown"}');
  });

  it("collects figures, those of accounts with the token only", async () => {
    const { ask } = await webHouse();
    expect((await ask("/metrics")).body).toBe("open 1\n");
    expect((await ask("/metrics", RIGHT)).body).toBe("all 1\n");
  });
});

describe("what tells of accounts", () => {
  it.each([
    ["nothing", {}],
    ["another token", bearer("wrong")],
    ["half of it", bearer(WEB_TOKEN.slice(0, -1))],
    ["an unknown scheme", { authorization: `Digest ${WEB_TOKEN}` }],
    ["a password without a name", basic(WEB_TOKEN)],
    ["a header too long to be one", bearer("x".repeat(2_000))],
  ])("is not shown for %s", async (_, headers) => {
    const { ask } = await webHouse();
    for (const path of ["/snapshot", "/", "/page.js"]) {
      const { status, body, headers: sent } = await ask(path, { headers });
      expect([path, status, body]).toEqual([
        path,
        401,
        '{"error":"this takes the token of web.token"}',
      ]);
      expect(sent["www-authenticate"]).toBe('Basic realm="TradeStream"');
    }
  });

  it.each([
    ["a bearer token", bearer(WEB_TOKEN)],
    ["a browser's password, whatever the name", basic(`anybody:${WEB_TOKEN}`)],
  ])("is shown for %s", async (_, headers) => {
    const { ask } = await webHouse();
    expect((await ask("/snapshot", { headers })).body).toBe('{"mode":"paper"}');
    const page = await ask("/", { headers });
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["content-security-policy"]).toContain("script-src 'self'");
    expect(page.body).not.toMatch(/<script>|style=|\son\w+=/);
  });

  it("is shown to nobody where there is no token", async () => {
    const { ask } = await webHouse({}, null);
    expect((await ask("/snapshot", { headers: bearer("") })).status).toBe(401);
    expect((await ask("/snapshot", { headers: basic("a:") })).status).toBe(401);
  });

  it("is shut for a minute to whoever guesses", async () => {
    const { ask, clock } = await webHouse();
    const wrong = { headers: bearer("guess") };
    const seen = [];
    for (let n = 0; n < 22; n++) seen.push((await ask("/snapshot", wrong)).status);
    expect(seen.filter((status) => status === 429)).toHaveLength(2);
    clock.runUntil((clock.now() + 60_000) as never);
    expect((await ask("/snapshot", wrong)).status).toBe(401);
  });
});

describe("strangers", () => {
  it.each([
    "evil.example",
    "evil.example:80",
    "127.0.0.1.evil.example",
    "localhost@evil",
    "10.0.0.1",
  ])("under the name %s are sent away", async (host) => {
    const { ask } = await webHouse();
    expect((await ask("/live", { headers: { host } })).status).toBe(421);
    expect((await ask("/snapshot", { headers: { host, ...bearer(WEB_TOKEN) } })).status).toBe(421);
  });

  it.each(["localhost", "127.0.0.1:9469", "[::1]:9469"])(
    "under ours (%s) are heard",
    async (host) => {
      expect((await (await webHouse()).ask("/live", { headers: { host } })).status).toBe(200);
    },
  );

  it("cannot do anything, whatever they send", async () => {
    const { ask } = await webHouse();
    for (const method of ["POST", "PUT", "DELETE", "PATCH"])
      expect((await ask("/snapshot", { ...RIGHT, method, body: "x=1" })).status).toBe(404);
    expect((await ask("/../../etc/passwd")).status).toBe(404);
    expect((await ask("/%ZZ")).status).toBe(400);
    expect((await ask("/live", { method: "HEAD" })).body).toBe("");
    const headers = { "x-long": "x".repeat(20_000) };
    expect((await ask("/live", { headers })).status).toBe(431);
  });

  it("are told no more than that it failed, where it fails here", async () => {
    const { ask } = await webHouse({
      snapshot: () => {
        throw new Error("somebody's secret path");
      },
    });
    const { status, body } = await ask("/snapshot", RIGHT);
    expect([status, body]).toEqual([500, '{"error":"it failed here"}']);
  });

  it("get ten answers a second, and no more", async () => {
    const { ask } = await webHouse();
    const seen = new Set<number>();
    for (let n = 0; n < 605; n++) seen.add((await ask("/live")).status);
    expect([...seen]).toEqual([200, 429]);
  });
});

it("says where it cannot listen", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const opened = await openWeb(
    { port, token: null, views: {} as never },
    { now: () => 0 as never },
  );
  expect(opened).toEqual({ ok: false, error: `127.0.0.1:${port}: another program listens there` });
});
