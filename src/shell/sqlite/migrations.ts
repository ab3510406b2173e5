/**
 * How a database file grows up: numbered steps, each in one transaction, each noted in the file.
 *
 * A step that has run anywhere is never edited again; a change is a new step. A file that knows
 * more steps than this program was written by a newer one, and is left alone.
 */
import type Database from "better-sqlite3";
import type { Millis } from "../../core/model/units.ts";
import { invariant } from "../../std/assert.ts";

export interface Migration {
  /** Counts from 1 without gaps. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

const TABLE = `
  CREATE TABLE IF NOT EXISTS migrations (
    number     INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    applied_at INTEGER NOT NULL
  ) STRICT;
`;

/** The newest step the file has taken; 0 for a new file. */
export function schemaOf(database: Database.Database): number {
  const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get();
  if (known === undefined) return 0;
  const newest = database.prepare("SELECT max(number) FROM migrations").pluck().get();
  return Number(newest ?? 0);
}

/** Takes the steps the file has not taken yet. The caller has ruled out a newer schema. */
export function migrate(
  database: Database.Database,
  migrations: readonly Migration[],
  at: Millis,
): void {
  invariant(
    migrations.every((migration, index) => migration.number === index + 1),
    "migrations are numbered from 1 without gaps",
  );
  for (const migration of migrations.slice(schemaOf(database))) {
    database.transaction(() => take(database, migration, at)).immediate();
  }
}

function take(database: Database.Database, migration: Migration, at: Millis): void {
  database.exec(TABLE);
  database.exec(migration.sql);
  database
    .prepare("INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)")
    .run(migration.number, migration.name, at);
}
