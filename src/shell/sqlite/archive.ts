/**
 * Backups in a folder, one folder each.
 *
 * ```text
 * backups/  .making-2026-11-23T16-30-12.345Z/     being made; whatever becomes of it, never listed
 *           2026-11-23T10-30-12.007Z/             journal.db.gz  history.db.gz ...  manifest.json
 * ```
 *
 * A backup is made beside the others under a name that is not listed, flushed file by file, and then
 * renamed: it is there whole or not at all. Whatever goes wrong before that is cleared away, and so
 * is, with the next one, what a death in the middle has left.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Millis } from "../../core/model/units.ts";
import type {
  Archive,
  ArchiveFault,
  Backup,
  Damage,
  Listed,
  UnpackOrder,
} from "../../ports/archive.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { chainDamage, damagesOf, restored, said, Unfit } from "./backup-check.ts";
import { make } from "./backup-making.ts";
import { readManifest } from "./backup-manifest.ts";
import { describe, isSqliteError } from "./faults.ts";
import { flushFolder } from "./flushed.ts";
import { copyFile } from "./packed-file.ts";

const MAKING = ".making-";
/** No backup takes that long: whoever was at it is dead. */
const ABANDONED_AFTER = 3_600_000;
/** Of the start of a name, which is its time. */
const TIME_LETTERS = 24;

export function archiveIn(folder: string): Archive {
  const at = (name: string): string => join(folder, name);
  return {
    list: () => namesIn(folder).map((name) => listed(folder, name)),
    make(order) {
      const name = nameAt(order.at);
      return guarded(folder, name, (making) => make(name, making, order));
    },
    verify: (name) => verified(folder, name),
    unpack: (order) => unpacked(folder, order),
    copyTo: (other, name) =>
      guarded(other, name, async (making) => {
        for (const file of readdirSync(at(name)))
          await copyFile(join(at(name), file), join(making, file));
        const wrong = await damagesOf(making, backupIn(folder, name));
        if (wrong.length > 0) throw new Unfit("damaged", said(wrong));
      }),
    remove: (name) => rmSync(at(name), { recursive: true, force: true }),
  };
}

/** `2026-11-23T16-30-12.345Z`: a colon is no letter of a file name everywhere. */
export const nameAt = (at: Millis): string => isoOf(at).replaceAll(":", "-");

/** Newest first. */
function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory() && TIMED.test(one.name))
    .map(({ name }) => name)
    .sort()
    .reverse();
}

const TIMED = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z$/;

/** By its manifest and the sizes of its files; whether each byte is right takes reading them all. */
function listed(folder: string, name: string): Listed {
  const manifest = readManifest(folder, name);
  if (!manifest.ok) return { kind: "broken", name, detail: manifest.error };
  for (const file of manifest.value.files) {
    const found = statSync(join(folder, name, file.stored), { throwIfNoEntry: false });
    if (found?.size !== file.bytes) {
      const detail =
        found === undefined ? "is missing" : `has ${found.size} bytes, not ${file.bytes}`;
      return { kind: "broken", name, detail: `${file.stored} ${detail}` };
    }
  }
  return { kind: "whole", backup: manifest.value };
}

/** Runs `work` in a folder that becomes the backup of that name when it is through, or vanishes. */
async function guarded<T>(
  folder: string,
  name: string,
  work: (making: string) => Promise<T>,
): Promise<Result<T, ArchiveFault>> {
  const making = join(folder, `${MAKING}${name}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    clearAbandoned(folder, name);
    mkdirSync(making, { mode: 0o700 });
  } catch (failure) {
    return err(faultOf(failure, folder));
  }
  try {
    const value = await work(making);
    flushFolder(making);
    renameSync(making, join(folder, name));
    flushFolder(folder);
    return ok(value);
  } catch (failure) {
    rmSync(making, { recursive: true, force: true });
    return err(faultOf(failure, folder));
  }
}

/** What others left who died at it; `name` tells the time. */
function clearAbandoned(folder: string, name: string): void {
  const now = timeIn(name);
  for (const one of readdirSync(folder)) {
    if (!one.startsWith(MAKING)) continue;
    if (now - timeIn(one.slice(MAKING.length)) < ABANDONED_AFTER) continue;
    rmSync(join(folder, one), { recursive: true, force: true });
  }
}

function timeIn(name: string): number {
  const [date = "", clock = ""] = name.slice(0, TIME_LETTERS).split("T");
  const at = Date.parse(`${date}T${clock.replaceAll("-", ":")}`);
  return Number.isNaN(at) ? 0 : at;
}

/** Throws what is not a matter of the disk: that would be a bug. */
function faultOf(failure: unknown, folder: string): ArchiveFault {
  if (failure instanceof Unfit) return { kind: failure.kind, detail: failure.message };
  if (isSqliteError(failure)) return { kind: "disk", detail: `${folder}: ${describe(failure)}` };
  if (failure instanceof Error && "code" in failure) {
    return { kind: "disk", detail: `${folder}: ${failure.message}` };
  }
  throw failure;
}

async function verified(folder: string, name: string): Promise<Result<Backup, readonly Damage[]>> {
  const backup = backupIn(folder, name);
  const wrong = await damagesOf(join(folder, name), backup);
  return backup.ok && wrong.length === 0 ? backup : err(wrong);
}

const backupIn = (folder: string, name: string): Result<Backup, string> =>
  TIMED.test(name) ? readManifest(folder, name) : err(`there is no backup ${name}`);

async function unpacked(
  folder: string,
  { name, into, unseal }: UnpackOrder,
): Promise<Result<Backup, readonly Damage[]>> {
  const backup = await verified(folder, name);
  if (!backup.ok) return backup;
  if (backup.value.sealed && unseal === null) {
    return err([{ file: name, detail: "is sealed: name the file of your key with --identity" }]);
  }
  const from = join(folder, name);
  for (const file of backup.value.files) {
    try {
      await restored(file, { from, into, unseal: backup.value.sealed ? unseal : null });
    } catch (failure) {
      // What is not of the disk was said by whoever unpacks or unseals: a wrong key, say.
      return err([{ file: file.stored, detail: `cannot be unpacked: ${wordsOf(failure)}` }]);
    }
    const detail = chainDamage(join(into, file.name), file, backup.value);
    if (detail !== null) return err([{ file: file.stored, detail }]);
  }
  return backup;
}

const wordsOf = (failure: unknown): string =>
  failure instanceof Error ? failure.message : String(failure);
