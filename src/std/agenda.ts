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
 * simulated day can be repeated. An entry knows its place in the heap, so calling one off removes it
 * at once and a cancelled alarm for next year costs no memory until then.
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
  /** Index in the heap; `OUT` once taken or called off. */
  place: number;
}

const OUT = -1;

export function agenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = [];
  let sequence = 0;
  return {
    size: () => heap.length,
    add(at, item) {
      const entry = { at, item, sequence, place: heap.length };
      sequence += 1;
      heap.push(entry);
      rise(heap, entry);
      return () => remove(heap, entry);
    },
    first: () => heap[0] ?? null,
    take() {
      const first = heap[0];
      if (first === undefined) return null;
      remove(heap, first);
      return first;
    },
  };
}

/** Fills the hole with the last entry, which may belong higher or lower than there. */
function remove<T>(heap: Entry<T>[], entry: Entry<T>): void {
  if (entry.place === OUT) return;
  const last = heap.pop();
  if (last !== undefined && last !== entry) {
    put(heap, last, entry.place);
    rise(heap, last);
    sink(heap, last);
  }
  entry.place = OUT;
}

function rise<T>(heap: Entry<T>[], entry: Entry<T>): void {
  while (entry.place > 0) {
    const parent = heap[(entry.place - 1) >> 1];
    if (parent === undefined || isBefore(parent, entry)) return;
    swap(heap, parent, entry);
  }
}

function sink<T>(heap: Entry<T>[], entry: Entry<T>): void {
  for (;;) {
    const left = heap[entry.place * 2 + 1];
    const right = heap[entry.place * 2 + 2];
    const child = left && right && isBefore(right, left) ? right : left;
    if (child === undefined || isBefore(entry, child)) return;
    swap(heap, entry, child);
  }
}

const isBefore = <T>(one: Entry<T>, other: Entry<T>): boolean =>
  one.at < other.at || (one.at === other.at && one.sequence < other.sequence);

function swap<T>(heap: Entry<T>[], upper: Entry<T>, lower: Entry<T>): void {
  const { place } = upper;
  put(heap, upper, lower.place);
  put(heap, lower, place);
}

function put<T>(heap: Entry<T>[], entry: Entry<T>, place: number): void {
  heap[place] = entry;
  entry.place = place;
}
