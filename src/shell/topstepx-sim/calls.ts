/**
 * A call from its first byte to its answer.
 *
 * ```text
 * path? ─► token? ─► rate? ─► body? ─► the call
 *  404      401       429      400      200, whatever it says
 * ```
 */
import type { Millis } from "../../core/model/units.ts";
import { type Endpoint, type Envelope, failure } from "./envelope.ts";
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
  const { answer, said } = answers();

  return (request, at) => {
    const path = request.path.includes("?") ? request.path.replace(/\?.*$/, "") : request.path;
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
    const read = found.answer(request.body, { session, user: session?.user ?? "", at });
    if (read.ok) return said(at, read.value);
    const problem = problemOf(found.request, found.path, read.error);
    return answer(at, 400, problem, { "content-type": "application/problem+json" });
  };

  function tooMany(at: Millis, wait: Millis): WireAnswer {
    const isTold = parts.switches().retryAfter === "given";
    return answer(at, 429, "", isTold ? { "retry-after": String(Math.ceil(wait / 1000)) } : {});
  }
}

const JSON_BODY = { "content-type": "application/json; charset=utf-8" };

/** Answers with the venue's own time, as every web server says it: in whole seconds. */
function answers() {
  let second = Number.NaN;
  let date = "";

  function dateOf(at: Millis): string {
    const now = Math.floor(at / 1_000);
    if (now !== second) date = new Date(at).toUTCString();
    second = now;
    return date;
  }

  const answer = (
    at: Millis,
    status: number,
    body = "",
    headers: WireAnswer["headers"] = {},
  ): WireAnswer => ({ status, body, headers: { ...headers, date: dateOf(at) } });

  const said = (at: Millis, envelope: Envelope): WireAnswer =>
    answer(at, 200, JSON.stringify(envelope), JSON_BODY);

  return { answer, said };
}
