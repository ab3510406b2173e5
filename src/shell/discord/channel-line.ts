/**
 * The messages of one channel in the order they were posted, each once, however often and in
 * whatever order they are delivered.
 *
 * ```text
 * gateway ──► hear ──┬─ at ease ──────────────────────────► told at once
 *                    └─ holding ─► wait ─┐
 * REST ─────► gather ────────────────────┴─► sorted ──────► told in order
 * ```
 *
 * While a gap is read over REST, what the gateway says waits and is sorted in: by the id, which
 * counts with time, and an edit by the time it was made. A message that was edited before it could
 * be read is told as it is now: nobody keeps what it said before.
 */
import {
  createMemory,
  type Item,
  isKnown,
  learn,
  learnMissing,
  type Memory,
  type MemoryParts,
} from "./channel-memory.ts";
import type { Posted } from "./message.ts";
import { compareIds, laterId, timeOfId } from "./snowflake.ts";

export interface ChannelLine {
  /** Of the gateway. */
  hear(item: Item): void;
  /** It is there, and nothing of it is told: a message of our own. */
  pass(id: string): void;
  /** From here on what is heard waits for `release`. */
  hold(): void;
  /** Tells what was read, with what waits sorted in; of an incomplete reading, up to its end. */
  gather(rows: readonly Posted[], options: { readonly isComplete: boolean }): void;
  /** The newest messages there are, read as one piece: tells what was deleted from among them. */
  compare(newest: readonly Posted[]): void;
  /** True when more came than could wait, and the channel has to be read again. */
  release(): boolean;
  memory(): Pick<Memory, "floor" | "newest" | "duplicates">;
}

/** More than this in the time of a reading is a flood; it is read over REST instead. */
const WAITING_MAX = 1_000;

export function channelLine(parts: MemoryParts): ChannelLine {
  const memory = createMemory(parts);
  let waiting: Item[] = [];
  let isHolding = false;
  let hasOverflown = false;
  const learnAll = (items: readonly Item[]): void => {
    for (const item of inOrder(items, memory)) learn(memory, item);
  };
  return {
    hear(item) {
      if (!isHolding) learn(memory, item);
      else if (waiting.length < WAITING_MAX) waiting.push(item);
      else hasOverflown = true;
    },
    pass(id) {
      memory.newest = laterId(memory.newest, id);
    },
    hold() {
      isHolding = true;
    },
    gather(rows, { isComplete }) {
      const last = rows.at(-1)?.message.id;
      const horizon = isComplete || last === undefined ? Number.POSITIVE_INFINITY : timeOfId(last);
      const due = waiting.filter((item) => isComplete || timeOf(item) <= horizon);
      waiting = waiting.filter((item) => !due.includes(item));
      learnAll([...rows.map((posted) => ({ kind: "read", posted }) as const), ...due]);
    },
    compare: (newest) => learnMissing(memory, newest),
    release() {
      const rest = waiting;
      const isShort = hasOverflown;
      waiting = [];
      hasOverflown = false;
      isHolding = false;
      learnAll(rest);
      return isShort;
    },
    memory: () => memory,
  };
}

const idOf = (item: Item): string => (item.kind === "gone" ? item.id : item.posted.message.id);
const versionOf = (item: Item): number => (item.kind === "gone" ? 0 : item.posted.editedAt);

/** A deletion says nothing of its time: it comes after everything else. */
const timeOf = (item: Item): number =>
  item.kind === "gone"
    ? Number.MAX_SAFE_INTEGER
    : Math.max(item.posted.editedAt, timeOfId(idOf(item)));

/** What shows a message itself comes before what only changes it. */
const RANK: Readonly<Record<Item["kind"], number>> = { posted: 0, read: 0, changed: 1, gone: 2 };

const byMessage = (a: Item, b: Item): number =>
  compareIds(idOf(a), idOf(b)) || RANK[a.kind] - RANK[b.kind] || versionOf(a) - versionOf(b);

/**
 * By time. The first version of a message that is new stands where it was posted, later ones where
 * they were edited.
 */
function inOrder(items: readonly Item[], memory: Memory): readonly Item[] {
  const begun = new Set<string>();
  const timed = items.toSorted(byMessage).map((item) => {
    const id = idOf(item);
    const isFirst = item.kind !== "gone" && !isKnown(memory, id) && !begun.has(id);
    begun.add(id);
    return { item, at: isFirst ? timeOfId(id) : timeOf(item) };
  });
  return timed.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}
