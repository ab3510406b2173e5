/** Opening: what is refused, in which words, and what a file is like once it is open. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import {
  type Blueprint,
  networkHint,
  type OpenFault,
  type OpenOptions,
  openForReading as openForReadingWith,
  openForWriting as openForWritingWith,
  undurability,
} from "../../../../src/shell/sqlite/database.ts";
import { diskFaultOf } from "../../../../src/shell/sqlite/faults.ts";
import { NOON } from "../../../kit/sample-facts.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const OPTIONS = { at: millis(NOON) };

const NOTES: Blueprint = {
  name: "notebook",
  applicationId: 0x6e6f7465,
  migrations: [{ number: 1, name: "notes", sql: "CREATE TABLE notes (text TEXT NOT NULL) STRICT" }],
  synchronous: "full",
};
const SECOND = { number: 2, name: "authors", sql: "ALTER TABLE notes ADD COLUMN author TEXT" };
const GROWN: Blueprint = { ...NOTES, migrations: [...NOTES.migrations, SECOND] };

const itself = (database: Database.Database) => database;
const openForWriting = (path: string, blueprint: Blueprint, options: OpenOptions) =>
  openForWritingWith(path, blueprint, options, itself);
const openForReading = (path: string, blueprint: Blueprint) =>
  openForReadingWith(path, blueprint, itself);

const notebook = (): string => join(temporaryFolder(), "notes.db");

function opened(path: string, blueprint = NOTES, check?: "always"): Database.Database {
  const result = openForWriting(path, blueprint, check ? { ...OPTIONS, check } : OPTIONS);
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

function refusal(result: ReturnType<typeof openForWriting>): OpenFault {
  if (result.ok) expect.fail("it opened");
  return result.error;
}

const migrationsIn = (database: Database.Database): unknown =>
  database.prepare("SELECT number, name, applied_at FROM migrations").raw().all();

test("a new file is made with its folder, stamped and grown to the newest schema", () => {
  const path = join(temporaryFolder(), "deep", "down", "notes.db");
  const database = opened(path);
  expect(migrationsIn(database)).toEqual([[1, "notes", NOON]]);
  expect(database.pragma("application_id", { simple: true })).toBe(0x6e6f7465);
  expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
  expect(database.pragma("synchronous", { simple: true })).toBe(2);
  expect(database.pragma("foreign_keys", { simple: true })).toBe(1);
  expect(database.pragma("recursive_triggers", { simple: true })).toBe(1);
  database.close();
});

test("only the steps a file has not taken are taken, each once", () => {
  const path = notebook();
  opened(path).close();
  const later = { at: millis(NOON + 5) };
  const grown = openForWriting(path, GROWN, later);
  if (!grown.ok) expect.fail(grown.error.detail);
  const steps = [
    [1, "notes", NOON],
    [2, "authors", NOON + 5],
  ];
  expect(migrationsIn(grown.value)).toEqual(steps);
  grown.value.close();
  const again = opened(path, GROWN);
  expect(migrationsIn(again)).toEqual(steps);
  again.close();
});

test("a step that fails halfway leaves the file as it was before that step", () => {
  const path = notebook();
  const broken = { number: 2, name: "broken", sql: "CREATE TABLE half (a); CREATE nonsense" };
  const fault = refusal(
    openForWriting(path, { ...NOTES, migrations: [...NOTES.migrations, broken] }, OPTIONS),
  );
  expect(fault.kind).toBe("corrupt");
  const database = opened(path);
  expect(migrationsIn(database)).toEqual([[1, "notes", NOON]]);
  const tables = database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'");
  expect(tables.pluck().get()).toBe(0);
  database.close();
});

test("steps are numbered without gaps, or the program is wrong", () => {
  const gap = { ...NOTES, migrations: [{ number: 2, name: "late", sql: "" }] };
  expect(() => openForWriting(notebook(), gap, OPTIONS)).toThrow("numbered from 1");
});

test("a file of a newer version is left alone, by writers and by readers", () => {
  const path = notebook();
  opened(path, GROWN).close();
  const words = /notes\.db: written by a newer version \(schema 2, this one knows 1\)/;
  for (const result of [openForWriting(path, NOTES, OPTIONS), openForReading(path, NOTES)]) {
    expect(refusal(result)).toEqual({
      kind: "newer-schema",
      detail: expect.stringMatching(words),
    });
  }
});

test("a reader does not grow an older file, it asks for the writer", () => {
  const path = notebook();
  opened(path).close();
  expect(refusal(openForReading(path, GROWN)).kind).toBe("older-schema");
});

test("a reader can change nothing", () => {
  const path = notebook();
  opened(path).close();
  const reader = openForReading(path, NOTES);
  if (!reader.ok) expect.fail(reader.error.detail);
  let fault: unknown;
  try {
    reader.value.exec("INSERT INTO notes VALUES ('x')");
  } catch (error) {
    fault = diskFaultOf(error);
  }
  expect(fault).toMatchObject({ kind: "read-only" });
  reader.value.close();
});

test("a missing file is missing for readers, and is not made by asking", () => {
  const path = notebook();
  expect(refusal(openForReading(path, NOTES))).toEqual({
    kind: "missing",
    detail: `${path}: there is no notebook here`,
  });
  expect(existsSync(path)).toBe(false);
});

test("a file that was never a database is named as such", () => {
  const path = notebook();
  writeFileSync(path, "dear diary, today the market was flat. ".repeat(100));
  const fault = refusal(openForWriting(path, NOTES, OPTIONS));
  expect(fault.kind).toBe("not-a-database");
  expect(fault.detail).toContain(path);
  expect(refusal(openForReading(path, NOTES)).kind).toBe("not-a-database");
});

test("another program's database is not touched", () => {
  const path = notebook();
  const other = new Database(path);
  other.exec("CREATE TABLE songs (title)");
  other.close();
  expect(refusal(openForWriting(path, NOTES, OPTIONS)).kind).toBe("foreign");
  const after = new Database(path);
  expect(after.pragma("journal_mode", { simple: true })).toBe("delete");
  after.close();
});

test("one of our files is not taken for another", () => {
  const path = notebook();
  opened(path).close();
  const fault = refusal(openForWriting(path, { ...NOTES, applicationId: 7 }, OPTIONS));
  expect(fault.kind).toBe("foreign");
  expect(fault.detail).toContain("a database, but not a TradeStream notebook");
});

test("a start that died before its first step is taken up again", () => {
  const path = notebook();
  writeFileSync(path, "");
  expect(refusal(openForReading(path, NOTES)).kind).toBe("no-tables");
  opened(path).close();
});

test("damage is found at start while the file is small, and whenever asked", () => {
  const path = notebook();
  const database = opened(path);
  const insert = database.prepare("INSERT INTO notes VALUES (?)");
  for (let n = 0; n < 200; n++) insert.run(`note ${n} `.repeat(20));
  database.close();
  opened(path, NOTES, "always").close();
  const raw = new Database(path);
  raw.unsafeMode();
  raw.pragma("writable_schema = ON");
  // The table's root page is claimed by two tables: every page is intact, the whole is not.
  raw.exec("UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'notes'");
  raw.close();
  const fault = refusal(openForWriting(path, NOTES, { ...OPTIONS, check: "always" }));
  expect(fault.kind).toBe("corrupt");
  expect(refusal(openForWriting(path, NOTES, OPTIONS)).kind).toBe("corrupt");
});

test("a file another program holds for itself is busy", () => {
  const path = notebook();
  opened(path).close();
  const other = new Database(path);
  other.pragma("locking_mode = EXCLUSIVE");
  other.exec("BEGIN IMMEDIATE");
  expect(refusal(openForWriting(path, NOTES, OPTIONS)).kind).toBe("busy");
  other.close();
});

test("a folder that cannot be made, and a folder in the file's place, are unwritable", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  const below = refusal(openForWriting(join(folder, "file", "notes.db"), NOTES, OPTIONS));
  expect(below.kind).toBe("unwritable");
  mkdirSync(join(folder, "notes.db"));
  const fault = refusal(openForWriting(join(folder, "notes.db"), NOTES, OPTIONS));
  expect(fault.kind).toBe("unwritable");
  expect(fault.detail).toContain("writable?");
});

test("a disk too small for the tables is unwritable", () => {
  const fault = refusal(openForWriting(notebook(), NOTES, { ...OPTIONS, pagesMax: 1 }));
  expect(fault.kind).toBe("unwritable");
  expect(fault.detail).toContain("the disk is full");
});

test("a place without a write-ahead log is unsuitable", () => {
  expect(refusal(openForWriting(":memory:", NOTES, OPTIONS))).toEqual({
    kind: "unsuitable-disk",
    detail: ":memory:: no write-ahead log here (journal mode memory)",
  });
});

test("durability is believed after a write, not before", () => {
  const careless = new Database(notebook());
  careless.pragma("journal_mode = WAL"); // and nothing else: this build then skips the flush
  expect(careless.pragma("synchronous", { simple: true })).toBe(2);
  const trouble = undurability(careless, 2);
  expect(trouble).toEqual({
    kind: "unsuitable-disk",
    detail: "commits are not durable (synchronous is 1, wanted 2)",
  });
  careless.pragma("synchronous = FULL");
  expect(undurability(careless, 2)).toBeNull();
  careless.close();
});

test("a blueprint that asks for less gets less", () => {
  const database = opened(notebook(), { ...NOTES, synchronous: "normal" });
  expect(database.pragma("synchronous", { simple: true })).toBe(1);
  database.close();
});

test("a network file system is named in the hint, a local one is not", () => {
  expect(networkHint(0x6969)).toContain("lies on NFS; put it on a local disk");
  expect(networkHint(0xef53)).toBe(""); // ext4
});

test("an error that is not SQLite's is a bug and flies on", () => {
  expect(() => diskFaultOf(new TypeError("a bug"))).toThrow("a bug");
});

test.each([
  ["SQLITE_FULL", "full"],
  ["SQLITE_READONLY_DBMOVED", "read-only"],
  ["SQLITE_BUSY_SNAPSHOT", "busy"],
  ["SQLITE_LOCKED", "busy"],
  ["SQLITE_CORRUPT_VTAB", "corrupt"],
  ["SQLITE_NOTADB", "corrupt"],
  ["SQLITE_IOERR_FSYNC", "failed"],
])("%s is a fault of the kind %s", (code, kind) => {
  const fault = diskFaultOf(new Database.SqliteError("no", code));
  expect(fault).toEqual({ kind, detail: `no (${code})` });
});
