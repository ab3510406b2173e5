import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import { systemClock } from "../../src/shell/host/clock.ts";
import {
  type HttpParts,
  type HttpTransport,
  httpTransport,
} from "../../src/shell/topstepx/http-transport.ts";
import { networkTransport } from "../../src/shell/topstepx/network-transport.ts";
import type { Exchange, Reply } from "../../src/shell/topstepx/transport.ts";

type Serve = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const opened: { close: () => unknown }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

/** A venue of a few lines, and the connections that were made to it. */
async function venue(serve: Serve, parts: Partial<HttpParts> = {}) {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      requests.push(`${request.method} ${request.url} ${body}`);
      serve(request, response, body);
    });
  });
  server.on("connection", (socket) => sockets.push(socket));
  const port = await listening(server);
  const transport = httpTransport({ restUrl: `http://127.0.0.1:${port}`, ...parts });
  opened.push({
    close: () =>
      new Promise((done) => {
        transport.close();
        server.close(done);
        server.closeAllConnections();
      }),
  });
  return { port, sockets, requests, transport, server };
}

const call = (transport: HttpTransport, parts: Partial<Exchange> = {}): Promise<Reply> =>
  new Promise((done) => {
    let isInside = true;
    transport.exchange(
      {
        method: "POST",
        path: "/api/Order/place",
        token: "the-token",
        body: '{"accountId":1}',
        timeout: millis(5_000),
        ...parts,
      },
      (reply) => {
        expect(isInside).toBe(false);
        done(reply);
      },
    );
    isInside = false;
  });

describe("an exchange", () => {
  test("carries method, path, token and body, and brings status, body, date and when to retry", async () => {
    const { transport, requests } = await venue((request, response, body) => {
      response.setHeader("retry-after", "7");
      response.setHeader("date", "Mon, 14 Sep 2026 14:00:05 GMT");
      response.statusCode = 429;
      response.end(JSON.stringify({ headers: request.headers, echo: `${body} \u20ac` }));
    });
    const reply = await call(transport, { body: '{"text":"\u20ac"}' });
    expect(reply).toMatchObject({
      kind: "answered",
      status: 429,
      date: Date.UTC(2026, 8, 14, 14, 0, 5),
      retryAfter: 7_000,
    });
    const { headers, echo } = JSON.parse(reply.kind === "answered" ? reply.body : "");
    expect(echo).toBe('{"text":"\u20ac"} \u20ac');
    expect(headers).toMatchObject({
      authorization: "Bearer the-token",
      "content-type": "application/json",
      "content-length": "14",
      accept: "application/json",
      connection: "keep-alive",
    });
    expect(requests).toEqual(['POST /api/Order/place {"text":"\u20ac"}']);
  });

  test("without token, body, date or a number of seconds", async () => {
    const { transport, port } = await venue((request, response) => {
      response.sendDate = false;
      response.setHeader("retry-after", "Mon, 14 Sep 2026 14:00:05 GMT");
      response.end(JSON.stringify(request.headers));
    });
    const reply = await call(transport, { method: "GET", token: null, body: null });
    expect(reply).toMatchObject({ status: 200, date: null, retryAfter: null });
    expect(JSON.parse(reply.kind === "answered" ? reply.body : "")).toEqual({
      accept: "application/json",
      "content-length": "0",
      connection: "keep-alive",
      host: `127.0.0.1:${port}`,
    });
  });

  test("keeps what stands behind the host", async () => {
    const { requests, port } = await venue((_, response) => response.end());
    const transport = httpTransport({ restUrl: `http://127.0.0.1:${port}/gateway/` });
    opened.push(transport);
    await call(transport);
    expect(requests).toEqual(['POST /gateway/api/Order/place {"accountId":1}']);
  });

  test("uses the connection of the one before", async () => {
    const { transport, sockets, requests } = await venue((_, response) => response.end("{}"));
    for (let n = 0; n < 20; n += 1) await call(transport);
    expect([requests.length, sockets.length]).toEqual([20, 1]);
  });

  test("leaves a connection before the venue does", async () => {
    const { transport, sockets, server } = await venue((_, response) => response.end("{}"));
    server.keepAliveTimeout = 1_500;
    await call(transport);
    server.keepAliveTimeout = 5_000;
    await call(transport);
    await call(transport);
    expect(sockets).toHaveLength(2);
  });

  test("of many at once takes so many connections and no more", async () => {
    const { transport, sockets, requests } = await venue(
      (_, response) => setImmediate(() => response.end("{}")),
      { socketsMax: 3 },
    );
    const replies = await Promise.all(Array.from({ length: 40 }, () => call(transport)));
    expect(replies.every(({ kind }) => kind === "answered")).toBe(true);
    expect([requests.length, sockets.length]).toEqual([40, 3]);
  });
});

describe("an exchange that fails", () => {
  test("was not sent where the connection is refused", async () => {
    const server = createTcpServer();
    const port = await listening(server);
    await new Promise((done) => server.close(done));
    const transport = httpTransport({ restUrl: `http://127.0.0.1:${port}` });
    opened.push(transport);
    expect(await call(transport)).toEqual({ kind: "not-sent", reason: "ECONNREFUSED" });
  });

  test("was not sent where the host is unknown", async () => {
    const transport = httpTransport({ restUrl: "http://no-such-host.invalid" });
    opened.push(transport);
    expect(await call(transport)).toMatchObject({ kind: "not-sent" });
  });

  test("was not sent where no connection became free in time", async () => {
    const { transport, requests } = await venue(() => {}, { socketsMax: 1 });
    const first = call(transport, { timeout: millis(800) });
    const second = call(transport, { timeout: millis(50) });
    expect(await second).toEqual({ kind: "not-sent", reason: "no answer within 50 ms" });
    expect(await first).toEqual({ kind: "lost", reason: "no answer within 800 ms" });
    expect(requests).toHaveLength(1);
  });

  test("was not sent where a header cannot be one, and the words do not repeat it", async () => {
    const { transport, requests } = await venue((_, response) => response.end());
    const reply = await call(transport, { token: "secret\r\ninjected: yes" });
    expect(reply).toMatchObject({ kind: "not-sent" });
    expect(JSON.stringify(reply)).not.toContain("secret");
    expect(requests).toEqual([]);
  });

  test("was not sent after the end", async () => {
    const { transport, requests } = await venue((_, response) => response.end());
    transport.close();
    expect(await call(transport)).toMatchObject({ kind: "not-sent" });
    expect(requests).toEqual([]);
  });

  test("is lost when it is cut before anything was read", async () => {
    const server = createTcpServer((socket) => void socket.on("error", () => {}).destroy());
    const port = await listening(server);
    const transport = httpTransport({ restUrl: `http://127.0.0.1:${port}` });
    opened.push(transport, { close: () => new Promise((done) => server.close(done)) });
    expect(await call(transport)).toEqual({ kind: "lost", reason: "ECONNRESET" });
  });

  test.each([
    ["before it answers", (_: ServerResponse, cut: () => void) => cut()],
    [
      "in the middle of its answer",
      (response: ServerResponse, cut: () => void) => {
        response.writeHead(200, { "content-length": 1_000 });
        // Called when the bytes are with the system, which delivers them before the end.
        response.write('{"success":true', cut);
      },
    ],
  ])("is lost when the venue cuts it %s", async (_, begin) => {
    const { transport, requests } = await venue((request, response) =>
      begin(response, () => void request.socket.destroy()),
    );
    expect(await call(transport)).toMatchObject({ kind: "lost", reason: "ECONNRESET" });
    expect(requests).toHaveLength(1);
  });

  test("is lost when a kept connection dies under it", async () => {
    const { transport, sockets, requests } = await venue((request, response) => {
      if (requests.length === 1) response.end("{}");
      else request.socket.destroy();
    });
    await call(transport);
    expect(await call(transport)).toEqual({ kind: "lost", reason: "ECONNRESET" });
    expect(sockets).toHaveLength(1);
  });

  test("is lost when the answer is too slow, and the connection is not used again", async () => {
    const { transport, sockets } = await venue((_, response) => {
      if (sockets.length > 1) response.end("{}");
      else response.write("{");
    });
    const reply = await call(transport, { timeout: millis(500) });
    expect(reply).toEqual({ kind: "lost", reason: "no answer within 500 ms" });
    expect(await call(transport)).toMatchObject({ kind: "answered", body: "{}" });
    expect(sockets).toHaveLength(2);
  });

  test("is lost when the answer has no end", async () => {
    const { transport } = await venue(
      (_, response) => {
        const more = (): void => {
          if (!response.destroyed) response.write("x".repeat(10_000), () => setImmediate(more));
        };
        more();
      },
      { bodyMax: 100_000 },
    );
    expect(await call(transport)).toEqual({
      kind: "lost",
      reason: "an answer of more than 100000 bytes",
    });
  });

  test("is lost when the transport is closed under it, and not sent where it still waited", async () => {
    const { transport, requests } = await venue(() => transport.close(), { socketsMax: 1 });
    const replies = await Promise.all([call(transport), call(transport)]);
    expect(replies).toMatchObject([{ kind: "lost" }, { kind: "not-sent" }]);
    expect(requests).toHaveLength(1);
  });
});

test("the transport of the network is one for exchanges and one for hubs", async () => {
  const { transport: http, requests } = await venue((_, response) => response.end("{}"));
  const told: string[] = [];
  const line = { invoke: () => {}, close: () => {} };
  const transport = networkTransport({
    clock: systemClock({ unref: true }),
    http,
    hubs: {
      connect(hub, token) {
        told.push(`${hub} ${token}`);
        return line;
      },
      close: () => void told.push("closed"),
    },
  });
  await call(transport);
  expect(transport.connect("user", "a-token", { up() {}, down() {}, event() {} })).toBe(line);
  transport.close();
  expect(await call(transport)).toMatchObject({ kind: "not-sent" });
  expect([told, requests.length]).toEqual([["user a-token", "closed"], 1]);
});

describe("over TLS", () => {
  test("nothing was sent where the handshake fails", async () => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.on("data", () => socket.destroy());
    });
    const port = await listening(server);
    const transport = httpTransport({ restUrl: `https://127.0.0.1:${port}` });
    opened.push(transport, { close: () => new Promise((done) => server.close(done)) });
    expect(await call(transport)).toMatchObject({ kind: "not-sent", reason: "ECONNRESET" });
  });

  test("nothing was sent where the handshake takes too long", async () => {
    const server = createTcpServer((socket) => void socket.on("error", () => {}).resume());
    const port = await listening(server);
    const restUrl = `https://127.0.0.1:${port}`;
    const transport = httpTransport({ restUrl, connectTimeout: 50 });
    opened.push(transport, { close: () => new Promise((done) => server.close(done)) });
    const reply = await call(transport);
    expect(reply).toEqual({ kind: "not-sent", reason: "no connection within 50 ms" });
  });
});
