/**
 * The memory of the house: facts, in order, for ever.
 *
 * `append` returns only when the facts survive a power cut. One call is one transaction: all of
 * them or none. Facts are numbered from 1 without gaps and chained by hash, so a changed or missing
 * row is found by `verify`.
 *
 * With the facts go the slips of those who are to be told of them (see `outbox.ts`): both are
 * written, or neither.
 */
import type { Fact } from "../core/model/fact.ts";
import type { NewSlip } from "../core/model/notification.ts";
import type { Result } from "../std/result.ts";

export interface Recorded {
  readonly sequence: number;
  readonly fact: Fact;
}

export interface StateSnapshot {
  /** The last fact folded into it. */
  readonly sequence: number;
  readonly body: string;
}

export interface Head {
  readonly sequence: number;
  /** SHA-256 chain value of the last fact, hex; of the empty journal, 64 zeros. */
  readonly hash: string;
}

/** The disk refused: nothing of the call was kept. */
export interface JournalFault {
  readonly kind: "full" | "read-only" | "busy" | "corrupt" | "failed";
  readonly detail: string;
}

export interface Journal {
  append(facts: readonly Fact[], slips?: readonly NewSlip[]): Result<Head, JournalFault>;
  head(): Head;
  /** Facts after `sequence`, in order. */
  read(after: number): Iterable<Recorded>;
  saveSnapshot(snapshot: StateSnapshot): Result<void, JournalFault>;
  /** The newest snapshot whose own hash and place in the chain are right, if any; not after a fact. */
  newestSnapshot(notAfter?: number): StateSnapshot | null;
  close(): void;
}
