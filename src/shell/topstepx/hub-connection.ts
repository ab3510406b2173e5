/**
 * One connection to a hub, or the try at one, with the SignalR library over the real network.
 *
 * ```text
 * connect ──► socket ──► handshake ──► up ──► events ... ──► down, once, with the reason
 *                └── refused, silent for 10 s ─────────────► down
 * ```
 *
 * The library's own reconnecting stays off: it gives up after four tries and would keep the token it
 * began with. Its sockets have no limit for the opening handshake, so it is handed sockets that do,
 * which also know *why* a handshake failed; the library only says that it did.
 *
 * Whatever a listener throws is a bug and stops the program. The library would catch and log it, so
 * everything is told a moment later. Of orders even the reading of it waits for the answers that are
 * on their way (see `answers-first.ts`); a price is told first, since whatever arrived together with
 * it is judged by it.
 */
import {
  HttpClient,
  type HttpResponse,
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  type ILogger,
  LogLevel,
} from "@microsoft/signalr";
import { WebSocket } from "ws";
import type { Log } from "../../ports/log.ts";
import { boundedQueue } from "../../std/bounded.ts";
import { answersFirst } from "./answers-first.ts";
import { HUB_EVENTS } from "./hub-events.ts";
import { createRedactor } from "./redactor.ts";
import type { HubLine, HubListener, HubName, Transport } from "./transport.ts";

export interface HubSettings {
  /** Of each hub, `https://` or `http://`. */
  readonly urls: Readonly<Record<HubName, string>>;
  readonly log: Log;
  /** When to read what the user hub says; soon, and in its order. */
  readonly tell?: Tell;
}

type Tell = (task: () => void) => void;

/** The streaming half of the transport; `close` ends every connection that is left. */
export type HubConnector = Pick<Transport, "connect" | "close">;

/** The venue pings at least every 15 seconds, and expects as much of us. */
const SERVER_SILENCE_MAX = 30_000;
const KEEP_ALIVE = 15_000;
const HANDSHAKE_MAX = 10_000;
const GOODBYE_MAX = 500;
/** The largest frame known is the first batch of a book, some 10 kB. */
const FRAME_MAX = 4 * 1024 * 1024;
/** Events in the very packet that completes the handshake; nothing is subscribed to by then. */
const EARLY_MAX = 100;

export function hubConnector(settings: HubSettings): HubConnector {
  const { urls, log, tell = answersFirst().tell } = settings;
  const lines = new Set<HubLine>();
  return {
    connect(hub, token, listener) {
      const when: Tell = hub === "market" ? (task) => task() : tell;
      const about = { hub, token, listener, log, url: urls[hub], tell: when };
      const line = openLine(about, () => lines.delete(line));
      lines.add(line);
      return line;
    },
    close() {
      for (const line of [...lines]) line.close();
    },
  };
}

interface LineParts {
  readonly hub: HubName;
  readonly url: string;
  readonly token: string;
  readonly listener: HubListener;
  readonly log: Log;
  readonly tell: Tell;
}

function openLine(parts: LineParts, ended: () => void): HubLine {
  const { hub, url, token, listener, log, tell } = parts;
  let state: "trying" | "up" | "over" = "trying";
  let ending = "closed by the venue";
  const { clean } = createRedactor(token);
  const early = boundedQueue<() => void>(EARLY_MAX);
  const sockets = limitedSockets(tell);
  const connection = connectionTo(url, token, sockets.Socket, quietLogger(hub, log, clean));

  const end = (reason: string): void => {
    if (state === "over") return;
    state = "over";
    ended();
    listener.down(clean(reason));
  };
  const hear = (target: string, args: readonly unknown[]): void => {
    if (state === "up") listener.event(target, args);
    else if (state === "trying") early.offer(() => hear(target, args));
  };
  for (const target of HUB_EVENTS[hub]) {
    connection.on(target, (...args: unknown[]) => queueMicrotask(() => hear(target, args)));
  }
  connection.onclose((error) => queueMicrotask(() => end(error?.message ?? ending)));

  const begin = (): void => {
    if (state === "over") return;
    state = "up";
    listener.up();
    for (let tell = early.take(); tell !== undefined; tell = early.take()) tell();
  };
  connection.start().then(begin, (error) => end(sockets.failure() ?? wordsOf(error)));

  return {
    invoke(method, args, done) {
      connection.invoke(method, ...args).then(
        () => done(null),
        (error) => done(clean(wordsOf(error))),
      );
    },
    close() {
      ending = "closed by us";
      if (state === "trying") sockets.drop(); // stopping would wait for the handshake to end
      // A venue that does not answer the goodbye would hold the process for half a minute.
      setTimeout(sockets.drop, GOODBYE_MAX).unref();
      connection.stop().then(
        () => end(ending),
        (error) => end(wordsOf(error)),
      );
    },
  };
}

function connectionTo(
  url: string,
  token: string,
  Socket: SocketMaker,
  logger: ILogger,
): HubConnection {
  const options = {
    transport: HttpTransportType.WebSockets,
    skipNegotiation: true,
    accessTokenFactory: () => token,
    httpClient: new NoHttp(),
    WebSocket: Socket, // taken by the library at its word, left out of its declarations
  };
  return new HubConnectionBuilder()
    .withUrl(url, options)
    .configureLogging(logger)
    .withServerTimeout(SERVER_SILENCE_MAX)
    .withKeepAliveInterval(KEEP_ALIVE)
    .build();
}

/**
 * Nothing goes over HTTP where the negotiation is skipped. The library's own client would load
 * packages for cookies and for browsers all the same: 30 ms and 12 MB.
 */
class NoHttp extends HttpClient {
  override send(): Promise<HttpResponse> {
    return Promise.reject(new Error("hubs are reached over a WebSocket only"));
  }
  override getCookieString(): string {
    return "";
  }
}

/** As the library makes its sockets. */
type SocketMaker = new (
  url: string,
  protocols?: string | string[],
  options?: WebSocket.ClientOptions,
) => WebSocket;

interface LimitedSockets {
  readonly Socket: SocketMaker;
  /** Why the socket could not be opened, where it said so: the status of a refusal, say. */
  failure(): string | null;
  drop(): void;
}

function limitedSockets(tell: Tell): LimitedSockets {
  let present: WebSocket | null = null;
  let failure: string | null = null;
  class LimitedSocket extends WebSocket {
    constructor(url: string, protocols?: string | string[], options?: WebSocket.ClientOptions) {
      const limits = { handshakeTimeout: HANDSHAKE_MAX, maxPayload: FRAME_MAX };
      super(url, protocols, { ...options, ...limits, perMessageDeflate: false });
      present = this;
      this.on("error", (error) => {
        failure ??= error.message;
      });
    }

    /** What was said is read before the end is. */
    override emit(event: string | symbol, ...args: unknown[]): boolean {
      if (event !== "message" && event !== "close") return super.emit(event, ...args);
      tell(() => super.emit(event, ...args));
      return true;
    }
  }
  return { Socket: LimitedSocket, failure: () => failure, drop: () => present?.terminate() };
}

/** The library's warnings, for whoever looks for the cause of a fault; its gossip for nobody. */
function quietLogger(hub: HubName, log: Log, clean: (text: string) => string): ILogger {
  return {
    log(level, message) {
      if (level < LogLevel.Warning) return;
      log.write("debug", "topstepx-hub", { hub, message: clean(message) });
    },
  };
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
