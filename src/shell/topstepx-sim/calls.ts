/**
 * A call from its first byte to its answer.
 *
 * ```text
 * path? ─► token? ─► rate? ─► body? ─► the call
 *  404      401       429      400      200, whatever it says
 * ```
 */
import type { Millis } from "../../core/model/units.ts";
import { type Caller, type Endpoint, type Envelope, failure } from "./envelope.ts";
import { problemOf } from "./fields.ts";
import type { Limits } from "./limits.ts";
import type { WireAnswer, WireRequest } from "./stand-in.ts";
import type { Switches } from "./switches.ts";
import type { Tokens } from "./tokens.ts";
import type { Wishes } from "./wishes.ts";

export interface CallParts {
  readonly endpoints: readonly Endpoint[];
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly switches: () => Switches;
  readonly wished: Wishes["take"];
}

export type Calls = (request: WireRequest, at: Millis) => WireAnswer;

export function calls(parts: CallParts): Calls {
  const byPath = new Map(parts.endpoints.map((one) => [one.path, one]));

  return (request, at) => {
    const path = request.path.replace(/\?.*$/, "");
    if (path === "/api/Status/ping" && request.method === "GET") return answer(at, 200, "pong");
    const found = byPath.get(path);
    if (found === undefined) return answer(at, 404);
    if (request.method !== "POST") return answer(at, 405);
    const session = parts.tokens.read(request.token, at);
    if (session === null && !found.isOpen) return answer(at, 401);
    const wait = parts.limits.count(found.scope, at);
    if (wait !== null) return tooMany(at, wait);
    const wish = found.asksForWishes ? null : parts.wished(path);
    if (wish !== null) return said(at, failure(wish.errorCode, wish.errorMessage));
    return called(found, request, { session, user: session?.user ?? "", at });
  };

  function tooMany(at: Millis, wait: Millis): WireAnswer {
    const isTold = parts.switches().retryAfter === "given";
    return answer(at, 429, "", isTold ? { "retry-after": String(Math.ceil(wait / 1000)) } : {});
  }
}

function called(found: Endpoint, request: WireRequest, caller: Caller): WireAnswer {
  const read = found.answer(request.body, caller);
  if (read.ok) return said(caller.at, read.value);
  const problem = problemOf(found.request, found.path, read.error);
  return answer(caller.at, 400, problem, { "content-type": "application/problem+json" });
}

const said = (at: Millis, envelope: Envelope): WireAnswer =>
  answer(at, 200, JSON.stringify(envelope), JSON_BODY);

const JSON_BODY = { "content-type": "application/json; charset=utf-8" };

/** With the venue's own time, as every web server says it. */
const answer = (
  at: Millis,
  status: number,
  body = "",
  headers: WireAnswer["headers"] = {},
): WireAnswer => ({ status, body, headers: { ...headers, date: new Date(at).toUTCString() } });
