/**
 * What the program shows of itself on 127.0.0.1: to whoever starts and restarts it, to collectors, and
 * to its owner's browser.
 *
 * | path        | says                                                | without the token          |
 * |-------------|-----------------------------------------------------|----------------------------|
 * | `/live`     | the loop turns                                      | the same                   |
 * | `/ready`    | entries would be taken, as far as the house goes    | the same                   |
 * | `/health`   | each part, its state and since when                 | without the reasons        |
 * | `/metrics`  | figures for a collector                             | without those of accounts  |
 * | `/snapshot` | the house as it is now, JSON                        | 401                        |
 * | `/`         | the same for eyes                                   | 401                        |
 *
 * Only GET and HEAD, no bodies, nothing that changes anything. The library's own log is off.
 */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Clock } from "../../ports/clock.ts";
import { TELEMETRY_TYPE } from "../../ports/telemetry.ts";
import type { WebServer, WebSpec, WebViews } from "../../ports/web.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { pageFiles } from "./page-files.ts";
import { type Refused, type WebDoor, webDoor } from "./web-door.ts";

const LOOPBACK = "127.0.0.1";
const PATIENCE = 5_000;
const HEADERS_MAX = 8 * 1_024;
const CONNECTIONS_MAX = 64;
const JSON_TYPE = "application/json; charset=utf-8";
const TEXT_TYPE = "text/plain; charset=utf-8";

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

const WORDS: Readonly<Record<Refused, string>> = {
  401: "this takes the token of web.token",
  421: "this is asked for as 127.0.0.1 or localhost only",
  429: "too many requests",
};

export async function openWeb(
  { port, token, views }: WebSpec,
  clock: Pick<Clock, "now">,
): Promise<Result<WebServer, string>> {
  const server = webServer(views, webDoor(clock, token));
  try {
    await server.listen({ host: LOOPBACK, port });
  } catch (failure) {
    const code = failure instanceof Error && "code" in failure ? failure.code : "unknown";
    const why = code === "EADDRINUSE" ? "another program listens there" : String(code);
    return err(`${LOOPBACK}:${port}: ${why}`);
  }
  const address = server.server.address();
  return ok({
    port: typeof address === "object" && address !== null ? address.port : port,
    close() {
      server.server.closeAllConnections();
      void server.close();
    },
  });
}

/** Not yet listening. */
function webServer(views: WebViews, door: WebDoor): FastifyInstance {
  const server = fastify({
    logger: false,
    bodyLimit: 1,
    requestTimeout: PATIENCE,
    connectionTimeout: PATIENCE,
    keepAliveTimeout: 4 * PATIENCE,
    exposeHeadRoutes: true,
    http: { maxHeaderSize: HEADERS_MAX, headersTimeout: PATIENCE },
    frameworkErrors: (_failure, _request, reply) => void refuse(reply, 400, "this cannot be read"),
  });
  server.server.maxConnections = CONNECTIONS_MAX;
  server.addHook("onRequest", (request, reply, done) => {
    reply.headers(HEADERS);
    const status = door.refuse(request.headers.host);
    if (status === null) return done();
    refuse(reply, status, WORDS[status]);
  });
  server.setErrorHandler((_failure, _request, reply) => void refuse(reply, 500, "it failed here"));
  server.setNotFoundHandler((_request, reply) => void refuse(reply, 404, "nothing here"));
  addProbes(server, views, door);
  addPrivate(server, views, door);
  return server;
}

function addProbes(server: FastifyInstance, views: WebViews, door: WebDoor): void {
  server.get("/live", (_request, reply) => {
    const isLive = views.isLive();
    return say(reply, isLive ? 200 : 503, TEXT_TYPE, isLive ? "alive\n" : "the loop hangs\n");
  });
  server.get("/ready", (_request, reply) => {
    const missing = views.unready();
    const isReady = missing.length === 0;
    return say(reply, isReady ? 200 : 503, JSON_TYPE, JSON.stringify({ ready: isReady, missing }));
  });
  server.get("/health", (request, reply) => {
    const health = views.health();
    if (health === null) return say(reply, 503, JSON_TYPE, JSON.stringify({ state: "unknown" }));
    const { state, components } = health;
    const told = door.isTokenOf(request.headers.authorization)
      ? components
      : components.map(({ reason: _, ...one }) => one);
    const status = state === "failed" ? 503 : 200;
    return say(reply, status, JSON_TYPE, JSON.stringify({ state, components: told }));
  });
  server.get("/metrics", async (request, reply) => {
    const text = await views.metrics(door.isTokenOf(request.headers.authorization));
    return say(reply, 200, TELEMETRY_TYPE, text);
  });
}

type Answered = FastifyReply | Promise<FastifyReply>;

/** What tells of accounts, and the page that shows it. */
function addPrivate(server: FastifyInstance, views: WebViews, door: WebDoor): void {
  const withToken =
    (answer: (reply: FastifyReply) => Answered) =>
    (request: FastifyRequest, reply: FastifyReply): Answered => {
      const status = door.refuseToken(request.headers.authorization);
      if (status === null) return answer(reply);
      if (status === 401) reply.header("www-authenticate", 'Basic realm="TradeStream"');
      return refuse(reply, status, WORDS[status]);
    };
  server.get(
    "/snapshot",
    withToken(async (reply) => say(reply, 200, JSON_TYPE, await views.snapshot())),
  );
  for (const { path, type, text } of pageFiles()) {
    server.get(
      path,
      withToken((reply) => say(reply, 200, type, text)),
    );
  }
}

const say = (reply: FastifyReply, status: number, type: string, text: string): FastifyReply =>
  reply.code(status).header("content-type", type).send(text);

const refuse = (reply: FastifyReply, status: number, error: string): FastifyReply =>
  say(reply.headers(HEADERS), status, JSON_TYPE, JSON.stringify({ error }));
