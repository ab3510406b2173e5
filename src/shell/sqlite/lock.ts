/**
 * One writer per data directory: whoever holds an exclusive transaction on `lock.db`.
 *
 * The operating system gives the lock back the moment its holder dies, however it dies, so there
 * are no stale locks to reason about. `lock.json` beside it only says who holds it, for the message
 * the second one prints; it is never asked who may write.
 *
 * The lock belongs to the process and falls when the process closes any handle of that file:
 * nothing in here may ever read or copy `lock.db` as a plain file.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type Millis, millis } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { describe, isSqliteError } from "./faults.ts";

export interface Holder {
  readonly pid: number;
  readonly since: Millis;
}

export type LockFault =
  /** Another process writes here; null if it has not said yet who it is. */
  | { readonly kind: "held"; readonly holder: Holder | null }
  | {
      readonly kind: "failed";
      /** A sentence for the operator, with the path. */
      readonly detail: string;
    };

export interface Lock {
  release(): void;
}

export function takeLock(directory: string, self: Holder): Result<Lock, LockFault> {
  const note = join(directory, "lock.json");
  const file = join(directory, "lock.db");
  let database: Database.Database | null = null;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    database = new Database(file, { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    signNote(note, self);
    return ok(lockOn(database, note));
  } catch (error) {
    database?.close();
    return err(faultFrom(error, { directory, file, note }));
  }
}

function lockOn(database: Database.Database, note: string): Lock {
  return {
    release: () => {
      if (!database.open) return;
      rmSync(note, { force: true }); // first, or it might be the next holder's
      database.close();
    },
  };
}

function signNote(note: string, self: Holder): void {
  const draft = `${note}.${self.pid}`;
  writeFileSync(draft, `${JSON.stringify(self)}\n`);
  renameSync(draft, note);
}

interface LockPlaces {
  readonly directory: string;
  readonly file: string;
  readonly note: string;
}

function faultFrom(error: unknown, { directory, file, note }: LockPlaces): LockFault {
  if (isSqliteError(error)) {
    const held = error.code.startsWith("SQLITE_BUSY");
    return held
      ? { kind: "held", holder: holderIn(note) }
      : { kind: "failed", detail: `${file}: ${describe(error)}` };
  }
  if (error instanceof Error && "syscall" in error) {
    const isFile = "code" in error && (error.code === "EEXIST" || error.code === "ENOTDIR");
    const why = isFile ? "this is not a directory" : error.message;
    return { kind: "failed", detail: `${directory}: ${why}` };
  }
  throw error;
}

function holderIn(note: string): Holder | null {
  try {
    const { pid, since } = JSON.parse(readFileSync(note, "utf8"));
    return Number.isSafeInteger(pid) && Number.isSafeInteger(since)
      ? { pid, since: millis(since) }
      : null;
  } catch {
    return null; // not written yet, or torn: the lock itself is what counts
  }
}
