/**
 * Deliberate mistakes, to see that the matrix notices them.
 *
 * Each is what somebody might do to make the house faster: answer before it is written, or take the
 * venue's books as they are.
 */
import type { Fact } from "../../src/core/model/fact.ts";
import type { Head, Journal } from "../../src/ports/journal.ts";
import type { PaperBook } from "../../src/ports/paper-book.ts";
import { chainHash } from "../../src/shell/sqlite/chain.ts";
import { ok } from "../../src/std/result.ts";

/** Acknowledges facts at once and writes them with the next ones. */
export function lateJournal(journal: Journal): Journal {
  let held: readonly Fact[] = [];
  let head: Head = journal.head();
  const write = (): void => {
    journal.append(held);
    held = [];
  };
  return {
    ...journal,
    head: () => head,
    append(facts) {
      write();
      held = facts;
      for (const fact of facts) {
        const sequence = head.sequence + 1;
        head = { sequence, hash: chainHash(head.hash, sequence, JSON.stringify(fact)) };
      }
      return ok(head);
    },
    saveSnapshot(snapshot) {
      write();
      return journal.saveSnapshot(snapshot);
    },
    close() {
      write();
      journal.close();
    },
  };
}

/** Keeps each entry back until the next one comes. */
export function lateBook(book: PaperBook): PaperBook {
  let held: readonly string[] = [];
  const write = (): void => {
    if (held.length > 0) book.append(held);
    held = [];
  };
  return {
    ...book,
    append(entries) {
      write();
      held = entries;
    },
    checkpoint(body) {
      write();
      book.checkpoint(body);
    },
    close() {
      write();
      book.close();
    },
  };
}
