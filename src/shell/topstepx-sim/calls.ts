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
import { steadyAnswers } from "./steady-answers.ts";
import type { Switches } from "./switches.ts";
import type { Tokens } from "./tokens.ts";
import type { Wishes } from "./wishes.ts";

export interface CallParts {
  readonly endpoints: readonly Endpoint[];
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly switches: () => Switches;
  readonly wished: Wishes["take"];
  readonly moves: Moves;
}

/** How often what a list shows may have changed. */
export interface Moves {
  count(): number;
  add(): void;
}

export type Calls = (request: WireRequest, at: Millis) => WireAnswer;

export function calls(parts: CallParts): Calls {
  const byPath = new Map(parts.endpoints.map((one) => [one.path, one]));
  const { answer, said, saidAs } = answers();
  const steady = steadyAnswers(parts.moves.count);

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
    return answered(found, request.body, { session, user: session?.user ?? "", at });
  };

  function answered(found: Endpoint, body: string, caller: Caller): WireAnswer {
    const { at, user } = caller;
    const before = found.isSteady ? steady.find(found, body, user) : null;
    if (before !== null) return saidAs(at, before);
    const read = found.answer(body, caller);
    // What may be refused on wish is what changes something.
    if (found.asksForWishes) parts.moves.add();
    if (!read.ok) {
      const problem = problemOf(found.request, found.path, read.error);
      return answer(at, 400, problem, { "content-type": "application/problem+json" });
    }
    const fresh = said(at, read.value);
    if (found.isSteady) steady.keep(found, body, user, fresh.body);
    return fresh;
  }

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

  const saidAs = (at: Millis, text: string): WireAnswer => answer(at, 200, text, JSON_BODY);
  const said = (at: Millis, envelope: Envelope): WireAnswer => saidAs(at, JSON.stringify(envelope));

  return { answer, said, saidAs };
}
