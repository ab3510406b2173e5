/** `tradestream backup create`, `list`, `verify`, `drill` and `restore`. */

import { DEFAULT_BACKUPS } from "../../core/model/defaults.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import { showDuration } from "../../core/model/wording.ts";
import { fingerprintOf } from "../../core/risk/reloaded-config.ts";
import { renderTable, type TableColumn } from "../../core/views/table.ts";
import { causeText, showBytes } from "../../core/views/tell-backup.ts";
import type { Archive, Backup, Listed, Transform } from "../../ports/archive.ts";
import type { BackupOptions, ExitCode, Handlers, SealedOptions } from "../../ports/console.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { copiesOf } from "../backup-copies.ts";
import { foldAll } from "../backup-drill.ts";
import { madeOf } from "../backup-making.ts";
import { backupInThread } from "../backup-thread.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { fromHere, placesIn } from "../places.ts";
import { damageLines, restoreBooks } from "../restore.ts";
import { directoryFor, newestDirectory, soundConfig } from "../setup.ts";
import { wire } from "../wire.ts";
import { FROM_BUCKET, listBucket, type Wanted, withBucket } from "./backup-bucket.ts";

export const backupCreate =
  (context: Context): Handlers["backupCreate"] =>
  async (options) => {
    const { clock, screen, version } = context;
    const config = await soundConfig(context, options);
    if (!config.ok) return leave(context, config.error);
    const directory = await newestDirectory(context, options);
    if (!directory.ok) return leave(context, directory.error);
    const { recipients } = config.value.backups ?? DEFAULT_BACKUPS;
    const report = await backupInThread({
      ...{ directory: directory.value, at: clock.now(), cause: "command", version, recipients },
      ...(await copiesOf(context, config.value)),
    });
    if (report.kind === "failed") return leave(context, stopped(1, `no backup: ${report.reason}`));
    const { name, sequence, files, bytes, took } = report.backup;
    if (options.json) screen.printJson({ ok: true, ...report.backup, copyFault: report.copyFault });
    else {
      screen.print(
        `backup ${name}: ${sequence} facts, ${files} files, ${showBytes(bytes)}, ${showDuration(took)}`,
      );
      screen.print("whole and chained; restored on trial, and equal to the books");
    }
    return report.copyFault === null ? 0 : leave(context, stopped(1, report.copyFault));
  };

const LAYOUT: readonly TableColumn[] = [
  { title: "BACKUP", align: "left" },
  { title: "FOR", align: "left" },
  { title: "FACTS", align: "right" },
  { title: "FILES", align: "right" },
  { title: "SIZE", align: "right" },
  { title: "SEALED", align: "left" },
];

export const backupList =
  (context: Context): Handlers["backupList"] =>
  async (options) => {
    const config = options.from === FROM_BUCKET ? await soundConfig(context, options) : null;
    if (config?.ok === false) return leave(context, config.error);
    if (config !== null) return listBucket(context, config.value, options);
    return withArchive(context, options, "all", ({ archive, folder }) => {
      const { screen } = context;
      const all = archive.list();
      if (options.json) for (const one of all) screen.printJson(viewOf(one));
      else if (all.length === 0) screen.print(`there is no backup in ${folder}`);
      else {
        const rows = all.flatMap((one) => (one.kind === "whole" ? [cellsOf(one.backup)] : []));
        for (const line of renderTable(LAYOUT, rows, screen.columns())) screen.print(line);
      }
      const broken = all.flatMap((one) => (one.kind === "broken" ? [one] : []));
      for (const { name, detail } of broken) screen.remark(`${name} is broken: ${detail}`);
      return broken.length === 0 ? 0 : 1;
    });
  };

const viewOf = (one: Listed) =>
  one.kind === "broken"
    ? { whole: false, name: one.name, detail: one.detail }
    : {
        ...{ whole: true, name: one.backup.name, at: isoOf(one.backup.at) },
        ...{ cause: one.backup.cause, version: one.backup.version },
        ...{ sequence: one.backup.sequence, sealed: one.backup.sealed },
        ...{ files: one.backup.files.length, bytes: madeOf(one.backup).bytes },
      };

const cellsOf = (backup: Backup): readonly string[] => [
  backup.name,
  causeText(backup.cause),
  String(backup.sequence),
  String(backup.files.length),
  showBytes(madeOf(backup).bytes),
  backup.sealed ? "yes" : "no",
];

export const backupVerify =
  (context: Context): Handlers["backupVerify"] =>
  (options) =>
    withArchive(context, options, wantedOf(options.name) ?? "all", async (found) => {
      const { screen } = context;
      const all = found.archive.list().map(nameOf);
      const names = options.name === null ? all : [options.name];
      if (all.length === 0 || !names.every((name) => all.includes(name)))
        return leave(context, none(found, options.name));
      let code: ExitCode = 0;
      for (const name of names) {
        const verified = await found.archive.verify(name);
        if (!verified.ok) code = leave(context, stopped(1, ...damageLines(name, verified.error)));
        if (options.json) {
          const damages = verified.ok ? [] : verified.error;
          screen.printJson({ ok: verified.ok, name, damages });
        } else if (verified.ok) {
          const { files, sequence } = verified.value;
          screen.print(`${name}: ${files.length} files as they were written, ${sequence} facts`);
        }
      }
      return code;
    });

export const backupDrill =
  (context: Context): Handlers["backupDrill"] =>
  (options) =>
    withOne(context, options, async (archive, name, unseal) => {
      const drilled = await drill(context, { archive, name, unseal });
      if (!drilled.ok) return leave(context, stopped(1, ...drilled.error));
      const { files, sequence, state } = drilled.value;
      if (options.json) context.screen.printJson({ ok: true, name, sequence, state });
      else {
        context.screen.print(
          `${name}: ${files.length} files restored on trial; ${sequence} facts, whole and chained, state ${state}`,
        );
      }
      return 0;
    });

interface One {
  readonly archive: Archive;
  readonly name: string;
  readonly unseal: Transform | null;
}

/** Restored into a scratch folder, brought up to date, folded, compared; then thrown away. */
async function drill(
  { clock }: Context,
  { archive, name, unseal }: One,
): Promise<Result<Backup, readonly string[]>> {
  const { makeTemporary, removeDirectory } = await wire.dataDirectory();
  const into = makeTemporary();
  try {
    const unpacked = await archive.unpack({ name, into, unseal });
    if (!unpacked.ok) return err(damageLines(name, unpacked.error));
    const backup = unpacked.value;
    const { openJournal } = await wire.journal();
    const opened = openJournal(placesIn(into).journal, { at: clock.now() });
    if (!opened.ok) return err([opened.error.detail]);
    const state = fingerprintOf(foldAll(opened.value, backup.sequence));
    opened.value.close();
    if (state === backup.state) return ok(backup);
    return err([`${name}: the state at fact ${backup.sequence} is ${state}, not ${backup.state}`]);
  } finally {
    removeDirectory(into);
  }
}

export const backupRestore =
  (context: Context): Handlers["backupRestore"] =>
  (options) =>
    withOne(context, options, async (archive, name, unseal) => {
      const { screen } = context;
      const directory = await targetOf(context, options);
      const order = { directory, archive, name, to: options.to, unseal };
      const restored = await restoreBooks(context, order);
      if (!restored.ok) return leave(context, restored.error);
      const { sequence, quarantine, isEqual } = restored.value;
      if (!isEqual) {
        screen.remark(
          "the facts are those of the backup, and add up to another state in this program than in the one that made it",
        );
      }
      if (options.json) {
        screen.printJson({ ok: true, name, sequence, quarantine, equal: isEqual });
        return 0;
      }
      screen.print(`${directory}: restored from ${name}, facts 1 to ${sequence}`);
      screen.print(`the books before it lie in ${quarantine}`);
      screen.print(
        "next: tradestream start, which lets only exits out; compare with the venue, then `resume`",
      );
      return 0;
    });

/** Of a machine that is new there is no journal yet to find the directory by. */
async function targetOf(context: Context, options: BackupOptions): Promise<string> {
  const found = await newestDirectory(context, options);
  if (found.ok) return found.value;
  const config = await soundConfig(context, options);
  return directoryFor(context, options, config.ok ? config.value : undefined);
}

interface Found {
  readonly archive: Archive;
  readonly folder: string;
}

const wantedOf = (name: string | null): Wanted | null => (name === null ? null : { name });

async function withArchive(
  context: Context,
  options: BackupOptions,
  wanted: Wanted,
  work: (found: Found) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const config = await soundConfig(context, options);
  const needsConfig = options.from === null || options.from === FROM_BUCKET;
  if (!config.ok && needsConfig) return leave(context, config.error);
  const { archiveIn } = await wire.archive();
  if (config.ok && options.from === FROM_BUCKET)
    return withBucket(context, config.value, wanted, (folder, label) =>
      work({ archive: archiveIn(folder), folder: label }),
    );
  const folder =
    options.from === null
      ? placesIn(await targetOf(context, options)).backups
      : fromHere(context.here, options.from);
  return work({ archive: archiveIn(folder), folder });
}

/** The one that was named, or the newest that is whole; with what opens it. */
const withOne = (
  context: Context,
  options: SealedOptions,
  work: (archive: Archive, name: string, unseal: Transform | null) => Promise<ExitCode>,
): Promise<ExitCode> =>
  withArchive(context, options, wantedOf(options.name) ?? "newest", async (found) => {
    const name = options.name ?? newestIn(found.archive);
    if (name === null || !found.archive.list().some((one) => nameOf(one) === name))
      return leave(context, none(found, name));
    const unseal = await keyIn(context, options.identity);
    return unseal.ok ? work(found.archive, name, unseal.value) : leave(context, unseal.error);
  });

const none = ({ archive, folder }: Found, name: string | null): Stopped => {
  const [newest] = archive.list();
  if (name === null || newest === undefined) return stopped(2, `there is no backup in ${folder}`);
  return stopped(
    2,
    `there is no backup ${name} in ${folder}; the newest there is ${nameOf(newest)}`,
  );
};

const nameOf = (one: Listed): string => (one.kind === "whole" ? one.backup.name : one.name);

function newestIn(archive: Archive): string | null {
  const newest = archive.list().find(({ kind }) => kind === "whole");
  return newest === undefined ? null : nameOf(newest);
}

async function keyIn(
  { here }: Context,
  identity: string | null,
): Promise<Result<Transform | null, Stopped>> {
  if (identity === null) return ok(null);
  const { readText } = await wire.dataDirectory();
  const text = readText(fromHere(here, identity));
  if (text === null) return err(stopped(2, `${identity}: there is no such file`));
  const { unsealWith } = await wire.seal();
  const read = unsealWith(text);
  return read.ok ? read : err(stopped(2, `${identity}: ${read.error}`));
}
