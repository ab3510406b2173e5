/**
 * Messages over HTTP, as long as the house listens.
 *
 * ```text
 * open ─► listening ─────────────────────────► close ─► answers in flight, 2 s at most ─► gone
 *           └─ address in use: told, tried again every 10 s
 * ```
 *
 * It never ends by itself, and never keeps the house from caring for what is open: an address that
 * is taken is a fault like any other.
 */
import { createServer } from "node:net";
import type { FastifyInstance } from "fastify";
import { millis } from "../../core/model/units.ts";
import type { AlertSource, SourceListener } from "../../ports/alert-source.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Keeper } from "../../ports/keeper.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { complaints } from "./complaints.ts";
import { allowance } from "./rate.ts";
import { sendersOf, type WebhookSettings } from "./senders.ts";
import { type DoorLimits, LIMITS, webhookServer } from "./webhook-server.ts";

export interface WebhookParts {
  /** Without problems: see `problemsOf`. */
  readonly settings: WebhookSettings;
  readonly clock: Clock;
  readonly keeper: Keeper;
  readonly limits?: Partial<DoorLimits>;
  /** Told the port once there is one. */
  readonly listening?: (port: number) => void;
}

const TRY_AGAIN_AFTER = 10_000;

export const addressOf = ({ host, port }: Pick<WebhookSettings, "host" | "port">): string =>
  `${host.includes(":") ? `[${host}]` : host}:${port}`;

export function webhookSource(parts: WebhookParts): AlertSource {
  const name = `webhook ${addressOf(parts.settings)}`;
  let close = (): void => {};
  return {
    name,
    open(listener) {
      close = serve(parts, name, listener);
    },
    close: () => close(),
  };
}

/** Returns what ends it. */
function serve(parts: WebhookParts, name: string, listener: SourceListener): () => void {
  const { settings, clock, keeper, limits = {} } = parts;
  let server: FastifyInstance | null = null;
  let isOpen = true;
  let isTold = false;
  let callOff = (): void => {};
  const door = {
    ...{ clock, keeper, complain: complaints(clock, listener), allow: allowance(clock) },
    senders: sendersOf(settings),
    limits: { ...LIMITS, ...limits },
    isOpen: () => isOpen,
    taken: (message: Parameters<SourceListener["message"]>[0]) => {
      if (isOpen) listener.message(message); // else it is kept, and the next start offers it
    },
  };

  const listen = (): void => {
    const candidate = webhookServer(door);
    server = candidate;
    const { host, port } = settings;
    candidate.listen({ host, port, listenTextResolver: () => name }).then(
      () => parts.listening?.(portOf(candidate)),
      (failure: unknown) => {
        if (isOpen) tryLater(failure);
      },
    );
  };
  const tryLater = (failure: unknown): void => {
    if (!isTold) listener.fault({ where: name, reason: whyNot(failure) });
    isTold = true;
    callOff = clock.schedule(millis(clock.now() + TRY_AGAIN_AFTER), listen);
  };

  listen();
  return () => {
    if (!isOpen) return;
    isOpen = false;
    callOff();
    if (server !== null) drain(server, door.limits);
  };
}

function drain(server: FastifyInstance, { drain: patience }: DoorLimits): void {
  const cut = setTimeout(() => server.server.closeAllConnections(), patience).unref();
  void server.close().then(() => clearTimeout(cut));
}

function portOf({ server }: FastifyInstance): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EADDRINUSE", "another program listens there"],
  ["EACCES", "this user may not listen there; a port above 1023 needs no rights"],
  ["EADDRNOTAVAIL", "this machine has no such address"],
  ["ENOTFOUND", "there is no such host"],
]);

/** Why an address cannot be listened at. */
function whyNot(failure: unknown): string {
  if (!(failure instanceof Error)) throw failure;
  const code = "code" in failure ? String(failure.code) : failure.name;
  return `cannot listen: ${REASONS.get(code) ?? code}`;
}

/** Whether it could listen there now; a start asks before it opens any books. */
export function canListen({ host, port }: WebhookSettings): Promise<Result<void, string>> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (failure) => resolve(err(whyNot(failure))));
    server.listen({ host, port }, () => server.close(() => resolve(ok(undefined))));
  });
}
