/**
 * From every table of every version to those of today, and never the other way by mistake.
 *
 * Old files are built by the steps of their time; that these are the steps that were released is
 * pinned by their hashes in test/data/schemas.json. A new step is a new line there.
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { foldJournal } from "../../src/app/recover.ts";
import { type Blueprint, openForWriting } from "../../src/shell/sqlite/database.ts";
import { openHistory } from "../../src/shell/sqlite/history.ts";
import { HISTORY } from "../../src/shell/sqlite/history-schema.ts";
import { openJournal, openJournalReadOnly } from "../../src/shell/sqlite/journal.ts";
import { JOURNAL } from "../../src/shell/sqlite/journal-schema.ts";
import { openLedger } from "../../src/shell/sqlite/ledger.ts";
import { LEDGER } from "../../src/shell/sqlite/ledger-schema.ts";
import { PAPER_BOOK } from "../../src/shell/sqlite/paper-book.ts";
import { canonical } from "../../src/std/canonical.ts";
import { run } from "../kit/built-program.ts";
import { KEPT_AT, keptBooks } from "../kit/kept-books.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { read } from "../kit/tree.ts";

const BLUEPRINTS = [JOURNAL, HISTORY, LEDGER, PAPER_BOOK] as const;
const FILES = ["journal.db", "history.db", "ledger.db", "paper.db"] as const;

interface Released {
  readonly file: string;
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

const released = JSON.parse(read("test/data/schemas.json")) as readonly Released[];

const steps = (): readonly Released[] =>
  BLUEPRINTS.flatMap((blueprint, index) =>
    blueprint.migrations.map(({ number, name, sql }) => ({
      ...{ file: FILES[index] ?? "", number, name },
      sha256: createHash("sha256").update(sql).digest("hex"),
    })),
  );

/** Every table that a later version has to be able to bring up to date. */
const OLDER = BLUEPRINTS.flatMap((blueprint, index) =>
  blueprint.migrations.slice(0, -1).map(({ number }) => ({
    ...{ file: FILES[index] ?? "", number, blueprint },
  })),
);

function withDatabase<T>(path: string, work: (database: Database.Database) => T): T {
  const database = new Database(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const tablesOf = (path: string): readonly unknown[] =>
  withDatabase(path, (database) =>
    database
      .prepare(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .all(),
  );

/** A file of that time, with nothing in it. */
function builtThen(blueprint: Blueprint, number: number): string {
  const path = join(temporaryFolder(), "then.db");
  const then = { ...blueprint, migrations: blueprint.migrations.slice(0, number) };
  const opened = openForWriting(path, then, { at: KEPT_AT }, (database) => database);
  if (!opened.ok) throw new Error(opened.error.detail);
  opened.value.close();
  return path;
}

const opened = <T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly error: { readonly detail: string } },
): T => {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};

describe("the steps of the tables", () => {
  test("are those that were released, and a released one is never edited", () => {
    expect(steps()).toEqual(released);
  });

  test("lead from every released schema to that of today", () => {
    expect(OLDER.length).toBeGreaterThanOrEqual(5);
    const open = { "journal.db": openJournal, "history.db": openHistory, "ledger.db": openLedger };
    for (const { file, number, blueprint } of OLDER) {
      const path = builtThen(blueprint, number);
      opened<{ close(): void }>(open[file as keyof typeof open](path, { at: KEPT_AT })).close();
      expect(tablesOf(path)).toEqual(tablesOf(builtThen(blueprint, blueprint.migrations.length)));
    }
  });
});

describe("a journal of the first release", () => {
  /** The books of today without what came later: byte for byte the tables of then. */
  function asThen(): string {
    const path = join(keptBooks(), "journal.db");
    withDatabase(path, (database) =>
      database.exec(
        "DROP TABLE slips; DROP TABLE letters; DELETE FROM migrations WHERE number > 1",
      ),
    );
    expect(tablesOf(path)).toEqual(tablesOf(builtThen(JOURNAL, 1)));
    return path;
  }

  test("keeps every fact, its chain and its state", () => {
    const path = asThen();
    const before = withDatabase(path, (database) => database.prepare("SELECT * FROM facts").all());
    const journal = opened(openJournal(path, { at: KEPT_AT }));
    const state = canonical(foldJournal(journal));
    journal.close();
    expect(withDatabase(path, (database) => database.prepare("SELECT * FROM facts").all())).toEqual(
      before,
    );
    const today = opened(openJournalReadOnly(join(keptBooks(), "journal.db")));
    expect(state).toBe(canonical(foldJournal(today)));
    today.close();
  });

  test("is started on by the program of today, which says what it finds", async () => {
    const path = asThen();
    const data = join(path, "..");
    const status = await run(data, "--data", data, "journal", "verify");
    // A reader changes no tables: it says who does.
    expect([status.code, status.err]).toEqual([1, expect.stringContaining("older version")]);
    opened(openJournal(path, { at: KEPT_AT })).close();
    expect((await run(data, "--data", data, "journal", "verify")).code).toBe(0);
  });
});

test("a ledger of any release is filled again from the journal", () => {
  for (let number = 1; number < LEDGER.migrations.length; number++) {
    const path = builtThen(LEDGER, number);
    withDatabase(path, (database) => {
      database.exec("INSERT INTO progress VALUES (1, 7, 'x')");
      database.exec("INSERT INTO alerts (sequence, message, text, at) VALUES (1, 'm', 't', 0)");
    });
    const ledger = opened(openLedger(path, { at: KEPT_AT }));
    expect(ledger.progress()).toBe(0);
    ledger.close();
  }
});

describe("a program that is older than its books", () => {
  test.each(["journal.db", "paper.db"])(
    "leaves %s alone, and says in one line what to do",
    async (file) => {
      const here = temporaryFolder();
      const data = keptBooks(1, join(here, "data"));
      writeFileSync(join(here, "config.yaml"), "market:\n  kind: simulated\n");
      const path = join(data, file);
      withDatabase(path, (database) =>
        database.exec("INSERT INTO migrations VALUES (99, 'later', 0)"),
      );
      const before = tablesOf(path);
      const { code, err } = await run(here, "start");
      expect(code).toBe(1);
      expect(err).toMatch(
        new RegExp(
          `${file}: written by a newer version \\(schema 99, this one knows \\d\\); use that one`,
        ),
      );
      expect(tablesOf(path)).toEqual(before);
    },
  );

  test("leaves the history of messages alone; the house goes on without, exits only", () => {
    const path = builtThen(HISTORY, HISTORY.migrations.length);
    withDatabase(path, (database) =>
      database.exec("INSERT INTO migrations VALUES (99, 'later', 0)"),
    );
    expect(openHistory(path, { at: KEPT_AT })).toMatchObject({
      ok: false,
      error: { kind: "newer-schema", detail: expect.stringContaining("use that one") },
    });
  });

  test("makes its copy of the journal, the ledger, anew", () => {
    const path = builtThen(LEDGER, LEDGER.migrations.length);
    withDatabase(path, (database) =>
      database.exec("INSERT INTO migrations VALUES (99, 'later', 0)"),
    );
    opened(openLedger(path, { at: KEPT_AT })).close();
  });
});
