/** The paper venue's books. */
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import type { PaperBook } from "../../../../src/ports/paper-book.ts";
import { openPaperBook } from "../../../../src/shell/sqlite/paper-book.ts";
import { NOON } from "../../../kit/sample-facts.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const bookFile = (): string => join(temporaryFolder(), "paper.db");

function opened(path: string, pagesMax?: number): PaperBook {
  const options = { at: millis(NOON), ...(pagesMax === undefined ? {} : { pagesMax }) };
  const result = openPaperBook(path, options);
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

test("a new book is empty", () => {
  const book = opened(bookFile());
  expect(book.load()).toEqual({ checkpoint: null, entries: [] });
  book.close();
});

test("entries come back in order, after a restart too", () => {
  const path = bookFile();
  const book = opened(path);
  book.append(["a", "b"]);
  book.append([]);
  book.append(["é 🚨 \u0000", ""]);
  book.close();
  const again = opened(path);
  expect(again.load()).toEqual({ checkpoint: null, entries: ["a", "b", "é 🚨 \u0000", ""] });
  again.close();
});

test("a checkpoint stands for everything before it", () => {
  const path = bookFile();
  const book = opened(path);
  book.append(["a", "b"]);
  book.checkpoint("a+b");
  expect(book.load()).toEqual({ checkpoint: "a+b", entries: [] });
  book.append(["c"]);
  book.checkpoint("a+b+c");
  book.append(["d"]);
  book.close();
  const again = opened(path);
  expect(again.load()).toEqual({ checkpoint: "a+b+c", entries: ["d"] });
  again.close();
});

test("what finds no room is kept not at all", () => {
  const book = opened(bookFile(), 20);
  book.append(["first"]);
  expect(() => book.append(["second", "x".repeat(200_000)])).toThrow(Database.SqliteError);
  expect(() => book.checkpoint("x".repeat(200_000))).toThrow(Database.SqliteError);
  expect(book.load()).toEqual({ checkpoint: null, entries: ["first"] });
  book.close();
});

test("entries survive a process that dies without closing", () => {
  const path = bookFile();
  const dying = opened(path);
  dying.append(["a"]);
  // Never closed: the second connection finds only what was committed.
  const heir = opened(path);
  expect(heir.load().entries).toEqual(["a"]);
  heir.close();
  dying.close();
});

test("a journal is no paper book", () => {
  const path = bookFile();
  const other = new Database(path);
  other.exec("CREATE TABLE facts (a)");
  other.close();
  const result = openPaperBook(path, { at: millis(NOON) });
  expect(result).toMatchObject({ ok: false, error: { kind: "foreign" } });
});
