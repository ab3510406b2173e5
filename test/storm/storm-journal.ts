/** A journal in memory whose disk can refuse and whose process can die on either side of a commit. */
import type { Fact } from "../../src/core/model/fact.ts";
import type { NewSlip } from "../../src/core/model/notification.ts";
import type { Journal, Recorded, StateSnapshot } from "../../src/ports/journal.ts";
import { hash32 } from "../../src/std/hash.ts";
import { err, ok } from "../../src/std/result.ts";

/** Thrown through the program to end it; nothing may catch it. */
export class Crash extends Error {
  override readonly name = "Crash";
}

export interface StormJournal extends Journal {
  readonly facts: readonly Recorded[];
  /** Who is to be told of facts from that number on; part of every commit. */
  note(first: number, facts: readonly Fact[], slips: readonly NewSlip[]): void;
  /** What the chain was at that fact. */
  hashAt(sequence: number): string;
  /** Folded hash of everything written: the trace of the run. */
  trace(): number;
}

export interface JournalHooks {
  readonly before: () => void;
  readonly after: (facts: readonly Fact[]) => void;
  readonly refuses: () => boolean;
  readonly note: StormJournal["note"];
}

export function stormJournal(hooks: JournalHooks): StormJournal {
  const facts: Recorded[] = [];
  const traces: number[] = [];
  const snapshots: StateSnapshot[] = [];
  let trace = 0;
  const head = () => ({ sequence: facts.length, hash: String(trace) });
  return {
    facts,
    trace: () => trace,
    note: hooks.note,
    hashAt: (sequence) => String(traces[sequence - 1]).padStart(10, "0"),
    append(news, slips = []) {
      hooks.before();
      if (hooks.refuses()) return err({ kind: "full", detail: "the disk is full" });
      hooks.note(facts.length + 1, news, slips);
      for (const fact of news) {
        facts.push({ sequence: facts.length + 1, fact });
        trace = hash32(`${trace}${JSON.stringify(fact)}`);
        traces.push(trace);
      }
      hooks.after(news);
      return ok(head());
    },
    head,
    read: (after) => facts.slice(after),
    saveSnapshot(snapshot) {
      snapshots.push(snapshot);
      return ok(undefined);
    },
    newestSnapshot: () => snapshots.at(-1) ?? null,
    close: () => {},
  };
}
