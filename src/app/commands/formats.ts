/**
 * `tradestream formats init`, `formats test` and `formats apply`: the workbench of format packs.
 *
 * ```text
 * edit a pack ─► test: what would it change, on labelled and on stored messages?
 *                  └─► apply: the running process takes all packs, or none and says why
 * ```
 *
 * Saving a pack does nothing by itself.
 */

import { join } from "node:path";
import type { Config } from "../../core/model/config.ts";
import { DEFAULT_CONFIG } from "../../core/model/defaults.ts";
import { type Format, PLAIN_FORMAT } from "../../core/model/format.ts";
import { toCorpusResult } from "../../core/parse/record.ts";
import { VOCABULARY } from "../../core/parse/vocabulary.ts";
import { clean, cutTo } from "../../core/views/plain-text.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import { canonical } from "../../std/canonical.ts";
import { ownOf } from "../../std/own.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { askRunning } from "../asking.ts";
import { roomFor, roomsIn } from "../configured-rooms.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { type Change, type Changes, changeLines, changesIn, trialsIn } from "../format-trial.ts";
import type { Formats } from "../formats-in-force.ts";
import { labelledTrials } from "../labelled.ts";
import { lastConfigOf } from "../last-good.ts";
import { fromHere } from "../places.ts";
import { directoryFor, faultLines, soundConfig } from "../setup.ts";
import { withStoredMessages } from "../stored-history.ts";
import { wire } from "../wire.ts";

export const formatsInit =
  (context: Context): Handlers["formatsInit"] =>
  async ({ directory, json }) => {
    const { packTexts } = await wire.formatInit();
    const { makeDirectory, writeNewFile } = await wire.dataDirectory();
    const home = fromHere(context.here, directory);
    const kept: string[] = [];
    const written: string[] = [];
    try {
      makeDirectory(home);
      for (const { file, text } of packTexts()) {
        (writeNewFile(join(home, file), text) ? written : kept).push(file);
      }
    } catch (failure) {
      return leave(context, stopped(2, `${home} cannot be written: ${String(failure)}`));
    }
    if (json) context.screen.printJson({ directory: home, written, kept });
    else {
      const stayed = kept.length === 0 ? "" : `; already there: ${kept.join(", ")}`;
      context.screen.print(`${home}: wrote ${written.join(", ") || "nothing"}${stayed}`);
      context.screen.print(`name the directory in config.yaml: "formats: ${directory}"`);
    }
    return 0;
  };

export const formatsTest =
  (context: Context): Handlers["formatsTest"] =>
  async (options) => {
    const chosen = await soundConfig(context, options);
    if (!chosen.ok) return leave(context, chosen.error);
    const config = chosen.value;
    const packs = await packsToTest(context, config, options.packs);
    if (!packs.ok) return leave(context, packs.error);
    const directory = directoryFor(context, options, config);
    const inForce = await formatsInForceAt(context, options, directory);
    context.screen.remark(`compared with ${inForce.where}`);
    const labelled = await labelledTrials();
    const rooms = roomsIn(config);
    const unreadable = (detail: string): void => context.screen.remark(detail);
    return withStoredMessages(directory, unreadable, (messages) => {
      let code: ExitCode = 0;
      for (const pack of packs.value) {
        const before = ownOf(inForce.formats, pack.name) ?? { ...PLAIN_FORMAT, name: pack.name };
        const exchange = { before, after: pack };
        const trial: TestedPack = {
          pack: pack.name,
          isKnown: Object.hasOwn(inForce.formats, pack.name),
          labelled: changesIn(labelled, exchange),
          stored: changesIn(trialsIn(messages.read(), rooms, pack.name), exchange),
        };
        if (tell(context, options, trial)) code = 2;
      }
      return code;
    });
  };

interface TestedPack {
  readonly pack: string;
  readonly isKnown: boolean;
  readonly labelled: Changes;
  readonly stored: Changes;
}

/** Whether a labelled message is read worse than before. */
function tell(
  { screen }: Context,
  { json }: GlobalOptions,
  { pack, isKnown, labelled, stored }: TestedPack,
): boolean {
  const worse = labelled.changes.filter(({ verdict }) => verdict === "worse").length;
  const all = { labelled, stored };
  for (const where of ["labelled", "stored"] as const) {
    for (const change of all[where].changes) {
      if (screen.isDeaf()) break;
      if (json) screen.printJson({ pack, where, ...changeView(change) });
      else for (const line of linesFor(where, change)) screen.print(line);
    }
  }
  if (json) {
    const count = ({ read, changes }: Changes) => ({ read, changed: changes.length });
    const summary = { pack, labelled: { ...count(labelled), worse }, stored: count(stored) };
    screen.printJson({ summary });
  } else screen.print(`${pack}${isKnown ? "" : " (new)"}: ${countText(labelled, stored, worse)}`);
  return worse > 0;
}

function countText(labelled: Changes, stored: Changes, worse: number): string {
  const part = ({ read, changes }: Changes, what: string): string =>
    `${changes.length} of ${read} ${what} messages change`;
  const warning = worse === 0 ? "" : `; ${worse} labelled ${worse === 1 ? "one is" : "are"} worse`;
  return `${part(labelled, "labelled")}, ${part(stored, "stored")}${warning}`;
}

const EXCERPT = 60;

const linesFor = (where: string, change: Change): readonly string[] => [
  `${where} ${change.message.id}  ${cutTo(clean(change.message.text), EXCERPT)}`,
  ...changeLines(change),
];

const changeView = ({ message, before, after, verdict }: Change) => ({
  ...{ source: message.source, channel: message.channel, id: message.id, text: message.text },
  ...{ before: toCorpusResult(before), after: toCorpusResult(after), verdict },
});

export const formatsApply =
  (context: Context): Handlers["formatsApply"] =>
  async (options) => {
    const before = await askRunning(context, options, { kind: "formats" });
    if (!before.ok) {
      return leave(context, stopped(before.error.kind === "nobody" ? 4 : 1, before.error.detail));
    }
    const asked = await askRunning(context, options, { kind: "apply-formats" });
    if (!asked.ok) return leave(context, stopped(1, asked.error.detail));
    const [was, is] = [before.value, asked.value];
    if (was.kind !== "formats" || is.kind !== "formats") {
      const fault = [is, was].find((one) => one.kind === "fault");
      const reason = fault?.kind === "fault" ? fault.reason : "not an answer to this";
      return leave(context, stopped(1, reason));
    }
    if (is.problems.length > 0) {
      if (options.json) context.screen.printJson({ applied: false, problems: is.problems });
      const lines = ["refused; the formats in force stay:", ...is.problems];
      return leave(context, stopped(2, ...(options.json ? [] : lines)));
    }
    const changed = changedNames(was.formats, is.formats);
    const { read, changes } = await changesSince(context, options, was.formats, is.formats);
    if (options.json) {
      const formats = Object.keys(is.formats);
      context.screen.printJson({ applied: true, formats, changed, read, changes });
    } else {
      const what = changed.length === 0 ? "nothing changed" : `changed: ${changed.join(", ")}`;
      context.screen.print(`in force from the next message on; ${what}`);
      context.screen.print(`${changes} of ${read} stored messages would be read otherwise now`);
    }
    return 0;
  };

const changedNames = (was: Formats, is: Formats): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => canonical(was[name] ?? null) !== canonical(is[name] ?? null),
  );

async function changesSince(
  context: Context,
  options: GlobalOptions,
  was: Formats,
  is: Formats,
): Promise<{ readonly read: number; readonly changes: number }> {
  const chosen = await soundConfig(context, options);
  const config = chosen.ok ? chosen.value : DEFAULT_CONFIG;
  const rooms = roomsIn(config);
  const unreadable = (detail: string): void => context.screen.remark(detail);
  const directory = directoryFor(context, options, config);
  return withStoredMessages(directory, unreadable, (messages) => {
    let read = 0;
    let changes = 0;
    for (const { message } of messages.read()) {
      const room = roomFor(rooms, message);
      const [before, after] = [was, is].map((formats) => formats[room?.format.name ?? ""]);
      read += 1;
      if (room === null || after === undefined || before === after) continue;
      const exchange = { before: before ?? { ...PLAIN_FORMAT, name: after.name }, after };
      changes += changesIn([{ message, authors: room.authors }], exchange).changes.length;
    }
    return { read, changes };
  });
}

const isPath = (name: string): boolean => /[\\/]|\.ya?ml$/.test(name);

async function packsToTest(
  { here }: Context,
  config: Config,
  names: readonly string[],
): Promise<Result<readonly Format[], Stopped>> {
  if (names.length === 0) {
    const all = Object.values(config.formats);
    if (all.length > 0) return ok(all);
    return err(stopped(2, "no format packs are configured; name one, or see: formats init"));
  }
  const { readFormatPack } = await wire.formatPacks();
  const packs: Format[] = [];
  for (const name of names) {
    const known = isPath(name) ? undefined : ownOf(config.formats, name);
    const read = known === undefined ? null : ok(known);
    if (read === null && !isPath(name)) {
      const configured = Object.keys(config.formats).join(", ") || "none";
      return err(stopped(2, `there is no format pack "${name}"; configured: ${configured}`));
    }
    const pack = read ?? readFormatPack(fromHere(here, name), VOCABULARY);
    if (!pack.ok) return err(stopped(2, ...faultLines(pack.error)));
    packs.push(pack.value);
  }
  return ok(packs);
}

interface InForce {
  readonly formats: Formats;
  readonly where: string;
}

/** Those of the running process; else those of the last start on that directory. */
async function formatsInForceAt(
  context: Context,
  options: GlobalOptions,
  directory: string,
): Promise<InForce> {
  const asked = await askRunning(context, options, { kind: "formats" });
  if (asked.ok && asked.value.kind === "formats") {
    return { formats: asked.value.formats, where: "the formats of the running process" };
  }
  const last = await lastConfigOf(directory);
  if (last !== null) return { formats: last.formats, where: "the formats of the last start" };
  return { formats: {}, where: "the built-in format: nothing was started here yet" };
}
