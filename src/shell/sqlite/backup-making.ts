/**
 * One backup, step by step, in a folder that nobody lists yet.
 *
 * ```text
 * copy ─► inspect ─► pack ─► unpack on trial, fold, compare ─► (seal) ─► manifest ─► read it all again
 * ```
 */
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { millis } from "../../core/model/units.ts";
import type { Backup, BackupFile, BackupOrder, SourceFile } from "../../ports/archive.ts";
import type { Head } from "../../ports/journal.ts";
import { ok } from "../../std/result.ts";
import { damagesOf, restored, said, Unfit } from "./backup-check.ts";
import { MANIFEST, manifestText } from "./backup-manifest.ts";
import { copyDatabase, inspect } from "./database-copy.ts";
import { flushFile } from "./flushed.ts";
import { copyFile, digestOf, pack, sealFile } from "./packed-file.ts";

/** Throws what went wrong; whatever lies in `making` then is waste. */
export async function make(name: string, making: string, order: BackupOrder): Promise<Backup> {
  const begun = performance.now();
  const sources = order.sources.filter(({ path }) => existsSync(path));
  const copies: Copied[] = [];
  for (const source of sources) copies.push(await copied(source, making));
  const head = copies.find(({ kind }) => kind === "journal")?.head ?? null;
  if (head === null) throw new Unfit("damaged", "there is no journal to copy");
  const files: BackupFile[] = [];
  for (const copy of copies) files.push(await packed(copy, making));
  const state = await drilled(files, { making, order, head });
  const stored: BackupFile[] = [];
  for (const file of files) stored.push(await sealed(file, making, order));
  const { at, cause, version } = order;
  const backup: Backup = {
    ...{ name, at, cause, version },
    ...{ sequence: head.sequence, chain: head.hash, state },
    took: millis(Math.round(performance.now() - begun)),
    sealed: order.seal !== null,
    files: stored,
  };
  writeFileSync(join(making, MANIFEST), manifestText(backup), { mode: 0o600 });
  flushFile(join(making, MANIFEST));
  const wrong = await damagesOf(making, ok(backup));
  if (wrong.length > 0) throw new Unfit("damaged", said(wrong));
  return backup;
}

interface Copied extends Pick<BackupFile, "name" | "rows"> {
  readonly kind: SourceFile["kind"];
  readonly path: string;
  readonly head: Head | null;
}

async function copied({ kind, name, path }: SourceFile, making: string): Promise<Copied> {
  const copy = join(making, name);
  if (kind === "plain") {
    await copyFile(path, copy);
    return { kind, name, path: copy, rows: {}, head: null };
  }
  await copyDatabase(path, copy);
  chmodSync(copy, 0o600);
  const inspected = inspect(copy, kind);
  if (!inspected.ok) throw new Unfit("damaged", `${path}: ${inspected.error}`);
  return { kind, name, path: copy, ...inspected.value };
}

async function packed({ name, path, rows }: Copied, making: string): Promise<BackupFile> {
  const stored = `${name}.gz`;
  const plain = await pack(path, join(making, stored));
  rmSync(path);
  const { bytes, sha256 } = await digestOf(join(making, stored));
  return {
    ...{ name, stored, bytes, sha256, rows },
    ...{ unpackedBytes: plain.bytes, unpackedSha256: plain.sha256 },
  };
}

interface Drill {
  readonly making: string;
  readonly order: BackupOrder;
  readonly head: Head;
}

/** What was packed is unpacked as for a restore, brought up to date, folded and compared. */
async function drilled(
  files: readonly BackupFile[],
  { making, order, head }: Drill,
): Promise<string> {
  const scratch = join(making, "drill");
  mkdirSync(scratch, { mode: 0o700 });
  for (const file of files) await restored(file, { from: making, into: scratch, unseal: null });
  const journal = order.sources.find(({ kind }) => kind === "journal");
  const state = order.drill(join(scratch, journal?.name ?? ""), head.sequence);
  if (!state.ok) throw new Unfit("unequal", `restored on trial: ${state.error}`);
  rmSync(scratch, { recursive: true });
  return state.value;
}

async function sealed(
  file: BackupFile,
  making: string,
  { seal }: BackupOrder,
): Promise<BackupFile> {
  if (seal === null) return file;
  const stored = `${file.stored}.age`;
  await sealFile(join(making, file.stored), join(making, stored), seal);
  rmSync(join(making, file.stored));
  return { ...file, stored, ...(await digestOf(join(making, stored))) };
}
