/**
 * The data directory as a thing on the disk: is there a journal, which of several is newest, put an
 * old one aside.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const JOURNAL = "journal.db";
/** Where the run before the last one of a demo goes: one, and no more. */
const ASIDE = "-before";

export const hasJournal = (directory: string): boolean => existsSync(join(directory, JOURNAL));

/** The directory whose journal was written last; null when none has one. */
export function newestWithJournal(directories: readonly string[]): string | null {
  const dated = directories
    .filter(hasJournal)
    .map((directory) => ({ directory, at: writtenAt(directory) }));
  return dated.toSorted((a, b) => b.at - a.at)[0]?.directory ?? null;
}

/** The log before the main file takes every write first. */
function writtenAt(directory: string): number {
  const times = [JOURNAL, `${JOURNAL}-wal`].map(
    (name) => statSync(join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return Math.max(...times);
}

export function isEmptyOrMissing(directory: string): boolean {
  const found = statSync(directory, { throwIfNoEntry: false });
  return found === undefined || (found.isDirectory() && readdirSync(directory).length === 0);
}

export const makeDirectory = (directory: string): void =>
  void mkdirSync(directory, { recursive: true, mode: 0o700 });

export const makeTemporary = (): string => mkdtempSync(join(tmpdir(), "tradestream-demo-"));

export const removeDirectory = (directory: string): void =>
  rmSync(directory, { recursive: true, force: true });

/** Keeps what is there under another name, in place of what was put aside before. */
export function setAside(directory: string): void {
  if (!existsSync(directory)) return;
  removeDirectory(`${directory}${ASIDE}`);
  renameSync(directory, `${directory}${ASIDE}`);
}

/** Never over a file that is there: false then, and nothing is written. */
export function writeNewFile(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (failure) {
    if (failure instanceof Error && "code" in failure && failure.code === "EEXIST") return false;
    throw failure;
  }
}

/** Also a pipe, or whatever else can be read. */
export const isThere = (path: string): boolean => existsSync(path);

export const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The whole text or none of it, whenever the process ends. */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export const removeFile = (path: string): void => rmSync(path, { force: true });

/** Null when it is not there. */
export const readText = (path: string): string | null =>
  isFile(path) ? readFileSync(path, "utf8") : null;
