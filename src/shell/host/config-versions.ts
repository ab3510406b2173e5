/**
 * Earlier texts of the configuration, each in a file of its own.
 *
 * ```text
 * config-history/0007-2026-11-23T20-30-00Z.yaml     the number counts up, and is never given twice
 * ```
 *
 * They hold what the file held: places of secrets, and never one.
 */
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

export interface ConfigVersion {
  readonly number: number;
  /** ISO, when it was first read. */
  readonly at: string;
  readonly path: string;
}

const VERSIONS_MAX = 200;
const NAME = /^(\d{4,9})-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\dZ)\.yaml$/;

/** The oldest first. */
export function configVersions(folder: string): readonly ConfigVersion[] {
  const found = namesIn(folder).flatMap((name) => {
    const [, number, day, hour, minute, rest] = NAME.exec(name) ?? [];
    if (number === undefined) return [];
    return [
      { number: Number(number), at: `${day}${hour}:${minute}:${rest}`, path: join(folder, name) },
    ];
  });
  return found.toSorted((a, b) => a.number - b.number);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (failure) {
    if (failure instanceof Error && "code" in failure && failure.code === "ENOENT") return [];
    throw failure;
  }
}

/** Keeps that text, unless it is the newest one already; the oldest beyond the limit goes. */
export function keepConfigVersion(folder: string, text: string, at: string): void {
  const kept = configVersions(folder);
  const newest = kept.at(-1);
  if (newest !== undefined && readFileSync(newest.path, "utf8") === text) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const number = String((newest?.number ?? 0) + 1).padStart(4, "0");
  const time = at.replace(/\.\d+/, "").replaceAll(":", "-");
  writeFileSync(join(folder, `${number}-${time}.yaml`), text, { flag: "wx", mode: 0o600 });
  for (const { path } of kept.slice(0, Math.max(0, kept.length + 1 - VERSIONS_MAX))) rmSync(path);
}

/** The text of a file that was there, exchanged in one step; who may read it stays as it was. */
export function exchangeFile(path: string, text: string): void {
  const { mode } = statSync(path);
  const next = `${path}.new`;
  rmSync(next, { force: true });
  const file = openSync(next, "wx", mode);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}

/** Somebody else exchanges what a link leads to. */
export const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink();
