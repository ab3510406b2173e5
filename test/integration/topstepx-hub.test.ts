/**
 * The real SignalR library on a real WebSocket, against a hub written from the wire.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HubConnector, hubConnector } from "../../src/shell/topstepx/hub-connection.ts";
import { type LoopbackHub, loopbackHub } from "../kit/loopback-hub.ts";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.canary-of-a-token";

describe("a connection to a hub", () => {
  let hub: LoopbackHub;
  let connector: HubConnector;
  let logged: string[];

  beforeEach(async () => {
    hub = await loopbackHub();
    logged = [];
    const urls = { user: hub.url, market: hub.url.replace("user", "market") };
    const log = {
      write: (...line: readonly unknown[]) => void logged.push(JSON.stringify(line)),
    };
    connector = hubConnector({ urls, log });
  });
  afterEach(async () => {
    connector.close();
    await hub.close();
    expect(logged.join()).not.toContain(TOKEN);
  });

  /** A connection, what it told, and a way to wait until it told so much. */
  function connected(name: "user" | "market" = "user") {
    const heard: string[] = [];
    const waiting: { count: number; go: () => void }[] = [];
    const tell = (what: string): void => {
      heard.push(what);
      for (const one of waiting) if (heard.length >= one.count) one.go();
    };
    const line = connector.connect(name, TOKEN, {
      up: () => tell("up"),
      down: (reason) => tell(`down: ${reason}`),
      event: (target, args) => tell(`${target} ${JSON.stringify(args)}`),
    });
    const told = (count: number) =>
      new Promise<string[]>((go) => {
        if (heard.length >= count) go(heard);
        else waiting.push({ count, go: () => go(heard) });
      });
    const invoke = (method: string, ...args: readonly unknown[]) =>
      new Promise<string | null>((done) => line.invoke(method, args, done));
    return { line, heard, told, invoke };
  }

  test("skips the negotiation, sends the token in a header and shakes hands", async () => {
    const { told, heard } = connected();
    expect(heard).toEqual([]);
    expect(await told(1)).toEqual(["up"]);
    expect(hub.knocks).toEqual([{ path: "/hubs/user", authorization: `Bearer ${TOKEN}` }]);
    expect(hub.frames[0]).toEqual({ protocol: "json", version: 1 });
  });

  test("finds each hub at its own address", async () => {
    await connected("market").told(1);
    expect(hub.knocks[0]?.path).toBe("/hubs/market");
  });

  test("says what came of an invocation", async () => {
    const { told, invoke } = connected();
    await told(1);
    expect(await invoke("SubscribeOrders", 101)).toBeNull();
    expect(hub.frames.at(-1)).toMatchObject({ target: "SubscribeOrders", arguments: [101] });
    hub.mood.complete = () => "An unexpected error occurred";
    expect(await invoke("SubscribeTrades", 101)).toContain("An unexpected error occurred");
  });

  test("passes on the events it knows, with all their arguments, and no others", async () => {
    const { told } = connected();
    await told(1);
    const order = { action: 1, data: { id: 7 } };
    hub.send(
      { type: 1, target: "GatewayDepth", arguments: ["c", []] },
      { type: 1, target: "GatewayUserOrder", arguments: [order] },
      { type: 6 },
      { type: 1, target: "GatewayLogout", arguments: [] },
    );
    expect(await told(3)).toEqual([
      "up",
      `GatewayUserOrder [${JSON.stringify(order)}]`,
      "GatewayLogout []",
    ]);
  });

  test("tells what comes in the packet of the handshake after it is up", async () => {
    hub.mood.handshake = [{}, { type: 1, target: "GatewayLogout", arguments: ["early"] }];
    expect(await connected().told(2)).toEqual(["up", 'GatewayLogout ["early"]']);
  });

  test("goes down with the venue's words when the venue ends it", async () => {
    const { told } = connected();
    await told(1);
    hub.send({ type: 7, error: "Connection closed with an error.", allowReconnect: true });
    expect(await told(2)).toEqual([
      "up",
      "down: Server returned an error on close: Connection closed with an error.",
    ]);
  });

  test("goes down when the cable is cut, and answers what it was still asked", async () => {
    const { told, invoke } = connected();
    await told(1);
    hub.mood.complete = () => "silence";
    const answer = invoke("SubscribeOrders", 101);
    hub.cut();
    expect(await answer).toMatch(/closed|1006/i);
    expect((await told(2))[1]).toMatch(/^down: WebSocket closed with status code: 1006/);
    expect(await invoke("SubscribeOrders", 101)).toMatch(/not in the 'Connected' State/);
  });

  test.each([401, 403, 502] as const)(
    "knows that the upgrade was refused with %i",
    async (status) => {
      hub.mood.upgrade = status;
      expect(await connected().told(1)).toEqual([`down: Unexpected server response: ${status}`]);
    },
  );

  test("goes down when the handshake is refused", async () => {
    hub.mood.handshake = [{ error: "Requested protocol 'json' is not available." }];
    expect((await connected().told(1))[0]).toContain("Requested protocol 'json'");
  });

  test("goes down where nobody listens", async () => {
    await hub.close();
    expect((await connected().told(1))[0]).toContain("ECONNREFUSED");
    hub = await loopbackHub();
  });

  test("can be given up while the venue lets it wait", async () => {
    hub.mood.upgrade = null;
    const { told, line } = connected();
    while (hub.knocks.length === 0) await new Promise((go) => setImmediate(go));
    line.close();
    line.close();
    expect((await told(1))[0]).toMatch(/^down: /);
    while (hub.sockets() > 0) await new Promise((go) => setImmediate(go));
  });

  test("says goodbye when it is closed, and tells nothing after it is down", async () => {
    const { told, line, heard } = connected();
    await told(1);
    line.close();
    expect(await told(2)).toEqual(["up", "down: closed by us"]);
    while (hub.sockets() > 0) await new Promise((go) => setImmediate(go));
    expect(hub.frames.at(-1)).toEqual({ type: 7 });
    expect(heard).toHaveLength(2);
  });

  test("keeps the token out of what the venue says and what the library logs", async () => {
    const { told } = connected();
    await told(1);
    hub.send({ type: 7, error: `no session for ${TOKEN}`, allowReconnect: true });
    expect((await told(2))[1]).toBe(
      "down: Server returned an error on close: no session for [removed]",
    );
    expect(logged.length).toBeGreaterThan(0);
  });
});
