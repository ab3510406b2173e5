/**
 * The least a Node program needs for durable rows: one SQLite file with a write-ahead log, every
 * commit flushed and every row chained to the one before (`FULL`), or neither (`NORMAL`), and one
 * prepared statement. No schema, no checks.
 */
import { hash } from "node:crypto";
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
  database.exec("CREATE TABLE rows (number INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT)");
  const insert = database.prepare("INSERT INTO rows (body, hash) VALUES (?, ?)");
  const isChained = synchronous === "FULL";
  let head = "";
  const write = database.transaction((rows: readonly string[]) => {
    for (const row of rows) {
      if (isChained) head = hash("sha256", head + row);
      insert.run(row, head);
    }
  });
  // Flushed only after the first write, whatever the pragma answers before it.
  write(["begun"]);
  database.pragma(`synchronous = ${synchronous}`);
  return { write: (rows) => void write.immediate(rows), close: () => void database.close() };
}
