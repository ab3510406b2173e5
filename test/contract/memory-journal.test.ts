/** The journal of the simulations keeps the contract too, and refuses when it is told to. */
import { expect, test } from "vitest";
import type { JournalFault } from "../../src/ports/journal.ts";
import { memoryDisk, memoryJournal } from "../kit/memory-journal.ts";
import { sampleFacts } from "../kit/sample-facts.ts";
import { journalContract } from "./journal.ts";

journalContract("in memory", () => {
  const disk = memoryDisk();
  return { journal: memoryJournal(disk), reopen: () => memoryJournal(disk) };
});

test("a memory journal told to refuse keeps nothing of the call", () => {
  const full: JournalFault = { kind: "full", detail: "for the test" };
  let answer: JournalFault | null = full;
  const journal = memoryJournal(memoryDisk(), () => answer);
  expect(journal.append(sampleFacts(2))).toEqual({ ok: false, error: full });
  expect(journal.head().sequence).toBe(0);
  answer = null;
  expect(journal.append(sampleFacts(2)).ok).toBe(true);
  answer = full;
  expect(journal.saveSnapshot({ sequence: 2, body: "" })).toEqual({ ok: false, error: full });
  expect(journal.newestSnapshot()).toBeNull();
});
