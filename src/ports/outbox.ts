/**
 * What is still to be told, and to whom. It lies in the journal's own file: a slip is written in the
 * transaction of its fact, so that nothing that happened can be forgotten on the way out.
 *
 * ```text
 * slip ─ word ─► worded ─ pack ─► in a letter ─ mark ─► sent
 *                                    │   ▲                └ or expired, then named in a digest
 *                                    └───┘ tried again, under the same name
 * ```
 *
 * 1. A slip goes into one letter, ever; a letter never changes. Its id is made of its first fact's
 *    place in the chain and of the channel, so a try that was answered and not noted is repeated
 *    under the same id.
 * 2. Each call is one transaction: done and durable, or refused and nothing of it is done.
 * 3. Every list comes oldest first and no longer than was asked for.
 */
import type { Slip } from "../core/model/notification.ts";
import type { Millis } from "../core/model/units.ts";
import type { Result } from "../std/result.ts";
import type { JournalFault } from "./journal.ts";

/** A slip with its words, which only who wrote them reads. */
export interface WordedSlip extends Slip {
  readonly words: string;
}

/** One channel's letter, named by its first fact; a digest names letters that never arrived. */
export interface LetterKey {
  readonly channel: string;
  readonly sequence: number;
  readonly kind: "letter" | "digest";
}

export interface KeptLetter extends LetterKey {
  readonly body: string;
  readonly packedAt: Millis;
  readonly tries: number;
  /** Not before. */
  readonly dueAt: Millis;
}

export interface NewLetter extends LetterKey {
  readonly body: string;
  readonly at: Millis;
  /** Too old to be tried at all. */
  readonly expired?: true;
}

export type Mark =
  | { readonly kind: "sent"; readonly at: Millis; readonly said: string }
  | { readonly kind: "retry"; readonly dueAt: Millis; readonly said: string }
  | { readonly kind: "expired" };

/** How one channel stands. */
export interface Standing {
  readonly channel: string;
  /** Facts on their way: in no letter yet, or in one that was not taken. */
  readonly waiting: number;
  readonly oldest: Millis | null;
  /** Letters. */
  readonly sent: number;
  readonly expired: number;
  readonly lastSentAt: Millis | null;
  /** What was said at the last try of a letter that still waits. */
  readonly refusal: string | null;
}

export interface OutboxReader {
  standings(): readonly Standing[];
}

export interface Outbox extends OutboxReader {
  /** The first slip without words; null: all have theirs. */
  firstUnworded(): number | null;
  /** Those without words of the facts from `from` to `to`, both included. */
  unworded(from: number, to: number): readonly Slip[];
  word(slips: readonly WordedSlip[]): Result<void, JournalFault>;
  /** With words, in no letter yet. */
  loose(channel: string, most: number): readonly WordedSlip[];
  /** The id of the letter that would begin with this fact; whoever asks again gets it again. */
  idOf(key: LetterKey): string;
  /** The first of `sequences` names the letter; a digest has no slips of its own. */
  pack(letter: NewLetter, sequences: readonly number[]): Result<void, JournalFault>;
  /** Not taken yet, the earliest due first. */
  waiting(channel: string, most: number): readonly KeptLetter[];
  mark(key: LetterKey, mark: Mark): Result<void, JournalFault>;
  /** Too old, and in no digest yet. */
  expired(channel: string, most: number): readonly KeptLetter[];
  /** Puts a digest in the place of the expired letters it names. */
  packDigest(digest: NewLetter, named: readonly LetterKey[]): Result<void, JournalFault>;
  /** When its letters of the time since then were taken, digests too. */
  sentSince(channel: string, since: Millis): readonly Millis[];
  /** Forgets what was settled before; what still waits stays. */
  prune(before: Millis): Result<void, JournalFault>;
}
