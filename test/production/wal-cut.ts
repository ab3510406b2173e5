/**
 * What a power cut may do to the journal's write-ahead log, done on purpose.
 *
 * ```text
 * log   ├ commit 1 ┤├ commit 2 ┤├ commit 3 ┤        cut, zeroed or garbled from a random byte on
 *                                   ▲
 * after    1 and 2 stand, 3 is gone as a whole, and the journal goes on from there
 * ```
 *
 * A fourth kind leaves the log whole and tears the database file instead, page by page and sector
 * by sector, as a cut in the middle of a checkpoint would. Then nothing may be missing at all.
 *
 * Every case follows from (seed, number), so a failure is repeated by its number alone.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Fact } from "../../src/core/model/fact.ts";
import { millis } from "../../src/core/model/units.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { verifyJournal } from "../../src/shell/sqlite/verify.ts";
import { type Dice, seeded } from "../../src/std/seeded.ts";
import { NOON, sampleFact } from "../kit/sample-facts.ts";

export interface WalCutReport {
  readonly cases: number;
  /** What went wrong, each with the number of its case. Must be empty. */
  readonly violations: readonly string[];
  /** Cases after which nothing, something, or all since the last checkpoint was missing. */
  readonly missing: { readonly nothing: number; readonly some: number; readonly all: number };
}

/** Cases that are played on one journal before the next one is written. */
const CASES_PER_JOURNAL = 20;

export function cutWal(count: number, seed: number): WalCutReport {
  const folder = mkdtempSync(join(tmpdir(), "tradestream-cut-"));
  const violations: string[] = [];
  const missing = { nothing: 0, some: 0, all: 0 };
  try {
    let written = writeJournal(join(folder, "source"), seeded(seed));
    for (let number = 1; number <= count; number++) {
      const dice = seeded(seed + number * 7_919);
      if (number % CASES_PER_JOURNAL === 0) written = writeJournal(join(folder, "source"), dice);
      const damage = damageOf(written, dice);
      const place = join(folder, "case");
      const found = survivorsOf(place, damage, written);
      if (typeof found === "string") violations.push(`case ${number} (${damage.what}): ${found}`);
      else missing[extentOf(found, written)] += 1;
      rmSync(place, { recursive: true, force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { cases: count, violations, missing };
}

interface Written {
  readonly facts: readonly Fact[];
  /** Facts that had been moved from the log into the database when this log began. */
  readonly settled: number;
  /** Each commit since: where it ends in the log, and the last fact it brought. */
  readonly commits: readonly { readonly end: number; readonly sequence: number }[];
  readonly database: Buffer;
  readonly log: Buffer;
}

function opened(path: string): Journal {
  const result = openJournal(path, { at: millis(NOON) });
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

/** A journal of some commits, with its files as they lie on disk while it is open. */
function writeJournal(folder: string, dice: Dice): Written {
  rmSync(folder, { recursive: true, force: true });
  const path = join(folder, "journal.db");
  const journal = opened(path);
  const facts: Fact[] = [];
  let commits: { end: number; sequence: number }[] = [];
  let settled = 0;
  for (let left = 4 + dice.below(24); left > 0; left--) {
    const batch = batchOf(facts.length, dice);
    facts.push(...batch);
    journal.append(batch);
    commits.push({ end: validBytes(readFileSync(`${path}-wal`)), sequence: facts.length });
    // Never last: what a checkpoint has moved was on disk before, and no power cut unwrites it.
    if (left === 1 || !dice.permille(120)) continue;
    checkpoint(path);
    settled = facts.length;
    commits = [];
  }
  const files = { database: readFileSync(path), log: readFileSync(`${path}-wal`) };
  journal.close();
  return { facts, settled, commits, ...files };
}

function batchOf(before: number, dice: Dice): readonly Fact[] {
  const size = dice.permille(500) ? 1 : 1 + dice.below(30);
  const long = () => (dice.permille(100) ? 6_000 : 200); // now and then more than a page
  return Array.from({ length: size }, (_, index) =>
    sampleFact(before + index + 1, "x".repeat(dice.below(long()))),
  );
}

/** All into the database; the next commit begins the log anew over the old bytes. */
function checkpoint(path: string): void {
  const other = new Database(path);
  other.pragma("wal_checkpoint(RESTART)");
  other.close();
}

const HEADER = 32;
const FRAME_HEADER = 24;
const PAGE = 4_096;
const FRAME = FRAME_HEADER + PAGE;
const SALTS = 8;

/** Where this log's own frames end: those left from an earlier one carry other salts. */
function validBytes(log: Buffer): number {
  const salts = log.subarray(16, 16 + SALTS);
  let end = HEADER;
  while (end + FRAME <= log.length && log.subarray(end + 8, end + 8 + SALTS).equals(salts)) {
    end += FRAME;
  }
  return end;
}

interface Damage {
  readonly what: string;
  readonly database: Buffer;
  readonly log: Buffer;
  /** The last fact that must have survived. */
  readonly owed: number;
}

function damageOf(written: Written, dice: Dice): Damage {
  const kind = dice.below(4);
  if (kind === 3) return tornCheckpoint(written, dice);
  const { database, log } = written;
  const from = dice.below(log.length + 1);
  const length = 1 + dice.below(dice.permille(300) ? log.length : 64);
  const whole = written.commits.filter(({ end }) => end <= from);
  const owed = whole.at(-1)?.sequence ?? written.settled;
  if (kind === 0) return { what: `cut at ${from}`, database, log: log.subarray(0, from), owed };
  const hurt = Buffer.from(log);
  const to = Math.min(from + length, log.length);
  if (kind === 1) hurt.fill(0, from, to);
  else for (let at = from; at < to; at++) hurt[at] = dice.below(256);
  const what = `${kind === 1 ? "zeroed" : "garbled"} ${from} to ${to}`;
  return { what, database, log: hurt, owed };
}

const SECTOR = 512;

/** Some pages of the log reached the database, some did not, some did in part. */
function tornCheckpoint({ database, log, facts, commits }: Written, dice: Dice): Damage {
  const newest = new Map<number, Buffer>();
  const end = commits.length === 0 ? HEADER : validBytes(log);
  for (let at = HEADER; at < end; at += FRAME) {
    newest.set(log.readUInt32BE(at), log.subarray(at + FRAME_HEADER, at + FRAME));
  }
  const size = Math.max(database.length, ...[...newest.keys()].map((page) => page * PAGE));
  const torn = Buffer.concat([database], size);
  for (const [page, content] of newest) {
    const sectors = dice.below(PAGE / SECTOR + 1);
    content.copy(torn, (page - 1) * PAGE, 0, sectors * SECTOR);
  }
  const what = `torn checkpoint of ${newest.size} pages`;
  return { what, database: torn, log, owed: facts.length };
}

/** How many facts are there after the cut, or what is wrong with them. */
function survivorsOf(folder: string, damage: Damage, written: Written): number | string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "journal.db");
  writeFileSync(path, damage.database);
  writeFileSync(`${path}-wal`, damage.log);
  const result = openJournal(path, { at: millis(NOON), check: "always" });
  if (!result.ok) return result.error.detail;
  const journal = result.value;
  const { sequence } = journal.head();
  const boundaries = [written.settled, ...written.commits.map((commit) => commit.sequence)];
  const next = sampleFact(0, "after the cut");
  const goesOn = journal.append([next]).ok;
  const kept = [...journal.read(0)].map(({ fact }) => fact);
  journal.close();
  if (sequence < damage.owed) return `${damage.owed} facts were owed, ${sequence} are there`;
  if (!boundaries.includes(sequence)) return `stopped inside a commit, at ${sequence}`;
  if (!goesOn) return "cannot be written any more";
  const expected = JSON.stringify([...written.facts.slice(0, sequence), next]);
  if (JSON.stringify(kept) !== expected) return "the facts are not those that were written";
  const verified = verifyJournal(path);
  return verified.ok ? sequence : `the chain is broken: ${JSON.stringify(verified.error)}`;
}

function extentOf(survivors: number, written: Written): "nothing" | "some" | "all" {
  if (survivors === written.facts.length) return "nothing";
  return survivors === written.settled ? "all" : "some";
}
