import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../../../src/std/canonical.ts";
import { emptyTrie, trieOf } from "../../../src/std/trie.ts";

/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, reversed(one)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe("the canonical text of a value", () => {
  it("has its keys in alphabetical order, at every depth", () => {
    expect(canonical({ b: { d: 1, c: [{ f: null, e: true }] }, a: "x" })).toBe(
      '{"a":"x","b":{"c":[{"e":true,"f":null}],"d":1}}',
    );
  });

  it("does not depend on the order in which it was made", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(reversed(value))).toBe(canonical(value));
      }),
    );
  });

  it("means the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("of a trie is the sorted list of its entries", () => {
    const trie = trieOf([
      ["b", { y: 1, x: trieOf([["k", 2]]) }],
      ["a", { y: 3, x: emptyTrie() }],
    ]);
    expect(canonical({ trie })).toBe('{"trie":[["a",{"x":[],"y":3}],["b",{"x":[["k",2]],"y":1}]]}');
  });

  it("of something that only resembles a trie is its own", () => {
    expect(canonical({ size: "A", root: "ES" })).toBe('{"root":"ES","size":"A"}');
    expect(canonical({ size: 1, root: null, name: "x" })).toBe('{"name":"x","root":null,"size":1}');
    expect(canonical({ root: null })).toBe('{"root":null}');
  });
});
