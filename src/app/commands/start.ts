/**
 * `tradestream start`: run from the configuration; without one, the demo day.
 *
 * ```text
 * config.yaml ─┬─ sound ───────────────────────────────────► run
 *              ├─ broken ─┬─ nothing open: exit 2
 *              │          └─ contracts open: run on the last good one, exits only
 *              └─ none ───┬─ no journal here: the demo, in ./data/demo
 *                         └─ a configured run's journal: exit 2, name its configuration
 * ```
 */
import type { Config } from "../../core/model/config.ts";
import { tradeDateOf } from "../../core/model/trade-date.ts";
import { VOCABULARY } from "../../core/parse/vocabulary.ts";
import type { ConfigFault } from "../../ports/config-source.ts";
import type { ExitCode, GlobalOptions, Handlers, Speed } from "../../ports/console.ts";
import type { LiveVenue } from "../../ports/live-venue.ts";
import { keepingConfigTexts } from "../config-history.ts";
import { type ConfigInForce, configInForce } from "../config-in-force.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { deafDiscord } from "../deaf-discord.ts";
import { firmRemarks } from "../firm-remarks.ts";
import { type FormatsInForce, formatsInForce } from "../formats-in-force.ts";
import { type HouseSpec, keepHouse } from "../house.ts";
import { keepingLastGood, lastGoodFor } from "../last-good.ts";
import { liveNotices, liveStart } from "../live-start.ts";
import { type NotifyRoutes, notifyRoutes } from "../notify-routes.ts";
import { openLog } from "../open-log.ts";
import { fromHere } from "../places.ts";
import { type Prices, preparePrices } from "../prices.ts";
import { pushChannelsOf, pushCheck } from "../push-proof.ts";
import { type Replay, replayFrom, strangePrices } from "../replay.ts";
import { chooseConfig, directoryFor, faultLines } from "../setup.ts";
import { absentChat, isPasteTradable, noticesOf, prepareSources } from "../sources.ts";
import { deafWebhook } from "../webhooks.ts";
import { wire } from "../wire.ts";
import { startDemo } from "./start-demo.ts";

type StartOptions = GlobalOptions & { readonly speed: Speed | null; readonly once: boolean };

export const start =
  (context: Context): Handlers["start"] =>
  async (options) => {
    const choice = await chooseConfig(context, options);
    switch (choice.kind) {
      case "absent":
        return startDemo(context, options);
      case "broken":
        return startBroken(context, options, choice.fault);
      case "configured":
        return startConfigured(context, options, { ...choice, reduceBecause: null });
    }
  };

interface Chosen {
  readonly config: Config;
  readonly file: string;
  readonly text: string | null;
  /** What else was read. */
  readonly reads: readonly string[];
  /** What was wrong, when this is the last good configuration and not the present one. */
  readonly reduceBecause: string | null;
}

interface Going extends Chosen {
  /** Before the venue named its balances. */
  readonly asRead: Config;
}

/** A refused start never orphans a position. */
async function startBroken(
  context: Context,
  options: StartOptions,
  fault: ConfigFault,
): Promise<ExitCode> {
  const lines = faultLines(fault);
  const lastGood = await lastGoodFor(directoryFor(context, options));
  if (lastGood === null) return leave(context, stopped(2, ...lines));
  for (const line of lines) context.screen.remark(line);
  const reason = `${fault.file} is broken; running on the last good configuration`;
  return startConfigured(context, options, {
    config: lastGood,
    file: fault.file,
    text: null,
    reads: [],
    reduceBecause: reason,
  });
}

async function startConfigured(
  context: Context,
  options: StartOptions,
  chosen: Chosen,
): Promise<ExitCode> {
  const directory = directoryFor(context, options, chosen.config);
  const synced = (await wire.syncedFolder()).syncedFolderFault(directory);
  if (synced !== null && (await lastGoodFor(directory)) === null)
    return leave(context, stopped(2, synced));
  if (synced !== null) context.screen.remark(synced);
  const logLevel = options.logLevel ?? chosen.config.logLevel;
  const log = await openLog(context, { directory, logLevel, config: chosen.config });
  const ready = await liveStart(context, { config: chosen.config, directory, log });
  if (!ready.ok) return leave(context, ready.error);
  const { venue, config, reduceBecause } = ready.value;
  const asRead = chosen.config;
  const going = { ...chosen, config, asRead, reduceBecause: chosen.reduceBecause ?? reduceBecause };
  try {
    return await startPriced(context, options, going, { directory, venue });
  } finally {
    venue?.close();
  }
}

async function startPriced(
  context: Context,
  options: StartOptions,
  chosen: Going,
  { directory, venue }: Pick<Prepared, "directory" | "venue">,
): Promise<ExitCode> {
  const { config } = chosen;
  const name = (path: string): string => fromHere(context.here, path);
  const prepared = await preparePrices(config, name, venue?.market);
  if (prepared.ok) {
    return run(context, options, chosen, { directory, venue, prices: prepared.value });
  }
  if ((await lastGoodFor(directory)) === null) {
    return leave(context, stopped(2, prepared.error));
  }
  // Without prices nothing can be entered; what is open is watched all the same.
  const none = await preparePrices({ ...config, market: { kind: "none" } }, name);
  if (!none.ok) return leave(context, stopped(2, none.error));
  context.screen.remark(prepared.error);
  const reduceBecause = chosen.reduceBecause ?? `no prices: ${prepared.error}`;
  return run(
    context,
    options,
    { ...chosen, reduceBecause },
    { directory, venue, prices: none.value },
  );
}

interface Prepared {
  readonly directory: string;
  readonly venue: LiveVenue | null;
  readonly prices: Prices;
}

async function run(
  context: Context,
  options: StartOptions,
  { config, asRead, reduceBecause, file, text, reads }: Going,
  { directory, venue, prices: all }: Prepared,
): Promise<ExitCode> {
  const { screen } = context;
  if (options.speed !== null && all.playedFrom === null) {
    return leave(context, stopped(2, "--speed is for recorded prices: market.kind is not file"));
  }
  const replay = await replayFrom(directory, all);
  if (!replay.ok) return leave(context, replay.error);
  const { prices, playedOut } = replay.value;
  const absent =
    (await absentChat(context, config, prices)) ??
    (prices.playedFrom === null ? await deafSource(context, config, directory) : null);
  if (absent !== null && (await lastGoodFor(directory)) === null) return leave(context, absent);
  const heard = options.once ? readOnce(config) : config;
  const sources = await prepareSources(context, heard, prices, ({ where, reason }) =>
    screen.remark(`${where}: ${reason}`),
  );
  const strange = strangePrices(sources.messages, prices, config);
  if (strange !== null) return leave(context, strange);
  const told = prices.playedFrom === null ? await notifyRoutes(context, config) : NOBODY;
  if (told.problems.length > 0 && (await lastGoodFor(directory)) === null) {
    return leave(context, stopped(2, ...told.problems));
  }
  for (const problem of told.problems) screen.remark(problem);
  const keep = await keepingLastGood(directory, (line) => screen.remark(line));
  let inForce: ConfigInForce | null = null;
  const formats = await formatsFor(context, config, (next) => {
    inForce?.hold(next);
    keep(next);
  });
  const seen = await keepingConfigTexts(context, directory);
  const adopted = (next: Config): void => {
    formats.take(next);
    keep(next);
  };
  const { logLevel, set = [] } = options;
  if (prices.playedFrom === null)
    inForce = await configInForce(context, {
      ...{ config: asRead, file, reads, adopted, logLevel, set, seen },
    });
  const spec: HouseSpec = {
    mode: config.mode === "paper" ? "paper" : "live",
    ...(venue === null || config.mode === "paper" ? {} : { live: venue.broker }),
    ...(venue !== null && { venueLines: venue.lines }),
    version: context.version,
    config,
    directory,
    prices,
    speed: options.speed ?? "max",
    sources: formats.heardIn(sources.plug),
    formats,
    routes: told.routes,
    ...(config.mode === "paper" ? {} : { push: pushChannelsOf(told.routes) }),
    isPasteTradable: isPasteTradable(config),
    dayEnds: dayEndOf(config, replay.value),
    reduceBecause,
    opened: () => {
      if (reduceBecause === null) keep(config);
      if (inForce !== null && text !== null) seen(text);
    },
    prefix: "",
    json: options.json,
    logLevel: logLevel ?? config.logLevel,
    ...(inForce !== null && { inForce }),
  };
  for (const line of liveNotices(config)) screen.remark(line);
  const push = config.mode === "paper" ? null : await pushCheck(context, config, directory);
  if (push?.state === "note") screen.remark(`LIVE: no entries: ${push.says}`);
  for (const line of firmRemarks(config, tradeDateOf(context.clock.now()))) screen.remark(line);
  for (const line of noticesOf(heard, prices, {
    file,
    directory,
    speed: spec.speed,
    at: context.clock.now(),
  })) {
    screen.remark(line);
  }
  if (playedOut !== null) screen.remark(playedOut);
  if (reduceBecause !== null) screen.remark(`ALARM: only exits are allowed: ${reduceBecause}`);
  const kept = await keepHouse(context, spec);
  return kept.ok ? kept.value.code : leave(context, kept.error);
}

/** Recorded prices are nobody's news. */
const NOBODY: NotifyRoutes = { routes: [], problems: [] };

/** Who is deaf is told at the start, when somebody is looking, and not an hour later. */
const deafSource = async (
  context: Context,
  config: Config,
  directory: string,
): Promise<Stopped | null> =>
  (await deafDiscord(context, config)) ?? (await deafWebhook(context, config, directory));

/** The packs on the disk are read again when somebody asks, and never by themselves. */
async function formatsFor(
  { here }: Context,
  config: Config,
  adopted: (config: Config) => void,
): Promise<FormatsInForce> {
  const { readFormatPacks } = await wire.formatPacks();
  const packs = config.formatsDirectory;
  const read =
    packs === undefined ? null : () => readFormatPacks(fromHere(here, packs), VOCABULARY);
  return formatsInForce({ config, read, adopted });
}

const dayEndOf = (config: Config, { prices, playedOut }: Replay): HouseSpec["dayEnds"] =>
  prices.endsAt === null
    ? null
    : { at: prices.endsAt, flatten: config.flattenOnStop, onceSettled: playedOut !== null };

/** Chat files to their end and no further. */
const readOnce = (config: Config): Config => ({
  ...config,
  sources: config.sources.map((one) => (one.kind === "chat-file" ? { ...one, once: true } : one)),
});
