/**
 * The ledger in a SQLite file of its own, so that no question and no rebuild ever holds up the
 * journal. Commits are not flushed one by one: what a power cut takes, `follow` brings back.
 *
 * It knows which journal it is a copy of by the last fact it took in. If that fact is not there any
 * more, or reads differently (a restored backup, another run's journal), it starts over.
 */
import { hash } from "node:crypto";
import { rmSync } from "node:fs";
import type Database from "better-sqlite3";
import type { Fact } from "../../core/model/fact.ts";
import type { Journal, Recorded } from "../../ports/journal.ts";
import type { Ledger, LedgerFault, LedgerReader, Progress } from "../../ports/ledger.ts";
import { err, type Result } from "../../std/result.ts";
import { type OpenFault, type OpenOptions, openForReading, openForWriting } from "./database.ts";
import { attempt } from "./faults.ts";
import { queriesOn } from "./ledger-queries.ts";
import { rowChangesOf } from "./ledger-rows.ts";
import { LEDGER, LEDGER_TABLES } from "./ledger-schema.ts";
import { LEDGER_WRITES, type LedgerWrite } from "./ledger-writes.ts";

type Source = Pick<Journal, "head" | "read">;

/** Faults of a copy that are mended by throwing it away. */
const MENDABLE: readonly OpenFault["kind"][] = ["corrupt", "not-a-database", "newer-schema"];

export function openLedger(path: string, options: OpenOptions): Result<Ledger, OpenFault> {
  const opened = openForWriting(path, LEDGER, options, ledgerOn);
  if (opened.ok || !MENDABLE.includes(opened.error.kind)) return opened;
  for (const part of ["", "-wal", "-shm"]) rmSync(`${path}${part}`, { force: true });
  return openForWriting(path, LEDGER, options, ledgerOn);
}

export const openLedgerReadOnly = (path: string): Result<LedgerReader, OpenFault> =>
  openForReading(path, LEDGER, readerOn);

function readerOn(database: Database.Database): LedgerReader {
  const progress = progressOn(database);
  return {
    ...queriesOn(database),
    progress: () => progress().sequence,
    close: () => database.close(),
  };
}

interface ProgressRow {
  readonly sequence: number;
  readonly mark: string;
}

function progressOn(database: Database.Database): () => ProgressRow {
  const statement = database.prepare<[], ProgressRow>("SELECT sequence, mark FROM progress");
  return () => statement.get() ?? { sequence: 0, mark: "" };
}

const markOf = (fact: Fact): string => hash("sha256", JSON.stringify(fact));

/** Moved into the file in small pieces: by itself SQLite moves 4 MB within one commit. */
const LOG_PAGES_MAX = 250;

function ledgerOn(database: Database.Database): Ledger {
  database.pragma(`wal_autocheckpoint = ${LOG_PAGES_MAX}`);
  const progress = progressOn(database);
  const write = writerOn(database);
  const together = database.transaction(write).immediate;

  const apply = (recorded: readonly Recorded[]): Result<void, LedgerFault> => {
    const { sequence } = progress();
    const fresh = recorded.filter((one) => one.sequence > sequence);
    const [first] = fresh;
    if (first !== undefined && first.sequence !== sequence + 1) {
      const detail = `facts ${sequence + 1} to ${first.sequence - 1} are missing here`;
      return err({ kind: "gap", detail });
    }
    return attempt(() => {
      if (first !== undefined) together(fresh);
    });
  };

  const rebuild = (journal: Source, report: Progress = () => {}): Result<void, LedgerFault> => {
    const refill = database.transaction(() => {
      for (const table of LEDGER_TABLES) database.exec(`DELETE FROM ${table}`);
      inChunks(journal, 0, report, write);
    });
    return attempt(() => refill.immediate());
  };

  const follow = (journal: Source, report: Progress = () => {}): Result<void, LedgerFault> => {
    const at = progress();
    if (!isOf(journal, at)) return rebuild(journal, report);
    return attempt(() => inChunks(journal, at.sequence, report, together));
  };

  return { ...readerOn(database), apply, follow, rebuild };
}

/** Takes facts that come right after those taken before. */
function writerOn(database: Database.Database): (recorded: readonly Recorded[]) => void {
  const statements = new Map<LedgerWrite, Database.Statement>();
  for (const [name, sql] of Object.entries(LEDGER_WRITES)) {
    statements.set(name as LedgerWrite, database.prepare(sql));
  }
  const note = database.prepare("REPLACE INTO progress (one, sequence, mark) VALUES (1, ?, ?)");
  return (recorded) => {
    for (const one of recorded) {
      for (const { write, values } of rowChangesOf(one)) statements.get(write)?.run(values);
    }
    const last = recorded.at(-1);
    if (last !== undefined) note.run(last.sequence, markOf(last.fact));
  };
}

/** Whether the ledger's last fact is the one the journal has at that place. */
function isOf(journal: Source, { sequence, mark }: ProgressRow): boolean {
  if (sequence === 0) return true;
  for (const { fact } of journal.read(sequence - 1)) return markOf(fact) === mark;
  return false;
}

const CHUNK = 1_000;

function inChunks(
  journal: Source,
  after: number,
  report: Progress,
  take: (recorded: readonly Recorded[]) => void,
): void {
  const total = journal.head().sequence;
  let chunk: Recorded[] = [];
  for (const recorded of journal.read(after)) {
    chunk.push(recorded);
    if (chunk.length < CHUNK) continue;
    take(chunk);
    report(recorded.sequence, total);
    chunk = [];
  }
  take(chunk);
  report(total, total);
}
