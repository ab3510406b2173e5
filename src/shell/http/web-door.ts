/**
 * Who may ask what of the web server: by the host he names, by his token, and not too often.
 *
 * ```text
 * Host ─► 127.0.0.1, localhost, [::1]? ─► rate ─► open to all, or token? ─► answer
 *             └ no ─► 421                  └ 429            └ no ─► 401
 * ```
 *
 * A page of a stranger can make a browser ask this address under a name of his own (DNS rebinding);
 * then the name stands in `Host`, and nothing is answered. A token is compared as a hash and without
 * an early end; it may come as a bearer or as the password of a browser's own question.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../ports/clock.ts";
import { allowance } from "./rate.ts";

export type Refused = 401 | 421 | 429;

export interface WebDoor {
  /** Null: come in. */
  refuse(host: string | undefined): Exclude<Refused, 401> | null;
  isTokenOf(authorization: string | undefined): boolean;
  /** The same, where a wrong one counts: null = it is right. */
  refuseToken(authorization: string | undefined): Exclude<Refused, 421> | null;
}

const OURS = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/;
/** A page asks each second, a collector every fifteen. */
const REQUESTS_MAX = 600;
const WRONG_MAX = 20;
const HEADER_MAX = 1_024;

export function webDoor(clock: Pick<Clock, "now">, token: string | null): WebDoor {
  const allow = allowance(clock as Clock, REQUESTS_MAX);
  const mayErr = allowance(clock as Clock, WRONG_MAX);
  const right = token === null ? null : digestOf(token);
  const isTokenOf = (authorization: string | undefined): boolean => {
    const given = givenIn(authorization ?? "");
    return right !== null && given !== null && timingSafeEqual(digestOf(given), right);
  };
  return {
    refuse(host = "") {
      if (!OURS.test(host)) return 421;
      return allow("anybody") ? null : 429;
    },
    isTokenOf,
    refuseToken(authorization) {
      if (isTokenOf(authorization)) return null;
      // A browser asks without one first.
      if (authorization === undefined) return 401;
      return mayErr("anybody") ? 401 : 429;
    },
  };
}

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Null where there is none, or none that we know. */
function givenIn(authorization: string): string | null {
  if (authorization.length > HEADER_MAX) return null;
  const [, scheme = "", rest = ""] = /^(bearer|basic) +(\S+)$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() === "bearer") return rest;
  if (scheme === "") return null;
  const pair = Buffer.from(rest, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon < 0 ? null : pair.slice(colon + 1);
}
