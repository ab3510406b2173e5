/**
 * Every message that was ever heard, as it came: the memory of the sources.
 *
 * ```text
 * source ─► keep (durable) ─► the house decides ─► settled
 *              └─ a restart offers again what was kept and never settled
 * ```
 *
 * It answers what an adapter cannot know by itself: what a message said before it was edited, what
 * the one it replies to says, and from where a channel has to be read again after a gap. Nothing in
 * it moves money; a trade is known by the journal alone.
 */
import type { Message, MessageRef } from "../core/model/message.ts";
import type { Millis } from "../core/model/units.ts";
import type { Result } from "../std/result.ts";

export interface KeptMessage {
  /** Grows with every version of every message, in the order they were kept; there may be gaps. */
  readonly sequence: number;
  readonly message: Message;
  readonly receivedAt: Millis;
  /** Imported from an export: read by statistics and replays, never offered to the house. */
  readonly imported: boolean;
  /** What the source received, where that is not the message itself (a webhook's body). */
  readonly raw: string | null;
}

export type NewMessage = Omit<KeptMessage, "sequence">;

export interface HistoryFault {
  readonly kind: "full" | "read-only" | "busy" | "corrupt" | "failed";
  readonly detail: string;
}

export interface HistoryFilter {
  readonly source?: Message["source"];
  readonly channel?: string;
  readonly since?: Millis;
  /** Newest so many, still told oldest first. */
  readonly newest?: number;
}

/** What arrived and was no message. */
export interface KeptFault {
  readonly source: Message["source"];
  readonly channel: string;
  readonly at: Millis;
  /** The beginning of it, 16 kB at most. */
  readonly raw: string;
  readonly reason: string;
}

export interface HistoryCounts {
  /** Every version of every message. */
  readonly messages: number;
  /** Of them, those the house has not decided about. */
  readonly unsettled: number;
  readonly faults: number;
}

/** Reading throws when the file is damaged. */
export interface HistoryReader {
  /** Oldest first by the time they were sent. */
  read(filter?: HistoryFilter): Iterable<KeptMessage>;
  /** Its newest version. */
  find(ref: MessageRef): KeptMessage | null;
  /** In any channel of any source; the newest if there are several. */
  findById(id: string): KeptMessage | null;
  counts(): HistoryCounts;
  /** The newest so many, oldest first. */
  faults(newest: number): readonly KeptFault[];
  close(): void;
}

export interface History extends HistoryReader {
  /**
   * Kept for good when it returns, one transaction for all. A version that was known gives null in
   * its place: same message, same event, same content. One that was only imported becomes new when
   * it is heard for real, for it was never decided about.
   */
  keep(messages: readonly NewMessage[]): Result<readonly (KeptMessage | null)[], HistoryFault>;
  /** The house has decided about it. */
  settle(sequences: readonly number[]): Result<void, HistoryFault>;
  /** Kept, not imported, and never settled; the oldest so many, oldest first. */
  unsettled(most?: number): readonly KeptMessage[];
  /**
   * The highest id of a channel up to which everything that was created there and heard here is
   * settled; null for a new channel. From there a channel is read again after a gap.
   */
  lastSettled(source: Message["source"], channel: string): string | null;
  /** Something arrived that is no message: kept raw for whoever looks for it. */
  keepFault(fault: KeptFault): Result<void, HistoryFault>;
  /** Forgets what came in earlier, oldest first and a bounded number at a call; says how many. */
  prune(before: Millis): Result<number, HistoryFault>;
}
