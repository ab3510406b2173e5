/**
 * What each push service wants to be sent, and how a letter looks there.
 *
 * | service | where | the secret |
 * |---|---|---|
 * | Discord webhook | its address, with `?wait=true` so that it says whether it took it | the address |
 * | ntfy | the server's root, JSON | topic, token |
 * | Gotify | `/message`, JSON | token |
 * | signed webhook | any address; signed as Standard Webhooks has it | the key |
 *
 * Sources: Discord, "Execute Webhook"; ntfy.sh, "Publish as JSON"; Gotify, "Push messages"; all read
 * in November 2026.
 */
import { createHmac } from "node:crypto";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Item, Letter, Severity } from "../../core/model/notification.ts";
import type { Millis } from "../../core/model/units.ts";
import { letterLines, quoteLines } from "../../core/views/letter-text.ts";
import { cutTo } from "../../core/views/plain-text.ts";
import { formatTime } from "../../core/views/timeline.ts";
import type { Post } from "./post.ts";

const JSON_TYPE = { "content-type": "application/json" } as const;

const COLOURS: Readonly<Record<Severity, number>> = {
  info: 0x2f6f9f,
  warning: 0xb45f06,
  alarm: 0xa61b1b,
};

const TITLE_MAX = 250;
const TEXT_MAX = 3_500;

/** Nobody is mentioned, whatever a stranger wrote; his text stands in a block of its own. */
export const toDiscord =
  (url: string) =>
  ({ id, title, at, severity, items }: Letter): Post => ({
    url: `${url}${url.includes("?") ? "&" : "?"}wait=true`,
    headers: JSON_TYPE,
    body: JSON.stringify({
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: cutTo(unmarked(title), TITLE_MAX),
          description: cutLines(items.map(discordItem)),
          color: COLOURS[severity],
          timestamp: isoOf(at),
          footer: { text: id },
        },
      ],
    }),
  });

function discordItem({ at, title, details, quote }: Item): string {
  const lines = [
    `\`${formatTime(at)}\` ${unmarked(title)}`,
    ...details.map(({ label, value }) => `${unmarked(label)}: ${unmarked(value)}`),
  ];
  if (quote === null) return lines.join("\n");
  // Without a backtick nothing gets out of the block.
  return [
    ...lines,
    "```",
    ...quoteLines(quote.text).map((line) => line.replaceAll("`", "'")),
    "```",
  ].join("\n");
}

/** Discord's marks, and those that name somebody, as the characters they are. */
const unmarked = (text: string): string => text.replace(/[\\*_~`|<>@#[\]()]/g, "\\$&");

/** Whole items as far as they fit, so that no block stays open. */
function cutLines(items: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const item of items) {
    length += item.length + 1;
    if (length > TEXT_MAX) return [...kept, `… and ${items.length - kept.length} more`].join("\n");
    kept.push(item);
  }
  return kept.join("\n");
}

const PRIORITY: Readonly<Record<Severity, number>> = { info: 3, warning: 4, alarm: 5 };

export const toNtfy =
  (url: string, topic: string, token: string | null) =>
  (letter: Letter): Post => ({
    url,
    headers: {
      ...JSON_TYPE,
      "idempotency-key": letter.id,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      topic,
      title: cutTo(letter.title, TITLE_MAX),
      message: cutLines(letterLines(letter)),
      priority: PRIORITY[letter.severity],
    }),
  });

const GOTIFY_PRIORITY: Readonly<Record<Severity, number>> = { info: 4, warning: 6, alarm: 9 };

export const toGotify =
  (url: string, token: string) =>
  (letter: Letter): Post => ({
    url: new URL("message", url.endsWith("/") ? url : `${url}/`).href,
    headers: { ...JSON_TYPE, "x-gotify-key": token, "idempotency-key": letter.id },
    body: JSON.stringify({
      title: cutTo(letter.title, TITLE_MAX),
      message: cutLines(letterLines(letter)),
      priority: GOTIFY_PRIORITY[letter.severity],
      extras: { "client::display": { contentType: "text/plain" } },
    }),
  });

/** `whsec_` and the key in base64, or the base64 alone. */
export const keyOf = (secret: string): Buffer =>
  Buffer.from(secret.replace(/^whsec_/, ""), "base64");

/** Signed over id, moment and body, so that none of them can be another's. */
export const toWebhook =
  (url: string, secret: string, now: () => Millis) =>
  (letter: Letter): Post => {
    const { id, at, severity, title, thread, items } = letter;
    const body = JSON.stringify({
      type: "notification",
      ...{ id, thread, severity, title },
      at: isoOf(at),
      items: items.map((item) => ({ ...item, at: isoOf(item.at) })),
    });
    const timestamp = String(Math.floor(now() / 1_000));
    const signature = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`);
    return {
      url,
      headers: {
        ...JSON_TYPE,
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature.digest("base64")}`,
      },
      body,
    };
  };
