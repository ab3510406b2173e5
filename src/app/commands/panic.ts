/**
 * `tradestream panic --yes`: out of everything, whatever has become of the process.
 *
 * ```text
 * HALT file ─► a login of its own ─► every pinned account: cancel, close, read until flat ─► proof
 *         └──► paper: asks the process that holds the books; with none, closes them itself
 * ```
 *
 * It asks no process for anything live. A house that still runs sees the file, enters nothing more,
 * and finds its trades closed by hand. A start enters nothing until `resume`.
 */
import type { Config, TopstepxConfig } from "../../core/model/config.ts";
import { millis } from "../../core/model/units.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import { askRunning } from "../asking.ts";
import { type Context, leave, stopped } from "../context.ts";
import { haltFileIn } from "../halt-file.ts";
import { lastConfigOf } from "../last-good.ts";
import { openVenue, SILENT_LOG } from "../open-venue.ts";
import { closePaperBooks } from "../paper-panic.ts";
import { chooseConfig, directoryFor, faultLines } from "../setup.ts";
import { wire } from "../wire.ts";

const REASON = "panic";
/** How long it goes on trying to get flat. */
const PATIENCE = millis(120_000);

export const panic =
  (context: Context): Handlers["panic"] =>
  async (options) => {
    if (!options.yes) {
      const what = "this closes every position and cancels every order on the configured accounts";
      return leave(context, stopped(2, `${what}; say: tradestream panic --yes`));
    }
    const { directory, config, faults } = await whatToLeave(context, options);
    (await haltFileIn(directory)).write(REASON);
    context.screen.print(`HALT written in ${directory}: nothing is entered until \`resume\``);
    if (config === null && !(await wire.dataDirectory()).hasJournal(directory)) {
      return leave(context, stopped(2, ...faults, `no account is known here: ${NOTHING_DONE}`));
    }
    const codes: ExitCode[] = [];
    const broker = config?.broker;
    if (config !== null && broker !== undefined && broker.accounts.length > 0) {
      codes.push(await leaveVenue(context, config, broker));
    }
    if (config?.mode !== "live")
      codes.push(await leavePaper(context, options, { directory, config }));
    return codes.every((code) => code === 0) ? 0 : 1;
  };

const NOTHING_DONE =
  "nothing was closed; say it in the directory you start from, or with --config FILE";

interface Leaving {
  readonly directory: string;
  readonly config: Config | null;
  /** Of the configuration that was found and cannot be used. */
  readonly faults: readonly string[];
}

/** A broken configuration is no reason to stay in: then the last good one serves. */
async function whatToLeave(context: Context, options: GlobalOptions): Promise<Leaving> {
  const choice = await chooseConfig(context, options);
  if (choice.kind === "configured") {
    const { config } = choice;
    return { config, directory: directoryFor(context, options, config), faults: [] };
  }
  const directory = directoryFor(context, options);
  const faults = choice.kind === "broken" ? faultLines(choice.fault) : [];
  return { directory, config: await lastConfigOf(directory), faults };
}

async function leaveVenue(
  context: Context,
  config: Config,
  broker: TopstepxConfig,
): Promise<ExitCode> {
  const { screen } = context;
  const opened = await openVenue(context, { config, broker, log: SILENT_LOG });
  if (!opened.ok) return leave(context, opened.error);
  try {
    const ends = await opened.value.desk.flatten({
      accounts: broker.accounts.map(({ account }) => account),
      patience: PATIENCE,
      say: (line) => screen.print(line),
    });
    for (const { account, isFlat, says } of ends) {
      const name = broker.accounts.find((one) => one.account === account)?.name ?? account;
      screen.print(`${isFlat ? "FLAT" : "NOT FLAT"} ${name}: ${says}`);
    }
    const isFlat = ends.every((one) => one.isFlat);
    if (isFlat) return 0;
    return leave(context, stopped(1, "NOT FLAT: close it on the platform by hand, now"));
  } finally {
    opened.value.close();
  }
}

async function leavePaper(
  context: Context,
  options: GlobalOptions,
  { directory, config }: Pick<Leaving, "directory" | "config">,
): Promise<ExitCode> {
  const { screen } = context;
  const { hasJournal } = await wire.dataDirectory();
  if (!hasJournal(directory)) {
    screen.print("paper: there are no books here, so nothing is open");
    return 0;
  }
  const closed = await closePaperBooks(context, { directory, config });
  if (closed.ok) {
    for (const line of closed.value.lines) screen.print(`paper: ${line}`);
    return closed.value.isFlat ? 0 : 1;
  }
  if (closed.error.code !== 3) return leave(context, closed.error);
  const asked = await askRunning(context, options, { kind: "flatten", account: null });
  const isTaken = asked.ok && asked.value.kind === "command" && asked.value.answer.kind === "taken";
  if (isTaken) {
    screen.print("paper: the running process is closing every trade");
    return 0;
  }
  const why = asked.ok ? "does not do as it is told" : asked.error.detail;
  return leave(
    context,
    stopped(1, ...closed.error.lines, `paper: it ${why}; end it, then say this again`),
  );
}
