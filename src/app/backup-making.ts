/**
 * A backup from beginning to end: made, drilled, kept in a second place, and old ones let go.
 *
 * It runs in a thread of its own where positions are being watched, so everything it is told is
 * plain data.
 */
import type { BackupCause, BackupReport, MadeBackup } from "../core/model/backup-fact.ts";
import type { Millis } from "../core/model/units.ts";
import { expendable } from "../core/upkeep/retention.ts";
import type { Archive, Backup, SourceFile, Transform } from "../ports/archive.ts";
import { ok, type Result } from "../std/result.ts";
import { drillAgainst } from "./backup-drill.ts";
import { type Places, placesIn } from "./places.ts";
import { wire } from "./wire.ts";

export interface BackupTask {
  /** The data directory. */
  readonly directory: string;
  readonly at: Millis;
  readonly cause: BackupCause;
  readonly version: string;
  /** None: not sealed. */
  readonly recipients: readonly string[];
  /** A second directory; null: none. */
  readonly copyTo: string | null;
}

/** The journal first: of the venue and of the messages the books may know less, never more. */
export const sourcesIn = (places: Places): readonly SourceFile[] => [
  { kind: "journal", name: "journal.db", path: places.journal },
  { kind: "database", name: "history.db", path: places.history },
  { kind: "database", name: "paper.db", path: places.paper },
  { kind: "plain", name: "last-good.json", path: places.lastGood },
  { kind: "plain", name: "rehearsal.json", path: places.rehearsal },
];

export async function makeBackup(task: BackupTask): Promise<BackupReport> {
  const { cause, at, version } = task;
  const places = placesIn(task.directory);
  const seal = await sealOf(task.recipients);
  if (!seal.ok) return { kind: "failed", cause, reason: seal.error };
  const { archiveIn } = await wire.archive();
  const archive = archiveIn(places.backups);
  const made = await archive.make({
    ...{ at, cause, version, seal: seal.value },
    sources: sourcesIn(places),
    drill: await drillAgainst(places.journal, at),
  });
  if (!made.ok) return { kind: "failed", cause, reason: made.error.detail };
  letGo(archive, at);
  const copyFault = await copyAway(archive, made.value, task);
  return { kind: "made", backup: madeOf(made.value), copyFault };
}

async function sealOf(recipients: readonly string[]): Promise<Result<Transform | null, string>> {
  if (recipients.length === 0) return ok(null);
  return (await wire.seal()).sealFor(recipients);
}

export function madeOf({ name, cause, at, sequence, files, took }: Backup): MadeBackup {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { name, cause, begunAt: at, sequence, files: files.length, bytes, took };
}

function letGo(archive: Archive, now: Millis): void {
  const whole = archive.list().flatMap((one) => (one.kind === "whole" ? [one.backup] : []));
  for (const name of expendable(whole, now)) archive.remove(name);
}

/** Null when there is nothing to say. */
async function copyAway(
  archive: Archive,
  { name }: Backup,
  { copyTo, at }: BackupTask,
): Promise<string | null> {
  if (copyTo === null) return null;
  const copied = await archive.copyTo(copyTo, name);
  if (!copied.ok) return `no second copy: ${copied.error.detail}`;
  letGo((await wire.archive()).archiveIn(copyTo), at);
  return null;
}

/**
 * Made before a newer program changes the books; of books that are as they should be, none. One that
 * fails stops nothing: what is open has to be cared for, and each step of a migration is one
 * transaction. Why it failed is for whoever opens them to say.
 */
export async function backupBeforeMigration(directory: string, at: Millis): Promise<string | null> {
  const { openJournalReadOnly } = await wire.journal();
  const opened = openJournalReadOnly(placesIn(directory).journal);
  if (opened.ok) opened.value.close();
  if (opened.ok || opened.error.kind !== "older-schema") return null;
  const task = { directory, at, version: "before", cause: "migration" as const };
  const report = await makeBackup({ ...task, recipients: [], copyTo: null });
  return report.kind === "failed" ? report.reason : null;
}
