/**
 * The paper venue's own books, in a file of their own.
 *
 * Commits are not flushed to disk one by one: they survive the death of the process, and after a
 * power cut the books may be a few entries short but are never torn. That is all a stand-in for a
 * venue needs, and it costs a thirtieth of a flushed commit. The flush that moving the log into its
 * file costs is kept out of the commits too: an order's answer would wait for it.
 */
import type Database from "better-sqlite3";
import type { PaperBook } from "../../ports/paper-book.ts";
import type { Result } from "../../std/result.ts";
import { type Blueprint, type OpenFault, type OpenOptions, openForWriting } from "./database.ts";
import { quietCheckpoints } from "./quiet-checkpoints.ts";

const TABLES = `
  CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    body   TEXT NOT NULL
  ) STRICT;

  CREATE TABLE checkpoint (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    body TEXT NOT NULL
  ) STRICT;
`;

export const PAPER_BOOK: Blueprint = {
  name: "paper book",
  applicationId: 0x54537062, // "TSpb"
  migrations: [{ number: 1, name: "entries and checkpoint", sql: TABLES }],
  synchronous: "normal",
};

/** The book throws when the disk refuses; to the house that is a venue out of order. */
export const openPaperBook = (path: string, options: OpenOptions): Result<PaperBook, OpenFault> =>
  openForWriting(path, PAPER_BOOK, options, bookOn);

function bookOn(database: Database.Database): PaperBook {
  const readEntries = database.prepare("SELECT body FROM entries ORDER BY number").pluck();
  const readCheckpoint = database.prepare("SELECT body FROM checkpoint").pluck();
  const insert = database.prepare("INSERT INTO entries (body) VALUES (?)");
  const replace = database.prepare("REPLACE INTO checkpoint (one, body) VALUES (1, ?)");
  const clear = database.prepare("DELETE FROM entries");
  const append = database.transaction((entries: readonly string[]) => {
    for (const entry of entries) insert.run(entry);
  });
  const checkpoint = database.transaction((body: string) => {
    replace.run(body);
    clear.run();
  });
  const checkpoints = quietCheckpoints(database);
  return {
    load: database.transaction(() => ({
      checkpoint: (readCheckpoint.get() as string | undefined) ?? null,
      entries: readEntries.all() as string[],
    })),
    append(entries) {
      // A single INSERT is a transaction by itself, and one entry is the rule.
      if (entries.length === 1) insert.run(entries[0]);
      else append.immediate(entries);
      checkpoints.wrote();
    },
    checkpoint(body) {
      checkpoint.immediate(body);
      checkpoints.wrote();
    },
    close() {
      checkpoints.stop();
      database.close();
    },
  };
}
