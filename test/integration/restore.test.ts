/** Backups that become the books again, whatever happens in the middle of it. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openJournalIn, takeDirectory } from "../../src/app/books.ts";
import { placesIn } from "../../src/app/places.ts";
import { foldJournal } from "../../src/app/recover.ts";
import { restoreBooks } from "../../src/app/restore.ts";
import { millis } from "../../src/core/model/units.ts";
import { fingerprintOf } from "../../src/core/risk/reloaded-config.ts";
import { accountOf } from "../../src/core/state.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { openJournalReadOnly } from "../../src/shell/sqlite/journal.ts";
import { decide, draftIn, finishRestore } from "../../src/shell/sqlite/restored-books.ts";
import { verifyJournal } from "../../src/shell/sqlite/verify.ts";
import { addTrade, archiveOf, backedUp, KEPT_AT, keptBooks } from "../kit/kept-books.ts";
import { ACCOUNT } from "../kit/sample-facts.ts";

const context = { clock: virtualClock(KEPT_AT), screen: { remark: () => {} } };

const restore = (
  directory: string,
  name: string,
  to: number | null = null,
  clock = context.clock,
) => restoreBooks({ clock }, { directory, archive: archiveOf(directory), name, to, unseal: null });

function factsIn(directory: string) {
  const opened = openJournalReadOnly(placesIn(directory).journal);
  if (!opened.ok) throw new Error(opened.error.detail);
  const facts = [...opened.value.read(0)].map(({ fact }) => fact);
  const state = foldJournal(opened.value);
  opened.value.close();
  return { facts, state, kinds: facts.map(({ kind }) => kind) };
}

test("the books of then come back, those of now are kept aside, and only exits are let out", async () => {
  const books = keptBooks(2);
  const name = await backedUp(books);
  const before = factsIn(books).facts;
  addTrade(books, 3);
  const lost = readFileSync(placesIn(books).journal);
  const restored = await restore(books, name);
  if (!restored.ok) throw new Error(restored.error.lines.join());
  const { facts, kinds, state } = factsIn(books);
  expect(facts.slice(0, before.length)).toEqual(before);
  expect(kinds.slice(before.length)).toEqual(["BackupRestored", "GateMoved"]);
  expect(accountOf(state, ACCOUNT)).toMatchObject({ gate: "reducing" });
  expect(restored.value).toMatchObject({ isEqual: true, sequence: before.length });
  expect(readFileSync(join(restored.value.quarantine, "journal.db"))).toEqual(lost);
  expect(verifyJournal(placesIn(books).journal)).toMatchObject({ ok: true });
});

test("back to any fact: the chain holds, and the state is the one of then", async () => {
  const books = keptBooks(2);
  const name = await backedUp(books);
  const { facts } = factsIn(books);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: facts.length }), async (to) => {
      const clock = virtualClock(millis(KEPT_AT + to));
      expect(await restore(books, name, to, clock)).toMatchObject({ ok: true });
      const now = factsIn(books);
      expect(now.facts.slice(0, to)).toEqual(facts.slice(0, to));
      expect(now.kinds[to]).toBe("BackupRestored");
      expect(verifyJournal(placesIn(books).journal)).toMatchObject({ ok: true });
    }),
    { numRuns: 10 },
  );
});

test("a log left beside the old books is not replayed into the new ones", async () => {
  const books = keptBooks(2);
  const name = await backedUp(books);
  const { journal, lifeboat } = placesIn(books);
  writeFileSync(`${journal}-wal`, "the log of another database");
  writeFileSync(lifeboat, "facts that came too late\n");
  const restored = await restore(books, name);
  if (!restored.ok) throw new Error(restored.error.lines.join());
  const aside = readdirSync(restored.value.quarantine);
  expect(aside).toEqual(expect.arrayContaining(["journal.db", "journal.db-wal", "lifeboat.jsonl"]));
  expect(existsSync(`${journal}-wal`) || existsSync(lifeboat)).toBe(false);
  expect(verifyJournal(journal)).toMatchObject({ ok: true });
});

test("the venue keeps its own books, unless they are gone", async () => {
  const books = keptBooks(1);
  const { paper } = placesIn(books);
  const name = await backedUp(books);
  const mark = Buffer.from("the venue's");
  writeFileSync(paper, mark);
  expect(await restore(books, name)).toMatchObject({ ok: true });
  expect(readFileSync(paper)).toEqual(mark);
  renameSync(paper, `${paper}.gone`);
  expect(await restore(books, name, null, virtualClock(millis(KEPT_AT + 1)))).toMatchObject({
    ok: true,
  });
  expect(readFileSync(paper).subarray(0, 6).toString()).toBe("SQLite");
});

test("while somebody writes these books nothing is touched", async () => {
  const books = keptBooks(1);
  const name = await backedUp(books);
  const lock = await takeDirectory(context, books);
  if (!lock.ok) throw new Error("the directory is free");
  // Locks are of connections here, as they are of processes there.
  expect(await restore(books, name)).toMatchObject({ ok: false, error: { code: 3 } });
  lock.value.release();
  expect(existsSync(join(books, "quarantine"))).toBe(false);
});

test.each([0, 10_000])("a fact that is in no backup is refused: %i", async (to) => {
  const books = keptBooks(1);
  const name = await backedUp(books);
  const { facts } = factsIn(books);
  expect(await restore(books, name, to)).toMatchObject({ ok: false, error: { code: 2 } });
  expect(factsIn(books).facts).toEqual(facts);
  expect(existsSync(join(books, ".restoring-new"))).toBe(false);
});

test("a backup with a bit turned over is not restored, and the books stay as they are", async () => {
  const books = keptBooks(1);
  const name = await backedUp(books);
  const path = join(placesIn(books).backups, name, "journal.db.gz");
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
  writeFileSync(path, bytes);
  const { facts } = factsIn(books);
  const restored = await restore(books, name);
  expect(restored).toMatchObject({ ok: false, error: { code: 1 } });
  expect(!restored.ok && restored.error.lines.join()).toContain("journal.db.gz");
  expect(factsIn(books).facts).toEqual(facts);
});

/** What lies in a decided restore, in the order in which it goes to its place. */
const STEPS = 4;

test.each(Array.from({ length: STEPS + 1 }, (_, done) => done))(
  "a death after %i files have found their places: the next start finishes it",
  async (done) => {
    const books = keptBooks(2);
    const name = await backedUp(books);
    const wanted = factsIn(books).facts;
    addTrade(books, 3);
    const other = keptBooks(0);
    // A restore of the same backup beside, stopped where it is decided.
    const beside = await decided(books, name, other);
    const staged = readdirSync(join(beside, ".restoring", "books"));
    expect(staged.length).toBeGreaterThanOrEqual(STEPS - 1);
    for (const file of staged.slice(0, done)) {
      const away = join(beside, "quarantine", "q");
      for (const side of ["", "-wal", "-shm"]) {
        if (existsSync(join(beside, file + side))) {
          renameSync(join(beside, file + side), join(away, file + side));
        }
      }
      renameSync(join(beside, ".restoring", "books", file), join(beside, file));
    }
    const opened = await openJournalIn(context, beside, KEPT_AT);
    if (!opened.ok) throw new Error(opened.error.lines.join());
    const facts = [...opened.value.journal.read(0)].map(({ fact }) => fact);
    opened.value.close();
    expect(facts).toEqual(wanted);
    expect(existsSync(join(beside, ".restoring"))).toBe(false);
    expect(finishRestore(beside)).toBe(false);
    expect(existsSync(join(beside, "quarantine", "q", "journal.db"))).toBe(true);
    expect(fingerprintOf(factsIn(beside).state)).toBe(fingerprintOf(opened.value.state));
  },
);

/** Unpacked into that directory and decided, with nothing moved yet. */
async function decided(from: string, name: string, into: string): Promise<string> {
  const draft = draftIn(into);
  const unpacked = await archiveOf(from).unpack({ name, into: draft, unseal: null });
  if (!unpacked.ok) throw new Error("the backup is sound");
  decide(into, "q");
  mkdirSync(join(into, "quarantine", "q"), { recursive: true });
  return into;
}
