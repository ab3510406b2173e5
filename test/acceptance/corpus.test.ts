/** The labelled messages decide whether the parser is right; a false entry is never acceptable. */
import { expect, test } from "vitest";
import {
  type CorpusRow,
  isFutures,
  judge,
  loadCorpus,
  readRow,
  type Verdict,
} from "../kit/corpus.ts";

const rows = loadCorpus("dev");

const rowsJudged = (verdict: Verdict, among: readonly CorpusRow[]): readonly string[] =>
  among.filter((row) => judge(row.expect, readRow(row)) === verdict).map(({ id }) => id);

test("no message of the corpus becomes an entry that nobody gave", () => {
  expect(rows.length).toBe(321);
  expect(rowsJudged("false entry", rows)).toEqual([]);
});

test("no entry of the corpus comes out with a wrong number", () => {
  expect(rowsJudged("wrong entry", rows)).toEqual([]);
});

test("every futures entry of the corpus is read in full", () => {
  const entries = rows.filter((row) => isFutures(row) && row.expect.kind === "entry");
  expect(entries.length).toBe(99);
  expect(rowsJudged("right", entries).length).toBe(99);
});

test("every futures update of the corpus is read in full", () => {
  const updates = rows.filter((row) => isFutures(row) && row.expect.kind === "update");
  expect(updates.length).toBe(57);
  expect(updates.filter((row) => judge(row.expect, readRow(row)) !== "right")).toEqual([]);
});

/** They could move money, and only a person knows whether they should. */
const TO_BE_ASKED = ["amb-035", "amb-036", "amb-037", "amb-038", "amb-039", "amb-040", "amb-041"];

test("what could move money and is unclear is shown to a person", () => {
  const unclear = loadCorpus("ambiguous");
  for (const id of [...TO_BE_ASKED, "amb-042", "amb-044"]) {
    const row = unclear.find((one) => one.id === id);
    expect(row === undefined ? null : readRow(row)).toMatchObject({
      reason: expect.stringMatching(/^unsure: /),
      review: true,
    });
  }
});

test("every option, currency signal and JSON of the corpus is read in full", () => {
  const others = rows.filter((row) => !isFutures(row) && row.expect.kind !== "none");
  expect(others.length).toBe(28);
  expect(rowsJudged("right", others).length).toBe(28);
});

test("what must not trade does not trade, and says why", () => {
  const quiet = rows.filter((row) => row.expect.kind === "none");
  expect(quiet.length).toBe(137);
  for (const row of quiet) {
    expect(readRow(row)).toMatchObject({ kind: "none", reason: expect.stringMatching(/\S/) });
  }
});

/** Where the corpus itself names the alert as it stands as the safe default. */
const SAFE_TO_READ = ["amb-026", "amb-030", "amb-031", "amb-032", "amb-033"];
/** An alert that was deleted is cancelled; what was filled by then keeps its stop. */
const SAFE_TO_CANCEL = ["amb-034"];

test("of the messages on which careful people differ, only those with a safe reading trade", () => {
  const unclear = loadCorpus("ambiguous");
  expect(unclear.length).toBe(53);
  const traded = unclear.filter((row) => readRow(row).kind !== "none").map(({ id }) => id);
  expect(traded).toEqual([...SAFE_TO_READ, ...SAFE_TO_CANCEL]);
});
