/**
 * The health of a house: who looks at it, and who outside is told of it.
 *
 * ```text
 * journal ─ market ─ venue ─ outbox ─ machine ─► keeper ─► journal, status
 *                                                   ├────► systemd
 *                                                   └────► dead man's switch
 * ```
 *
 * Loaded only where somebody's books are kept: a day that is played has nobody to look after.
 */
import { DEFAULT_BACKUPS } from "../core/model/defaults.ts";
import { isWell } from "../core/model/health.ts";
import type { State } from "../core/state.ts";
import type { HealthView } from "../core/views/health.ts";
import { componentName } from "../core/views/tell-health.ts";
import type { Audience } from "../ports/audience.ts";
import type { Journal } from "../ports/journal.ts";
import type { VenueLines } from "../ports/live-venue.ts";
import type { Log } from "../ports/log.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { Probes } from "../ports/probes.ts";
import type { Supervisor } from "../ports/supervisor.ts";
import type { Backups } from "./backups.ts";
import type { Books } from "./books.ts";
import type { Route } from "./carrier.ts";
import { type CommitWatch, commitWatch } from "./commit-watch.ts";
import type { Context } from "./context.ts";
import { type DeadManParts, keepDeadMan } from "./dead-man.ts";
import { openTrades } from "./exposure.ts";
import { type HealthKeeper, keepHealth } from "./health-keeper.ts";
import { createReader } from "./health-readings.ts";
import { houseWeb, type WebHouse } from "./house-web.ts";
import type { Looks } from "./looks.ts";
import type { Loop } from "./loop.ts";
import { placeFrom } from "./places.ts";
import type { Postman } from "./postman.ts";
import { keepWatchdog } from "./watchdog.ts";
import { wire } from "./wire.ts";

export interface HealthSpec extends WebHouse {
  readonly directory: string;
  /** Left out where there is no venue but the paper one. */
  readonly venueLines?: () => VenueLines;
  readonly routes?: readonly Route[];
  /** Left out where the configuration is not read again. */
  readonly inForce?: object;
}

export interface HealthParts {
  readonly books: Pick<Books, "journal" | "outbox">;
  readonly market: MarketData;
  readonly log: Log;
  readonly backups: Backups | null;
  readonly postman: Postman | null;
  readonly looks: Pick<Looks, "view">;
}

export interface HouseHealth {
  /** The same journal, with an eye on how long it takes. */
  readonly journal: Journal;
  /** Who is told of facts for its sake; null: nobody. */
  readonly audience: Audience | null;
  /** From here on it is looked at. */
  begin(loop: Loop): void;
  /** Null before it was begun. */
  view(): HealthView | null;
  stop(): void;
}

type BegunHealth = HealthKeeper;

export async function createHouseHealth(
  context: Context,
  spec: HealthSpec,
  parts: HealthParts,
): Promise<HouseHealth> {
  const { hostProbes } = await wire.probes();
  const { systemdSupervisor } = await wire.systemd();
  const commits = commitWatch(parts.books.journal);
  const failed = (reason: string): void => {
    parts.log.write("warn", "systemd-untold", { reason });
    context.screen.remark(`${spec.prefix}${reason}`);
  };
  const switched = await deadManOf(context, spec, parts.log);
  let begun: BegunHealth | null = null;
  const { journal } = commits;
  const web = await houseWeb(context, spec, { ...parts, commits });
  return {
    ...{ journal, audience: web },
    begin(loop) {
      begun = begin(context, spec, {
        ...{ ...parts, commits, loop },
        probes: hostProbes({ directory: spec.directory }),
        ...{ supervisor: systemdSupervisor({ failed }), switched },
      });
      void web?.begin({ ...begun, loop });
    },
    view: () => begun?.view() ?? null,
    stop() {
      web?.stop();
      begun?.stop();
    },
  };
}

/** Null where nobody outside is told, or the address is not to be had: that stops no house. */
async function deadManOf(
  { here, screen }: Context,
  { config, prefix }: HealthSpec,
  log: Log,
): Promise<DeadManSwitch | null> {
  if (config.health === undefined) return null;
  const { url: place, every } = config.health.ping;
  const { readSecret } = await wire.secrets();
  const url = readSecret(placeFrom(here, place));
  if (url.ok && /^https?:\/\//.test(url.value)) {
    const { ping } = await wire.ping();
    return { ping, every, url: url.value };
  }
  const reason = url.ok ? "expected an address that begins with https:// or http://" : url.error;
  log.write("warn", "ping-off", { reason });
  screen.remark(`${prefix}health.ping: ${reason}; nobody outside is told that all is well`);
  return null;
}

type DeadManSwitch = Pick<DeadManParts, "ping" | "url" | "every">;

interface BeginParts extends HealthParts {
  readonly switched: DeadManSwitch | null;
  readonly commits: CommitWatch<Journal>;
  readonly loop: Loop;
  readonly probes: Probes;
  readonly supervisor: Supervisor | null;
}

function begin({ clock }: Context, spec: HealthSpec, parts: BeginParts): BegunHealth {
  const { log, loop, probes, supervisor, switched, backups, postman } = parts;
  const reader = createReader(readerParts(spec, parts, clock.now()));
  const heal = {
    "begin-backup": () => backups?.anew(),
    "reopen-mail": () => postman?.reopen(),
  };
  const keeper = keepHealth({ clock, log, probes, reader, loop, heal });
  const status = (): string => statusText(spec.mode, loop.state(), keeper.view());
  const watchdog = supervisor && keepWatchdog({ clock, loop, supervisor, status });
  const { view } = keeper;
  const deadMan = switched && keepDeadMan({ clock, log, loop, view, ...switched });
  return {
    ...keeper,
    stop() {
      watchdog?.stop();
      deadMan?.stop();
      keeper.stop();
    },
  };
}

function readerParts(
  { config, prices, routes = [], venueLines, inForce }: HealthSpec,
  { books, market, loop, commits }: BeginParts,
  startedAt: ReturnType<Context["clock"]["now"]>,
) {
  const { every } = config.backups ?? DEFAULT_BACKUPS;
  const isAway = ({ rules: { name } }: Route): boolean =>
    config.notify?.find((one) => one.rules.name === name)?.kind !== "bell";
  return {
    ...{ market, startedAt, state: loop.state, isRefusing: loop.impaired },
    slowestCommit: commits.slowest,
    followed: prices.followed,
    // The venue's own quotes keep the exchange's hours.
    sessions: config.market.kind === "topstepx" ? "cme" : config.paper.sessions,
    lines: venueLines ?? null,
    standings: () => books.outbox.standings(),
    channels: routes.filter(isAway).map(({ rules }) => rules.name),
    backupsEvery: every,
    isReread: inForce !== undefined,
  } as const;
}

/** One line without a figure of anybody's account: `systemctl status` shows it to every user. */
function statusText(mode: HealthSpec["mode"], state: State, view: HealthView): string {
  const open = openTrades(state).length;
  const trades = open === 0 ? "flat" : `${open} trade${open === 1 ? "" : "s"} open`;
  const ill = view.components.filter(({ state: one }) => !isWell(one));
  const parts = ill.map(({ component, state: one }) => `${componentName(component)} ${one}`);
  return `${mode}, ${trades}; ${parts.length === 0 ? "all well" : parts.join(", ")}`;
}
