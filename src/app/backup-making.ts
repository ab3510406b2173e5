/**
 * A backup from beginning to end: made, drilled, kept in a second place, and old ones let go.
 *
 * It runs in a thread of its own where positions are being watched, so everything it is told is
 * plain data.
 */
import { join } from "node:path";
import type { BackupCause, BackupReport, MadeBackup } from "../core/model/backup-fact.ts";
import { type Millis, millis } from "../core/model/units.ts";
import { expendable } from "../core/upkeep/retention.ts";
import type { Archive, Backup, SourceFile, Transform } from "../ports/archive.ts";
import type { BucketAccess } from "../ports/bucket.ts";
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
  /** Or why its keys are not to be had; null: none. */
  readonly bucket: Result<BucketAccess, string> | null;
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
  const faults = [
    await copyAway(archive, made.value, task),
    await sendAway(join(places.backups, made.value.name), made.value, task),
  ].filter((one) => one !== null);
  const copyFault = faults.length === 0 ? null : faults.join("; ");
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

/** Null when there is nothing to say. */
async function sendAway(
  folder: string,
  backup: Backup,
  { bucket: access, at }: BackupTask,
): Promise<string | null> {
  if (access === null) return null;
  const sent = access.ok ? await sendTo(access.value, { folder, backup, at }) : access;
  return sent.ok ? null : `no copy in the bucket: ${sent.error}`;
}

interface Sending {
  readonly folder: string;
  readonly backup: Backup;
  readonly at: Millis;
}

/** What may go is told by the name alone: its time. */
async function sendTo(
  access: BucketAccess,
  { folder, backup, at: now }: Sending,
): Promise<Result<void, string>> {
  const bucket = (await wire.bucket()).openBucket(access);
  const put = await bucket.put(folder, backup);
  if (!put.ok) return put;
  const names = await bucket.names();
  if (!names.ok) return names;
  for (const name of expendable(names.value.map(keptAt), now)) {
    const removed = await bucket.remove(name);
    if (!removed.ok) return removed;
  }
  return ok(undefined);
}

const keptAt = (name: string): { readonly name: string; readonly at: Millis } => ({
  name,
  at: millis(Date.parse(name.replace(/T(\d\d)-(\d\d)-/, "T$1:$2:"))),
});

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
  const report = await makeBackup({ ...task, recipients: [], copyTo: null, bucket: null });
  return report.kind === "failed" ? report.reason : null;
}
