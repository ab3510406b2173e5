/**
 * Walks the whole chain and says that nothing was changed, dropped or slipped in, or names the
 * first fact that is not as it was written.
 *
 * A hundred thousand facts take most of a second, which is too long for a process that watches
 * positions: there the walk runs in a worker thread, on a read-only connection of its own.
 * A tail cut off cleanly leaves a whole, shorter chain; a snapshot that reaches further gives it
 * away. What no file can prove alone is proved by comparing the head with one noted elsewhere.
 */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type Database from "better-sqlite3";
import type { Head } from "../../ports/journal.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { CHAIN_START, chainHash } from "./chain.ts";
import { type OpenFault, openForReading } from "./database.ts";
import { diskFaultOf } from "./faults.ts";
import { JOURNAL } from "./journal-schema.ts";
import { snapshotReach } from "./snapshots.ts";

export interface WholeChain {
  readonly facts: number;
  readonly head: Head;
}

export interface Broken {
  readonly kind: "broken";
  /** The first fact that is missing or not as it was written. */
  readonly sequence: number;
  readonly why: "gap" | "hash" | "body" | "columns" | "cut-off" | "unreadable";
  readonly detail: string;
}

export type ChainFault = Broken | { readonly kind: "unopened"; readonly fault: OpenFault };

export function verifyJournal(path: string): Result<WholeChain, ChainFault> {
  const opened = openForReading(path, JOURNAL, (database) => database);
  if (!opened.ok) return err({ kind: "unopened", fault: opened.error });
  try {
    return walkChain(opened.value);
  } finally {
    opened.value.close();
  }
}

/** The same in a thread of its own; without a worker, by the caller, who then waits. */
export function verifyInWorker(
  path: string,
  worker: URL | null = builtWorker(),
): Promise<Result<WholeChain, ChainFault>> {
  if (worker === null) return Promise.resolve(verifyJournal(path));
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: path });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`the verifying thread ended with ${code}`)));
  });
}

/** The build puts `verify-worker` beside this module; among the sources it is not built yet. */
function builtWorker(): URL | null {
  const worker = new URL("./verify-worker.js", import.meta.url);
  return existsSync(worker) ? worker : null;
}

type FactRow = readonly [
  sequence: number,
  at: unknown,
  kind: unknown,
  trade: unknown,
  body: unknown,
  hash: unknown,
];

const PAGE = 500;

/** Also of a copy whose tables are those of an older program: the facts were the same from the first. */
export function walkChain(database: Database.Database): Result<WholeChain, Broken> {
  let head: Head = { sequence: 0, hash: CHAIN_START };
  try {
    const isAsWritten = bytewiseOn(database);
    for (const row of rowsOf(database)) {
      const next = follow(head, row, isAsWritten);
      if (!next.ok) return next;
      head = next.value;
    }
    const reach = snapshotReach(database);
    if (reach <= head.sequence) return ok({ facts: head.sequence, head });
    return broken(head.sequence + 1, "cut-off", `there is a snapshot taken at ${reach}`);
  } catch (error) {
    return broken(head.sequence + 1, "unreadable", diskFaultOf(error).detail);
  }
}

/** Page by page, which is twice as fast as a cursor; all of it from one moment in time. */
function* rowsOf(database: Database.Database): Iterable<FactRow> {
  const page = database
    .prepare("SELECT * FROM facts WHERE sequence > ? ORDER BY sequence LIMIT ?")
    .raw();
  database.exec("BEGIN"); // ends with the connection
  let last = 0;
  let rows: readonly FactRow[];
  do {
    rows = page.all(last, PAGE) as FactRow[];
    yield* rows;
    last = rows.at(-1)?.[0] ?? last;
  } while (rows.length === PAGE);
}

function follow(
  head: Head,
  row: FactRow,
  isAsWritten: (sequence: number, body: string) => boolean,
): Result<Head, Broken> {
  const [found, at, kind, trade, body, noted] = row;
  const sequence = head.sequence + 1;
  if (found !== sequence) return broken(sequence, "gap", `missing, the next one is ${found}`);
  if (typeof body !== "string") return broken(sequence, "body", "its body is not a text");
  const hash = chainHash(head.hash, sequence, body);
  if (noted !== hash || !isAsWritten(sequence, body)) {
    return broken(sequence, "hash", "its hash does not follow from its body and the one before");
  }
  const fact = factOf(body);
  if (fact === null) return broken(sequence, "body", "its body is not a fact");
  if (at !== fact["at"] || kind !== fact["kind"] || trade !== (fact["trade"] ?? null)) {
    return broken(sequence, "columns", "at, kind or trade differ from its body");
  }
  return ok({ sequence, hash });
}

/**
 * Bytes that are not UTF-8 decode to U+FFFD, and so might equal a body that really holds this
 * character. Only then is the decoded text not proof enough.
 */
function bytewiseOn(database: Database.Database): (sequence: number, body: string) => boolean {
  const bytes = database
    .prepare<[number], Buffer>("SELECT CAST(body AS BLOB) FROM facts WHERE sequence = ?")
    .pluck();
  return (sequence, body) =>
    !body.includes("\uFFFD") || bytes.get(sequence)?.equals(Buffer.from(body)) === true;
}

function factOf(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null; // the caller reports it
  }
}

const broken = (sequence: number, why: Broken["why"], detail: string): Result<never, Broken> =>
  err({ kind: "broken", sequence, why, detail: `fact ${sequence}: ${detail}` });
