/**
 * One HTTP exchange with the venue, over connections that are kept.
 *
 * ```text
 * waiting for a connection ─► connecting ─► the request leaves ─► answer ─► whole?
 * └───────────── not-sent ────────────────┘└──────────── lost ───────────┘ └► answered
 * ```
 *
 * The line is drawn where the first byte could have left: on a new connection when it is made (and,
 * over TLS, when its handshake is done), on a kept one at once. The connection used last is used
 * next, so that the others grow old, and are closed a moment before the venue closes them: a request
 * on a connection that just ends is lost, and nobody knows what became of it.
 */
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Socket } from "node:net";
import { urlToHttpOptions } from "node:url";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Exchange, Reply, Transport } from "./transport.ts";

export interface HttpParts {
  /** `https://api.topstepx.com`; what stands behind the host is kept. */
  readonly restUrl: string;
  readonly socketsMax?: number;
  readonly connectTimeout?: number;
  readonly bodyMax?: number;
}

export type HttpTransport = Pick<Transport, "exchange" | "close">;

const SOCKETS_MAX = 32;
const CONNECT_TIMEOUT = 5_000;
/** Bytes; 20,000 bars are some two million. */
const BODY_MAX = 8 * 2 ** 20;
/** An idle connection older than this may be one the venue is just closing. */
const IDLE_MAX = 50_000;

/** How long before the venue, which may say when. */
const EARLIER = 1_000;

type Fitted = Required<Omit<HttpParts, "restUrl">>;

export function httpTransport(parts: HttpParts): HttpTransport {
  const { socketsMax = SOCKETS_MAX, connectTimeout = CONNECT_TIMEOUT, bodyMax = BODY_MAX } = parts;
  const base = new URL(parts.restUrl);
  const prefix = base.pathname.endsWith("/") ? base.pathname.slice(0, -1) : base.pathname;
  const isSecure = base.protocol === "https:";
  const options = { keepAlive: true, noDelay: true, maxSockets: socketsMax, timeout: IDLE_MAX };
  const agent = isSecure ? new HttpsAgent(options) : new HttpAgent(options);
  leaveEarly(agent);
  const begin = isSecure ? httpsRequest : httpRequest;
  const { protocol, hostname, port } = urlToHttpOptions(base);
  // What is the same for all of them is worked out once.
  const address = { agent, protocol, hostname, port };
  const open = new Set<ClientRequest>();
  let isClosed = false;

  return {
    exchange(exchange, replied) {
      if (isClosed) return notSent("the connection to the venue is closed", replied);
      try {
        const { method, path } = exchange;
        const headers = headersOf(exchange, base.host);
        const request = begin({ ...address, method, path: prefix + path, headers });
        open.add(request);
        request.once("close", () => open.delete(request));
        carry(request, exchange, { socketsMax, connectTimeout, bodyMax }, replied);
      } catch (failure) {
        // A header that cannot be one; the words name the header and not what is in it.
        notSent(reasonOf(failure), replied);
      }
    },
    close() {
      isClosed = true;
      // First: a request that waits for a connection would else be given a new one.
      for (const request of open) request.destroy();
      agent.destroy();
    },
  };
}

function leaveEarly(agent: HttpAgent): void {
  const keep = agent.keepSocketAlive.bind(agent);
  agent.keepSocketAlive = (socket) => {
    const isKept: unknown = keep(socket); // its declaration leaves out what it returns
    if (!(socket instanceof Socket)) return isKept;
    const idleMax = (socket.timeout ?? 0) - EARLIER;
    if (idleMax > 0) socket.setTimeout(idleMax);
    return idleMax > 0 && isKept;
  };
}

function notSent(reason: string, replied: (reply: Reply) => void): void {
  setImmediate(() => replied({ kind: "not-sent", reason }));
}

/** Names and values in turn: so they are written as they stand, and not looked through again. */
function headersOf({ token, body }: Exchange, host: string): readonly string[] {
  const length = body === null ? 0 : Buffer.byteLength(body);
  const headers = ["host", host, "accept", "application/json", "content-length", `${length}`];
  if (token !== null) headers.push("authorization", `Bearer ${token}`);
  if (body !== null) headers.push("content-type", "application/json");
  return headers;
}

function carry(
  request: ClientRequest,
  { body, timeout }: Exchange,
  { connectTimeout, bodyMax }: Fitted,
  replied: (reply: Reply) => void,
): void {
  let hasLeft = false;
  let isOver = false;
  let connecting: NodeJS.Timeout | undefined;

  const end = (reply: Reply): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(connecting);
    clearTimeout(deadline);
    replied(reply);
  };
  const fail = (reason: string): void => {
    end({ kind: hasLeft ? "lost" : "not-sent", reason });
    request.destroy();
  };
  const deadline = setTimeout(() => fail(`no answer within ${timeout} ms`), timeout);

  request.on("socket", (socket: Socket) => {
    if (!socket.connecting) {
      hasLeft = true;
      return;
    }
    connecting = setTimeout(
      () => fail(`no connection within ${connectTimeout} ms`),
      connectTimeout,
    );
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      hasLeft = true;
      clearTimeout(connecting);
    });
  });
  // Also after the end: a request that is cut off complains once more.
  request.on("error", (failure) => fail(reasonOf(failure)));
  request.on("response", (response) => {
    receive(response, bodyMax, fail, (text) => end(answered(response, text)));
  });
  request.end(body ?? undefined);
}

function receive(
  response: IncomingMessage,
  bodyMax: number,
  fail: (reason: string) => void,
  done: (text: string) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > bodyMax) fail(`an answer of more than ${bodyMax} bytes`);
    else chunks.push(chunk);
  });
  response.on("error", (failure) => fail(reasonOf(failure)));
  // A moment after its end the connection is free again: whoever now asks more finds it.
  response.on("end", () => process.nextTick(() => done(Buffer.concat(chunks).toString("utf8"))));
  response.on("close", () => {
    if (!response.complete) fail("the answer was cut off");
  });
}

function answered({ statusCode = 0, headers }: IncomingMessage, body: string): Reply {
  return {
    kind: "answered",
    status: statusCode,
    body,
    date: dateIn(headers),
    retryAfter: retryAfterIn(headers),
  };
}

function dateIn({ date }: IncomingHttpHeaders): Millis | null {
  const at = Date.parse(date ?? "");
  return Number.isNaN(at) ? null : millis(at);
}

const retryAfterIn = (headers: IncomingHttpHeaders): Millis | null => {
  const seconds = headers["retry-after"]?.trim() ?? "";
  return /^\d{1,6}$/.test(seconds) ? millis(Number(seconds) * 1_000) : null;
};

/** The host's word for it, `ECONNREFUSED`; its sentences repeat addresses. */
function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return "unknown fault";
  return "code" in failure && typeof failure.code === "string" ? failure.code : failure.message;
}
