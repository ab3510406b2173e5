/** The journal's file under rough hands: full, busy, damaged, read beside, edited from outside. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import type { Journal } from "../../../../src/ports/journal.ts";
import {
  DamagedJournal,
  type JournalReader,
  openJournal,
  openJournalReadOnly,
} from "../../../../src/shell/sqlite/journal.ts";
import { NOON, sampleFact, sampleFacts, tradeStory } from "../../../kit/sample-facts.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const journalFile = (): string => join(temporaryFolder(), "journal.db");

function opened(path: string, pagesMax?: number): Journal {
  const options = { at: millis(NOON), ...(pagesMax === undefined ? {} : { pagesMax }) };
  const result = openJournal(path, options);
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

function readerOf(path: string): JournalReader {
  const result = openJournalReadOnly(path);
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

/** Whoever has a SQL shell. */
function byHand(path: string, sql: string): void {
  const database = new Database(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

const LIFTED = "DROP TRIGGER facts_never_change; DROP TRIGGER facts_never_go;";

test("at, kind and trade of a fact stand in columns of their own", () => {
  const path = journalFile();
  const journal = opened(path);
  const { trade, facts } = tradeStory(1);
  journal.append(facts);
  journal.append([sampleFact(3)]);
  journal.close();
  const database = new Database(path);
  const rows = database.prepare("SELECT at, kind, trade FROM facts ORDER BY sequence").raw().all();
  expect(rows).toEqual(
    [...facts, sampleFact(3)].map((fact) => [fact.at, fact.kind, "trade" in fact ? trade : null]),
  );
  database.close();
});

test.each([
  ["UPDATE facts SET body = '{}' WHERE sequence = 2", "never changed"],
  ["UPDATE facts SET hash = hash", "never changed"],
  ["DELETE FROM facts WHERE sequence = 3", "never removed"],
  ["DELETE FROM facts", "never removed"],
])("any program that tries %s is refused", (sql, words) => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(3));
  expect(() => byHand(path, sql)).toThrow(words);
  expect([...journal.read(0)]).toHaveLength(3);
  journal.close();
});

test("a journal of the first version grows its outbox and keeps its facts", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(3));
  const head = journal.head();
  journal.close();
  byHand(path, "DROP TABLE slips; DROP TABLE letters; DELETE FROM migrations WHERE number = 2;");
  const before = openJournalReadOnly(path);
  expect(before.ok ? null : before.error.kind).toBe("older-schema");
  const grown = openJournal(path, { at: millis(NOON) });
  if (!grown.ok) expect.fail(grown.error.detail);
  expect(grown.value.head()).toEqual(head);
  expect(
    grown.value.append([sampleFact(4)], [{ index: 0, channel: "mail", topic: "entry" }]).ok,
  ).toBe(true);
  expect(grown.value.outbox.firstUnworded()).toBe(4);
  grown.value.close();
  expect(readerOf(path).outbox.standings()).toMatchObject([{ channel: "mail", waiting: 1 }]);
});

test("a slip that cannot be written takes its fact with it", () => {
  const path = journalFile();
  const journal = opened(path);
  byHand(path, "DROP TABLE slips;");
  const slips = [{ index: 0, channel: "mail", topic: "entry" }] as const;
  expect(journal.append([sampleFact(1)], slips).ok).toBe(false);
  expect(journal.head().sequence).toBe(0);
  expect([...journal.read(0)]).toEqual([]);
  journal.close();
});

test("a full disk refuses the whole call and keeps what was there", () => {
  const path = journalFile();
  const journal = opened(path, 60);
  let written = 0;
  let refused: ReturnType<Journal["append"]>;
  do {
    refused = journal.append(sampleFacts(25, written + 1));
    if (refused.ok) written += 25;
  } while (refused.ok && written < 5_000);
  expect(refused).toMatchObject({ ok: false, error: { kind: "full" } });
  expect(journal.append([sampleFact(1, "x".repeat(20_000))])).toMatchObject({ ok: false });
  expect(journal.head().sequence).toBe(written);
  journal.close();

  const roomier = opened(path);
  expect(roomier.head().sequence).toBe(written);
  expect([...roomier.read(0)].map(({ fact }) => fact)).toEqual(sampleFacts(written));
  expect(roomier.append(sampleFacts(25, written + 1)).ok).toBe(true);
  roomier.close();
});

test("a snapshot that finds no room is refused and the older one stays", () => {
  const journal = opened(journalFile(), 30);
  journal.append(sampleFacts(10));
  expect(journal.saveSnapshot({ sequence: 5, body: "small" }).ok).toBe(true);
  const large = journal.saveSnapshot({ sequence: 10, body: "x".repeat(500_000) });
  expect(large).toMatchObject({ ok: false, error: { kind: "full" } });
  expect(journal.newestSnapshot()).toEqual({ sequence: 5, body: "small" });
  journal.close();
});

test("a second writer is a fault, not a wait", () => {
  const path = journalFile();
  const journal = opened(path);
  const other = new Database(path);
  other.exec("BEGIN IMMEDIATE");
  expect(journal.append(sampleFacts(2))).toMatchObject({ ok: false, error: { kind: "busy" } });
  other.exec("ROLLBACK");
  other.close();
  expect(journal.append(sampleFacts(2)).ok).toBe(true);
  journal.close();
});

test("two writers cannot both write the next fact", () => {
  const path = journalFile();
  const [one, two] = [opened(path), opened(path)];
  expect(one.append(sampleFacts(1)).ok).toBe(true);
  expect(two.append(sampleFacts(1))).toMatchObject({ ok: false, error: { kind: "failed" } });
  expect(two.append(sampleFacts(3))).toMatchObject({ ok: false, error: { kind: "failed" } });
  one.close();
  two.close();
});

test("a reader sees what was committed, while the writer goes on", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(2));
  const reader = readerOf(path);
  expect(reader.head()).toEqual(journal.head());
  journal.append(sampleFacts(3, 3));
  journal.saveSnapshot({ sequence: 4, body: "four" });
  expect(reader.head()).toEqual(journal.head());
  expect([...reader.read(2)].map(({ sequence }) => sequence)).toEqual([3, 4, 5]);
  expect(reader.newestSnapshot()).toEqual({ sequence: 4, body: "four" });
  reader.close();
  journal.close();
});

test("a reader finds nothing to read where no journal is", () => {
  const result = openJournalReadOnly(journalFile());
  expect(result).toMatchObject({ ok: false, error: { kind: "missing" } });
});

test("a program's mistake is not mistaken for a full disk", () => {
  const journal = opened(journalFile());
  journal.close();
  expect(() => journal.append(sampleFacts(1))).toThrow("not open");
  expect(() => [...journal.read(0)]).toThrow("not open");
});

test("a missing fact stops the reading at the gap", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(5));
  journal.close();
  byHand(path, `${LIFTED} DELETE FROM facts WHERE sequence = 3`);
  const after = opened(path);
  const seen: number[] = [];
  const read = () => {
    for (const { sequence } of after.read(0)) seen.push(sequence);
  };
  expect(read).toThrow(DamagedJournal);
  expect(seen).toEqual([1, 2]);
  expect(read).toThrow("fact 3 cannot be read: the next one is 4");
  after.close();
});

test.each([["not json"], ['{"a":1},{"a":2}']])("a body reading %s is named", (body) => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(5));
  journal.close();
  byHand(path, `${LIFTED} UPDATE facts SET body = '${body}' WHERE sequence = 4`);
  const after = opened(path);
  expect(() => [...after.read(0)]).toThrow("fact 4 cannot be read: its body is not JSON");
  after.close();
});

test("pages that cannot be read any more are damage, not a crash", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(500));
  journal.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, 8 * 4_096, 20 * 4_096);
  writeFileSync(path, bytes);
  const reader = readerOf(path);
  expect(() => [...reader.read(0)]).toThrow(DamagedJournal);
  reader.close();
  const writer = openJournal(path, { at: millis(NOON) });
  expect(writer).toMatchObject({ ok: false, error: { kind: "corrupt" } });
});

test("a journal without its facts, or whose last fact is on a damaged page, does not open", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(60_000));
  journal.close();
  const bytes = readFileSync(path);
  expect(bytes.length).toBeGreaterThan(16 * 2 ** 20); // too large to be read through at start
  bytes.fill(0xff, bytes.length / 2);
  writeFileSync(path, bytes);
  expect(openJournal(path, { at: millis(NOON) })).toMatchObject({ error: { kind: "corrupt" } });

  const empty = journalFile();
  opened(empty).close();
  byHand(empty, "DROP TABLE facts");
  expect(openJournalReadOnly(empty)).toMatchObject({ error: { kind: "corrupt" } });
});

test("only the five newest snapshots are kept", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(9));
  for (let sequence = 1; sequence <= 9; sequence++) journal.saveSnapshot({ sequence, body: "s" });
  journal.close();
  const database = new Database(path);
  const kept = database.prepare("SELECT sequence FROM snapshots ORDER BY 1").pluck().all();
  expect(kept).toEqual([5, 6, 7, 8, 9]);
  database.close();
});

test("a snapshot with a wrong hash or off the chain is passed over for an older one", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(9));
  for (const sequence of [3, 6, 9]) journal.saveSnapshot({ sequence, body: `state ${sequence}` });
  byHand(path, "UPDATE snapshots SET body = 'edited' WHERE sequence = 9");
  expect(journal.newestSnapshot()).toEqual({ sequence: 6, body: "state 6" });
  byHand(path, `${LIFTED} UPDATE facts SET hash = replace(hash, 'a', 'b') WHERE sequence = 6`);
  expect(journal.newestSnapshot()).toEqual({ sequence: 3, body: "state 3" });
  byHand(path, "UPDATE snapshots SET hash = '' WHERE sequence = 3");
  expect(journal.newestSnapshot()).toBeNull();
  journal.close();
});

test("snapshots on damaged pages are as good as none", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(1));
  journal.saveSnapshot({ sequence: 1, body: "s".repeat(200_000) });
  journal.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, bytes.length - 190_000);
  writeFileSync(path, bytes);
  const reader = readerOf(path);
  expect(reader.newestSnapshot()).toBeNull();
  expect([...reader.read(0)]).toHaveLength(1);
  reader.close();
});

test("snapshots that cannot be asked for at all are as good as none", () => {
  const path = journalFile();
  const journal = opened(path);
  journal.append(sampleFacts(1));
  journal.saveSnapshot({ sequence: 1, body: "state" });
  journal.close();
  const database = new Database(path);
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'snapshots'");
  const page = Number(root.pluck().get());
  database.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, (page - 1) * 4_096, page * 4_096);
  writeFileSync(path, bytes);
  const reader = readerOf(path);
  expect(reader.newestSnapshot()).toBeNull();
  reader.close();
});
