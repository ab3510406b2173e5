/**
 * A database copied as of one moment while another process or thread goes on writing it, and looked
 * through page by page and fact by fact.
 *
 * SQLite's own backup does the copying, in one step: taken in several it would begin anew with every
 * commit of the writer. It reads; the writer never waits for it. The copy is one file, without a log
 * beside it that could be forgotten or mixed up.
 */
import Database from "better-sqlite3";
import type { Head } from "../../ports/journal.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { describe, isSqliteError } from "./faults.ts";
import { flushFile } from "./flushed.ts";
import { walkChain } from "./verify.ts";

const READER_WAIT = 2_000;
const ALL_PAGES = 0x7fffffff;

/** Throws what the disk says. */
export async function copyDatabase(source: string, target: string): Promise<void> {
  const from = new Database(source, { readonly: true, timeout: READER_WAIT });
  try {
    await from.backup(target, { progress: () => ALL_PAGES });
  } finally {
    from.close();
  }
  const copy = new Database(target);
  try {
    copy.pragma("journal_mode = DELETE");
  } finally {
    copy.close();
  }
  flushFile(target);
}

export interface Inspected {
  readonly rows: Readonly<Record<string, number>>;
  /** Of a journal: its last fact, and the chain up to there. */
  readonly head: Head | null;
}

/** Every page sound, every row counted, and of a journal every fact as it was written. */
export function inspect(path: string, kind: "journal" | "database"): Result<Inspected, string> {
  try {
    const database = new Database(path, { readonly: true });
    try {
      const finding = String(database.pragma("integrity_check(1)", { simple: true }));
      if (finding !== "ok") return err(`damaged: ${finding.replaceAll("\n", " ")}`);
      const rows = rowsIn(database);
      if (kind === "database") return ok({ rows, head: null });
      const chain = walkChain(database);
      return chain.ok ? ok({ rows, head: chain.value.head }) : err(chain.error.detail);
    } finally {
      database.close();
    }
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    return err(`cannot be read: ${describe(error)}`);
  }
}

function rowsIn(database: Database.Database): Readonly<Record<string, number>> {
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
  const count = (table: string): number =>
    Number(database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
  return Object.fromEntries(tables.map((table) => [table, count(table)]));
}
