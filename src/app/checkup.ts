/**
 * Everything on this machine that a start rests on, looked at one by one.
 *
 * ```text
 * Node.js, database, clock ─ configuration ─ secrets ─ data directory ─ backups ─ ports ─ channels
 * ```
 *
 * Nothing is changed, and nobody is sent anything: a mail server is greeted, and that is all.
 */
import type { Check } from "../core/model/check.ts";
import type { Config } from "../core/model/config.ts";
import { DEFAULT_BACKUPS } from "../core/model/defaults.ts";
import { tradeDateOf } from "../core/model/trade-date.ts";
import { calendarOf } from "../core/risk/hours.ts";
import {
  backupsCheck,
  calendarCheck,
  clockCheck,
  configAccess,
  databaseCheck,
  directoryChecks,
  memoryCheck,
  nodeCheck,
  zoneCheck,
} from "../core/upkeep/checkup.ts";
import type { Machine } from "../ports/machine.ts";
import type { Delivery } from "../ports/notifier.ts";
import type { Route } from "./carrier.ts";
import type { Context } from "./context.ts";
import { notifyRoutes } from "./notify-routes.ts";
import { placeFrom, placesIn } from "./places.ts";
import { secretsOf } from "./secret-places.ts";
import { wire } from "./wire.ts";

export interface Checked {
  readonly config: Config;
  /** The configuration's own. */
  readonly file: string;
  readonly directory: string;
}

export async function machineChecks(
  context: Context,
  { config, file, directory }: Checked,
): Promise<readonly Check[]> {
  const machine = await thisMachine();
  const now = context.clock.now();
  const today = tradeDateOf(now);
  const platform = await machine.platform();
  return [
    nodeCheck(platform.node, today),
    databaseCheck(platform.database),
    zoneCheck(platform.chicagoNoon),
    clockCheck(platform.isClockKept),
    memoryCheck(platform.memoryFree),
    ...configAccess(file, machine.access(file)),
    calendarCheck(calendarOf(config.settings).validUntil, today),
    ...directoryChecks(directory, await machine.directory(directory)),
    ...(await backupChecks(context, config, directory)),
    ...(await secretChecks(context, config)),
    ...(await portChecks(machine, config, directory)),
    ...(await channelChecks(context, config)),
  ];
}

async function thisMachine(): Promise<Machine> {
  const { hostMachine } = await wire.machine();
  // Loading it is what may fail.
  return hostMachine({ tryDatabase: async () => (await wire.database()).tryDatabase() });
}

async function backupChecks(
  { clock }: Context,
  { backups = DEFAULT_BACKUPS }: Config,
  directory: string,
): Promise<readonly Check[]> {
  const hasBooks = (await wire.dataDirectory()).hasJournal(directory);
  const all = hasBooks ? (await wire.archive()).archiveIn(placesIn(directory).backups).list() : [];
  const newest = all.find((one) => one.kind === "whole");
  const at = newest?.kind === "whole" ? newest.backup.at : null;
  return backupsCheck(backups, at, { now: clock.now(), hasBooks });
}

async function secretChecks({ here }: Context, config: Config): Promise<readonly Check[]> {
  const { readSecret } = await wire.secrets();
  const named = secretsOf(config);
  const faults = named.flatMap(({ of, place }): readonly Check[] => {
    const read = readSecret(placeFrom(here, place));
    return read.ok ? [] : [{ what: "secrets", state: "problem", says: `${of}: ${read.error}` }];
  });
  if (faults.length > 0 || named.length === 0) return faults;
  const says =
    named.length === 1 ? "the one that is named is there" : `all ${named.length} are there`;
  return [{ what: "secrets", state: "ok", says }];
}

/** A program that runs here holds its ports itself. */
async function portChecks(
  machine: Machine,
  { web, sources }: Config,
  directory: string,
): Promise<readonly Check[]> {
  const { controlSocket } = await wire.control();
  const asked = await controlSocket().ask(directory, { kind: "status" });
  if (asked.ok) return [{ what: "program", state: "note", says: `one runs on ${directory}` }];
  const doors = [
    ...(web === undefined ? [] : [{ key: "web.port", host: LOOPBACK, port: web.port }]),
    ...sources.flatMap((one) =>
      one.kind === "webhook" ? [{ key: "the webhook", host: one.host, port: one.port }] : [],
    ),
  ];
  const looked = doors.map(async ({ key, host, port }): Promise<Check> => {
    const fault = await machine.portFault(host, port);
    const at = `${key}, ${host}:${port}`;
    return fault === null
      ? { what: "port", state: "ok", says: `${at} is free` }
      : { what: "port", state: "problem", says: `${at}: ${PORT_FAULTS[fault] ?? fault}` };
  });
  return Promise.all(looked);
}

const LOOPBACK = "127.0.0.1";

const PORT_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there; end it, or take another port",
  EACCES: "ports below 1024 are not for every user; take another one",
  EADDRNOTAVAIL: "this machine has no such address; take 127.0.0.1, or one of its own",
};

async function channelChecks(context: Context, config: Config): Promise<readonly Check[]> {
  const { routes, problems } = await notifyRoutes(context, config);
  const looked = await Promise.all(routes.map(channelCheck));
  for (const { notifier } of routes) notifier.close();
  return [
    ...problems.map((says): Check => ({ what: "notify", state: "problem", says })),
    ...looked.flat(),
  ];
}

async function channelCheck({ rules, notifier }: Route): Promise<readonly Check[]> {
  if (notifier.look === undefined) return [];
  const delivery = await new Promise<Delivery>((answered) => notifier.look?.(answered));
  const { kind, said } = delivery;
  const fix = delivery.kind === "refused" && delivery.fix !== null ? `; ${delivery.fix}` : "";
  const says = `the channel ${rules.name}: ${said}${fix}`;
  return [{ what: "notify", state: kind === "accepted" ? "ok" : "problem", says }];
}
