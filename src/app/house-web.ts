/**
 * What a house shows over HTTP: its views, its figures, and who counts them.
 *
 * ```text
 * facts ─► counters ────────────┐
 * state, prices, health ────────┴─► asked for ─► /metrics
 * what `top` shows too ─► kept for a quarter of a second ─► /snapshot
 * ```
 */
import type { Config } from "../core/model/config.ts";
import type { HealthView } from "../core/views/health.ts";
import type { Audience } from "../ports/audience.ts";
import type { Journal } from "../ports/journal.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { HostReading } from "../ports/probes.ts";
import type { WebServer, WebViews } from "../ports/web.ts";
import { valuesOf } from "../std/trie.ts";
import type { CommitWatch } from "./commit-watch.ts";
import type { Context } from "./context.ts";
import type { Looks } from "./looks.ts";
import type { Loop } from "./loop.ts";
import { meterFacts } from "./meter-facts.ts";
import { meterHouse } from "./meter-house.ts";
import { placeFrom } from "./places.ts";
import type { Prices } from "./prices.ts";
import { traceFacts } from "./trace-facts.ts";
import { wire } from "./wire.ts";

export interface WebHouse {
  readonly mode: "paper" | "live" | "demo";
  readonly version: string;
  readonly config: Config;
  readonly prices: Prices;
  readonly prefix: string;
}

export interface WebParts {
  readonly looks: Pick<Looks, "view">;
  readonly commits: CommitWatch<Journal>;
  readonly market: MarketData;
}

/** What is known once the house runs. */
export interface Looked {
  readonly loop: Pick<Loop, "state" | "impaired">;
  readonly view: () => HealthView;
  readonly host: () => HostReading | null;
  readonly isTurning: () => boolean;
}

export interface HouseWeb extends Audience {
  begin(looked: Looked): Promise<void>;
  stop(): void;
}

/** Null where nothing is shown. */
export async function houseWeb(
  context: Context,
  spec: WebHouse,
  parts: WebParts,
): Promise<HouseWeb | null> {
  const { web } = spec.config;
  if (web === undefined) return null;
  const { clock, here, screen } = context;
  const { readSecret } = await wire.secrets();
  const { prometheusTelemetry } = await wire.telemetry();
  const { openWeb } = await wire.web();
  const telemetry = prometheusTelemetry();
  const { mode, version, prefix } = spec;
  telemetry.set("tradestream_build_info", { version, mode }, 1);
  parts.commits.onCommit((seconds) =>
    telemetry.observe("tradestream_stage_seconds", { stage: "commit" }, seconds),
  );
  const listening = [meterFacts(telemetry), traceFacts((await wire.spans()).openSpans())];
  let server: WebServer | null = null;
  let isOver = false;
  const token = web.token === null ? null : readSecret(placeFrom(here, web.token));
  if (token?.ok === false)
    screen.remark(`${prefix}web.token: ${token.error}; what tells of accounts is shown to nobody`);
  return {
    told(recorded) {
      for (const one of listening) one.told(recorded);
    },
    async begin(looked) {
      const views = viewsOf(spec, { ...parts, ...looked, clock, telemetry });
      const spoken = token?.ok === true ? token.value : null;
      const opened = await openWeb({ port: web.port, token: spoken, views }, clock);
      if (!opened.ok) return screen.remark(`${prefix}web: nothing is shown: ${opened.error}`);
      server = opened.value;
      if (isOver) return server.close();
      screen.remark(`${prefix}web: http://127.0.0.1:${server.port}`);
    },
    stop() {
      isOver = true;
      server?.close();
    },
  };
}

interface ViewParts extends WebParts, Looked {
  readonly clock: Context["clock"];
  readonly telemetry: Parameters<typeof meterHouse>[0];
}

function viewsOf({ prices }: WebHouse, parts: ViewParts): WebViews {
  const { loop, market, clock, telemetry, view, host, looks, isTurning } = parts;
  const { followed } = prices;
  const house = { market, followed, view, host, state: loop.state, isRefusing: loop.impaired };
  const gauge = meterHouse(telemetry, house);
  return {
    isLive: isTurning,
    unready: () => unready(loop, view()),
    health: view,
    metrics(withPrivate) {
      gauge(clock.now());
      return telemetry.text(withPrivate);
    },
    snapshot: freshText(looks, clock),
  };
}

/** Whoever asks within it gets the same text again. */
const FRESH_FOR = 250;

export function freshText(
  looks: Pick<Looks, "view">,
  clock: Pick<Context["clock"], "now">,
): WebViews["snapshot"] {
  let kept: Promise<string> | null = null;
  let madeAt = clock.now();
  return () => {
    const at = clock.now();
    if (kept === null || Math.abs(at - madeAt) >= FRESH_FOR) {
      madeAt = at;
      kept = looks.view().then((one) => JSON.stringify(one));
    }
    return kept;
  };
}

/** Without a name of anybody: this is told to whoever asks. */
function unready(loop: Looked["loop"], { components }: HealthView): readonly string[] {
  const { accounts, settings } = loop.state();
  const own = new Set(settings.accounts.map(({ id }) => id));
  const unsettled = valuesOf(accounts).filter(({ id, settled }) => own.has(id) && !settled).length;
  const failed = components.filter(({ state }) => state === "failed");
  return [
    ...(unsettled > 0 ? [`${unsettled} accounts are not compared with the venue yet`] : []),
    ...(loop.impaired() ? ["facts cannot be written"] : []),
    ...failed.map(({ component }) => `${component} failed`),
  ];
}
