/**
 * What is due next: a binary heap ordered by (time, sequence).
 *
 * ```text
 *            12:00 #3              the earliest is on top;
 *           /        \             of two at the same moment, the one added first
 *     12:00 #7     12:04 #1
 * ```
 *
 * The sequence makes the order total, so the same additions always come out in the same order: a
 * simulated day can be repeated. An entry that is called off stays where it is, marked, until it
 * comes up or the marked ones are more than the others; then all of them go at once. So calling off
 * costs next to nothing, and a cancelled alarm for next year costs no memory until then.
 */
export interface Due<T> {
  readonly at: number;
  readonly item: T;
}

export interface Agenda<T> {
  size(): number;
  /** Calls the entry off when the returned function is called; after it was taken, does nothing. */
  add(at: number, item: T): () => void;
  /** The next entry, left where it is; null when there is none. */
  first(): Due<T> | null;
  /** The next entry, removed; null when there is none. */
  take(): Due<T> | null;
}

interface Entry<T> extends Due<T> {
  readonly sequence: number;
  /** Taken or called off. */
  isOut: boolean;
}

export function agenda<T>(): Agenda<T> {
  let heap: Entry<T>[] = [];
  let sequence = 0;
  /** Entries of the heap that were called off. */
  let dead = 0;

  function callOff(entry: Entry<T>): void {
    if (entry.isOut) return;
    entry.isOut = true;
    dead += 1;
    if (dead * 2 <= heap.length) return;
    const alive: Entry<T>[] = [];
    for (const one of heap) if (!one.isOut) rise(alive, one);
    heap = alive;
    dead = 0;
  }

  function first(): Entry<T> | null {
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      if (!top.isOut) return top;
      dropFirst(heap);
      dead -= 1;
    }
    return null;
  }

  return {
    size: () => heap.length - dead,
    add(at, item) {
      const entry = { at, item, sequence, isOut: false };
      sequence += 1;
      rise(heap, entry);
      return () => callOff(entry);
    },
    first,
    take() {
      const next = first();
      if (next === null) return null;
      next.isOut = true;
      dropFirst(heap);
      return next;
    },
  };
}

/** Puts an entry in at the end and lets it rise to where it belongs. */
function rise<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let place = heap.length;
  for (let up = (place - 1) >> 1; place > 0; up = (place - 1) >> 1) {
    const parent = heap[up];
    if (parent === undefined || isBefore(parent, entry)) break;
    heap[place] = parent;
    place = up;
  }
  heap[place] = entry;
}

/** Fills the hole on top with the last entry, which sinks to where it belongs. */
function dropFirst<T>(heap: Entry<T>[]): void {
  const last = heap.pop();
  if (last !== undefined && heap.length > 0) sink(heap, last);
}

function sink<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let place = 0;
  for (;;) {
    const left = heap[place * 2 + 1];
    const right = heap[place * 2 + 2];
    const isRight = left !== undefined && right !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (child === undefined || isBefore(entry, child)) break;
    heap[place] = child;
    place = place * 2 + (isRight ? 2 : 1);
  }
  heap[place] = entry;
}

const isBefore = <T>(one: Entry<T>, other: Entry<T>): boolean =>
  one.at < other.at || (one.at === other.at && one.sequence < other.sequence);
