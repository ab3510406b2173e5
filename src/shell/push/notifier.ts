/**
 * Push services over HTTP: one POST a letter, and what its answer means.
 *
 * ```text
 * 2xx                         ─► accepted
 * 401, 403, 404, redirect     ─► the channel: a person has to look at it
 * 429, 5xx, no answer         ─► the channel, later; as late as it asks for
 * any other 4xx               ─► this letter
 * ```
 */
import { createHash } from "node:crypto";
import type { Letter } from "../../core/model/notification.ts";
import type { Millis } from "../../core/model/units.ts";
import { clean, cutTo } from "../../core/views/plain-text.ts";
import type { Delivery, Notifier, PushTarget } from "../../ports/notifier.ts";
import { canonical } from "../../std/canonical.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Post, type Posted, post } from "./post.ts";
import { keyOf, toDiscord, toGotify, toNtfy, toWebhook } from "./posts.ts";

export interface PushParts {
  readonly channel: string;
  readonly target: PushTarget;
  readonly now: () => Millis;
  /** For one exchange, milliseconds. */
  readonly patience?: number;
}

/** The error is for who configured it, and has no character of a secret. */
export function pushNotifier(parts: PushParts): Result<Notifier, string> {
  const { channel, target, now, patience } = parts;
  const unusable = unusableIn(target);
  if (unusable !== null) return err(unusable);
  const toPost = postFor(target, now);
  const waited = patience === undefined ? {} : { patience };
  const secrets = secretsOf(target);
  return ok({
    send(letter, answered) {
      post({ ...toPost(letter), ...waited }, (posted) =>
        answered(deliveryOf(posted, channel, secrets)),
      );
    },
    close() {},
  });
}

const ADDRESS =
  /^(?:https:\/\/[^\s\p{C}]{1,500}|http:\/\/(?:127\.0\.0\.1|localhost)[:/][^\s\p{C}]{0,500})$/u;
/** What may stand in a header. */
const TOKEN = /^[\x21-\x7e]{1,4096}$/;
/** Bytes, as Standard Webhooks has them. */
const KEY_MIN = 24;
const KEY_MAX = 64;

/** What a secret has to look like; null: nothing is wrong with it. */
function unusableIn(target: PushTarget): string | null {
  if (target.kind === "discord-webhook") {
    const isOne = ADDRESS.test(target.url) && URL.canParse(target.url);
    return isOne ? null : "its address is none; expected https://discord.com/api/webhooks/...";
  }
  if (target.kind !== "webhook") {
    return target.token === null || TOKEN.test(target.token)
      ? null
      : "its token has characters that no token has; was it copied whole, and alone?";
  }
  const { length } = keyOf(target.secret);
  return length >= KEY_MIN && length <= KEY_MAX
    ? null
    : 'its secret cannot be used; make one: echo "whsec_$(openssl rand -base64 32)"';
}

function postFor(target: PushTarget, now: () => Millis): (letter: Letter) => Post {
  switch (target.kind) {
    case "discord-webhook":
      return toDiscord(target.url);
    case "ntfy":
      return toNtfy(target.url, target.topic, target.token);
    case "gotify":
      return toGotify(target.url, target.token);
    case "webhook":
      return toWebhook(target.url, target.secret, now);
  }
}

/** Some servers repeat what they were sent, the address too. */
function secretsOf(target: PushTarget): readonly string[] {
  switch (target.kind) {
    case "discord-webhook": {
      const { pathname } = new URL(target.url);
      return [target.url, pathname, ...pathname.split("/").filter((part) => part.length >= 10)];
    }
    case "ntfy":
      return [target.topic, ...(target.token === null ? [] : [target.token])];
    case "gotify":
      return [target.token];
    case "webhook":
      return [target.secret];
  }
}

const SAID_MAX = 120;

function deliveryOf(posted: Posted, channel: string, secrets: readonly string[]): Delivery {
  if (posted.kind === "failed") {
    const { reason } = posted;
    return { kind: "refused", scope: "channel", said: reason, fix: null, after: null };
  }
  const { status, body, after } = posted;
  const open = secrets.reduce((text, secret) => text.replaceAll(secret, "(secret)"), body);
  const said = cutTo(clean(`HTTP ${status} ${open}`), SAID_MAX);
  if (status >= 200 && status < 300) return { kind: "accepted", said: `HTTP ${status}` };
  const fix = fixOf(status, channel);
  const isOfChannel = fix !== null || status === 429 || status >= 500;
  return { kind: "refused", scope: isOfChannel ? "channel" : "letter", said, fix, after };
}

function fixOf(status: number, channel: string): string | null {
  if (status === 401 || status === 403) {
    return `it refuses the secret: check token, topic or address of the channel ${channel}`;
  }
  if (status === 404 || status === 410)
    return `it is gone: check the address of the channel ${channel}`;
  if (status >= 300 && status < 400) {
    return `it sends us elsewhere, and nothing follows: give the channel ${channel} its final address`;
  }
  return null;
}

/** Of the way a channel goes: the same for the same kind, address and secret, and for no other. */
export const wayOf = (target: PushTarget): string =>
  createHash("sha256")
    .update(`way ${canonical(target)}`)
    .digest("hex")
    .slice(0, 32);
