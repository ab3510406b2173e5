/** Verifying: a whole journal is whole, and no change to it goes unseen. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import Database from "better-sqlite3";
import { build } from "esbuild";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { millis } from "../../../../src/core/model/units.ts";
import type { Head } from "../../../../src/ports/journal.ts";
import { chainHash } from "../../../../src/shell/sqlite/chain.ts";
import { openJournal } from "../../../../src/shell/sqlite/journal.ts";
import { verifyInWorker, verifyJournal } from "../../../../src/shell/sqlite/verify.ts";
import { NOON, sampleFact, sampleFacts, tradeStory } from "../../../kit/sample-facts.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

function journalWith(facts: readonly Fact[], snapshotAt: readonly number[] = []) {
  const path = join(temporaryFolder(), "journal.db");
  const opened = openJournal(path, { at: millis(NOON) });
  if (!opened.ok) expect.fail(opened.error.detail);
  opened.value.append(facts);
  for (const sequence of snapshotAt) opened.value.saveSnapshot({ sequence, body: "state" });
  const head = opened.value.head();
  opened.value.close();
  return { path, head };
}

const LIFTED = "DROP TRIGGER facts_never_change; DROP TRIGGER facts_never_go;";

function byHand(path: string, ...statements: readonly string[]): void {
  const database = new Database(path);
  database.pragma("foreign_keys = OFF");
  for (const sql of [LIFTED, ...statements]) database.exec(sql);
  database.close();
}

const whole = (head: Head) => ({ ok: true, value: { facts: head.sequence, head } });
const broken = (sequence: number, why: string) => ({
  ok: false,
  error: { kind: "broken", sequence, why },
});

test("an untouched journal is whole, the empty one too", () => {
  for (const facts of [[], sampleFacts(1), [...tradeStory(1).facts, ...sampleFacts(1_200)]]) {
    const { path, head } = journalWith(facts, facts.length > 0 ? [1] : []);
    expect(verifyJournal(path)).toEqual(whole(head));
  }
});

test("a whole journal may hold any text", () => {
  const texts = ["\ufffd", "half \ud83d", "nul \u0000", "🚨"];
  const { path, head } = journalWith(texts.map((text, n) => sampleFact(n, text)));
  expect(verifyJournal(path)).toEqual(whole(head));
});

test("where no journal is, nothing is verified", () => {
  const result = verifyJournal(join(temporaryFolder(), "journal.db"));
  expect(result).toMatchObject({
    ok: false,
    error: { kind: "unopened", fault: { kind: "missing" } },
  });
});

test.each([
  ["the first fact is gone", "DELETE FROM facts WHERE sequence = 1", 1, "gap"],
  ["a fact in the middle is gone", "DELETE FROM facts WHERE sequence = 7", 7, "gap"],
  ["a fact was renumbered", "UPDATE facts SET sequence = 99 WHERE sequence = 20", 20, "gap"],
  [
    "two facts were swapped",
    "UPDATE facts SET body = (SELECT body FROM facts f WHERE f.sequence = 11 - facts.sequence) WHERE sequence IN (5, 6)",
    5,
    "hash",
  ],
  ["a body was edited", "UPDATE facts SET body = replace(body, 'alice', 'malice')", 1, "hash"],
  ["a hash was edited", "UPDATE facts SET hash = upper(hash) WHERE sequence = 3", 3, "hash"],
  ["the time was edited", "UPDATE facts SET at = at + 1 WHERE sequence = 4", 4, "columns"],
  ["the kind was edited", "UPDATE facts SET kind = 'X' WHERE sequence = 4", 4, "columns"],
  ["a trade was noted", "UPDATE facts SET trade = 'ts-x' WHERE sequence = 4", 4, "columns"],
  [
    "the tail was cut off behind a snapshot",
    "DELETE FROM facts WHERE sequence > 12",
    13,
    "cut-off",
  ],
])("it is found that %s", (_, sql, sequence, why) => {
  const { path } = journalWith(sampleFacts(20), [15]);
  byHand(path, sql);
  expect(verifyJournal(path)).toMatchObject(broken(sequence, why));
});

test("a forger who mends every hash is still found by a head noted elsewhere", () => {
  const { path, head } = journalWith(sampleFacts(5));
  let hash = "0".repeat(64);
  const statements = sampleFacts(5).map((fact, index) => {
    const body = JSON.stringify({ ...fact, reason: "forged" });
    hash = chainHash(hash, index + 1, body);
    return `UPDATE facts SET body = '${body}', hash = '${hash}' WHERE sequence = ${index + 1}`;
  });
  byHand(path, ...statements);
  const result = verifyJournal(path);
  expect(result.ok && result.value.head.hash).not.toBe(head.hash);
});

test.each(["[1]", "null", "7", '"text"', "no json at all"])(
  "a chained body that is %s is no fact",
  (body) => {
    const { path } = journalWith([]);
    const hash = chainHash("0".repeat(64), 1, body);
    byHand(path, `INSERT INTO facts VALUES (1, 1, 'X', NULL, '${body}', '${hash}')`);
    expect(verifyJournal(path)).toMatchObject({ ok: false, error: { sequence: 1 } });
  },
);

test("every flipped byte of a body or a hash is found, at its fact", () => {
  const facts = [
    ...sampleFacts(30),
    sampleFact(31, "a sign that stands for nothing: \ufffd"),
    ...tradeStory(2).facts,
  ];
  const { path } = journalWith(facts);
  byHand(path);
  const database = new Database(path);
  const read = database.prepare<[number], { body: Buffer; hash: Buffer }>(
    "SELECT CAST(body AS BLOB) AS body, CAST(hash AS BLOB) AS hash FROM facts WHERE sequence = ?",
  );
  const write = {
    body: database.prepare("UPDATE facts SET body = CAST(? AS TEXT) WHERE sequence = ?"),
    hash: database.prepare("UPDATE facts SET hash = CAST(? AS TEXT) WHERE sequence = ?"),
  };
  const anywhere = fc.record({
    sequence: fc.integer({ min: 1, max: facts.length }),
    column: fc.constantFrom("body", "hash"),
    place: fc.nat(),
    flip: fc.integer({ min: 1, max: 255 }),
  });
  fc.assert(
    fc.property(anywhere, ({ sequence, column, place, flip }) => {
      const before = read.get(sequence)?.[column as "body" | "hash"] ?? Buffer.alloc(0);
      const after = Buffer.from(before);
      after[place % after.length] = (after[place % after.length] ?? 0) ^ flip;
      write[column as "body" | "hash"].run(after, sequence);
      expect(verifyJournal(path)).toMatchObject(broken(sequence, "hash"));
      write[column as "body" | "hash"].run(before, sequence);
    }),
    { numRuns: 200 },
  );
  expect(verifyJournal(path).ok).toBe(true);
  database.close();
});

test("bytes that decode to the very same text are found too", () => {
  const { path } = journalWith([sampleFact(1, "sign: \ufffd")]);
  byHand(path);
  const database = new Database(path);
  const body = database.prepare("SELECT CAST(body AS BLOB) FROM facts").pluck().get() as Buffer;
  const at = body.indexOf(Buffer.from("\ufffd"));
  body.set([0xf0, 0xbf, 0xbd], at); // a torn four-byte sign: shown as the same one U+FFFD
  database.prepare("UPDATE facts SET body = CAST(? AS TEXT)").run(body);
  expect(database.prepare("SELECT body FROM facts").pluck().get()).toContain("sign: \ufffd");
  database.close();
  expect(verifyJournal(path)).toMatchObject(broken(1, "hash"));
});

test("a byte flipped anywhere in the file is found, or changed no fact", () => {
  const { path, head } = journalWith(sampleFacts(60));
  const sound = readFileSync(path);
  const damaged = `${path}.damaged`;
  const anywhere = fc.record({
    place: fc.integer({ min: 0, max: sound.length - 1 }),
    flip: fc.integer({ min: 1, max: 255 }),
  });
  fc.assert(
    fc.property(anywhere, ({ place, flip }) => {
      copyFileSync(path, damaged);
      const bytes = Buffer.from(sound);
      bytes[place] = (bytes[place] ?? 0) ^ flip;
      writeFileSync(damaged, bytes);
      const result = verifyJournal(damaged);
      if (result.ok) expect(result).toEqual(whole(head));
    }),
    { numRuns: 300 },
  );
});

test("pages that cannot be read any more are where the chain ends", () => {
  const { path } = journalWith(sampleFacts(500));
  const bytes = readFileSync(path);
  bytes.fill(0xff, 12 * 4_096, 20 * 4_096);
  writeFileSync(path, bytes);
  const result = verifyJournal(path);
  expect(result).toMatchObject({ ok: false, error: { kind: "broken", why: "unreadable" } });
});

let worker: URL;

beforeAll(async () => {
  // As the build does it: an entry of its own, with the native package left outside.
  const home = new URL("../../../../", import.meta.url);
  const outfile = fileURLToPath(new URL("node_modules/.cache/verify-worker.mjs", home));
  await build({
    entryPoints: [fileURLToPath(new URL("src/shell/sqlite/verify-worker.ts", home))],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["better-sqlite3"],
    logLevel: "silent",
  });
  worker = pathToFileURL(outfile);
});

test("a worker thread comes to the same verdict", async () => {
  const { path, head } = journalWith(sampleFacts(700));
  expect(await verifyInWorker(path, worker)).toEqual(whole(head));
  byHand(path, "UPDATE facts SET body = replace(body, 'alice', 'bob') WHERE sequence = 650");
  expect(await verifyInWorker(path, worker)).toEqual(verifyJournal(path));
});

test("among the sources, where no worker is built, the verdict is the same", async () => {
  const { path, head } = journalWith(sampleFacts(3));
  expect(await verifyInWorker(path)).toEqual(whole(head));
});

test("a worker that cannot run is an error, not a verdict", async () => {
  const { path } = journalWith([]);
  const missing = new URL("./no-worker.js", import.meta.url);
  await expect(verifyInWorker(path, missing)).rejects.toThrow(/no-worker\.js/);
  const silent = new URL("data:text/javascript,process.exit(3)");
  await expect(verifyInWorker(path, silent)).rejects.toThrow("ended with 3");
});
