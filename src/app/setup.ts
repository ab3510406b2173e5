/**
 * Which configuration, and which data directory: decided once, the same way for every command.
 *
 * ```text
 * --config FILE ─► ./config.yaml ─► none
 * --data DIR ─► what the configuration says ─► ./data
 * a key: its default ─► the file ─► the environment, secret files ─► --set KEY=VALUE
 * ```
 */
import { normalize } from "node:path";
import type { Config } from "../core/model/config.ts";
import { DEFAULT_CONFIG } from "../core/model/defaults.ts";
import { type TradeDate, tradeDateOf } from "../core/model/trade-date.ts";
import { VOCABULARY } from "../core/parse/vocabulary.ts";
import { calendarOf } from "../core/risk/hours.ts";
import type { ConfigFault, ConfigLayers, LoadedConfig } from "../ports/config-source.ts";
import type { GlobalOptions } from "../ports/console.ts";
import { err, ok, type Result } from "../std/result.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { demoDirectory, fromHere } from "./places.ts";
import { wire } from "./wire.ts";

const CONFIG_NAME = "config.yaml";

/** For commands that can do nothing without one. */
export const NO_CONFIG =
  "there is no config.yaml here; write one with `tradestream config init`, or name one with --config";

type Options = Pick<GlobalOptions, "config" | "data" | "set">;

export type ConfigChoice =
  | (LoadedConfig & { readonly kind: "configured" })
  /** None was named and there is none here. */
  | { readonly kind: "absent" }
  | { readonly kind: "broken"; readonly fault: ConfigFault };

export async function chooseConfig(context: Context, options: Options): Promise<ConfigChoice> {
  const { here } = context;
  const { isFile } = await wire.dataDirectory();
  const usual = fromHere(here, CONFIG_NAME);
  const layers = layersFrom(context, options);
  if (options.config === null && !isFile(usual)) return absent(usual, layers);
  const file = options.config === null ? usual : fromHere(here, options.config);
  const { yamlConfigSource } = await wire.configSource();
  const { readFormatPacks } = await wire.formatPacks();
  const { datedFiles } = await wire.datedFiles();
  const loaded = yamlConfigSource(
    file,
    (directory) => readFormatPacks(fromHere(here, directory), VOCABULARY),
    datedFiles((name) => fromHere(here, name)),
    planReader(context, await wire.rulePacks()),
    layers,
  ).load();
  if (!loaded.ok) return { kind: "broken", fault: loaded.error };
  const fault = await rulePackFault(context, loaded.value.config);
  return fault === null ? { kind: "configured", ...loaded.value } : { kind: "broken", fault };
}

/** What goes before the file. */
export const layersFrom = (
  { environment = {} }: Context,
  { set = [] }: Pick<GlobalOptions, "set">,
): ConfigLayers => ({
  environment,
  said: set.map((word) => {
    const at = word.indexOf("=");
    return { key: word.slice(0, at), value: word.slice(at + 1), origin: "--set" };
  }),
});

/** Set for a configuration, as far as a name can say. */
export const strayVariables = ({ environment = {} }: Context): readonly string[] =>
  Object.keys(environment).filter((name) => /^TRADESTREAM_(?!VERSION$|SECRETS_)/.test(name));

/** What is said for a file that is not there would be lost without a word. */
function absent(file: string, { said }: ConfigLayers): ConfigChoice {
  const [first] = said;
  if (first === undefined) return { kind: "absent" };
  const { origin, key } = first;
  const reason = "there is no configuration for it; `tradestream config init` writes one";
  const text = `${origin} ${key}: ${reason}`;
  const problem = { file: origin, line: null, column: null, key, reason, text };
  return { kind: "broken", fault: { kind: "missing", file, problems: [problem], omitted: 0 } };
}

type RulePacks = Awaited<ReturnType<typeof wire.rulePacks>>;

const planReader =
  ({ here, clock }: Context, { readRulePacks }: RulePacks) =>
  (directory: string | null, calendarUntil: TradeDate) =>
    readRulePacks(directory === null ? null : fromHere(here, directory), {
      today: tradeDateOf(clock.now()),
      calendarUntil,
    });

/** Rule packs of one's own are part of the configuration that names them. */
async function rulePackFault(
  { here, clock }: Context,
  { rulePacks, settings }: Config,
): Promise<ConfigFault | null> {
  if (rulePacks === undefined || rulePacks.directory === null) return null;
  const { readRuleDirectory } = await wire.rulePacks();
  const calendarUntil = calendarOf(settings).validUntil;
  const dates = { today: tradeDateOf(clock.now()), calendarUntil };
  const read = readRuleDirectory(fromHere(here, rulePacks.directory), dates);
  return read.ok ? null : read.error;
}

/** A line for each mistake. */
export function faultLines({ problems, omitted }: ConfigFault): readonly string[] {
  const more = omitted > 0 ? [`and ${omitted} more`] : [];
  return [...problems.map(({ text }) => text), ...more];
}

export const directoryFor = (
  { here }: Context,
  { data }: Options,
  config: Config = DEFAULT_CONFIG,
): string => normalize(fromHere(here, data ?? config.dataDirectory));

/**
 * A configuration that was named is meant: without it we would look into somebody else's books.
 * Null when it is sound, or none was named.
 */
export async function unsoundConfig(context: Context, options: Options): Promise<Stopped | null> {
  if (options.config === null) return null;
  const choice = await chooseConfig(context, options);
  return choice.kind === "broken" ? stopped(2, ...faultLines(choice.fault)) : null;
}

/** A configuration that is there has to be sound; without one the defaults serve. */
export async function soundConfig(
  context: Context,
  options: Options,
): Promise<Result<Config, Stopped>> {
  const choice = await chooseConfig(context, options);
  if (choice.kind === "broken") return err(stopped(2, ...faultLines(choice.fault)));
  return ok(choice.kind === "configured" ? choice.config : DEFAULT_CONFIG);
}

/** The data directory that was written last: that of the program, or of its demo. */
export async function newestDirectory(
  context: Context,
  options: Options,
): Promise<Result<string, Stopped>> {
  const unsound = await unsoundConfig(context, options);
  if (unsound !== null) return err(unsound);
  const directory = await usualDirectory(context, options);
  const { hasJournal, newestWithJournal } = await wire.dataDirectory();
  const candidates = candidatesIn(directory);
  // One that was named is the one that is meant.
  if (options.data !== null && hasJournal(directory)) return ok(directory);
  const newest = newestWithJournal(candidates);
  if (newest !== null) return ok(newest);
  return err(stopped(2, `there is no journal in ${candidates.join(" or ")}`));
}

/** A directory in which a program may be running, the likeliest first. */
export async function directoriesToAsk(
  context: Context,
  options: Options,
): Promise<readonly string[]> {
  const directory = await usualDirectory(context, options);
  return candidatesIn(directory);
}

const candidatesIn = (directory: string): readonly string[] => [
  directory,
  demoDirectory(directory),
];

async function usualDirectory(context: Context, options: Options): Promise<string> {
  if (options.data !== null) return directoryFor(context, options);
  const choice = await chooseConfig(context, options);
  return directoryFor(context, options, choice.kind === "configured" ? choice.config : undefined);
}
