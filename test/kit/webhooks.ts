/** A webhook source that listens on this machine, and hands that reach it. */
import { createHmac } from "node:crypto";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import type { AlertSource } from "../../src/ports/alert-source.ts";
import { type VirtualClock, virtualClock } from "../../src/shell/host/virtual-clock.ts";
import type { WebhookSettings } from "../../src/shell/http/senders.ts";
import type { DoorLimits } from "../../src/shell/http/webhook-server.ts";
import { webhookSource } from "../../src/shell/http/webhook-source.ts";
import { type HeardOf, heardOf } from "./heard-of.ts";
import { type MemoryKeeper, memoryKeeper } from "./memory-keeper.ts";

export const TOKEN = "0123456789abcdef0123456789abcdef";
export const OTHER_TOKEN = "Zz-9_yX8wV7uT6sR5qP4oN";
export const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes, yes").toString("base64")}`;
export const NEXT_SECRET = `whsec_${Buffer.from("the secret that comes after it.").toString("base64")}`;
export const BOT_SECRET = `whsec_${Buffer.from("what another program signs with").toString("base64")}`;

export const SETTINGS: WebhookSettings = {
  host: "127.0.0.1",
  port: 0,
  hooks: [
    { name: "tv", token: TOKEN, addresses: null },
    { name: "phone", token: OTHER_TOKEN, addresses: null },
  ],
  signed: [
    { name: "desk", secrets: [SECRET, NEXT_SECRET] },
    { name: "bot", secrets: [BOT_SECRET] },
  ],
};

/** Sunday 22 November 2026, 15:31:05 UTC. */
export const AT = millis(Date.parse("2026-11-22T15:31:05Z"));

export interface Webhook extends HeardOf {
  readonly source: AlertSource;
  readonly clock: VirtualClock;
  readonly keeper: MemoryKeeper;
  readonly port: number;
  /** So many milliseconds pass. */
  pass(span: number): void;
  post(path: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<Said>;
  hook(body: string | Uint8Array, type?: string, token?: string): Promise<Said>;
  sign(body: string, how?: Signing): Promise<Said>;
}

export interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Signing {
  readonly id?: string;
  readonly secret?: string;
  /** Unix seconds. */
  readonly timestamp?: number;
  readonly type?: string;
}

export interface WebhookOptions {
  readonly settings?: Partial<WebhookSettings>;
  readonly limits?: Partial<DoorLimits>;
  readonly keeper?: MemoryKeeper;
}

export async function webhook(options: WebhookOptions = {}): Promise<Webhook> {
  const clock = virtualClock(AT);
  const { keeper = memoryKeeper(), limits = {} } = options;
  const settings = { ...SETTINGS, ...options.settings };
  const opened = await new Promise<HeardOf & Pick<Webhook, "source" | "port">>((resolve) => {
    const listening = (port: number): void => resolve({ ...told, source, port });
    const source = webhookSource({ settings, clock, keeper, limits, listening });
    const told = heardOf(source);
  });
  const { source, port } = opened;
  onTestFinished(() => source.close());
  const post: Webhook["post"] = (path, body, headers = {}) =>
    posted(`http://127.0.0.1:${port}${path}`, body, headers);
  return {
    ...{ ...opened, clock, keeper, post },
    pass: (span) => void clock.runUntil(millis(clock.now() + span)),
    hook: (body, type = "text/plain", token = TOKEN) =>
      post(`/hooks/${token}`, body, { "content-type": type }),
    sign: (body, how = {}) =>
      post("/alerts", body, {
        "content-type": how.type ?? "application/json",
        ...signatureOf(body, { timestamp: Math.floor(clock.now() / 1_000), ...how }),
      }),
  };
}

export function signatureOf(body: string, how: Signing): Record<string, string> {
  const { id = "msg_1", secret = SECRET, timestamp = 0 } = how;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  };
}

/** Waits for what follows the answer too. */
export async function posted(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
): Promise<Said> {
  const answer = await fetch(url, { method: "POST", body, headers });
  const text = await answer.text();
  await aTurn();
  return { status: answer.status, headers: answer.headers, text };
}

const aTurn = (): Promise<void> => new Promise((soon) => setImmediate(soon));

export interface Begun {
  readonly socket: Socket;
  /** Everything that came back until it was closed. */
  readonly said: Promise<string>;
  /** Once the first bytes have come back. */
  readonly continued: Promise<void>;
}

/** Bytes as they are, on a connection of their own that stays open for more. */
export function begin(port: number, ...parts: readonly (string | Uint8Array)[]): Begun {
  const socket = connect(port, "127.0.0.1", () => {
    for (const part of parts) socket.write(part);
  });
  let text = "";
  socket.on("data", (bytes) => (text += String(bytes)));
  // A connection that was refused says nothing.
  socket.on("error", () => socket.destroy());
  return {
    socket,
    said: new Promise((resolve) => socket.on("close", () => resolve(text))),
    continued: new Promise((resolve) => socket.once("data", () => resolve())),
  };
}

export const raw = (port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> =>
  begin(port, ...parts).said;
