/** A web server on a free port of this machine, over views that a test sets. */
import { request } from "node:http";
import { onTestFinished } from "vitest";
import type { HealthView } from "../../src/core/views/health.ts";
import type { WebViews } from "../../src/ports/web.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { openWeb } from "../../src/shell/http/web-server.ts";
import { NOW } from "./builders.ts";

export const WEB_TOKEN = "a-token-of-thirty-two-characters";

const SOME_HEALTH: HealthView = {
  state: "degraded",
  components: [
    {
      ...{ component: "mail", state: "degraded", reason: "sam@example.org: 550" },
      ...{ since: "2026-11-19T15:00:00.000Z", seconds: 9 },
    },
  ],
};

export async function webHouse(change: Partial<WebViews> = {}, token: string | null = WEB_TOKEN) {
  const views: WebViews = {
    isLive: () => true,
    unready: () => [],
    health: () => SOME_HEALTH,
    metrics: async (withPrivate) => (withPrivate ? "all 1\n" : "open 1\n"),
    snapshot: async () => '{"mode":"paper"}',
    ...change,
  };
  const clock = virtualClock(NOW);
  const opened = await openWeb({ port: 0, token, views }, clock);
  if (!opened.ok) throw new Error(opened.error);
  const { port, close } = opened.value;
  onTestFinished(close);
  return { port, clock, ask: (path: string, wish: Wish = {}) => asked(port, path, wish) };
}

interface Wish {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** With the very headers that were wished for, `Host` too. */
const asked = (port: number, path: string, { method = "GET", headers = {}, body }: Wish) =>
  new Promise<WebAnswer>((resolve, reject) => {
    const out = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
      );
    });
    out.on("error", reject);
    out.end(body);
  });
