/**
 * The door: which requests come in at all, and in what shape they are answered.
 *
 * ```text
 * POST /hooks/<token> ─► token known, address on its list ─┐
 * POST /alerts ────────► signature of a known sender ──────┴─► reception ─► 202
 *
 * 400 no message      404 nothing here, or a wrong token   408 too slow       429 more than 60 a minute
 * 401 not signed      405 not POST                         413 over 16 kB     431 headers over 8 kB
 * 409 id used before  415 neither text nor JSON            503 could not be kept, or is closing
 * ```
 *
 * A token stands in the path, so a path is never logged, told or sent back; the library's own log
 * is off. Who is refused before he has shown who he is leaves an address and a number.
 */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Message } from "../../core/model/message.ts";
import { type Allowance, REQUESTS_MAX } from "./rate.ts";
import {
  type Answer,
  type Caller,
  callerText,
  type ReceptionParts,
  receive,
  refusal,
  TRY_AGAIN,
} from "./reception.ts";
import { hookByToken, type Senders } from "./senders.ts";
import { readSigned, type Signed, senderOf } from "./signature.ts";

export interface DoorLimits {
  readonly bodyMax: number;
  readonly headersMax: number;
  readonly connectionsMax: number;
  /** Milliseconds from the first byte of a request to its last. */
  readonly patience: number;
  /** Milliseconds that a closing door waits for requests that are still coming. */
  readonly drain: number;
}

export const LIMITS: DoorLimits = {
  bodyMax: 16 * 1_024,
  headersMax: 8 * 1_024,
  connectionsMax: 64,
  patience: 10_000,
  drain: 2_000,
};

export interface DoorParts extends ReceptionParts {
  readonly senders: Senders;
  readonly allow: Allowance;
  readonly limits: DoorLimits;
  /** False from when the source was closed: what comes in then is sent away with "try again". */
  readonly isOpen: () => boolean;
  /** A message that was kept; its sender has been answered. */
  readonly taken: (message: Message) => void;
}

const TOKEN_MAX = 256;
const KEEP_ALIVE = 5_000;
const REQUESTS_A_CONNECTION = 100;
const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};
const NOTHING_HERE = refusal(404, "nothing here");
const STRANGER = "webhook";

/** Not yet listening. */
export function webhookServer(parts: DoorParts): FastifyInstance {
  const { limits } = parts;
  const server = fastify({
    logger: false,
    bodyLimit: limits.bodyMax,
    requestTimeout: limits.patience,
    connectionTimeout: limits.patience,
    keepAliveTimeout: KEEP_ALIVE,
    maxRequestsPerSocket: REQUESTS_A_CONNECTION,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: TOKEN_MAX },
    http: {
      maxHeaderSize: limits.headersMax,
      headersTimeout: limits.patience,
      connectionsCheckingInterval: Math.ceil(limits.patience / 10),
    },
    // A path that cannot be read; the library's answer would repeat it.
    frameworkErrors: (_failure, _request, reply) => void answerWith(reply, NOTHING_HERE),
  });
  server.server.maxConnections = limits.connectionsMax;
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ["application/json", "text/plain"],
    { parseAs: "buffer" },
    (_request, body, done) => done(null, body),
  );
  server.setErrorHandler<Error>((failure, _request, reply) =>
    answerWith(reply, answerFor(failure, parts)),
  );
  server.setNotFoundHandler((request, reply) =>
    answerWith(reply, isOurs(request.url) ? NOT_POST : NOTHING_HERE),
  );
  addHooks(server, parts);
  addAlerts(server, parts);
  return server;
}

/** The token is looked at before a byte of the body is read. */
function addHooks(server: FastifyInstance, parts: DoorParts): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  server.post<{ Params: { token: string } }>(
    "/hooks/:token",
    {
      onRequest(request, reply, done) {
        const caller = hookCaller(parts, request.params.token, request.socket.remoteAddress ?? "");
        const refused = caller === null ? NOTHING_HERE : overRate(parts, caller);
        if (refused !== null) return void answerWith(reply, refused);
        if (caller !== null) callers.set(request as FastifyRequest, caller);
        done();
      },
    },
    (request, reply) => {
      const caller = callers.get(request as FastifyRequest);
      return caller === undefined
        ? answerWith(reply, NOTHING_HERE)
        : take(parts, caller, { request, reply });
    },
  );
}

function hookCaller(
  { senders, complain }: DoorParts,
  token: string,
  address: string,
): Caller | null {
  const hook = hookByToken(senders.hooks, token);
  if (hook === null) {
    complain(STRANGER, "token", `a request with a token that no hook has, from ${address}`);
    return null;
  }
  const caller: Caller = { source: "webhook", name: hook.name, signed: null };
  if (hook.addresses === null || hook.addresses.has(address)) return caller;
  complain(callerText(caller), "address", `${address} is not on its list of addresses`);
  return null;
}

/** The headers are looked at before a byte of the body is read, the signature once all are. */
function addAlerts(server: FastifyInstance, parts: DoorParts): void {
  const signed = new WeakMap<FastifyRequest, Signed>();
  const notSigned = (reason: string, { socket }: FastifyRequest): Answer => {
    const from = socket.remoteAddress ?? "nowhere";
    parts.complain(
      STRANGER,
      "signature",
      `a request to /alerts was refused: ${reason}, from ${from}`,
    );
    return refusal(401, reason);
  };
  server.post(
    "/alerts",
    {
      onRequest(request, reply, done) {
        const read = readSigned(request.headers, parts.clock.now());
        if (!read.ok)
          return void answerWith(reply, notSigned(read.error, request as FastifyRequest));
        signed.set(request, read.value);
        done();
      },
    },
    (request, reply) => {
      const stated = signed.get(request);
      const sender = stated && senderOf(parts.senders.senders, stated, bytesOf(request));
      if (stated === undefined || !sender) {
        return answerWith(
          reply,
          notSigned("no known secret made this signature", request as FastifyRequest),
        );
      }
      const caller: Caller = { source: "signed", name: sender.name, signed: stated };
      const refused = overRate(parts, caller);
      if (refused !== null) return answerWith(reply, refused);
      return take(parts, caller, { request, reply });
    },
  );
}

function overRate({ allow, complain }: DoorParts, caller: Caller): Answer | null {
  const who = callerText(caller);
  if (allow(who)) return null;
  const reason = `more than ${REQUESTS_MAX} requests a minute`;
  complain(who, "rate", reason);
  return { ...refusal(429, reason), headers: { "retry-after": "60" } };
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The house hears of it in a turn of its own, with the answer on its way. */
function take(parts: DoorParts, caller: Caller, { request, reply }: Exchange): FastifyReply {
  if (!parts.isOpen()) return answerWith(reply, TRY_AGAIN);
  const type = request.headers["content-type"] ?? "";
  const isJson = type.toLowerCase().startsWith("application/json");
  const { answer, message } = receive(parts, caller, { bytes: bytesOf(request), isJson });
  answerWith(reply, answer);
  if (message !== null) setImmediate(() => parts.taken(message));
  return reply;
}

const NOTHING = new Uint8Array();

const bytesOf = ({ body }: FastifyRequest): Uint8Array =>
  body instanceof Uint8Array ? body : NOTHING;

/** What was not read to its end cannot be followed by another request. */
function answerWith(reply: FastifyReply, { status, body, headers }: Answer): FastifyReply {
  const ends = status < 300 ? {} : { connection: "close" };
  return reply
    .code(status)
    .headers({ ...HEADERS, ...headers, ...ends })
    .send(JSON.stringify(body));
}

const NOT_POST: Answer = { ...refusal(405, "only POST"), headers: { allow: "POST" } };

/** Asked for by another method: with the right one it would not have come here. */
const isOurs = (url: string): boolean => /^\/(alerts|hooks\/[^/?]+)(\?|$)/.test(url);

/** Refusals of the library's, in our words: its own repeat what they were sent. */
const REFUSALS: ReadonlyMap<string, Answer> = new Map([
  ["FST_ERR_CTP_BODY_TOO_LARGE", refusal(413, "a body has at most 16 kB")],
  ["FST_ERR_CTP_INVALID_MEDIA_TYPE", refusal(415, "send text/plain or application/json")],
  ["FST_ERR_CTP_INVALID_CONTENT_LENGTH", refusal(400, "the body is not as long as announced")],
]);

function answerFor(failure: Error & { readonly code?: string }, { complain }: DoorParts): Answer {
  const known = REFUSALS.get(failure.code ?? "");
  if (known !== undefined) return known;
  if (failure.code?.startsWith("FST_") || failure.code === "ECONNRESET") {
    return refusal(400, "the request cannot be read");
  }
  // Ours: nothing was kept, or the answer would be on its way already. A stranger's request is no
  // reason to leave open contracts alone, so the program goes on, and somebody is told.
  complain(STRANGER, "bug", `a request failed in this program: ${failure.name}`);
  return refusal(500, "it failed here");
}
