/**
 * What is found on the disk after a death, and whether it is what was promised.
 *
 * The files are read as copies, for opening them would mend them, and the next start must find them
 * as they were left. The venue's truth is folded from its own book, by the venue's own step.
 */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { placesIn } from "../../src/app/places.ts";
import type { VenueEvent } from "../../src/core/paper/event.ts";
import { DEFAULT_VENUE } from "../../src/core/paper/settings.ts";
import { emptyVenue, type VenueState } from "../../src/core/paper/state.ts";
import { applyToVenue } from "../../src/core/paper/venue.ts";
import { verifyJournal } from "../../src/shell/sqlite/verify.ts";
import { canonical } from "../../src/std/canonical.ts";
import type { Line } from "./orders.ts";

export interface FactRow {
  readonly sequence: number;
  readonly hash: string;
  readonly body: string;
}

export interface Remains {
  readonly facts: readonly FactRow[];
  readonly checkpoint: string | null;
  readonly entries: readonly string[];
  readonly venue: VenueState;
}

export function remainsOf(directory: string): Remains {
  const places = placesIn(directory);
  const facts = readCopy(places.journal, (database) =>
    database.prepare<[], FactRow>("SELECT sequence, hash, body FROM facts ORDER BY sequence").all(),
  );
  const book = readCopy(places.paper, (database) => ({
    checkpoint: database.prepare<[], string>("SELECT body FROM checkpoint").pluck().get() ?? null,
    entries: database.prepare<[], string>("SELECT body FROM entries ORDER BY number").pluck().all(),
  }));
  const { checkpoint, entries } = book ?? { checkpoint: null, entries: [] };
  const begun: VenueState =
    checkpoint === null ? emptyVenue(DEFAULT_VENUE) : JSON.parse(checkpoint);
  return { facts: facts ?? [], checkpoint, entries, venue: entries.reduce(withEntry, begun) };
}

const withEntry = (state: VenueState, entry: string): VenueState =>
  eventsOf(entry).reduce((before, event) => applyToVenue(before, event).state, state);

export const eventsOf = (entry: string): readonly VenueEvent[] => JSON.parse(entry);

/** Null for a file that is not there yet, or died before its tables were whole. */
function readCopy<T>(path: string, read: (database: Database.Database) => T): T | null {
  if (!existsSync(path)) return null;
  const folder = mkdtempSync(join(tmpdir(), "tradestream-autopsy-"));
  const copy = join(folder, "copy.db");
  for (const part of ["", "-wal"]) {
    if (existsSync(`${path}${part}`)) copyFileSync(`${path}${part}`, `${copy}${part}`);
  }
  const database = new Database(copy);
  try {
    const tables = database
      .prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .get();
    return Number(tables) > 1 ? read(database) : null;
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const linesIn = (path: string): readonly Line[] =>
  existsSync(path)
    ? readFileSync(path, "utf8")
        .split("\n")
        .filter((line) => line.endsWith("}"))
        .map((line) => JSON.parse(line))
    : [];

/** What a run did, in its order: what it noted, then the one thing it may not have lived to note. */
export interface Story {
  readonly steps: readonly Line[];
  readonly violations: readonly string[];
}

/** Compares what was acknowledged with what is there. `before`: what there was at the start. */
export function storyOf(
  lines: readonly Line[],
  before: Remains,
  after: Remains,
  directory: string,
): Story {
  const violations: string[] = [];
  let known = before.facts.length;
  let venue = before.venue;
  let entries = 0;
  for (const line of lines) {
    if (line.kind === "facts") {
      known = line.sequence;
      const first = line.sequence - line.bodies.length;
      const kept = after.facts.slice(first, line.sequence);
      if (
        kept.at(-1)?.hash !== line.hash ||
        kept.some(({ body }, index) => body !== line.bodies[index])
      ) {
        violations.push(`acknowledged facts up to ${line.sequence} are not on the disk`);
      }
    }
    if (line.kind === "entries") {
      venue = line.entries.reduce(withEntry, venue);
      entries += line.entries.length;
    }
  }
  const at = lines.at(-1)?.at ?? 0;
  const steps = [...lines];
  const unsaid = after.facts.slice(known);
  const head = unsaid.at(-1);
  if (head !== undefined) {
    steps.push({
      kind: "facts",
      at,
      sequence: head.sequence,
      hash: head.hash,
      bodies: unsaid.map(({ body }) => body),
    });
  }
  if (canonical(venue) !== canonical(after.venue)) {
    const extra = after.entries.slice(before.entries.length + entries);
    if (
      extra.length !== 1 ||
      canonical(extra.reduce(withEntry, venue)) !== canonical(after.venue)
    ) {
      violations.push("the paper book is not what was acknowledged");
    }
    steps.push({ kind: "entries", at, entries: extra });
  }
  violations.push(...chainFaults(directory, after));
  return { steps, violations };
}

/** Read as the operator would, beside the dead house's own files. */
function chainFaults(directory: string, { facts }: Remains): readonly string[] {
  const verified = verifyJournal(placesIn(directory).journal);
  if (verified.ok) {
    return verified.value.facts === facts.length
      ? []
      : [`the chain has ${verified.value.facts} facts, the file ${facts.length}`];
  }
  // Killed while its first tables were made: there is nothing yet that could be chained.
  const isUnborn = verified.error.kind === "unopened" && facts.length === 0;
  return isUnborn ? [] : [`the chain is broken: ${JSON.stringify(verified.error)}`];
}
