/**
 * What the venue answers to a login or a renewal, and what to make of it.
 *
 * ```text
 * a token        ─► used, for as long as its `exp` says
 * 3, 7, 9, 10    ─► fatal: a person has to do something, and the sentence says what
 * 8, 429, 5xx, no answer ─► later again
 * ```
 */
import { type Millis, millis } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { LOGIN_CODES } from "./codes.ts";
import { fieldsIn, flag, jsonIn, number, or, orNull, record, text, whole } from "./json-fields.ts";
import type { Reply } from "./transport.ts";

export interface LoginFault {
  /** Fatal: it will fail in the same way until somebody does what the reason says. */
  readonly kind: "fatal" | "retry";
  readonly reason: string;
  /** Where the venue says when. */
  readonly retryAfter: Millis | null;
}

const fault = (
  kind: LoginFault["kind"],
  reason: string,
  retryAfter: Millis | null = null,
): Result<never, LoginFault> => err({ kind, reason, retryAfter });

const ADVICE: Readonly<Record<number, string>> = {
  1: "the venue knows no such user name; give the user name of the platform, not an e-mail address",
  2: "the venue refused the password; log in with an API key instead",
  3: "the venue refused user name and API key; give the platform's user name (not an e-mail address) and a key made under Settings, API",
  4: "the venue does not know this application; log in with an API key instead",
  5: "the venue does not trust this application; log in with an API key instead",
  6: "the venue refused this device; log in with an API key instead",
  7: "agreements are waiting for you; log in to the platform in a browser and accept them",
  9: "this user has no API subscription; buy API access in the platform's settings and link it to your account",
  10: "logging in by API key is switched off for this user; switch it on in the platform's settings",
};

const UNFIT =
  "the venue could not read the login (400); give the platform's user name and an API key, both on one line";

const envelope = { success: flag, errorCode: or(whole, 0), errorMessage: orNull(text) };
const loginAnswer = record({ ...envelope, token: orNull(text) });
const validateAnswer = record({ ...envelope, newToken: orNull(text) });

/** What may stand in a header. */
const TOKEN = /^[\x21-\x7e]{8,8192}$/;

export function readLogin(reply: Reply): Result<string, LoginFault> {
  if (reply.kind !== "answered") return fault("retry", `the login got no answer: ${reply.reason}`);
  const { status, retryAfter } = reply;
  if (status === 429) return fault("retry", "the venue has too many calls (429)", retryAfter);
  if (status === 400) return fault("retry", UNFIT);
  if (status !== 200) {
    return fault("retry", `the login was answered with HTTP status ${status}`, retryAfter);
  }
  const read = loginAnswer(jsonIn(reply.body));
  if (!read.ok) return fault("retry", `the answer to the login is unreadable: ${read.error}`);
  const { success, errorCode, token } = read.value;
  if (success && token !== null && TOKEN.test(token)) return ok(token);
  if (success) return fault("retry", "the venue accepted the login and gave no usable token");
  const advice = ADVICE[errorCode];
  if (advice !== undefined) return fault("fatal", `login refused (code ${errorCode}): ${advice}`);
  const name = LOGIN_CODES[errorCode] ?? "unknown";
  const words = read.value.errorMessage ?? "no reason given";
  return fault("retry", `login refused (code ${errorCode}, ${name}): ${words}`);
}

export type Renewal =
  /** The old one stays when there is no new one. */
  | { readonly kind: "valid"; readonly token: string | null }
  | { readonly kind: "invalid" }
  | (LoginFault & { readonly kind: "retry" });

export function readRenewal(reply: Reply): Renewal {
  const retry = (reason: string): Renewal => ({
    kind: "retry",
    reason: `the token's renewal: ${reason}`,
    retryAfter: reply.kind === "answered" ? reply.retryAfter : null,
  });
  if (reply.kind !== "answered") return retry(reply.reason);
  if (reply.status === 401 || reply.status === 403) return { kind: "invalid" };
  if (reply.status !== 200) return retry(`HTTP status ${reply.status}`);
  const read = validateAnswer(jsonIn(reply.body));
  if (!read.ok) return retry(read.error);
  const { success, errorCode, newToken } = read.value;
  if (!success) return errorCode === 4 ? retry("unknown error (4)") : { kind: "invalid" };
  if (newToken === null || newToken === "") return { kind: "valid", token: null };
  return TOKEN.test(newToken) ? { kind: "valid", token: newToken } : retry("no usable token");
}

/** Of a JWT's `exp`, on the venue's clock; null where it tells none. */
export function expiryOf(token: string): Millis | null {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const expiry = number(fieldsIn(jsonIn(payload))?.["exp"]);
  const at = expiry.ok ? Math.round(expiry.value * 1_000) : Number.NaN;
  return Number.isSafeInteger(at) ? millis(at) : null;
}
