/** A backup held against its manifest: every file there, none beside them, every byte as it was. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { ArchiveFault, Backup, BackupFile, Damage, UnpackOrder } from "../../ports/archive.ts";
import type { Result } from "../../std/result.ts";
import { MANIFEST } from "./backup-manifest.ts";
import { inspect } from "./database-copy.ts";
import { digestOf, unpack } from "./packed-file.ts";

/** Said where a step cannot go on; its caller clears up and tells it. */
export class Unfit extends Error {
  override readonly name = "Unfit";
  readonly kind: ArchiveFault["kind"];

  constructor(kind: ArchiveFault["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

export async function damagesOf(
  place: string,
  backup: Result<Backup, string>,
): Promise<readonly Damage[]> {
  if (!backup.ok) return [{ file: MANIFEST, detail: backup.error }];
  const { files } = backup.value;
  const known = new Set([MANIFEST, ...files.map(({ stored }) => stored)]);
  const damages = readdirSync(place)
    .filter((file) => !known.has(file))
    .map((file) => ({ file, detail: "is not in the manifest" }));
  for (const file of files) {
    const detail = await damageOf(join(place, file.stored), file);
    if (detail !== null) damages.push({ file: file.stored, detail });
  }
  return damages;
}

async function damageOf(path: string, { bytes, sha256 }: BackupFile): Promise<string | null> {
  try {
    const found = await digestOf(path);
    if (found.bytes !== bytes) return `has ${found.bytes} bytes, not ${bytes}`;
    return found.sha256 === sha256 ? null : "is not as it was written: its SHA-256 differs";
  } catch (failure) {
    if (!(failure instanceof Error) || !("code" in failure)) throw failure;
    return failure.code === "ENOENT" ? "is missing" : `cannot be read (${failure.code})`;
  }
}

export const said = (damages: readonly Damage[]): string =>
  damages.map(({ file, detail }) => `${file} ${detail}`).join("; ");

interface RestoreOrder extends Pick<UnpackOrder, "into" | "unseal"> {
  readonly from: string;
}

/** Throws unless what comes out is what went in. */
export async function restored(
  file: BackupFile,
  { from, into, unseal }: RestoreOrder,
): Promise<void> {
  const found = await unpack(join(from, file.stored), join(into, file.name), unseal);
  if (found.sha256 !== file.unpackedSha256) {
    throw new Unfit("damaged", "what came out is not what went in: its SHA-256 differs");
  }
}

/** Pages, rows and, of the journal, facts: null when they are what the manifest says. */
export function chainDamage(path: string, file: BackupFile, backup: Backup): string | null {
  const tables = Object.keys(file.rows);
  if (tables.length === 0) return null;
  const isJournal = tables.includes("facts");
  const inspected = inspect(path, isJournal ? "journal" : "database");
  if (!inspected.ok) return inspected.error;
  const { rows, head } = inspected.value;
  const other = tables.find((table) => rows[table] !== file.rows[table]);
  if (other !== undefined)
    return `its table ${other} holds ${rows[other]} rows, not ${file.rows[other]}`;
  if (isJournal && head?.hash !== backup.chain) return "its chain ends in another hash";
  return null;
}
