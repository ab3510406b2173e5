/**
 * SQLite's error codes in our words. Whatever is not SQLite's error is a bug and flies on.
 */
import Database from "better-sqlite3";
import type { JournalFault } from "../../ports/journal.ts";
import { err, ok, type Result } from "../../std/result.ts";

/** Codes come with suffixes (`SQLITE_READONLY_DBMOVED`); the first prefix that fits decides. */
const KINDS: readonly (readonly [prefix: string, kind: JournalFault["kind"]])[] = [
  ["SQLITE_FULL", "full"],
  ["SQLITE_READONLY", "read-only"],
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_LOCKED", "busy"],
  ["SQLITE_CORRUPT", "corrupt"],
  ["SQLITE_NOTADB", "corrupt"],
];

type SqliteError = InstanceType<typeof Database.SqliteError>;

export const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Database.SqliteError;

/** What a failed read or write means. Throws anything that did not come from SQLite. */
export function diskFaultOf(error: unknown): JournalFault {
  if (!isSqliteError(error)) throw error;
  const { code } = error;
  const kind = KINDS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "failed";
  return { kind, detail: describe(error) };
}

export const describe = (error: SqliteError): string => `${error.message} (${error.code})`;

/** Runs what may fail on the disk, and only there. */
export function attempt<T>(work: () => T): Result<T, JournalFault> {
  try {
    return ok(work());
  } catch (error) {
    return err(diskFaultOf(error));
  }
}
