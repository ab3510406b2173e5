/** The archive of real books on a real disk: what every archive promises, and what SQLite adds. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { makeBackup, sourcesIn } from "../../src/app/backup-making.ts";
import { openBooks } from "../../src/app/books.ts";
import { placesIn } from "../../src/app/places.ts";
import { foldJournal } from "../../src/app/recover.ts";
import { millis } from "../../src/core/model/units.ts";
import type { Log } from "../../src/ports/log.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { openForWriting } from "../../src/shell/sqlite/database.ts";
import { inspect } from "../../src/shell/sqlite/database-copy.ts";
import { openJournalReadOnly } from "../../src/shell/sqlite/journal.ts";
import { JOURNAL } from "../../src/shell/sqlite/journal-schema.ts";
import { canonical } from "../../src/std/canonical.ts";
import { archiveOf, backedUp, flipBit, KEPT_AT, keptBooks, taskFor } from "../kit/kept-books.ts";
import { archiveContract } from "./archive.ts";

archiveContract("in SQLite", () => {
  const books = keptBooks();
  const places = placesIn(books);
  const sources = sourcesIn(places).filter(({ path }) => existsSync(path));
  return { archive: archiveOf(books), folder: places.backups, sources };
});

const hours = (count: number) => millis(KEPT_AT + count * 3_600_000);

test("books that are damaged are not copied over those that were sound", async () => {
  const books = keptBooks();
  const name = await backedUp(books);
  const database = new Database(placesIn(books).journal);
  database.exec("DROP TRIGGER facts_never_change");
  database.exec("UPDATE facts SET body = replace(body, 'paper', 'Paper') WHERE sequence = 1");
  database.close();
  const report = await makeBackup(taskFor(books, { at: hours(1) }));
  expect(report).toMatchObject({ kind: "failed" });
  expect(report.kind === "failed" && report.reason).toContain("fact 1: its hash does not follow");
  expect(archiveOf(books).list()).toMatchObject([{ kind: "whole", backup: { name } }]);
});

test("half a backup is never listed, and is cleared away by one made an hour later", async () => {
  const books = keptBooks();
  const { backups } = placesIn(books);
  const half = join(backups, `.making-2026-11-19T15-00-00.000Z`);
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, "journal.db"), "half of it");
  expect(archiveOf(books).list()).toEqual([]);
  await backedUp(books, { at: millis(Date.UTC(2026, 10, 19, 15, 59)) });
  expect(existsSync(half)).toBe(true);
  await backedUp(books, { at: millis(Date.UTC(2026, 10, 19, 16)) });
  expect(existsSync(half)).toBe(false);
});

test("old backups go by the rule, here and in the second folder, and the newest stays", async () => {
  const books = keptBooks();
  const copyTo = join(books, "second");
  for (const day of [0, 0.25, 40, 41]) await backedUp(books, { at: hours(24 * day), copyTo });
  const names = archiveOf(books)
    .list()
    .map((one) => (one.kind === "whole" ? one.backup.at : 0));
  expect(names).toEqual([hours(24 * 41), hours(24 * 40), hours(6)]);
  expect(readdirSync(copyTo)).toHaveLength(3);
});

/** Of a program that knew fewer tables. */
function olderBooks(): string {
  const books = keptBooks(0);
  const { journal } = placesIn(books);
  for (const side of ["", "-wal", "-shm"])
    if (existsSync(journal + side)) writeFileSync(journal + side, "");
  const old = { ...JOURNAL, migrations: JOURNAL.migrations.slice(0, 1) };
  const opened = openForWriting(journal, old, { at: KEPT_AT }, (database) => database.close());
  expect(opened.ok).toBe(true);
  return books;
}

/** What is said on the screen and what is logged when the books are opened. */
async function openingOf(books: string) {
  const heard: { said: string[]; logged: unknown[][] } = { said: [], logged: [] };
  const screen = { remark: (line: string) => void heard.said.push(line) };
  const log: Log = { write: (...line) => void heard.logged.push(line) };
  const context = { clock: virtualClock(KEPT_AT), screen };
  const opened = await openBooks(context, books, { log, at: KEPT_AT, keepsMessages: false });
  if (!opened.ok) throw new Error(opened.error.lines.join());
  opened.value.close();
  return heard;
}

test("before a newer program changes the tables there is a backup of the books as they were", async () => {
  const books = olderBooks();
  expect(await openingOf(books)).toEqual({ said: [], logged: [] });
  expect(archiveOf(books).list()).toMatchObject([
    { kind: "whole", backup: { cause: "migration" } },
  ]);
});

test("where that backup cannot be made the books are opened, and it is said and logged", async () => {
  const books = olderBooks();
  writeFileSync(placesIn(books).backups, "a file where the folder should be");
  const { said, logged } = await openingOf(books);
  expect(said).toEqual([expect.stringMatching(/^no backup of the books as they were .*backups/)]);
  const detail = { cause: "migration", reason: expect.stringContaining("backups") };
  expect(logged).toEqual([["error", "backup-failed", detail]]);
  expect(await openingOf(books)).toEqual({ said: [], logged: [] });
});

const FLIPS = 250;

test(`of ${FLIPS} bits turned over in a journal each is found, or changes no fact of it`, () => {
  const books = keptBooks(4);
  const { journal } = placesIn(books);
  const before = foldOf(journal);
  const size = readFileSync(journal).length;
  const unnoticed: number[] = [];
  for (let flip = 0; flip < FLIPS; flip++) {
    const bit = (flip * 2_654_435_761) % (8 * size);
    flipBit(journal, bit);
    if (inspect(journal, "journal").ok && foldOf(journal) !== before) unnoticed.push(bit);
    flipBit(journal, bit);
  }
  expect(unnoticed).toEqual([]);
});

/** Null where it cannot be opened or read, which is noticed too. */
function foldOf(path: string): string | null {
  const opened = openJournalReadOnly(path);
  if (!opened.ok) return null;
  try {
    return canonical(foldJournal(opened.value));
  } finally {
    opened.value.close();
  }
}
