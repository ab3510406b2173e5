/** From the file as the schema has read it to the configuration the program runs on. */

import { isDeepStrictEqual } from "node:util";
import type { BackupsConfig, Config, LogConfig, MarketConfig } from "../../core/model/config.ts";
import { DEFAULT_BACKUPS, DEFAULT_RULE_PACKS } from "../../core/model/defaults.ts";
import type { FirmPlans } from "../../core/model/firm-plan.ts";
import type { Root } from "../../core/model/instrument.ts";
import { instrumentOf, microOf } from "../../core/model/instruments.ts";
import type { ByFamily, Limits, Rules, Settings } from "../../core/model/rules.ts";
import { ticks } from "../../core/model/units.ts";
import { ownOf } from "../../std/own.ts";
import { sizingOf, tradeAsOf } from "./account-terms.ts";
import { accountsOf, venueOf } from "./accounts-of.ts";
import type { Dates } from "./dates-of.ts";
import { dayLimitsOf } from "./limits-of.ts";
import { dutiesOf, notifyOf } from "./notify-of.ts";
import type { Formats } from "./room-checks.ts";
import type { ConfigFile, RuleSet } from "./schema.ts";
import { hoursOf } from "./schema-hours.ts";
import { ROOTS } from "./schema-rules.ts";
import { scoreRulesOf } from "./schema-score.ts";
import { sourceOf } from "./source-of.ts";

export function configOf(
  file: ConfigFile,
  formats: Formats,
  { dates = {}, plans = {} }: { readonly dates?: Dates; readonly plans?: FirmPlans } = {},
): Config {
  const { mode, dataDirectory, logLevel, flattenOnStop, paste, paper } = file;
  const sets = Object.entries(file.rules).map(([name, set]) => [name, rulesOf(set)] as const);
  const followed = Object.keys(plans).length === 0 ? {} : { plans };
  const { balances, accounts, ruleSets } = accountsOf(file, Object.fromEntries(sets), plans);
  const settings = { ruleSets, accounts, ...followed, ...dates, ...dutiesOf(file) };
  const venue = venueOf(file);
  return {
    mode,
    ...(venue === null ? {} : { broker: venue }),
    settings,
    balances,
    paper: { ...paper, slippage: ticks(paper.slippage) },
    market: marketOf(file, settings),
    sources: file.sources.map((source) => sourceOf(source, file, formats)),
    ...(file.notify.channels.length === 0 ? {} : { notify: notifyOf(file.notify.channels) }),
    formats,
    ...(file.formats === null ? {} : { formatsDirectory: file.formats }),
    ...rulePacksOf(file),
    ...backupsOf(file),
    ...healthOf(file),
    ...webOf(file),
    dataDirectory,
    logLevel,
    log: logOf(file),
    flattenOnStop,
    paste,
  };
}

/** Left out where nothing differs from the usual. */
function rulePacksOf({ rulePacks: directory, rulePackDaysMax: daysMax }: ConfigFile) {
  const { directory: noOther, daysMax: usual } = DEFAULT_RULE_PACKS;
  return directory === noOther && daysMax === usual ? {} : { rulePacks: { directory, daysMax } };
}

/** Left out where they are as usual. */
function backupsOf({ backups }: ConfigFile): { readonly backups?: BackupsConfig } {
  const { recipients, copyTo, bucket } = backups;
  const every = backups.every === "off" ? null : backups.every;
  const config = { every, recipients, copyTo, ...(bucket !== undefined && { bucket }) };
  return isDeepStrictEqual(config, DEFAULT_BACKUPS) ? {} : { backups: config };
}

function healthOf({ health }: ConfigFile): Pick<Config, "health"> {
  const { url, every } = health.ping;
  return url === undefined ? {} : { health: { ping: { url, every } } };
}

function webOf({ web: { port, token } }: ConfigFile): Pick<Config, "web"> {
  return port === "off" ? {} : { web: { port, token: token ?? null } };
}

/** A part that is not named has no level of its own. */
function logOf({ log }: ConfigFile): LogConfig {
  const named = Object.entries(log.components).filter(([, level]) => level !== undefined);
  return { ...log, components: Object.fromEntries(named) };
}

/** Live quotes are followed for what can be traded. */
function marketOf({ market }: ConfigFile, settings: Settings): MarketConfig {
  if (market.kind !== "topstepx") return market;
  return { kind: market.kind, instruments: market.instruments ?? tradedIn(settings) };
}

function tradedIn({ ruleSets, accounts }: Settings): readonly Root[] {
  const traded = accounts.flatMap(({ rules: name }) => {
    const rules = ownOf(ruleSets, name);
    if (rules === undefined) return [];
    const { tradeAs, limits, shrinkToMicro } = rules;
    const own = ROOTS.filter(
      (root) => limits.stopDistance[instrumentOf(root).family] !== undefined,
    ).map((root) => tradeAs[root] ?? root);
    const micros = shrinkToMicro === true ? own.flatMap(microRoots) : [];
    return [...own, ...micros];
  });
  return [...new Set(traded)];
}

/** What may be traded in its place. */
function microRoots(root: Root): readonly Root[] {
  const micro = microOf(instrumentOf(root));
  return micro === null ? [] : [micro.instrument.root];
}

function rulesOf(set: RuleSet): Rules {
  const { entry, exits, fees, adds, hours } = set;
  const score = scoreRulesOf(set.score);
  return {
    tradeAs: tradeAsOf(set.tradeAs),
    sizing: sizingOf(set.sizing),
    sizeUnstated: set.sizeUnstated === "refuse" ? null : set.sizeUnstated,
    entry,
    exits,
    limits: limitsOf(set),
    fees,
    adds,
    hours: hoursOf(hours),
    ...(set.shrinkToMicro && { shrinkToMicro: true as const }),
    ...(score !== undefined && { score }),
  };
}

function limitsOf({ limits, families }: RuleSet): Limits {
  const { stopDistance, collar, ageMax, duplicateWindow, tradesPerDay, positionSize } = limits;
  const { lossPerTrade, slippage } = limits;
  const only = <T>(byFamily: Readonly<Record<string, T>>): ByFamily<T> =>
    Object.fromEntries(
      Object.entries(byFamily).filter(([root]) => families.some((family) => family === root)),
    );
  return {
    stopDistance: only(stopDistance),
    collar: only(collar),
    ...{ ageMax, duplicateWindow, tradesPerDay, positionSize, lossPerTrade, slippage },
    ...dayLimitsOf(limits),
  };
}
