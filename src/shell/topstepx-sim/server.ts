/**
 * The stand-in venue on the network: HTTP and WebSocket on one port.
 *
 * ```text
 * POST /api/...                   ─► standIn.receive
 * POST /hubs/user/negotiate       ─► a connection token, for clients that ask for one
 * GET  /hubs/user   (upgrade)     ─► standIn.connect ─► the hub protocol (signalr.ts)
 * ...  /__sim/...                 ─► the control interface (control.ts), where there is one
 * ```
 *
 * The token stands in the Authorization header or, where a client cannot set one, in the query as
 * `access_token`. It belongs on loopback: it speaks plain HTTP and knows one made-up person.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../../ports/clock.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { createHubDoor, type HubDoor } from "./hub-door.ts";
import { EMPTY, readBody, tokenOf, urlOf } from "./request.ts";
import { HUB_LIMITS, type HubLimits } from "./signalr.ts";
import type { StandIn, WireAnswer, WireRequest } from "./stand-in.ts";

export interface ServerLimits {
  /** Of a request, in bytes. */
  readonly bodyMax: number;
  readonly headersMax: number;
  /** HTTP and hubs together. */
  readonly connectionsMax: number;
  readonly hubsMax: number;
  /** Milliseconds from the first byte of a request to its last. */
  readonly patience: number;
  readonly hub: HubLimits;
}

export const SERVER_LIMITS: ServerLimits = {
  bodyMax: 64 * 1_024,
  headersMax: 16 * 1_024,
  connectionsMax: 512,
  hubsMax: 128,
  patience: 10_000,
  hub: HUB_LIMITS,
};

/** Longer than clients pause: a connection that closes under a request would leave them guessing. */
const KEEP_ALIVE = 120_000;

/** What a person or a test says to the venue from outside. */
export interface ControlDesk {
  readonly prefix: string;
  receive(request: ControlRequest, answered: (answer: WireAnswer) => void): void;
}

export interface ControlRequest extends WireRequest {
  readonly query: URLSearchParams;
  /** Of the caller; a web page always has an origin, and says which host it thinks this is. */
  readonly remote: string;
  readonly host: string;
  readonly origin: string | null;
}

export interface ServeParts {
  readonly standIn: StandIn;
  readonly clock: Clock;
  readonly host: string;
  /** 0 = any that is free. */
  readonly port: number;
  readonly control?: ControlDesk;
  readonly limits?: ServerLimits;
}

export interface Served {
  readonly port: number;
  /** `http://127.0.0.1:5001` */
  readonly url: string;
  close(): Promise<void>;
}

export async function serveStandIn(parts: ServeParts): Promise<Result<Served, string>> {
  const limits = parts.limits ?? SERVER_LIMITS;
  const hubs = createHubDoor({ ...parts, limits });
  const answers = createAnswers(hubs);
  const server = createServer(
    {
      maxHeaderSize: limits.headersMax,
      headersTimeout: limits.patience,
      requestTimeout: limits.patience,
      keepAliveTimeout: KEEP_ALIVE,
      connectionsCheckingInterval: Math.ceil(limits.patience / 10),
    },
    (request, response) => answer({ parts, limits, hubs, answers }, request, response),
  );
  server.maxConnections = limits.connectionsMax;
  server.on("upgrade", (request, socket, head) => hubs.upgrade(request, socket, head));
  const fault = await listening(server, parts);
  if (fault !== null) return err(fault);
  const { port } = server.address() as AddressInfo;
  const url = `http://${parts.host.includes(":") ? `[${parts.host}]` : parts.host}:${port}`;
  return ok({ port, url, close: () => closed(server, hubs) });
}

function listening(
  server: Server,
  { host, port }: Pick<ServeParts, "host" | "port">,
): Promise<string | null> {
  return new Promise((resolve) => {
    server.once("error", (failure) => resolve(`${host}:${port}: ${reasonOf(failure)}`));
    server.listen(port, host, () => resolve(null));
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE:
    "another program listens there already; end it, or choose another port (0 = any free)",
  EACCES: "this port is not for everybody; choose one from 1024 on (0 = any free)",
};

const reasonOf = (failure: Error): string =>
  ("code" in failure && REASONS[String(failure.code)]) || failure.message;

/** Milliseconds for answers that are under way, and for clients to close their end of a hub. */
const GOODBYE = 250;

/** The hubs say goodbye; whoever waits any longer for an answer does not get one. */
function closed(server: Server, hubs: HubDoor): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    hubs.close();
    const cutOff = setTimeout(() => {
      hubs.cut();
      server.closeAllConnections();
    }, GOODBYE);
    cutOff.unref();
  });
}

interface House {
  readonly parts: ServeParts;
  readonly limits: ServerLimits;
  readonly hubs: HubDoor;
  readonly answers: Answers;
}

/** Those of one turn leave when it is over, and behind what the hubs say of it. */
interface Answers {
  put(write: () => void): void;
}

function createAnswers(hubs: HubDoor): Answers {
  let waiting: (() => void)[] = [];
  const writeAll = (): void => {
    const all = waiting;
    waiting = [];
    hubs.release();
    for (const write of all) write();
  };
  return {
    put(write) {
      if (waiting.length === 0) setImmediate(writeAll);
      waiting.push(write);
    },
  };
}

function answer(house: House, request: IncomingMessage, response: ServerResponse): void {
  const { parts, limits } = house;
  const say = (answer: WireAnswer): void =>
    house.answers.put(() => write(response, answer, parts.clock));
  const url = urlOf(request);
  if (url === null) return say(EMPTY(400));
  readBody(request, limits.bodyMax, (body) => {
    if (body.kind === "too-long") return say({ ...EMPTY(413), headers: { connection: "close" } });
    if (body.kind === "not-text") return say(EMPTY(400));
    if (body.kind === "broken-off") return;
    route(house, { request, url, body: body.text }, say, () => cut(request));
  });
}

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly body: string;
}

function route(
  { parts, hubs }: House,
  { request, url, body }: Asked,
  say: (answer: WireAnswer) => void,
  cutOff: () => void,
): void {
  const { standIn, control } = parts;
  const { method = "", headers } = request;
  const path = url.pathname;
  const wired = { method, path, token: tokenOf(request, url), body };
  if (path.startsWith("/api/")) {
    standIn.receive(wired, (answered) => (answered === "cut" ? cutOff() : say(answered)));
  } else if (control !== undefined && path.startsWith(`${control.prefix}/`)) {
    const remote = request.socket.remoteAddress ?? "";
    const { host = "", origin = null } = headers;
    control.receive({ ...wired, query: url.searchParams, remote, host, origin }, say);
  } else {
    say(hubs.negotiate(wired, url.searchParams) ?? EMPTY(404));
  }
}

/** Answers that come when the caller has left go nowhere. */
function write(
  response: ServerResponse,
  { status, body, headers }: WireAnswer,
  clock: Clock,
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...(body === "" ? {} : { "content-type": "application/json; charset=utf-8" }),
    date: new Date(clock.now()).toUTCString(),
    "content-length": Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

/** A reset, as from a network that broke: the caller learns nothing of what became of it. */
function cut({ socket }: IncomingMessage): void {
  socket.resetAndDestroy();
}
