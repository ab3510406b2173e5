/**
 * Books put in the place of others, so that a death at any moment leaves the old ones or the new.
 *
 * ```text
 * .restoring-new/  unpacked, checked, cut, gate closed        any death before: nothing has happened
 *        │ one rename: from here on it is decided
 * .restoring/      old files ─► quarantine/NAME/, new ones ─► their places      finished at the next
 *        │                                                                      start if need be
 * removed          done
 * ```
 *
 * Nothing is deleted. With a database go its log and its index: a log that is left beside another
 * database is replayed into it.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { flushFile, flushFolder } from "./flushed.ts";

const DRAFT = ".restoring-new";
const DECIDED = ".restoring";
const NOTE = "restore.json";
const BOOKS = "books";
const QUARANTINE = "quarantine";

/** A database is these; a file that is none is itself. */
const SIDES = ["", "-wal", "-shm", "-journal"] as const;
/** Of the books before, also those that no backup brings: copies, and facts that came too late. */
const ALSO = ["ledger.db", "lifeboat.jsonl"] as const;

/** An empty folder to restore into, whatever an earlier attempt has left. */
export function draftIn(directory: string): string {
  rmSync(join(directory, DRAFT), { recursive: true, force: true });
  mkdirSync(join(directory, DRAFT, BOOKS), { recursive: true, mode: 0o700 });
  return join(directory, DRAFT, BOOKS);
}

export const dropDraft = (directory: string): void =>
  rmSync(join(directory, DRAFT), { recursive: true, force: true });

/** Where the books that are there now will lie. */
export const quarantineFor = (directory: string, name: string): string =>
  join(directory, QUARANTINE, name);

/** From here on the draft's books are those of the directory. `name`: of the quarantine. */
export function decide(directory: string, name: string): void {
  const draft = join(directory, DRAFT);
  writeFileSync(join(draft, NOTE), `${JSON.stringify({ quarantine: name })}\n`, { mode: 0o600 });
  for (const file of readdirSync(join(draft, BOOKS))) flushFile(join(draft, BOOKS, file));
  flushFile(join(draft, NOTE));
  flushFolder(join(draft, BOOKS));
  flushFolder(draft);
  renameSync(draft, join(directory, DECIDED));
  flushFolder(directory);
}

/** Goes on where a restore was left; true when there was one. Only for who holds the lock. */
export function finishRestore(directory: string): boolean {
  const decided = join(directory, DECIDED);
  if (!existsSync(decided)) return false;
  const { quarantine } = JSON.parse(readFileSync(join(decided, NOTE), "utf8"));
  const away = quarantineFor(directory, String(quarantine));
  mkdirSync(away, { recursive: true, mode: 0o700 });
  for (const name of ALSO) setAside(directory, away, name);
  const books = join(decided, BOOKS);
  for (const name of readdirSync(books)) {
    setAside(directory, away, name);
    renameSync(join(books, name), join(directory, name));
  }
  flushFolder(away);
  flushFolder(directory);
  rmSync(decided, { recursive: true });
  return true;
}

function setAside(directory: string, away: string, name: string): void {
  for (const side of SIDES) {
    const file = `${name}${side}`;
    if (existsSync(join(directory, file))) renameSync(join(directory, file), join(away, file));
  }
}

/**
 * Leaves the facts up to that one, and of the outbox what has gone out: whoever was still to be told
 * then has been told since, or it is too late.
 */
export function cutJournal(path: string, sequence: number): void {
  const database = new Database(path);
  try {
    database.transaction(() => cut(database, sequence)).immediate();
  } finally {
    database.close();
  }
}

function cut(database: Database.Database, sequence: number): void {
  const guard = database
    .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'facts_never_go'")
    .pluck()
    .get();
  database.prepare("DELETE FROM snapshots WHERE sequence > ?").run(sequence);
  database.exec("DROP TRIGGER facts_never_go");
  database.prepare("DELETE FROM facts WHERE sequence > ?").run(sequence);
  database.exec(String(guard));
  database.prepare("DELETE FROM letters WHERE state = 'waiting' OR sequence > ?").run(sequence);
  database
    .prepare("DELETE FROM slips WHERE letter IS NULL OR sequence > ? OR letter > ?")
    .run(sequence, sequence);
}
