/**
 * A stand-in for Discord on the loopback: its gateway and the part of its REST interface the program
 * uses, speaking the real protocol to the real client library, and able to misbehave.
 *
 * ```text
 * REST     /gateway/bot  /users/@me  /applications/@me  /channels/..  /guilds/..  /interactions/..
 * gateway  HELLO ─► IDENTIFY ─► READY, GUILD_CREATE ─► events, counted and kept for a RESUME
 * ```
 *
 * Written from Discord's documentation (Gateway, Message, Permissions), 2026.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

export type Row = Record<string, unknown> & { id: string; channel_id: string };

export const BOT = "900000000000000001";
export const AUTHOR = "200000000000000002";
export const GUILD = "300000000000000003";
export const CHANNEL = "400000000000000004";
export const TOKEN = `${Buffer.from(BOT).toString("base64url")}.AbCdEf.${"x".repeat(38)}`;

const EPOCH = 1_420_070_400_000n;
/** An id of that millisecond; `n` tells those of one millisecond apart. */
export const idOf = (at: number, n = 0): string =>
  String(((BigInt(at) - EPOCH) << 22n) + BigInt(n));

interface Session {
  readonly id: string;
  sequence: number;
  /** Kept for a replay. */
  readonly events: { readonly s: number; readonly frame: string }[];
  socket: WebSocket | null;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface FakeDiscord {
  readonly restUrl: string;
  readonly requests: Request[];
  readonly identifies: Record<string, unknown>[];
  readonly resumes: number[];
  readonly heartbeats: () => number;
  readonly sockets: () => number;
  /** What it does with whom connects, posts, asks. */
  readonly mood: Mood;
  readonly rows: (channel?: string) => readonly Row[];
  /** Kept and, unless it is deaf, told. */
  post(fields?: Partial<Row>): Row;
  edit(id: string, fields: Partial<Row>): Row;
  remove(id: string): void;
  /** Any event, to all sessions. */
  tell(type: string, data: unknown): void;
  /** Any frame, to all sockets. */
  send(frame: unknown): void;
  drop(code?: number): void;
  close(): Promise<void>;
}

export interface Mood {
  heartbeatInterval: number;
  /** Heartbeats are answered. */
  acknowledges: boolean;
  /** Events reach those who listen. */
  tells: boolean;
  /** Sessions are remembered for a RESUME. */
  remembers: boolean;
  /** Close code for whoever identifies; null = READY. */
  refuses: number | null;
  /** New connections are taken. */
  accepts: boolean;
  /** How many of the next answers about messages are 429. */
  limits: number;
  /** Status of every REST answer; null = as it should be. */
  status: number | null;
  isBot: boolean;
  mayReadContent: boolean;
  /** Of everyone in the channels; by default everything. */
  permissions: bigint;
  overwrites: unknown[];
  /** Runs before a page of messages is answered. */
  beforePage: (query: URLSearchParams) => void | Promise<void>;
}

const VIEW = 1n << 10n;
const HISTORY = 1n << 16n;

export async function fakeDiscord(): Promise<FakeDiscord> {
  const mood: Mood = {
    ...{ heartbeatInterval: 45_000, acknowledges: true, tells: true, remembers: true },
    ...{ refuses: null, accepts: true, limits: 0, status: null, isBot: true },
    ...{ mayReadContent: true, permissions: VIEW | HISTORY, overwrites: [] },
    beforePage: () => {},
  };
  const rows = new Map<string, Row>();
  const requests: Request[] = [];
  const identifies: Record<string, unknown>[] = [];
  const resumes: number[] = [];
  const sessions = new Map<string, Session>();
  let heartbeats = 0;
  let posted = 0;

  const server = createServer((request, response) => void answer(request, response));
  const gateway = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (mood.accepts) gateway.handleUpgrade(request, socket, head, greet);
    else socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const gatewayUrl = `ws://127.0.0.1:${port}/gateway`;

  function greet(socket: WebSocket): void {
    const say = (frame: unknown): void => socket.send(JSON.stringify(frame));
    let session: Session | null = null;
    say({ op: 10, d: { heartbeat_interval: mood.heartbeatInterval } });
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as { op: number; d: Record<string, unknown> };
      if (frame.op === 1) {
        heartbeats += 1;
        if (mood.acknowledges) say({ op: 11 });
      }
      if (frame.op === 2) session = identify(socket, frame.d);
      if (frame.op === 6) session = resume(socket, frame.d);
    });
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = null;
    });
  }

  function identify(socket: WebSocket, data: Record<string, unknown>): Session | null {
    identifies.push(data);
    const code = mood.refuses ?? (data["token"] === TOKEN ? null : 4004);
    if (code !== null) {
      socket.close(code);
      return null;
    }
    const session: Session = { id: `s${identifies.length}`, sequence: 0, events: [], socket };
    sessions.set(session.id, session);
    push(session, "READY", {
      ...{ v: 10, user: { id: BOT, username: "watcher", bot: true }, guilds: [{ id: GUILD }] },
      ...{ session_id: session.id, resume_gateway_url: gatewayUrl, application: { id: BOT } },
    });
    push(session, "GUILD_CREATE", { id: GUILD, name: "room", channels: [] });
    return session;
  }

  function resume(socket: WebSocket, data: Record<string, unknown>): Session | null {
    const session = sessions.get(String(data["session_id"]));
    resumes.push(Number(data["seq"]));
    if (session === undefined || !mood.remembers) {
      socket.send(JSON.stringify({ op: 9, d: false }));
      return null;
    }
    session.socket = socket;
    for (const { s, frame } of session.events) if (s > Number(data["seq"])) socket.send(frame);
    push(session, "RESUMED", {});
    return session;
  }

  function push(session: Session, type: string, data: unknown): void {
    session.sequence += 1;
    const frame = JSON.stringify({ op: 0, t: type, s: session.sequence, d: data });
    session.events.push({ s: session.sequence, frame });
    session.socket?.send(frame);
  }

  const tell = (type: string, data: unknown): void => {
    if (mood.tells) for (const session of sessions.values()) push(session, type, data);
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://fake");
    let text = "";
    for await (const part of request) text += part;
    const path = url.pathname.replace(/^\/api\/v10/, "");
    const method = request.method ?? "";
    const body = text === "" ? null : JSON.parse(text);
    requests.push({ method, path, body });
    const say = (status: number, value: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(status === 204 ? "" : JSON.stringify(value));
    };
    if (mood.status !== null) return say(mood.status, { code: 0, message: "no" });
    if (request.headers.authorization !== `Bot ${TOKEN}` && !path.startsWith("/interactions")) {
      return say(401, { code: 0, message: "401: Unauthorized" });
    }
    const [, first, id = "", third] = path.split("/");
    if (path === "/gateway/bot") return say(200, gatewayInfo(gatewayUrl));
    if (path === "/users/@me") return say(200, { id: BOT, username: "watcher", bot: mood.isBot });
    if (path === "/applications/@me") {
      return say(200, { id: BOT, flags: mood.mayReadContent ? 1 << 19 : 0 });
    }
    if (first === "interactions") return say(204, null);
    if (first === "webhooks") return say(200, {});
    if (first === "guilds" && third === "roles") {
      return say(200, [{ id: GUILD, permissions: String(mood.permissions) }]);
    }
    if (first === "guilds") return say(200, { roles: [], user: { id: BOT } });
    if (first !== "channels") return say(404, { code: 0, message: "404: Not Found" });
    if (third === undefined) return mayView() ? say(200, channelOf(id)) : say(403, NO_ACCESS);
    if (method === "POST") return say(200, echo(id, body));
    if (method === "PATCH") return say(200, { id: path.split("/")[4] });
    if (mood.limits > 0) {
      mood.limits -= 1;
      response.setHeader("retry-after", "0.02");
      response.setHeader("x-ratelimit-scope", "user");
      return say(429, { message: "You are being rate limited.", retry_after: 0.02, global: false });
    }
    await mood.beforePage(url.searchParams);
    if (!mayView()) return say(403, NO_ACCESS);
    say(200, page(id, url.searchParams));
  }

  const mayView = (): boolean => (mood.permissions & VIEW) !== 0n;
  const channelOf = (id: string) => ({
    ...{ id, guild_id: GUILD, type: 0, name: "alerts", permission_overwrites: mood.overwrites },
  });

  /** Newest first, as Discord answers. */
  function page(channel: string, query: URLSearchParams): readonly Row[] {
    if ((mood.permissions & HISTORY) === 0n) return [];
    const limit = Number(query.get("limit") ?? 50);
    const after = query.get("after");
    const sorted = of(channel).filter(({ id }) => after === null || BigInt(id) > BigInt(after));
    return (after === null ? sorted.slice(-limit) : sorted.slice(0, limit)).toReversed();
  }

  const of = (channel: string): readonly Row[] =>
    [...rows.values()]
      .filter((row) => row.channel_id === channel)
      .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));

  function echo(channel: string, body: Record<string, unknown>): Row {
    const author = { id: BOT, username: "watcher", bot: true };
    return post({ channel_id: channel, author, ...body, content: String(body["content"]) });
  }

  function post(fields: Partial<Row> = {}): Row {
    posted += 1;
    const row: Row = {
      ...{ id: idOf(Date.UTC(2026, 2, 2, 15, 31), posted), channel_id: CHANNEL, type: 0, flags: 0 },
      ...{ author: { id: AUTHOR, username: "JMoney" }, content: `message ${posted}` },
      ...{ embeds: [], attachments: [], edited_timestamp: null, ...fields },
    };
    rows.set(row.id, row);
    tell("MESSAGE_CREATE", { guild_id: GUILD, ...row });
    return row;
  }

  return {
    restUrl: `http://127.0.0.1:${port}/api`,
    ...{ requests, identifies, resumes, mood, post, tell },
    heartbeats: () => heartbeats,
    sockets: () => gateway.clients.size,
    rows: (channel = CHANNEL) => of(channel),
    edit(id, fields) {
      const row: Row = { ...(rows.get(id) as Row), ...fields };
      rows.set(id, row);
      tell("MESSAGE_UPDATE", { guild_id: GUILD, ...row });
      return row;
    },
    remove(id) {
      const channel = rows.get(id)?.channel_id;
      rows.delete(id);
      tell("MESSAGE_DELETE", { id, channel_id: channel, guild_id: GUILD });
    },
    send(frame) {
      for (const socket of gateway.clients) socket.send(JSON.stringify(frame));
    },
    drop(code) {
      for (const socket of gateway.clients) {
        if (code === undefined) socket.terminate();
        else socket.close(code);
      }
    },
    async close() {
      for (const socket of gateway.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const NO_ACCESS = { code: 50_001, message: "Missing Access" };

const gatewayInfo = (url: string) => ({
  ...{ url, shards: 1 },
  session_start_limit: { total: 1000, remaining: 999, reset_after: 60_000, max_concurrency: 1 },
});
