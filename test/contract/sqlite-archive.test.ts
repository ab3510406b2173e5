/** Backups of real books on a real disk: whole and listed, or not there at all. */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeBackup } from "../../src/app/backup-making.ts";
import { placesIn } from "../../src/app/places.ts";
import { millis } from "../../src/core/model/units.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { seededChance } from "../../src/std/seeded.ts";
import {
  addTrade,
  archiveOf,
  backedUp,
  flipBit,
  inBackup,
  KEPT_AT,
  keptBooks,
  taskFor,
} from "../kit/kept-books.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";

const later = (minutes: number) => millis(KEPT_AT + minutes * 60_000);

test("a backup is listed with what it holds, and every byte of it verifies", async () => {
  const books = keptBooks();
  const name = await backedUp(books);
  const [listed] = archiveOf(books).list();
  expect(listed).toMatchObject({
    kind: "whole",
    backup: { name, cause: "command", sealed: false },
  });
  const verified = await archiveOf(books).verify(name);
  expect(verified).toMatchObject({ ok: true });
  expect(readdirSync(join(placesIn(books).backups, name)).sort()).toEqual([
    ...["history.db.gz", "journal.db.gz", "last-good.json.gz", "manifest.json", "paper.db.gz"],
  ]);
});

test("only the owner may read a backup", async () => {
  const books = keptBooks();
  const name = await backedUp(books);
  const folder = join(placesIn(books).backups, name);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(folder)) {
    expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600]);
  }
});
