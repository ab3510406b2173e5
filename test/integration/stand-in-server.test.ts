/**
 * The network side of the stand-in venue, met by the real SignalR client, by plain HTTP, and by a
 * client that keeps to no rule.
 */
import { connect } from "node:net";
import {
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  LogLevel,
} from "@microsoft/signalr";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { systemClock } from "../../src/shell/host/clock.ts";
import { SEPARATOR } from "../../src/shell/topstepx-sim/framing.ts";
import {
  SERVER_LIMITS,
  type Served,
  type ServerLimits,
  serveStandIn,
} from "../../src/shell/topstepx-sim/server.ts";
import { answerOf, scriptedStandIn, TOKEN } from "../kit/scripted-stand-in.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function house(limits: Partial<ServerLimits> = {}) {
  const standIn = scriptedStandIn();
  const served = await serveStandIn({
    standIn,
    clock: systemClock({ unref: true }),
    host: "127.0.0.1",
    port: 0,
    limits: { ...SERVER_LIMITS, ...limits },
  });
  if (!served.ok) throw new Error(served.error);
  ends.push(() => served.value.close());
  return { standIn, server: served.value };
}

type Way = "negotiated" | "direct";
type TokenPlace = "header" | "query";

function client(
  { url }: Served,
  hub: "user" | "market",
  way: Way,
  place: TokenPlace,
  token = TOKEN,
): HubConnection {
  const query = place === "query" ? `?access_token=${token}` : "";
  const connection = new HubConnectionBuilder()
    .withUrl(`${url}/hubs/${hub}${query}`, {
      skipNegotiation: way === "direct",
      transport: HttpTransportType.WebSockets,
      logger: LogLevel.None,
      ...(place === "header" ? { accessTokenFactory: () => token } : {}),
    })
    .build();
  ends.unshift(() => connection.stop());
  return connection;
}

const ways: readonly (readonly [Way, TokenPlace])[] = [
  ["direct", "header"],
  ["direct", "query"],
  ["negotiated", "header"],
  ["negotiated", "query"],
];

describe.each(["user", "market"] as const)("the %s hub and the real client", (name) => {
  test.each(ways)("%s, token in the %s: invokes, sends and hears", async (way, place) => {
    const { standIn, server } = await house();
    const connection = client(server, name, way, place);
    const heard = new Promise((resolve) =>
      connection.on("GatewayUserOrder", (...args) => resolve(args)),
    );
    await connection.start();
    expect(await connection.invoke("SubscribeOrders", 7)).toBeNull();
    await expect(connection.invoke("Dance")).rejects.toThrow("Unknown hub method 'Dance'");
    await connection.send("SubscribeTrades", 7);
    const hub = standIn.hubs.findLast((one) => !one.isGone);
    hub?.peer.send("GatewayUserOrder", [{ action: 1, data: { id: 1 } }]);
    expect(await heard).toEqual([{ action: 1, data: { id: 1 } }]);
    expect(hub?.hub).toBe(name);
    await expect
      .poll(() => hub?.invoked.map(({ method }) => method))
      .toEqual(["SubscribeOrders", "Dance", "SubscribeTrades"]);
    await connection.stop();
    await expect.poll(() => hub?.isGone).toBe(true);
  });

  test.each(ways)("%s, wrong token in the %s: is sent away", async (way, place) => {
    const { standIn, server } = await house();
    const connection = client(server, name, way, place, "wrong");
    await expect(connection.start()).rejects.toThrow();
    expect(standIn.hubs).toEqual([]);
  });
});

describe("the end of a hub connection, as the real client tells it", () => {
  async function connected() {
    const { standIn, server } = await house();
    const connection = client(server, "user", "direct", "header");
    const over = new Promise<string>((resolve) =>
      connection.onclose((error) => resolve(error?.message ?? "in order")),
    );
    await connection.start();
    const [hub] = standIn.hubs;
    if (hub === undefined) throw new Error("nobody is connected");
    return { hub, over, server };
  }

  test("with an error", async () => {
    const { hub, over } = await connected();
    hub.peer.end("Connection closed with an error.");
    expect(await over).toBe("Server returned an error on close: Connection closed with an error.");
    await expect.poll(() => hub.isGone).toBe(true);
  });

  test("in order", async () => {
    const { hub, over } = await connected();
    hub.peer.end(null);
    expect(await over).toBe("in order");
  });

  test("by a reset", async () => {
    const { hub, over } = await connected();
    hub.peer.cut();
    expect(await over).toContain("WebSocket closed with status code: 1006");
    await expect.poll(() => hub.isGone).toBe(true);
  });

  test("because the venue closes", async () => {
    const { over, server } = await connected();
    await server.close();
    expect(await over).toBe("in order");
  });
});

const post = (url: string, body: string, token = TOKEN): Promise<Response> =>
  fetch(url, { method: "POST", body, headers: { authorization: `Bearer ${token}` } });

describe("HTTP", () => {
  test("a request reaches the venue with its method, path, token and body", async () => {
    const { standIn, server } = await house();
    const answer = await post(`${server.url}/api/Account/search?x=1`, "{}");
    expect([answer.status, await answer.text()]).toEqual([
      200,
      '{"success":true,"path":"/api/Account/search"}',
    ]);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(Date.parse(answer.headers.get("date") ?? "")).not.toBeNaN();
    await fetch(`${server.url}/api/Status/ping?access_token=q`);
    await fetch(`${server.url}/api/Status/ping`);
    expect(standIn.requests).toEqual([
      { method: "POST", path: "/api/Account/search", token: TOKEN, body: "{}" },
      { method: "GET", path: "/api/Status/ping", token: "q", body: "" },
      { method: "GET", path: "/api/Status/ping", token: null, body: "" },
    ]);
  });

  test("the venue's status and headers come through", async () => {
    const { standIn, server } = await house();
    standIn.answer = (_, answered) =>
      answered({ status: 429, body: "", headers: { "retry-after": "7" } });
    const answer = await post(`${server.url}/api/Order/place`, "{}");
    expect([answer.status, await answer.text(), answer.headers.get("retry-after")]).toEqual([
      429,
      "",
      "7",
    ]);
  });

  test("an answer may come later, and one that is cut never does", async () => {
    const { standIn, server } = await house();
    standIn.answer = (_, answered) => setImmediate(() => answered(answerOf({ late: true })));
    const late = await post(`${server.url}/api/Order/place`, "{}");
    expect(await late.json()).toEqual({ late: true });
    standIn.answer = (_, answered) => answered("cut");
    const cut = post(`${server.url}/api/Order/place`, "{}");
    await expect(cut).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  test("bodies have a limit, and are text", async () => {
    const { standIn, server } = await house({ bodyMax: 10 });
    const url = `${server.url}/api/Order/place`;
    expect((await post(url, "12345678901")).status).toBe(413);
    expect((await post(url, "1234567890")).status).toBe(200);
    const binary = await fetch(url, { method: "POST", body: Uint8Array.of(0xff) });
    expect(binary.status).toBe(400);
    expect(standIn.requests.length).toBe(1);
  });

  test.each(["/", "/api", "/hubs/user", "/hubs/other/negotiate", "/__sim/state", "/apis/x"])(
    "%s is nothing",
    async (path) => {
      const { server } = await house();
      expect((await post(`${server.url}${path}`, "")).status).toBe(404);
    },
  );

  test("a port that is taken is told", async () => {
    const { standIn, server } = await house();
    const { port } = server;
    const again = { standIn, clock: systemClock(), host: "127.0.0.1", port };
    expect(await serveStandIn(again)).toEqual({
      ok: false,
      error: expect.stringContaining("another program listens there already"),
    });
  });
});

/** Bytes of no client that exists; resolves with all that came back. */
function raw({ port }: Served, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (data) => {
      text += String(data);
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}

const UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
const KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

describe("bad input at the door", () => {
  test.each([
    ["an upgrade elsewhere", `GET /hubs/other HTTP/1.1\r\nHost: x\r\n${UPGRADE}${KEY}\r\n`, "404"],
    [
      "an id nobody was given",
      `GET /hubs/user?id=1 HTTP/1.1\r\nHost: x\r\n${UPGRADE}${KEY}\r\n`,
      "404",
    ],
    ["no token", `GET /hubs/user HTTP/1.1\r\nHost: x\r\n${UPGRADE}${KEY}\r\n`, "401"],
    [
      "no WebSocket key",
      `GET /hubs/user?access_token=${TOKEN} HTTP/1.1\r\nHost: x\r\n${UPGRADE}\r\n`,
      "400",
    ],
    ["no HTTP", "what?\r\n\r\n", "400"],
    [
      "a target that is no path",
      "GET http: HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      "400",
    ],
    [
      "an upgrade whose target is no path",
      `GET http: HTTP/1.1\r\nHost: x\r\n${UPGRADE}${KEY}\r\n`,
      "400",
    ],
    ["headers without end", `GET /api/x HTTP/1.1\r\nX: ${"x".repeat(17_000)}\r\n\r\n`, "431"],
  ])("%s", async (_, bytes, status) => {
    const { standIn, server } = await house();
    expect(await raw(server, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(standIn.hubs.every(({ isGone }) => isGone)).toBe(true);
    expect((await post(`${server.url}/api/x`, "")).status).toBe(200);
  });

  test("a request that stops in the middle of its body reaches nobody", async () => {
    const { standIn, server } = await house();
    await raw(server, "POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n123");
    expect((await post(`${server.url}/api/y`, "")).status).toBe(200);
    expect(standIn.requests.map(({ path }) => path)).toEqual(["/api/y"]);
  });

  test("a negotiation is a POST with a token, and its id serves once", async () => {
    const { server } = await house();
    const url = `${server.url}/hubs/user/negotiate?negotiateVersion=1`;
    expect((await fetch(url)).status).toBe(405);
    expect((await post(url, "", "wrong")).status).toBe(401);
    const { connectionToken } = (await (await post(url, "")).json()) as { connectionToken: string };
    const upgrade = (): Promise<string> =>
      raw(
        server,
        `GET /hubs/user?id=${connectionToken}&access_token=${TOKEN} HTTP/1.1\r\nHost: x\r\n${UPGRADE}${KEY}\r\n`,
      );
    expect(await upgrade()).toMatch(/^HTTP\/1.1 101 /);
    expect(await upgrade()).toMatch(/^HTTP\/1.1 404 /);
  });

  test("an old client negotiates without a version, and connects by its id", async () => {
    const { server } = await house();
    const answer = await post(`${server.url}/hubs/market/negotiate`, "");
    const body = (await answer.json()) as { connectionId: string };
    expect(body).toEqual({
      negotiateVersion: 0,
      connectionId: expect.any(String),
      availableTransports: [{ transport: "WebSockets", transferFormats: ["Text", "Binary"] }],
    });
    const socket = new WebSocket(
      `${server.url.replace("http", "ws")}/hubs/market?id=${body.connectionId}&access_token=${TOKEN}`,
    );
    await new Promise((resolve) => socket.once("open", resolve));
    socket.close();
    await new Promise((resolve) => socket.once("close", resolve));
  });

  test("more hub connections than allowed are sent away", async () => {
    const { server } = await house({ hubsMax: 1 });
    await client(server, "user", "direct", "header").start();
    await expect(client(server, "market", "direct", "header").start()).rejects.toThrow();
  });

  test("a hub message that is too long ends the connection", async () => {
    const { standIn, server } = await house();
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/hubs/user`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    await new Promise((resolve) => socket.once("open", resolve));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.send(`{"protocol":"json","version":1}${SEPARATOR}`);
    socket.send("x".repeat(100_000));
    expect(await closed).toBe(1009);
    await expect.poll(() => standIn.hubs[0]?.isGone).toBe(true);
  });
});
