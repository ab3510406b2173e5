/**
 * A journal without a disk, for simulations that live through thousands of days a minute.
 *
 * It keeps every promise of the port except surviving the process: facts are kept as text, as on
 * disk, and a "restart" opens a new journal on the same `MemoryDisk`. The chain is computed when
 * somebody asks for a hash, so a simulation that never asks never pays. `refuse` is asked before
 * every write and may answer with a fault, for days on which the disk is full.
 */
import { createHash } from "node:crypto";
import type { Fact } from "../../src/core/model/fact.ts";
import type { Head, Journal, JournalFault, StateSnapshot } from "../../src/ports/journal.ts";
import type { Outbox } from "../../src/ports/outbox.ts";
import { invariant } from "../../src/std/assert.ts";
import { err, ok } from "../../src/std/result.ts";
import { type MemoryOutbox, memoryOutbox, newOutbox } from "./memory-outbox.ts";

/** What stays when the process dies. */
export interface MemoryDisk {
  readonly bodies: string[];
  /** Chain values as far as anyone has asked for them. */
  readonly hashes: string[];
  readonly snapshots: StateSnapshot[];
  readonly outbox: MemoryOutbox;
}

export const memoryDisk = (): MemoryDisk => ({
  bodies: [],
  hashes: [],
  snapshots: [],
  outbox: newOutbox(),
});

const SNAPSHOTS_KEPT = 5;

export function memoryJournal(
  disk: MemoryDisk = memoryDisk(),
  refuse: () => JournalFault | null = () => null,
): Journal & { readonly outbox: Outbox } {
  const { bodies, snapshots } = disk;
  return {
    outbox: memoryOutbox(disk.outbox, (sequence) => hashAt(disk, sequence), refuse),
    append(facts, slips = []) {
      const fault = facts.length === 0 ? null : refuse();
      if (fault !== null) return err(fault);
      for (const { index, channel, topic } of slips) {
        const at = facts[index]?.at;
        invariant(at !== undefined, `a slip is for a fact it is written with, was for ${index}`);
        const sequence = bodies.length + index + 1;
        disk.outbox.slips.push({ sequence, channel, topic, at, words: null, letter: null });
      }
      for (const fact of facts) bodies.push(JSON.stringify(fact));
      return ok(headAt(disk, bodies.length));
    },
    head: () => headAt(disk, bodies.length),
    *read(after) {
      for (let index = after; index < bodies.length; index++) {
        yield { sequence: index + 1, fact: JSON.parse(bodies[index] ?? "") as Fact };
      }
    },
    saveSnapshot(snapshot) {
      const { sequence } = snapshot;
      invariant(
        sequence >= 1 && sequence <= bodies.length,
        `a snapshot stands on a recorded fact, was taken at ${sequence}`,
      );
      const fault = refuse();
      if (fault !== null) return err(fault);
      const others = snapshots.filter((one) => one.sequence !== sequence);
      const kept = [...others, snapshot].toSorted((a, b) => b.sequence - a.sequence);
      snapshots.splice(0, snapshots.length, ...kept.slice(0, SNAPSHOTS_KEPT));
      return ok(undefined);
    },
    newestSnapshot: (notAfter = bodies.length) =>
      snapshots.find(({ sequence }) => sequence <= notAfter) ?? null,
    close() {},
  };
}

function headAt(disk: MemoryDisk, sequence: number): Head {
  return {
    sequence,
    get hash() {
      return hashAt(disk, sequence);
    },
  };
}

function hashAt({ bodies, hashes }: MemoryDisk, sequence: number): string {
  for (let index = hashes.length; index < sequence; index++) {
    const before = hashes[index - 1] ?? "0".repeat(64);
    const text = `${before}${index + 1}${bodies[index]}`;
    hashes.push(createHash("sha256").update(text).digest("hex"));
  }
  return hashes[sequence - 1] ?? "0".repeat(64);
}
