/**
 * Opens a database file so that it keeps what it promises, or says in one sentence why it cannot.
 *
 * ```text
 * connect ─► is it ours? ─► write-ahead log ─► sound? ─► grow the schema ─► prove durability
 * ```
 *
 * Two things SQLite does not do by itself are done here. First, this build's write-ahead log skips
 * the flush to disk (`synchronous` = 1) although on a new file the pragma answers 2 until the first
 * write; so it is set, something is written, and only then it is believed. Second, shared memory
 * and locks do not work on every network file system; the refusal names the suspect.
 */
import { existsSync, mkdirSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import type { Millis } from "../../core/model/units.ts";
import { NETWORKS } from "../../std/file-systems.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { describe, isSqliteError } from "./faults.ts";
import { type Migration, migrate, schemaOf } from "./migrations.ts";

export interface OpenFault {
  readonly kind:
    | "missing"
    | "unwritable"
    | "not-a-database"
    /** A database, but another program's, or another of our files. */
    | "foreign"
    | "newer-schema"
    /** Only when opened for reading: the writer has to take the missing steps first. */
    | "older-schema"
    /** Only when opened for reading: its writer died while it made the tables. */
    | "no-tables"
    | "corrupt"
    | "busy"
    /** No write-ahead log or no durable commit here: mostly a network file system. */
    | "unsuitable-disk";
  /** A sentence for the operator, with the path. */
  readonly detail: string;
}

/** What makes a file one of ours. */
export interface Blueprint {
  readonly name: string;
  /** Stamped into the file's header, so that a ledger is never taken for a journal. */
  readonly applicationId: number;
  readonly migrations: readonly Migration[];
  /** `full`: a commit survives a power cut. `normal`: it survives the death of the process. */
  readonly synchronous: "full" | "normal";
}

export interface OpenOptions {
  readonly at: Millis;
  /** Reads every page for damage; by default only when that takes a few milliseconds. */
  readonly check?: "when-small" | "always";
  /** Ceiling of the file in pages of 4 kB. */
  readonly pagesMax?: number;
}

type Trouble = Pick<OpenFault, "kind" | "detail">;

/**
 * There is one writer: waiting long would hide a second one and stall the event loop, and what only
 * lowers risk has to be on its way 250 ms after it was asked for.
 */
const WRITER_WAIT = 100;
const READER_WAIT = 2_000;
/** `quick_check` reads some 0.3 GB a second, and the start waits for it. */
const SMALL_BYTES = 4 * 2 ** 20;
const LOG_BYTES_KEPT = 16 * 2 ** 20;
/**
 * Of the file kept in memory, in KiB. This build of SQLite would keep 16 MB of each file for ever;
 * ours are written at their end, and what is read again is in the system's own cache.
 */
const CACHE_KIB = 2_048;
const SYNCHRONOUS = { normal: 1, full: 2 } as const;

/** Creates the folder and the file where needed; `build` makes the adapter that goes on with it. */
export function openForWriting<T>(
  path: string,
  blueprint: Blueprint,
  options: OpenOptions,
  build: (database: Database.Database) => T,
): Result<T, OpenFault> {
  const connect = () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return new Database(path, { timeout: WRITER_WAIT });
  };
  const troubleOf = (database: Database.Database) => {
    const wanted = SYNCHRONOUS[blueprint.synchronous];
    return (
      strangenessOf(database, blueprint) ??
      unloggedness(database) ??
      configured(database, wanted, options) ??
      (isSmall(path) || options.check === "always" ? damageOf(database) : null) ??
      grown(database, blueprint, options.at) ??
      undurability(database, wanted)
    );
  };
  return opened(path, connect, troubleOf, build);
}

/** For looking on while another process writes; changes nothing in the file. */
export function openForReading<T>(
  path: string,
  blueprint: Blueprint,
  build: (database: Database.Database) => T,
): Result<T, OpenFault> {
  if (!existsSync(path)) {
    return err({ kind: "missing", detail: `${path}: there is no ${blueprint.name} here` });
  }
  const connect = () => new Database(path, { readonly: true, timeout: READER_WAIT });
  const troubleOf = (database: Database.Database): Trouble | null => {
    const strange = strangenessOf(database, blueprint);
    if (strange !== null) return strange;
    const schema = schemaOf(database);
    if (schema === blueprint.migrations.length) return null;
    const detail = "written by an older version, or only just made; start TradeStream once";
    return { kind: schema === 0 ? "no-tables" : "older-schema", detail };
  };
  return opened(path, connect, troubleOf, build);
}

function opened<T>(
  path: string,
  connect: () => Database.Database,
  troubleOf: (database: Database.Database) => Trouble | null,
  build: (database: Database.Database) => T,
): Result<T, OpenFault> {
  let database: Database.Database | null = null;
  let trouble: Trouble | null;
  try {
    database = connect();
    trouble = troubleOf(database);
    if (trouble === null) return ok(build(database));
  } catch (error) {
    trouble = troubleFrom(error);
  }
  database?.close();
  const { kind, detail } = trouble;
  const hint = kind === "unsuitable-disk" || kind === "unwritable" ? diskHint(path) : "";
  return err({ kind, detail: `${path}: ${detail}${hint}` });
}

function strangenessOf(database: Database.Database, blueprint: Blueprint): Trouble | null {
  const id = database.pragma("application_id", { simple: true });
  if (id !== blueprint.applicationId) {
    const tables = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
    if (id === 0 && tables === 0) return null; // new, or a start that died before its first step
    return { kind: "foreign", detail: `a database, but not a TradeStream ${blueprint.name}` };
  }
  const schema = schemaOf(database);
  const known = blueprint.migrations.length;
  if (schema <= known) return null;
  const numbers = `schema ${schema}, this one knows ${known}`;
  return { kind: "newer-schema", detail: `written by a newer version (${numbers}); use that one` };
}

function unloggedness(database: Database.Database): Trouble | null {
  const mode = database.pragma("journal_mode = WAL", { simple: true });
  if (mode === "wal") return null;
  return { kind: "unsuitable-disk", detail: `no write-ahead log here (journal mode ${mode})` };
}

function configured(database: Database.Database, level: number, options: OpenOptions): null {
  database.pragma(`synchronous = ${level}`);
  database.pragma("fullfsync = ON"); // macOS keeps data in the drive's cache otherwise
  database.pragma("checkpoint_fullfsync = ON");
  database.pragma("foreign_keys = ON");
  database.pragma("recursive_triggers = ON"); // else REPLACE slips past the triggers
  database.pragma("trusted_schema = OFF");
  database.pragma("cell_size_check = ON");
  database.pragma(`journal_size_limit = ${LOG_BYTES_KEPT}`);
  database.pragma(`cache_size = -${CACHE_KIB}`);
  if (options.pagesMax !== undefined) database.pragma(`max_page_count = ${options.pagesMax}`);
  return null;
}

const isSmall = (path: string): boolean => statSync(path).size <= SMALL_BYTES;

function damageOf(database: Database.Database): Trouble | null {
  const finding = String(database.pragma("quick_check(1)", { simple: true }));
  return finding === "ok"
    ? null
    : { kind: "corrupt", detail: `damaged: ${finding.replaceAll("\n", " ")}` };
}

function grown(database: Database.Database, blueprint: Blueprint, at: Millis): null {
  if (schemaOf(database) === 0) database.pragma(`application_id = ${blueprint.applicationId}`);
  migrate(database, blueprint.migrations, at);
  return null;
}

/** Writes, then asks. A file whose commits are less durable than its blueprint is not used. */
export function undurability(database: Database.Database, wanted: number): Trouble | null {
  database.pragma(`user_version = ${schemaOf(database)}`);
  const found = database.pragma("synchronous", { simple: true });
  if (found === wanted) return null;
  const detail = `commits are not durable (synchronous is ${found}, wanted ${wanted})`;
  return { kind: "unsuitable-disk", detail };
}

const KINDS: readonly (readonly [prefix: string, kind: OpenFault["kind"], words: string])[] = [
  ["SQLITE_NOTADB", "not-a-database", "not a database"],
  ["SQLITE_CORRUPT", "corrupt", "damaged"],
  ["SQLITE_ERROR", "corrupt", "its tables are not what they should be"],
  ["SQLITE_BUSY", "busy", "in use by another program"],
  ["SQLITE_LOCKED", "busy", "in use by another program"],
  ["SQLITE_FULL", "unwritable", "the disk is full"],
  ["SQLITE_READONLY", "unwritable", "cannot be written"],
  ["SQLITE_CANTOPEN", "unwritable", "cannot be opened; are the file and its folder writable?"],
];

function troubleFrom(error: unknown): Trouble {
  if (isSqliteError(error)) {
    const row = KINDS.find(([prefix]) => error.code.startsWith(prefix));
    const [, kind, words] = row ?? ["", "unsuitable-disk", "the disk refused"];
    return { kind, detail: `${words}: ${describe(error)}` };
  }
  // The file system's own errors carry the call that failed; anything else is a bug.
  if (error instanceof Error && "syscall" in error) {
    return { kind: "unwritable", detail: `cannot be made: ${error.message}` };
  }
  throw error;
}

export function networkHint(fileSystem: number): string {
  const name = NETWORKS.get(fileSystem);
  if (name === undefined) return "";
  const why = "network file systems may lack the locks and shared memory a database needs";
  return `. The folder lies on ${name}; put it on a local disk, ${why}`;
}

function diskHint(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) ? networkHint(statfsSync(folder).type) : "";
}

/** Throws where the native part was built for another Node.js, or is not there. */
export function tryDatabase(): void {
  const database = new Database(":memory:");
  try {
    database.exec("CREATE TABLE one (n INTEGER) STRICT; INSERT INTO one VALUES (1)");
  } finally {
    database.close();
  }
}
