import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hash32 } from "../../../src/std/hash.ts";
import {
  emptyTrie,
  entriesOf,
  getIn,
  removeIn,
  setIn,
  type Trie,
  trieOf,
  valuesOf,
} from "../../../src/std/trie.ts";

/**
 * Keys of three characters with one hash. Before its final mixing the hash is FNV-1a: whatever two
 * characters leave in the lower half, a third can undo; so it is enough to search for beginnings
 * that agree in the upper half.
 */
function collidingKeys(count: number): readonly string[] {
  const step = (h: number, unit: number): number => Math.imul(h ^ unit, 0x01000193);
  const byUpperHalf = new Map<number, string[]>();
  for (let n = 0; n < 0x100000; n++) {
    const [one, two] = [0x41 + (n & 0xff), 0x41 + (n >>> 8)];
    const mixed = step(step(0x811c9dc5, one), two);
    const keys = byUpperHalf.get(mixed >>> 16) ?? [];
    keys.push(String.fromCharCode(one, two, (mixed & 0xffff) ^ 0x41));
    byUpperHalf.set(mixed >>> 16, keys);
    if (keys.length === count) return keys;
  }
  throw new Error(`no ${count} keys collide`);
}

const COLLIDING = collidingKeys(4);
const [first = "", second = "", third = ""] = COLLIDING;

/** Few plain keys, so that they are set, set again and removed; and the ones that collide. */
const keys = fc.oneof(
  fc.constantFrom(...COLLIDING),
  fc.integer({ min: 0, max: 80 }).map((n) => `key-${n}`),
  fc.string({ maxLength: 3 }),
);
const operations = fc.array(
  fc.record({ key: keys, value: fc.option(fc.nat(), { nil: undefined }), remove: fc.boolean() }),
  { maxLength: 200 },
);

const sorted = <V>(entries: Iterable<readonly [string, V]>): readonly (readonly [string, V])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

function expectSame<V>(trie: Trie<V>, map: ReadonlyMap<string, V>): void {
  expect(sorted(entriesOf(trie))).toEqual(sorted(map));
  expect(valuesOf(trie)).toEqual(entriesOf(trie).map(([, value]) => value));
  expect(trie.size).toBe(map.size);
  for (const [key, value] of map) expect(getIn(trie, key)).toBe(value);
}

describe("keys chosen to collide", () => {
  it("really do", () => {
    expect(new Set(COLLIDING).size).toBe(4);
    expect(new Set(COLLIDING.map(hash32)).size).toBe(1);
  });

  it("are kept apart, replaced and removed one by one", () => {
    const all = trieOf([
      [first, 1],
      [second, 2],
      [third, 3],
    ]);
    const replaced = setIn(all, second, 20);
    expect([first, second, third].map((key) => getIn(replaced, key))).toEqual([1, 20, 3]);
    expect(replaced.size).toBe(3);

    const two = removeIn(replaced, second);
    const one = removeIn(two, first);
    expect([two.size, one.size]).toEqual([2, 1]);
    expect(entriesOf(one)).toEqual([[third, 3]]);
    expect(sorted(entriesOf(replaced))).toEqual(
      sorted([
        [first, 1],
        [second, 20],
        [third, 3],
      ]),
    );
    expect(removeIn(one, third)).toMatchObject({ size: 0, root: null });
    expect(getIn(all, COLLIDING[3] ?? "")).toBeUndefined();
  });
});

describe("a trie", () => {
  it("behaves like a Map, whatever is set and removed", () => {
    fc.assert(
      fc.property(operations, (steps) => {
        const map = new Map<string, number | undefined>();
        let trie: Trie<number | undefined> = emptyTrie();
        for (const { key, value, remove } of steps) {
          if (remove) map.delete(key);
          else map.set(key, value);
          trie = remove ? removeIn(trie, key) : setIn(trie, key, value);
        }
        expectSame(trie, map);
      }),
      { numRuns: 300 },
    );
  });

  it("leaves every older version as it was", () => {
    fc.assert(
      fc.property(operations, (steps) => {
        const versions: [Trie<number | undefined>, Map<string, number | undefined>][] = [];
        let trie: Trie<number | undefined> = emptyTrie();
        const map = new Map<string, number | undefined>();
        for (const { key, value, remove } of steps) {
          versions.push([trie, new Map(map)]);
          trie = remove ? removeIn(trie, key) : setIn(trie, key, value);
          if (remove) map.delete(key);
          else map.set(key, value);
        }
        for (const [version, truth] of versions) expectSame(version, truth);
      }),
      { numRuns: 30 },
    );
  });

  it("iterates in an order that depends on its content alone, not on its history", () => {
    const entries = fc.uniqueArray(fc.tuple(keys, fc.nat()), { selector: ([key]) => key });
    fc.assert(
      fc.property(entries, fc.array(keys), (wanted, passing) => {
        const straight = trieOf(wanted);
        const detour = passing.reduce((trie, key) => setIn(trie, key, -1), trieOf<number>([]));
        const filled = wanted.toReversed().reduce((trie, [key, n]) => setIn(trie, key, n), detour);
        const kept = new Set(wanted.map(([key]) => key));
        const cleared = passing.filter((key) => !kept.has(key)).reduce(removeIn, filled);
        expect(entriesOf(cleared)).toEqual(entriesOf(straight));
      }),
    );
  });

  it("that is empty has nothing to give or to remove", () => {
    const empty = emptyTrie<number>();
    expect(getIn(empty, "x")).toBeUndefined();
    expect(removeIn(empty, "x")).toBe(empty);
    expect(entriesOf(empty)).toEqual([]);
  });

  it("stays the same value when a key that is not there is removed", () => {
    const trie = trieOf([["a", 1]]);
    expect(removeIn(trie, "b")).toBe(trie);
  });

  it("gives its values without their keys", () => {
    const trie = trieOf([
      ["a", 1],
      ["b", 2],
    ]);
    expect([...valuesOf(trie)].sort()).toEqual([1, 2]);
  });

  it("holds ten thousand keys", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => [`ts-${i}`, i] as const);
    const trie = trieOf(many);
    expect(trie.size).toBe(10_000);
    expect(many.every(([key, value]) => getIn(trie, key) === value)).toBe(true);
  });
});
