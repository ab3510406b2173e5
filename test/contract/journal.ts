/**
 * What every journal promises, proved on each that exists: in SQLite, and in memory for the storm.
 */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "../../src/core/model/fact.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { InvariantError } from "../../src/std/assert.ts";
import { sampleFact, sampleFacts, tradeStory } from "../kit/sample-facts.ts";

export interface OpenedJournal {
  readonly journal: Journal;
  /** Closes it and opens what it kept once more. */
  reopen(): Journal;
}

/** The formula by hand, so that no journal proves itself. */
function chainOf(facts: readonly Fact[]): string {
  let hash = "0".repeat(64);
  for (const [index, fact] of facts.entries()) {
    const text = `${hash}${index + 1}${JSON.stringify(fact)}`;
    hash = createHash("sha256").update(text, "utf8").digest("hex");
  }
  return hash;
}

const keptIn = (journal: Journal, after = 0): readonly Fact[] =>
  [...journal.read(after)].map(({ fact }) => fact);

export function journalContract(name: string, open: () => OpenedJournal): void {
  describe(`the journal ${name}`, () => {
    test("begins empty, with a hash of zeros", () => {
      const { journal } = open();
      expect(journal.head()).toEqual({ sequence: 0, hash: "0".repeat(64) });
      expect(keptIn(journal)).toEqual([]);
      expect(journal.newestSnapshot()).toBeNull();
      journal.close();
    });

    test("numbers facts from 1 and chains them by SHA-256", () => {
      const { journal } = open();
      const facts = sampleFacts(3);
      const first = journal.append(facts.slice(0, 1));
      expect(first).toEqual({ ok: true, value: { sequence: 1, hash: chainOf(facts.slice(0, 1)) } });
      journal.append(facts.slice(1));
      expect(journal.head()).toEqual({ sequence: 3, hash: chainOf(facts) });
      expect([...journal.read(0)].map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
      journal.close();
    });

    test("keeps nothing of an empty call", () => {
      const { journal } = open();
      expect(journal.append([])).toEqual({ ok: true, value: journal.head() });
      expect(journal.head().sequence).toBe(0);
      journal.close();
    });

    test("gives back exactly what was put in, whatever the text", () => {
      const { journal } = open();
      const texts = ['"quoted"', "line\nline", "nul \u0000", "half \ud83d", "é 漢 🚨 \ufffd", ""];
      const facts = texts.map((text, index) => sampleFact(index, text));
      journal.append(facts);
      expect(keptIn(journal)).toEqual(facts);
      expect(journal.head().hash).toBe(chainOf(facts));
      journal.close();
    });

    test("keeps every kind of fact of a trade", () => {
      const opened = open();
      const { facts } = tradeStory(1);
      opened.journal.append(facts);
      const again = opened.reopen();
      expect(keptIn(again)).toEqual(facts);
      again.close();
    });

    test("reads from any point on, across any number of pages", () => {
      const { journal } = open();
      const facts = sampleFacts(2_500);
      journal.append(facts);
      expect(keptIn(journal)).toEqual(facts);
      expect(keptIn(journal, 999)).toEqual(facts.slice(999));
      expect(keptIn(journal, 2_499)).toEqual(facts.slice(2_499));
      expect(keptIn(journal, 2_500)).toEqual([]);
      journal.close();
    });

    test("the same facts make the same chain however they are cut into calls", () => {
      const cuts = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 6 });
      fc.assert(
        fc.property(cuts, (sizes) => {
          const { journal } = open();
          const facts = sampleFacts(sizes.reduce((sum, size) => sum + size, 0));
          let from = 0;
          for (const size of sizes) {
            journal.append(facts.slice(from, from + size));
            from += size;
          }
          expect(journal.head()).toEqual({ sequence: facts.length, hash: chainOf(facts) });
          expect(keptIn(journal)).toEqual(facts);
          journal.close();
        }),
        { numRuns: 15 },
      );
    });

    test("can be written while it is being read, and the reader goes on", () => {
      const { journal } = open();
      journal.append(sampleFacts(3));
      const seen: number[] = [];
      for (const { sequence } of journal.read(0)) {
        seen.push(sequence);
        if (sequence === 1) journal.append(sampleFacts(1, 4));
      }
      expect(seen.slice(0, 3)).toEqual([1, 2, 3]);
      expect(journal.head().sequence).toBe(4);
      journal.close();
    });

    test("goes on after a restart where it stopped", () => {
      const opened = open();
      const facts = sampleFacts(30);
      opened.journal.append(facts.slice(0, 20));
      const before = opened.journal.head();
      const again = opened.reopen();
      expect(again.head()).toEqual(before);
      again.append(facts.slice(20));
      expect(again.head()).toEqual({ sequence: 30, hash: chainOf(facts) });
      again.close();
    });

    test("gives the newest snapshot, also after a restart", () => {
      const opened = open();
      opened.journal.append(sampleFacts(20));
      for (const sequence of [3, 12, 7]) {
        const saved = opened.journal.saveSnapshot({ sequence, body: `state at ${sequence}` });
        expect(saved.ok).toBe(true);
      }
      const newest = { sequence: 12, body: "state at 12" };
      expect(opened.journal.newestSnapshot()).toEqual(newest);
      const again = opened.reopen();
      expect(again.newestSnapshot()).toEqual(newest);
      again.close();
    });

    test("replaces a snapshot taken at the same fact", () => {
      const { journal } = open();
      journal.append(sampleFacts(1));
      journal.saveSnapshot({ sequence: 1, body: "first" });
      journal.saveSnapshot({ sequence: 1, body: "second" });
      expect(journal.newestSnapshot()).toEqual({ sequence: 1, body: "second" });
      journal.close();
    });

    test("takes no snapshot of what it does not hold", () => {
      const { journal } = open();
      journal.append(sampleFacts(1));
      expect(() => journal.saveSnapshot({ sequence: 2, body: "" })).toThrow(InvariantError);
      expect(() => journal.saveSnapshot({ sequence: 0, body: "" })).toThrow(InvariantError);
      journal.close();
    });
  });
}
