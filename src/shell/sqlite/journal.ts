/**
 * The journal in one SQLite file: write-ahead log, every commit flushed to disk, facts chained.
 *
 * ```text
 * append([a, b, c]) ─► BEGIN, three rows, COMMIT + one fsync ─► head moves
 * ```
 *
 * The fsync is nearly all of the cost (0.3 ms), so many facts in one call are the group commit: a
 * thousand cost about as much as ten calls of one. Rows go in by tens, which saves a third of what
 * remains. After a failed commit the head stands where it stood; if it failed in the flush itself,
 * a power cut right after may still bring the facts back, whole and chained, as if it had worked.
 */
import type Database from "better-sqlite3";
import type { Fact } from "../../core/model/fact.ts";
import type { NewSlip } from "../../core/model/notification.ts";
import type { Head, Journal, Recorded } from "../../ports/journal.ts";
import type { Outbox, OutboxReader } from "../../ports/outbox.ts";
import type { Result } from "../../std/result.ts";
import { CHAIN_START, chainHash } from "./chain.ts";
import { type OpenFault, type OpenOptions, openForReading, openForWriting } from "./database.ts";
import { attempt, describe, isSqliteError } from "./faults.ts";
import { JOURNAL } from "./journal-schema.ts";
import { outboxIn, outboxReaderIn, slipWriter } from "./outbox.ts";
import { quietCheckpoints } from "./quiet-checkpoints.ts";
import { newestSnapshotIn, saveSnapshotIn } from "./snapshots.ts";

/** What another process may do with the journal while one is writing it. */
export interface JournalReader extends Pick<Journal, "head" | "read" | "newestSnapshot" | "close"> {
  readonly outbox: OutboxReader;
}

/** The journal, and what of it is still to be told. */
export interface PostedJournal extends Journal {
  readonly outbox: Outbox;
}

/** A journal that opened but cannot be read on: rows missing, or unreadable. */
export class DamagedJournal extends Error {
  override readonly name = "DamagedJournal";
}

export const openJournal = (path: string, options: OpenOptions): Result<PostedJournal, OpenFault> =>
  openForWriting(path, JOURNAL, options, journalOn);

/** Sees what the writer has committed, also while it goes on. Never holds it up. */
export const openJournalReadOnly = (path: string): Result<JournalReader, OpenFault> =>
  openForReading(path, JOURNAL, readerOn);

function journalOn(database: Database.Database): PostedJournal {
  const write = appender(database);
  const reader = readerOn(database);
  const checkpoints = quietCheckpoints(database);
  let head = headOf(database)();
  return {
    ...reader,
    head: () => head,
    outbox: outboxIn(database),
    append: (facts, slips = []) =>
      attempt(() => {
        if (facts.length === 0) return head;
        head = write(head, facts, slips);
        checkpoints.wrote();
        return head;
      }),
    saveSnapshot: (snapshot) => attempt(() => saveSnapshotIn(database, snapshot)),
    close() {
      checkpoints.stop();
      reader.close();
    },
  };
}

function readerOn(database: Database.Database): JournalReader {
  const head = headOf(database);
  return {
    head() {
      try {
        return head();
      } catch (error) {
        if (!isSqliteError(error)) throw error;
        throw new DamagedJournal(`the last fact cannot be read: ${describe(error)}`, {
          cause: error,
        });
      }
    },
    read: pager(database),
    newestSnapshot: (notAfter) => newestSnapshotIn(database, notAfter),
    outbox: outboxReaderIn(database),
    close: () => database.close(),
  };
}

function headOf(database: Database.Database): () => Head {
  const newest = database.prepare(
    "SELECT sequence, hash FROM facts ORDER BY sequence DESC LIMIT 1",
  );
  return () => (newest.get() as Head | undefined) ?? { sequence: 0, hash: CHAIN_START };
}

const COLUMNS = 6;
const ROWS_AT_ONCE = 10;

type Append = (head: Head, facts: readonly Fact[], slips: readonly NewSlip[]) => Head;

/** Writes facts behind `head` in one transaction and gives the new head; throws, or does it all. */
function appender(database: Database.Database): Append {
  const address = slipWriter(database);
  const one = database.prepare(insertOf(1));
  const many = database.prepare(insertOf(ROWS_AT_ONCE));
  const insert: Append = (head, facts, slips) => {
    let { sequence, hash } = head;
    let values: unknown[] = [];
    for (const fact of facts) {
      const body = JSON.stringify(fact);
      sequence += 1;
      hash = chainHash(hash, sequence, body);
      values.push(sequence, fact.at, fact.kind, tradeOf(fact), body, hash);
      if (values.length < COLUMNS * ROWS_AT_ONCE) continue;
      many.run(values);
      values = [];
    }
    for (let from = 0; from < values.length; from += COLUMNS) {
      one.run(values.slice(from, from + COLUMNS));
    }
    address(head.sequence + 1, facts, slips);
    return { sequence, hash };
  };
  const together = database.transaction(insert).immediate;
  // A single INSERT is a transaction by itself.
  return (head, facts, slips) =>
    (facts.length + slips.length === 1 ? insert : together)(head, facts, slips);
}

function insertOf(rows: number): string {
  const row = `(${Array(COLUMNS).fill("?").join(", ")})`;
  const values = Array(rows).fill(row).join(", ");
  return `INSERT INTO facts (sequence, at, kind, trade, body, hash) VALUES ${values}`;
}

const tradeOf = (fact: Fact): string | null => ("trade" in fact ? fact.trade : null);

const PAGE = 500;

type FactRow = readonly [sequence: number, body: string];

/** Reads page by page: an open cursor would forbid writing and keep the log from being emptied. */
function pager(database: Database.Database): (after: number) => Iterable<Recorded> {
  const page = database
    .prepare("SELECT sequence, body FROM facts WHERE sequence > ? ORDER BY sequence LIMIT ?")
    .raw();
  const rowsAfter = (sequence: number): readonly FactRow[] => {
    try {
      return page.all(sequence, PAGE) as FactRow[];
    } catch (error) {
      if (!isSqliteError(error)) throw error;
      throw damaged(sequence + 1, describe(error), error);
    }
  };
  return function* read(after) {
    let last = after;
    let rows: readonly FactRow[];
    do {
      rows = rowsAfter(last);
      const facts = factsOf(rows);
      for (const [index, [sequence]] of rows.entries()) {
        if (sequence !== last + 1) throw damaged(last + 1, `the next one is ${sequence}`);
        yield { sequence, fact: facts[index] as Fact };
        last = sequence;
      }
    } while (rows.length === PAGE);
  };
}

/** A page of bodies parsed as one text: a quarter less time at start than one by one. */
function factsOf(rows: readonly FactRow[]): readonly Fact[] {
  try {
    const facts: readonly Fact[] = JSON.parse(`[${rows.map(([, body]) => body).join()}]`);
    if (facts.length === rows.length) return facts;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return rows.map(factOf); // finds out which one it was
}

function factOf([sequence, body]: FactRow): Fact {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw damaged(sequence, "its body is not JSON", error);
  }
}

const damaged = (sequence: number, why: string, cause?: unknown): DamagedJournal =>
  new DamagedJournal(`fact ${sequence} cannot be read: ${why}`, { cause });
