/**
 * Discord's REST interface through its own client library, which waits where Discord says so (429,
 * buckets) and is asked how often it had to. Failures come back as values with their meaning.
 */
import { DiscordAPIError, HTTPError, REST, RESTEvents } from "@discordjs/rest";
import { err, ok, type Result } from "../../std/result.ts";
import { faultOfStatus, type RestFault } from "./fault-words.ts";

export type Asked<T = unknown> = Promise<Result<T, RestFault>>;

export interface DiscordRest {
  /** For the gateway, which asks for its address. */
  readonly library: REST;
  get(route: `/${string}`, query?: Readonly<Record<string, string>>): Asked;
  send(method: "POST" | "PATCH", route: `/${string}`, body: unknown): Asked;
  /** How often Discord said 429. */
  limited(): number;
  close(): void;
}

export interface RestParts {
  readonly token: string;
  /** Null = Discord's own. */
  readonly url: string | null;
}

const TIMEOUT = 10_000;
const TOO_MANY = 429;

export function discordRest({ token, url }: RestParts): DiscordRest {
  const options = { version: "10", timeout: TIMEOUT, retries: 1 };
  const library = new REST(url === null ? options : { ...options, api: url }).setToken(token);
  let limited = 0;
  library.on(RESTEvents.Response, (_, { status }) => {
    if (status === TOO_MANY) limited += 1;
  });
  return {
    library,
    get: (route, query = {}) =>
      asked(library.get(route, { query: new URLSearchParams(query) }), url),
    send: (method, route, body) =>
      asked(
        method === "POST" ? library.post(route, { body }) : library.patch(route, { body }),
        url,
      ),
    limited: () => limited,
    close() {
      library.clearHandlerSweeper();
      library.clearHashSweeper();
    },
  };
}

async function asked(answer: Promise<unknown>, url: string | null): Asked {
  try {
    return ok(await answer);
  } catch (failure) {
    return err(restFaultOf(failure, url));
  }
}

export function restFaultOf(failure: unknown, url: string | null = null): RestFault {
  if (failure instanceof DiscordAPIError) {
    return faultOfStatus(failure.status, Number(failure.code) || 0);
  }
  if (failure instanceof HTTPError) return faultOfStatus(failure.status, 0);
  const place = url === null ? "Discord" : url;
  const cause = failure instanceof Error ? (failure.cause ?? failure) : failure;
  return { kind: "unreachable", reason: `${place} cannot be reached (${String(cause)})` };
}
