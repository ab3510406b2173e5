/**
 * States as they were after a certain fact, so that a start need not fold everything again.
 *
 * A snapshot is only a shortcut: it is believed when its own hash is right and the journal's chain
 * still passes through the point it was taken at. If not, the next older one is tried, and with
 * none left the whole journal is folded.
 */
import type Database from "better-sqlite3";
import type { StateSnapshot } from "../../ports/journal.ts";
import { invariant } from "../../std/assert.ts";
import { chainHash } from "./chain.ts";
import { isSqliteError } from "./faults.ts";

const KEPT = 5;

interface SnapshotRow {
  readonly sequence: number;
  /** The journal's chain value at that fact. */
  readonly chain: string;
  readonly hash: string;
  readonly body: string;
}

export function saveSnapshotIn(database: Database.Database, snapshot: StateSnapshot): void {
  const { sequence, body } = snapshot;
  const save = database.transaction(() => {
    const chain = chainAt(database, sequence);
    invariant(chain !== null, `a snapshot stands on a recorded fact, was taken at ${sequence}`);
    database
      .prepare("REPLACE INTO snapshots (sequence, chain, hash, body) VALUES (?, ?, ?, ?)")
      .run(sequence, chain, chainHash(chain, sequence, body), body);
    database.prepare(`DELETE FROM snapshots WHERE sequence NOT IN (${NEWEST})`).run(KEPT);
  });
  save.immediate();
}

export function newestSnapshotIn(
  database: Database.Database,
  notAfter = Number.MAX_SAFE_INTEGER,
): StateSnapshot | null {
  const read = database.prepare<[unknown], SnapshotRow>(
    "SELECT * FROM snapshots WHERE sequence = ?",
  );
  try {
    for (const sequence of database.prepare(NEWEST).pluck().all(KEPT)) {
      if (Number(sequence) > notAfter) continue;
      const row = read.get(sequence);
      if (row === undefined || !isSound(row)) continue;
      if (row.chain === chainAt(database, row.sequence)) {
        return { sequence: row.sequence, body: row.body };
      }
    }
  } catch (error) {
    // Damage here costs the shortcut, nothing more; damage to the facts shows when they are read.
    if (!isSqliteError(error)) throw error;
  }
  return null;
}

/** The last fact that a sound snapshot says there once was; 0 without one. */
export function snapshotReach(database: Database.Database): number {
  const rows = database.prepare("SELECT * FROM snapshots ORDER BY sequence DESC").all();
  return (rows as SnapshotRow[]).find(isSound)?.sequence ?? 0;
}

const NEWEST = "SELECT sequence FROM snapshots ORDER BY sequence DESC LIMIT ?";

/** In a damaged file a column may hold anything, also what its type forbids. */
const isSound = ({ sequence, chain, hash, body }: SnapshotRow): boolean =>
  typeof body === "string" && hash === chainHash(chain, sequence, body);

function chainAt(database: Database.Database, sequence: number): string | null {
  const hash = database.prepare("SELECT hash FROM facts WHERE sequence = ?").pluck().get(sequence);
  return typeof hash === "string" ? hash : null;
}
