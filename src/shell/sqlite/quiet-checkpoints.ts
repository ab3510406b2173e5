/**
 * Moves the write-ahead log into its file while nobody waits for it.
 *
 * ```text
 * commit · commit · commit ──── a second of silence ──► checkpoint
 *    └ by SQLite itself, inside a commit, only once the log has grown to 16 MB
 * ```
 *
 * Left alone, SQLite does it inside each commit that finds the log longer than 4 MB. That commit
 * takes ten milliseconds and more on a disk, and an order may be waiting for it.
 */
import type Database from "better-sqlite3";
import { isSqliteError } from "./faults.ts";

export interface QuietCheckpoints {
  /** After every commit. */
  wrote(): void;
  /** Before the database is closed. */
  stop(): void;
}

/** Pages of 4 kB. */
const LOG_PAGES_MAX = 4_000;
const SILENCE = 1_000;

export function quietCheckpoints(database: Database.Database): QuietCheckpoints {
  database.pragma(`wal_autocheckpoint = ${LOG_PAGES_MAX}`);
  let timer: NodeJS.Timeout | null = null;
  const run = (): void => {
    timer = null;
    try {
      database.pragma("wal_checkpoint(PASSIVE)");
    } catch (error) {
      // Nothing is lost: the log holds it all, and a disk that fails says so at the next commit.
      if (!isSqliteError(error)) throw error;
    }
  };
  return {
    wrote() {
      timer = timer?.refresh() ?? setTimeout(run, SILENCE).unref();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
