/**
 * Signed requests, after the Standard Webhooks specification (standardwebhooks.com, version 1).
 *
 * ```text
 * webhook-id: msg_2f9c                  the same for every attempt to deliver one message
 * webhook-timestamp: 1795359065         Unix seconds of this attempt
 * webhook-signature: v1,K5oZ... v1,...  base64 of HMAC-SHA256(key, "<id>.<timestamp>.<raw body>")
 * ```
 *
 * The secret is `whsec_` and the key in base64. The header may hold several signatures and a sender
 * may have two secrets, so that a secret can be replaced without a gap.
 *
 * An id has no dot, unlike in the specification: with one, `a.1795359065` + body `b` and `a` + body
 * `1795359065.b` would have one signature, and what was signed could be cut in another place.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { type Millis, millis } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";

export interface Sender {
  readonly name: string;
  /** One, or two while one replaces the other. */
  readonly keys: readonly Buffer[];
}

export interface Signed {
  readonly id: string;
  /** As it was written: what was signed is the text. */
  readonly timestamp: string;
  /** When this attempt was made, by the sender's clock. */
  readonly sentAt: Millis;
  readonly signatures: readonly Buffer[];
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const PREFIX = "whsec_";
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Bytes, as the specification has them. */
const KEY_MIN = 24;
const KEY_MAX = 64;
const ID = /^[\w:@/-]{1,200}$/;
const TIMESTAMP = /^\d{10}$/;
const TOLERANCE = 5 * 60_000;
/** Two secrets at the sender are two signatures; more than a few are a waste of our time. */
const SIGNATURES_MAX = 5;
const SIGNATURE_BYTES = 32;

const SECRET_EXPECTED =
  'expected "whsec_" and 24 to 64 random bytes in base64; make one: echo "whsec_$(openssl rand -base64 32)"';

/** The key in it; the error has no character of it. */
export function readSigningSecret(secret: string): Result<Buffer, string> {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const key = Buffer.from(text, "base64");
  const isKey = BASE64.test(text) && key.length >= KEY_MIN && key.length <= KEY_MAX;
  return isKey ? ok(key) : err(`its secret cannot be used; ${SECRET_EXPECTED}`);
}

/** The error is for the sender, and tells nothing it does not know. */
export function readSigned(headers: Headers, now: Millis): Result<Signed, string> {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  const signature = headers["webhook-signature"];
  if (typeof id !== "string" || typeof timestamp !== "string" || typeof signature !== "string") {
    return err("the headers webhook-id, webhook-timestamp and webhook-signature are needed");
  }
  if (!ID.test(id)) {
    return err("webhook-id: 1 to 200 letters, digits, hyphens and underscores are expected");
  }
  if (!TIMESTAMP.test(timestamp)) return err("webhook-timestamp: Unix seconds are expected");
  const sentAt = millis(Number(timestamp) * 1_000);
  if (Math.abs(now - sentAt) > TOLERANCE) {
    return err("webhook-timestamp is more than 5 minutes from the time here");
  }
  return ok({ id, timestamp, sentAt, signatures: signaturesIn(signature) });
}

const signaturesIn = (header: string): readonly Buffer[] =>
  header
    .split(" ", SIGNATURES_MAX)
    .filter((one) => one.startsWith("v1,"))
    .map((one) => Buffer.from(one.slice("v1,".length), "base64"))
    .filter(({ length }) => length === SIGNATURE_BYTES);

/** Whose secret signed it; every key is tried against every signature, found or not. */
export function senderOf(
  senders: readonly Sender[],
  { id, timestamp, signatures }: Signed,
  body: Uint8Array,
): Sender | null {
  let found: Sender | null = null;
  for (const sender of senders) {
    for (const key of sender.keys) {
      const expected = createHmac("sha256", key)
        .update(`${id}.${timestamp}.`)
        .update(body)
        .digest();
      for (const signature of signatures) {
        if (timingSafeEqual(expected, signature)) found = sender;
      }
    }
  }
  return found;
}
