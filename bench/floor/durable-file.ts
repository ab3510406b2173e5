/**
 * The least a Node program needs for durable rows: one SQLite file, write-ahead log, every commit
 * flushed (`FULL`) or not (`NORMAL`), one prepared statement. No chain, no schema, no checks.
 */
import Database from "better-sqlite3";

export interface DurableFile {
  /** All rows in one transaction. */
  write(rows: readonly string[]): void;
  close(): void;
}

export function durableFile(path: string, synchronous: "FULL" | "NORMAL"): DurableFile {
  const database = new Database(path);
  database.pragma("journal_mode = WAL");
  database.pragma(`synchronous = ${synchronous}`);
  database.exec("CREATE TABLE rows (number INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  const insert = database.prepare("INSERT INTO rows (body) VALUES (?)");
  const write = database.transaction((rows: readonly string[]) => {
    for (const row of rows) insert.run(row);
  });
  return { write: (rows) => void write.immediate(rows), close: () => void database.close() };
}
