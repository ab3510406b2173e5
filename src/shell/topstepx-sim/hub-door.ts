/**
 * The door of the two hubs: negotiation, the upgrade, and the sockets behind it.
 *
 * ```text
 * POST /hubs/user/negotiate?negotiateVersion=1 ─► 401, or a connection token
 * GET  /hubs/user?id=<that token>              ─► 404 unknown, else as below
 * GET  /hubs/user                              ─► 401, 403, 502 as the venue says, else 101
 * ```
 *
 * `ws` does the frames of the WebSocket; what is in them is the business of `signalr.ts`. What the
 * venue says in one turn leaves in one write, each message in a frame of its own: a write of a few
 * bytes costs the host as much as one of a few thousand.
 */
import { randomBytes } from "node:crypto";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { EMPTY, tokenOf, urlOf } from "./request.ts";
import { type HubLimits, type HubTalk, type HubWire, hubTalk } from "./signalr.ts";
import type { HubPeer, StandIn, WireAnswer, WireRequest } from "./stand-in.ts";

export interface HubDoorParts {
  readonly standIn: StandIn;
  readonly limits: {
    /** Connections at one time, both hubs together. */
    readonly hubsMax: number;
    readonly hub: HubLimits;
  };
}

export interface HubDoor {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Null for what is no negotiation. */
  negotiate(request: WireRequest, query: URLSearchParams): WireAnswer | null;
  /** What was said leaves now; else when the turn is over. */
  release(): void;
  /** In order; no new ones. */
  close(): void;
  /** Resets those that are left. */
  cut(): void;
}

type Hub = "user" | "market";

/** Tokens that were handed out and not used yet; the oldest goes first. */
const ISSUED_MAX = 1_000;

export function createHubDoor({ standIn, limits }: HubDoorParts): HubDoor {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.hub.messageMax * 2 });
  const issued = new Set<string>();
  const open = new Map<HubWire, HubTalk>();
  const held = createHeld();

  /** The status that refuses it, or null. */
  function refusal(hub: Hub | null, url: URL): number | null {
    if (hub === null) return 404;
    const id = url.searchParams.get("id");
    if (id !== null && !issued.delete(id)) return 404;
    return open.size >= limits.hubsMax ? 503 : null;
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = urlOf(request);
    const hub = hubOf(url?.pathname ?? "");
    const status = url === null ? 400 : refusal(hub, url);
    if (url === null || hub === null || status !== null) return refuse(socket, status ?? 404);
    const wire = wireOn(socket, held.hold);
    const token = tokenOf(request, url);
    const connect = (peer: HubPeer) => standIn.connect(hub, token, peer);
    const talk = hubTalk({ clock: hostTime, limits: limits.hub, wire, connect });
    if (typeof talk === "number") return refuse(socket, talk);
    open.set(wire, talk);
    socket.once("close", () => {
      open.delete(wire);
      talk.gone();
    });
    // Whatever is wrong with the upgrade itself, `ws` answers and closes.
    sockets.handleUpgrade(request, socket, head, (accepted) => wire.attach(accepted, talk));
  }

  function negotiate({ method, path, token }: WireRequest, query: URLSearchParams) {
    const [, name = ""] = /^(.*)\/negotiate$/.exec(path) ?? [];
    const hub = hubOf(name);
    if (hub === null) return null;
    if (method !== "POST") return EMPTY(405);
    const session = standIn.connect(hub, token, NOBODY);
    if (typeof session === "number") return EMPTY(session);
    session.gone(); // it was only asked whether it would be let in
    const version = query.get("negotiateVersion") === "1" ? 1 : 0;
    const [connectionId, connectionToken] = [unguessable(), unguessable()];
    issued.add(version === 1 ? connectionToken : connectionId);
    const [oldest = ""] = issued.size > ISSUED_MAX ? issued : [];
    issued.delete(oldest);
    const body = {
      negotiateVersion: version,
      connectionId,
      ...(version === 1 ? { connectionToken } : {}),
      availableTransports: [{ transport: "WebSockets", transferFormats: ["Text", "Binary"] }],
    };
    return { status: 200, body: JSON.stringify(body), headers: {} };
  }

  return {
    upgrade,
    negotiate,
    release: held.release,
    close() {
      for (const talk of open.values()) talk.close();
      sockets.close();
    },
    cut() {
      for (const wire of open.keys()) wire.cut();
    },
  };
}

/** Sockets live in the host's time: the venue's own may jump, and no client can ping that fast. */
const hostTime: Clock = {
  now: () => millis(Math.floor(performance.now())),
  schedule(at, task) {
    const timer = setTimeout(task, Math.max(0, at - performance.now()));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

const unguessable = (): string => randomBytes(16).toString("base64url");

const NOBODY: HubPeer = { send() {}, end() {}, stall() {}, cut() {} };

function hubOf(path: string): Hub | null {
  if (path === "/hubs/user") return "user";
  return path === "/hubs/market" ? "market" : null;
}

function refuse(socket: Duplex, status: number): void {
  socket.on("error", ignore);
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`;
  socket.end(`${line}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}

/** WebSocket close code. */
const NORMAL = 1_000;

/** Of a connection that is on its way out. */
const ignore = (): void => {};

interface SocketWire extends HubWire {
  attach(socket: WebSocket, talk: HubTalk): void;
}

/** Sockets that have something to say when the turn is over. */
function createHeld() {
  const corked = new Set<Duplex>();
  const release = (): void => {
    for (const socket of corked) socket.uncork();
    corked.clear();
  };
  return {
    release,
    hold(socket: Duplex): void {
      if (corked.has(socket)) return;
      if (corked.size === 0) setImmediate(release);
      corked.add(socket);
      socket.cork();
    },
  };
}

/** Before the upgrade is through there is no WebSocket, and nothing is written. */
function wireOn(below: Duplex, hold: (socket: Duplex) => void): SocketWire {
  let socket: WebSocket | null = null;
  return {
    write(text) {
      if (socket === null) return;
      hold(below);
      socket.send(text);
    },
    close() {
      if (socket === null) below.destroy();
      else socket.close(NORMAL);
    },
    cut: () => void (below as Socket).resetAndDestroy(),
    waiting: () => socket?.bufferedAmount ?? 0,
    attach(accepted, talk) {
      socket = accepted;
      accepted.on("message", (data: RawData) => talk.take(bytesOf(data)));
      // Too long a frame, or one that breaks the rules: `ws` closes, and the end is told as such.
      accepted.on("error", ignore);
    },
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
