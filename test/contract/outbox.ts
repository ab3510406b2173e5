/** What every outbox promises, proved on the one in SQLite and on the one in memory. */
import { describe, expect, test } from "vitest";
import type { NewSlip } from "../../src/core/model/notification.ts";
import { millis } from "../../src/core/model/units.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { NewLetter, Outbox } from "../../src/ports/outbox.ts";
import { InvariantError } from "../../src/std/assert.ts";
import { NOON, sampleFacts } from "../kit/sample-facts.ts";

export interface OpenedOutbox {
  readonly journal: Journal & { readonly outbox: Outbox };
  reopen(): Journal & { readonly outbox: Outbox };
}

const slipAt = (index: number, channel = "mail"): NewSlip => ({ index, channel, topic: "entry" });
const later = (minutes: number) => millis(NOON + minutes * 60_000);
const key = (sequence: number, channel = "mail") =>
  ({ channel, sequence, kind: "letter" }) as const;
const letter = (sequence: number, more: Partial<NewLetter> = {}): NewLetter => ({
  ...key(sequence),
  body: `letter ${sequence}`,
  at: later(1),
  ...more,
});

function wordAll(outbox: Outbox): void {
  const slips = outbox.unworded(1, 1_000);
  const done = outbox.word(slips.map((slip) => ({ ...slip, words: `words ${slip.sequence}` })));
  expect(done.ok).toBe(true);
}

export function outboxContract(name: string, open: () => OpenedOutbox): void {
  describe(`the outbox ${name}`, () => {
    test("begins empty", () => {
      const { outbox } = open().journal;
      expect(outbox.firstUnworded()).toBeNull();
      expect(outbox.loose("mail", 10)).toEqual([]);
      expect(outbox.waiting("mail", 10)).toEqual([]);
      expect(outbox.standings()).toEqual([]);
    });

    test("holds the slips that came with the facts, also after a restart", () => {
      const opened = open();
      opened.journal.append(sampleFacts(2));
      opened.journal.append(sampleFacts(3, 3), [slipAt(0), slipAt(2), slipAt(2, "phone")]);
      const { outbox } = opened.reopen();
      expect(outbox.firstUnworded()).toBe(3);
      expect(outbox.unworded(1, 4).map(({ sequence }) => sequence)).toEqual([3]);
      const all = outbox.unworded(1, 5);
      expect(all).toHaveLength(3);
      expect(all[0]).toEqual({ sequence: 3, channel: "mail", topic: "entry", at: NOON + 3 });
    });

    test("takes a single fact with its slip", () => {
      const { journal } = open();
      expect(journal.append(sampleFacts(1), [slipAt(0)]).ok).toBe(true);
      expect(journal.outbox.unworded(1, 1)).toHaveLength(1);
    });

    test("a slip for a fact that is not there is a bug, and nothing is written", () => {
      const { journal } = open();
      expect(() => journal.append(sampleFacts(1), [slipAt(4)])).toThrow(InvariantError);
      expect(journal.head().sequence).toBe(0);
    });

    test("words are written once and stay", () => {
      const { journal } = open();
      journal.append(sampleFacts(2), [slipAt(0), slipAt(1)]);
      const { outbox } = journal;
      expect(outbox.loose("mail", 10)).toEqual([]);
      wordAll(outbox);
      expect(outbox.firstUnworded()).toBeNull();
      const again = outbox.loose("mail", 10).map((slip) => ({ ...slip, words: "others" }));
      outbox.word(again);
      expect(outbox.loose("mail", 10).map(({ words }) => words)).toEqual(["words 1", "words 2"]);
      expect(outbox.loose("mail", 1)).toHaveLength(1);
      expect(outbox.loose("phone", 10)).toEqual([]);
    });

    test("a slip goes into one letter, and only once", () => {
      const { journal } = open();
      journal.append(sampleFacts(3), [slipAt(0), slipAt(1), slipAt(2)]);
      const { outbox } = journal;
      wordAll(outbox);
      expect(outbox.pack(letter(1), [1, 3]).ok).toBe(true);
      expect(outbox.loose("mail", 10).map(({ sequence }) => sequence)).toEqual([2]);
      expect(() => outbox.pack(letter(2), [2, 3])).toThrow(InvariantError);
      expect(() => outbox.pack(letter(3), [2])).toThrow(InvariantError);
      expect(outbox.waiting("mail", 10)).toEqual([
        { ...key(1), body: "letter 1", packedAt: later(1), tries: 0, dueAt: later(1) },
      ]);
    });

    test("a letter's id is the same whenever it is asked for, and no other's", () => {
      const opened = open();
      opened.journal.append(sampleFacts(2), [slipAt(0), slipAt(1)]);
      const id = opened.journal.outbox.idOf(key(1));
      expect(id).toMatch(/^ts-1-[0-9a-f]{24}-mail$/);
      const others = [key(2), key(1, "phone"), { ...key(1), kind: "digest" } as const];
      const ids = others.map((other) => opened.journal.outbox.idOf(other));
      expect(new Set([id, ...ids]).size).toBe(4);
      opened.journal.append(sampleFacts(1, 9));
      expect(opened.reopen().outbox.idOf(key(1))).toBe(id);
    });

    test("a letter that was refused waits until it is due again", () => {
      const opened = open();
      opened.journal.append(sampleFacts(2), [slipAt(0), slipAt(1)]);
      wordAll(opened.journal.outbox);
      opened.journal.outbox.pack(letter(1), [1]);
      opened.journal.outbox.pack(letter(2), [2]);
      const mark = { kind: "retry", dueAt: later(5), said: "come later" } as const;
      expect(opened.journal.outbox.mark(key(1), mark).ok).toBe(true);
      const { outbox } = opened.reopen();
      const waiting = outbox.waiting("mail", 10);
      expect(waiting.map(({ sequence, tries }) => [sequence, tries])).toEqual([
        [2, 0],
        [1, 1],
      ]);
      expect(outbox.standings()).toEqual([
        {
          channel: "mail",
          waiting: 2,
          oldest: NOON + 1,
          sent: 0,
          expired: 0,
          lastSentAt: null,
          refusal: "come later",
        },
      ]);
    });

    test("a letter that was taken is sent, counted, and forgotten when it is old", () => {
      const { journal } = open();
      journal.append(sampleFacts(2), [slipAt(0), slipAt(1)]);
      const { outbox } = journal;
      wordAll(outbox);
      outbox.pack(letter(1), [1]);
      outbox.mark(key(1), { kind: "sent", at: later(2), said: "250 OK" });
      expect(outbox.waiting("mail", 10)).toEqual([]);
      expect(outbox.sentSince("mail", later(1))).toEqual([later(2)]);
      expect(outbox.sentSince("mail", later(2))).toEqual([]);
      expect(outbox.standings()).toMatchObject([
        { waiting: 1, sent: 1, lastSentAt: later(2), refusal: null },
      ]);
      expect(outbox.prune(later(9)).ok).toBe(true);
      expect(outbox.standings()).toMatchObject([{ waiting: 1, sent: 0 }]);
    });

    test("what is too old is named in a digest, which is a letter of its own", () => {
      const { journal } = open();
      journal.append(sampleFacts(3), [slipAt(0), slipAt(1), slipAt(2)]);
      const { outbox } = journal;
      wordAll(outbox);
      outbox.pack(letter(1), [1]);
      outbox.mark(key(1), { kind: "expired" });
      outbox.pack(letter(2, { expired: true }), [2]);
      expect(outbox.waiting("mail", 10)).toEqual([]);
      expect(outbox.expired("mail", 10).map(({ body }) => body)).toEqual(["letter 1", "letter 2"]);
      const digest = letter(1, { kind: "digest", body: "two did not arrive", at: later(3) });
      expect(outbox.packDigest(digest, [key(1), key(2)]).ok).toBe(true);
      expect(outbox.expired("mail", 10)).toEqual([]);
      expect(outbox.waiting("mail", 10)).toMatchObject([{ kind: "digest", sequence: 1 }]);
      expect(outbox.standings()).toMatchObject([{ waiting: 1, expired: 2 }]);
      outbox.prune(later(60));
      expect(outbox.standings()).toMatchObject([{ waiting: 1, expired: 0 }]);
    });
  });
}
