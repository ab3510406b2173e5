/**
 * Earlier texts of the configuration: which there are, how they differ, and the way back to one.
 *
 * ```text
 * start, reload ─► data/config-history/0007-....yaml ─┬─ config history
 *                                                     ├─ config diff 5 7
 *                                                     └─ config rollback 5 ─► config.yaml
 * ```
 *
 * A rollback is an edit like any other: a running house reads it, takes what is tighter, and leaves
 * what is looser to its next start. The one edit it does not make is from paper to live.
 */
import type { Config } from "../../core/model/config.ts";
import type { ConfigChange } from "../../core/model/config-fact.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import { type Changes, changesBetween } from "../../core/risk/config-changes.ts";
import { reloadedConfig } from "../../core/risk/reloaded-config.ts";
import { changeText } from "../../core/views/tell-config.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { diffLines } from "../config-lines.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { lastConfigOf } from "../last-good.ts";
import { fromHere, placesIn } from "../places.ts";
import { type ConfigChoice, chooseConfig, directoryFor, faultLines, NO_CONFIG } from "../setup.ts";
import { wire } from "../wire.ts";

type Configured = Extract<ConfigChoice, { readonly kind: "configured" }>;

export async function configBetween(
  context: Context,
  options: GlobalOptions,
  names: { readonly from: string; readonly to: string | null },
): Promise<ExitCode> {
  const from = await named(context, options, names.from);
  if (!from.ok) return leave(context, from.error);
  const to =
    names.to === null ? await present(context, options) : await named(context, options, names.to);
  if (!to.ok) return leave(context, to.error);
  const found = compared(from.value.config, to.value.config);
  const { screen } = context;
  const files = { from: from.value.file, to: to.value.file };
  if (options.json) screen.printJson({ ok: true, ...files, ...found });
  else
    for (const line of diffLines(found, ["a reload takes", "they say the same"]))
      screen.print(line);
  return 0;
}

export const configHistory =
  (context: Context): Handlers["configHistory"] =>
  async (options) => {
    const folder = await historyFolder(context, options);
    const { configVersions } = await wire.configVersions();
    const versions = configVersions(folder);
    const shown = versions.slice(-(options.tail ?? TAIL));
    const texts = await Promise.all(shown.map(({ path }) => chooseIn(context, options, path)));
    const told = shown.map(({ number, at }, index) => {
      const [before, now] = [texts[index - 1], texts[index]];
      return { number, at, ...since(before, now) };
    });
    const { screen } = context;
    if (options.json) {
      screen.printJson({ ok: true, versions: told, omitted: versions.length - shown.length });
      return 0;
    }
    if (told.length === 0) screen.print(`no earlier configuration is kept in ${folder}`);
    for (const { number, at, says } of told) screen.print(`${number}  ${at}  ${says}`);
    return 0;
  };

/** As many as fit on a screen. */
const TAIL = 20;

interface Since {
  readonly says: string;
  readonly changes: readonly ConfigChange[];
}

function since(before: ConfigChoice | undefined, now: ConfigChoice | undefined): Since {
  if (now?.kind !== "configured") {
    const reason = now?.kind === "broken" ? faultLines(now.fault)[0] : "it is gone";
    return { says: `cannot be read any more: ${reason}`, changes: [] };
  }
  if (before?.kind !== "configured") return { says: "the first that is listed", changes: [] };
  const { changes, omitted } = compared(before.config, now.config);
  const more = omitted > 0 ? `, and ${omitted} more` : "";
  if (changes.length === 0) return { says: "other words for the same", changes };
  return { says: `${changes.map(changeText).join(", ")}${more}`, changes };
}

export const configRollback =
  (context: Context): Handlers["configRollback"] =>
  async (options) => {
    const undone = await rolledBack(context, options, options.version);
    if (!undone.ok) return leave(context, undone.error);
    const { file, found } = undone.value;
    const { screen } = context;
    if (options.json) screen.printJson({ ok: true, file, version: options.version, ...found });
    else {
      screen.print(`${file} is as in version ${options.version}; what it said is kept`);
      const sayings = ["a reload takes", "nothing changes by it"] as const;
      for (const line of diffLines(found, sayings)) screen.print(line);
    }
    return 0;
  };

interface RolledBack {
  readonly file: string;
  readonly found: Changes;
}

async function rolledBack(
  context: Context,
  options: GlobalOptions,
  version: number,
): Promise<Result<RolledBack, Stopped>> {
  const file = fromHere(context.here, options.config ?? "config.yaml");
  const { readText } = await wire.dataDirectory();
  const text = readText(file);
  if (text === null) return err(stopped(2, NO_CONFIG));
  const earlier = await versionOf(context, options, version);
  if (!earlier.ok) return earlier;
  const now = await chooseConfig(context, options);
  const folder = await historyFolder(context, options);
  const running =
    now.kind === "configured" ? now.config : await lastConfigOf(directoryFor(context, options));
  const refused = refusal(earlier.value.config, running);
  if (refused !== null) return err(stopped(2, `version ${version} is not taken: ${refused}`));
  const { exchangeFile, isLink, keepConfigVersion } = await wire.configVersions();
  if (isLink(file)) return err(stopped(2, `${file} is a link; roll back where it leads to`));
  try {
    keepConfigVersion(folder, text, isoOf(context.clock.now()));
    exchangeFile(file, earlier.value.text);
  } catch (failure) {
    return err(stopped(1, `${file} stays as it is: ${String(failure)}`));
  }
  const found = compared(running ?? earlier.value.config, earlier.value.config);
  return ok({ file, found });
}

/** Whose money it is, is never decided by a step back. */
function refusal({ mode }: Config, running: Config | null): string | null {
  if (mode === "paper" || mode === running?.mode) return null;
  return `it says mode: ${mode}, and ${running?.mode ?? "what runs now is not known"} is in force; write that into the file by hand`;
}

const compared = (was: Config, is: Config): Changes =>
  changesBetween(was, is, reloadedConfig(was, is));

async function historyFolder(context: Context, options: GlobalOptions): Promise<string> {
  const choice = await chooseConfig(context, options);
  const config = choice.kind === "configured" ? choice.config : undefined;
  return placesIn(directoryFor(context, options, config)).configHistory;
}

const chooseIn = (context: Context, options: GlobalOptions, path: string): Promise<ConfigChoice> =>
  chooseConfig(context, { ...options, config: path });

/** A number is a version, anything else a file. */
const named = (
  context: Context,
  options: GlobalOptions,
  name: string,
): Promise<Result<Configured, Stopped>> =>
  /^\d{1,9}$/.test(name)
    ? versionOf(context, options, Number(name))
    : present(context, { ...options, config: name });

async function versionOf(
  context: Context,
  options: GlobalOptions,
  version: number,
): Promise<Result<Configured, Stopped>> {
  const { configVersions } = await wire.configVersions();
  const versions = configVersions(await historyFolder(context, options));
  const found = versions.find(({ number }) => number === version);
  if (found !== undefined) return present(context, { ...options, config: found.path });
  const [first, last] = [versions[0], versions.at(-1)];
  const there = first && last ? `there are ${first.number} to ${last.number}` : "there is none";
  return err(stopped(2, `there is no version ${version}: ${there} (config history)`));
}

async function present(
  context: Context,
  options: GlobalOptions,
): Promise<Result<Configured, Stopped>> {
  const choice = await chooseConfig(context, options);
  if (choice.kind === "absent") return err(stopped(2, NO_CONFIG));
  return choice.kind === "broken" ? err(stopped(2, ...faultLines(choice.fault))) : ok(choice);
}
