/**
 * `tradestream doctor`: everything a start rests on, looked at one by one, a line each.
 *
 * ```text
 * configuration ─► this machine (checkup.ts) ─► --broker: the venue ─► --rehearse: one trade
 * ```
 *
 * Nothing is changed but by a rehearsal, which trades one contract on a practice account and keeps
 * what it found.
 */

import type { Check } from "../../core/model/check.ts";
import type { Config } from "../../core/model/config.ts";
import { tradeDateOf } from "../../core/model/trade-date.ts";
import type { GlobalOptions, Handlers } from "../../ports/console.ts";
import type { LiveVenue } from "../../ports/live-venue.ts";
import type { Rehearsal } from "../../ports/venue-desk.ts";
import type { Result } from "../../std/result.ts";
import { machineChecks } from "../checkup.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { deafDiscord } from "../deaf-discord.ts";
import { automationProblems, firmRemarks } from "../firm-remarks.ts";
import { haltFileIn } from "../halt-file.ts";
import { openVenue, SILENT_LOG } from "../open-venue.ts";
import { pushCheck } from "../push-proof.ts";
import { keepRehearsal, rehearsalFault } from "../rehearsals.ts";
import { chooseConfig, directoryFor, faultLines, NO_CONFIG } from "../setup.ts";
import { wire } from "../wire.ts";

type DoctorOptions = Parameters<Handlers["doctor"]>[0];

export const doctor =
  (context: Context): Handlers["doctor"] =>
  async (options) => {
    const choice = await chooseConfig(context, options);
    if (choice.kind === "broken") return leave(context, stopped(2, ...faultLines(choice.fault)));
    if (choice.kind === "absent") {
      return leave(context, stopped(2, NO_CONFIG));
    }
    const { config, file } = choice;
    const directory = directoryFor(context, options, config);
    const found: Check = { what: "configuration", state: "ok", says: `${file}, ${config.mode}` };
    const machine = await machineChecks(context, { config, file, directory });
    const isAboutVenue = options.broker || options.rehearse;
    const local = [
      // Who asks about the venue is not kept from it by what is well here.
      ...machine.filter(({ state }) => state === "problem" || !isAboutVenue),
      ...(await checksHere(context, config, directory)),
    ];
    // What is rehearsed now need not be complained of.
    const here = [found, ...local.filter(({ what }) => !options.rehearse || what !== "rehearsal")];
    tell(context, options, here);
    const rest = options.broker ? await atVenue(context, options, config, directory) : [];
    return [...here, ...rest].some(({ state }) => state === "problem") ? 2 : 0;
  };

async function checksHere(
  context: Context,
  config: Config,
  directory: string,
): Promise<readonly Check[]> {
  const deaf = await deafDiscord(context, config);
  const halt = (await haltFileIn(directory)).reason();
  const synced = (await wire.syncedFolder()).syncedFolderFault(directory);
  const { broker, mode } = config;
  const fault =
    mode === "paper" || broker === undefined
      ? null
      : await rehearsalFault(directory, context.clock.now(), broker.brackets);
  const problem = (what: string, says: string): Check => ({ what, state: "problem", says });
  const today = tradeDateOf(context.clock.now());
  const remarks = firmRemarks(config, today).map(
    (says): Check => ({ what: "plan", state: "note", says }),
  );
  return [
    ...remarks,
    ...(mode === "paper" ? [] : automationProblems(config).map((says) => problem("plan", says))),
    ...(deaf === null ? [] : deaf.lines.map((line) => problem("sources", line))),
    ...(synced === null ? [] : [problem("data directory", synced)]),
    ...(halt === null ? [] : [problem("halt", `${halt}; \`resume\` allows entries again`)]),
    ...(fault === null ? [] : [problem("rehearsal", fault)]),
    ...(mode === "paper" ? [] : [await pushCheck(context, config, directory)]),
  ];
}

async function atVenue(
  context: Context,
  options: DoctorOptions,
  config: Config,
  directory: string,
): Promise<readonly Check[]> {
  const opened = await venueOf(context, config);
  if (!opened.ok) return told(context, options, opened.error.lines.map(keyProblem));
  const { desk } = opened.value;
  try {
    const { checks, login } = await desk.look();
    tell(context, options, checks);
    if (login !== "in") return checks;
    if (!options.rehearse) return [...checks, ...told(context, options, await desk.prices())];
    const say = (line: string): void => (options.json ? undefined : context.screen.remark(line));
    const rehearsed = await desk.rehearse(options.account, say);
    // One that was never begun takes nothing away from the one before.
    if (!rehearsed.ok) return told(context, options, [notRehearsed(rehearsed.error)]);
    await keepRehearsal(directory, rehearsed.value);
    const { checks: seen } = rehearsed.value;
    return [...checks, ...told(context, options, [...seen, verdictOf(rehearsed.value)])];
  } finally {
    opened.value.close();
  }
}

const keyProblem = (says: string): Check => ({ what: "key", state: "problem", says });

async function venueOf(context: Context, config: Config): Promise<Result<LiveVenue, Stopped>> {
  const { broker } = config;
  if (broker !== undefined) return openVenue(context, { config, broker, log: SILENT_LOG });
  const says = "there is no venue; name one under broker (kind: topstepx)";
  return { ok: false, error: stopped(2, says) };
}

const notRehearsed = (says: string): Check => ({ what: "rehearsal", state: "problem", says });

const verdictOf = ({ passed, name }: Rehearsal): Check => ({
  what: "rehearsal",
  state: passed ? "ok" : "problem",
  says: passed
    ? `passed on ${name}; it is good for 30 days`
    : `failed on ${name}; what is said above has to be put right first`,
});

function told(
  context: Context,
  options: GlobalOptions,
  checks: readonly Check[],
): readonly Check[] {
  tell(context, options, checks);
  return checks;
}

const MARKS: Readonly<Record<Check["state"], string>> = {
  ok: "OK      ",
  note: "note    ",
  problem: "PROBLEM ",
};

/** Also used where a list stands in front of a question. */
export function tell(
  { screen }: Pick<Context, "screen">,
  { json }: Pick<GlobalOptions, "json">,
  checks: readonly Check[],
): void {
  for (const check of checks) {
    if (json) screen.printJson(check);
    else screen.print(`${MARKS[check.state]}${check.what}: ${check.says}`);
  }
}
