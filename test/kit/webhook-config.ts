/** The configuration of a house that hears webhooks, with its secrets in files of their own. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config, SecretPlace, WebhookConfig } from "../../src/core/model/config.ts";
import { DEFAULT_CONFIG } from "../../src/core/model/defaults.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { NEXT_SECRET, OTHER_TOKEN, SECRET, TOKEN } from "./webhooks.ts";

export function secretFile(here: string, name: string, secret: string): SecretPlace {
  writeFileSync(join(here, name), `${secret}\n`, { mode: 0o600 });
  return { kind: "file", path: name };
}

export const webhookIn = (here: string, changes: Partial<WebhookConfig> = {}): WebhookConfig => ({
  kind: "webhook",
  host: "127.0.0.1",
  port: 0,
  hooks: [
    {
      name: "tv",
      token: secretFile(here, "tv.token", TOKEN),
      addresses: null,
      room: { ...OPEN_ROOM, mode: "shadow" },
    },
    {
      name: "phone",
      token: secretFile(here, "phone.token", OTHER_TOKEN),
      addresses: null,
      room: OPEN_ROOM,
    },
  ],
  signed: [
    {
      name: "desk",
      secrets: [
        secretFile(here, "desk.secret", SECRET),
        secretFile(here, "desk.next", NEXT_SECRET),
      ],
      room: OPEN_ROOM,
    },
  ],
  ...changes,
});

/** Open at weekends too, or a test would judge by the day it runs on. */
export const hearing = (...sources: Config["sources"]): Config => ({
  ...DEFAULT_CONFIG,
  settings: {
    ...DEFAULT_CONFIG.settings,
    accounts: DEFAULT_CONFIG.settings.accounts.map((one) => ({ ...one, sessions: "always-open" })),
  },
  market: { kind: "simulated", seed: 1, startPrice: 6326 },
  paper: { ...DEFAULT_CONFIG.paper, sessions: "always-open" },
  sources,
});
