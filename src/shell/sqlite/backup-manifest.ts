/**
 * The manifest of a backup: what it holds, to the byte, and a seal of its own.
 *
 * ```text
 * { "format": 1, "name": ..., "files": [ ... ], "sha256": of all before it }
 * ```
 *
 * It is believed only when it is byte for byte what this program would write for what it says: then
 * no bit of it can have turned over without being noticed.
 */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Backup } from "../../ports/archive.ts";
import { err, ok, type Result } from "../../std/result.ts";

export const MANIFEST = "manifest.json";

/** Counts up whenever a reader has to know something new. */
const FORMAT = 1;
/** A manifest is some two kilobytes; what is much longer is none. */
const BYTES_MAX = 1_000_000;

export function manifestText(backup: Backup): string {
  const said = { format: FORMAT, ...backup };
  return `${JSON.stringify({ ...said, sha256: hash("sha256", JSON.stringify(said)) }, null, 2)}\n`;
}

export function readManifest(folder: string, name: string): Result<Backup, string> {
  const found = readText(join(folder, name, MANIFEST));
  if (!found.ok) return found;
  const backup = parse(found.value);
  if (backup === null) return err("the manifest is not as it was written");
  if (backup.name !== name) return err(`the manifest is that of ${backup.name}`);
  return ok(backup);
}

function readText(path: string): Result<string, string> {
  try {
    const bytes = readFileSync(path);
    const text = bytes.toString("utf8");
    const isText = bytes.length <= BYTES_MAX && Buffer.from(text).equals(bytes);
    return isText ? ok(text) : err("the manifest is not as it was written");
  } catch (failure) {
    if (!(failure instanceof Error) || !("code" in failure)) throw failure;
    return err(
      failure.code === "ENOENT"
        ? "there is no manifest"
        : `the manifest cannot be read (${failure.code})`,
    );
  }
}

/** Null unless it is, to the byte, what would be written for what it says. */
function parse(text: string): Backup | null {
  try {
    const { format, sha256: _, ...backup } = JSON.parse(text);
    if (format !== FORMAT) return null;
    return manifestText(backup) === text && isSound(backup) ? backup : null;
  } catch {
    return null; // not JSON, or no object
  }
}

/** Somebody may have written one by hand: no name in it leads out of a directory. */
function isSound({ name, at, took, sequence, chain, state, files }: Backup): boolean {
  return (
    [name, ...files.flatMap((file) => [file.name, file.stored])].every((one) => NAME.test(one)) &&
    [
      at,
      took,
      sequence,
      ...files.flatMap(({ bytes, unpackedBytes }) => [bytes, unpackedBytes]),
    ].every((one) => Number.isSafeInteger(one) && one >= 0) &&
    [chain, state, ...files.flatMap((file) => [file.sha256, file.unpackedSha256])].every((one) =>
      HEX.test(one),
    )
  );
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/;
const HEX = /^[0-9a-f]{32,64}$/;
