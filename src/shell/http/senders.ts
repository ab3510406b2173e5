/**
 * Who may send, and how a request shows that it comes from them.
 *
 * ```text
 * hook     its token is the last part of the path     TradingView, phones: cannot sign
 * sender   signs every request with its secret        programs
 * ```
 *
 * A token is compared as a hash, with every hook there is and without an early end: how long a wrong
 * one takes says neither how much of it was right nor how many hooks there are before the right one.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { type AddressList, readAddresses } from "./addresses.ts";
import { readSigningSecret, type Sender } from "./signature.ts";

/** With their secrets as they were read from where they are kept. */
export interface WebhookSettings {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly hooks: readonly HookSettings[];
  readonly signed: readonly SenderSettings[];
}

export interface HookSettings {
  readonly name: string;
  readonly token: string;
  /** Addresses, ranges, or the word `tradingview`; null = any. */
  readonly addresses: readonly string[] | null;
}

export interface SenderSettings {
  readonly name: string;
  readonly secrets: readonly string[];
}

export interface Hook {
  readonly name: string;
  readonly digest: Buffer;
  readonly addresses: AddressList | null;
}

export interface Senders {
  readonly hooks: readonly Hook[];
  readonly senders: readonly Sender[];
}

const HEX = /^[0-9a-f]+$/i;
const BASE64_URL = /^[\w-]{22,200}$/;
const HEX_MIN = 32;
/** Of 22 random characters or more, fewer different ones than this come up once in a universe. */
const DIFFERENT_MIN = 8;

const TOKEN_EXPECTED =
  "expected at least 128 random bits as 32 hex or 22 base64url characters; make one: openssl rand -hex 32";

/** Everything wrong with them, without a character of a token or secret; empty when sound. */
export function problemsOf({ hooks, signed }: WebhookSettings): readonly string[] {
  return [
    ...hooks.flatMap(hookProblems),
    ...signed.flatMap(senderProblems),
    ...shared(
      hooks.map(({ name, token }) => [`hook ${name}`, token]),
      "the same token",
    ),
    ...shared(
      signed.flatMap(({ name, secrets }) =>
        secrets.map((one) => [`signed ${name}`, keyText(one)] as const),
      ),
      "the same secret",
    ),
  ];
}

function hookProblems({ name, token, addresses }: HookSettings): readonly string[] {
  const list = addresses === null ? null : readAddresses(addresses);
  return [
    ...(isStrong(token) ? [] : [`hook ${name}: its token is too weak; ${TOKEN_EXPECTED}`]),
    ...(list === null || list.ok ? [] : [`hook ${name}: ${list.error}`]),
  ];
}

function senderProblems({ name, secrets }: SenderSettings): readonly string[] {
  if (secrets.length === 0) return [`signed ${name}: it has no secret`];
  return secrets
    .map(readSigningSecret)
    .flatMap((secret) => (secret.ok ? [] : [`signed ${name}: ${secret.error}`]));
}

const isStrong = (token: string): boolean =>
  (HEX.test(token) ? token.length >= HEX_MIN && token.length <= 200 : BASE64_URL.test(token)) &&
  new Set(token).size >= DIFFERENT_MIN;

/** Two that cannot be told apart would be one. */
function shared(
  secrets: readonly (readonly [who: string, secret: string])[],
  what: string,
): readonly string[] {
  const firstOf = new Map<string, string>();
  const problems: string[] = [];
  for (const [who, secret] of secrets) {
    const first = firstOf.get(secret);
    if (first === undefined) firstOf.set(secret, who);
    else problems.push(`${who} has ${what} as ${first}${first === who ? ", twice" : ""}`);
  }
  return problems;
}

function keyText(secret: string): string {
  const key = readSigningSecret(secret);
  return key.ok ? key.value.toString("base64") : secret;
}

/** Of settings without problems. */
export const sendersOf = ({ hooks, signed }: WebhookSettings): Senders => ({
  hooks: hooks.map(({ name, token, addresses }) => {
    const list = addresses === null ? null : readAddresses(addresses);
    return { name, digest: digestOf(token), addresses: list?.ok === true ? list.value : null };
  }),
  senders: signed.map(({ name, secrets }) => ({
    name,
    keys: secrets.map(readSigningSecret).flatMap((key) => (key.ok ? [key.value] : [])),
  })),
});

export function hookByToken(hooks: readonly Hook[], token: string): Hook | null {
  const digest = digestOf(token);
  let found: Hook | null = null;
  for (const hook of hooks) {
    if (timingSafeEqual(digest, hook.digest)) found = hook; // and on: all are compared
  }
  return found;
}

const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();
