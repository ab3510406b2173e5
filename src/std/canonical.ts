/**
 * One value, one text: JSON with the keys of every object in alphabetical order.
 *
 * Two states are equal exactly when their canonical texts are equal, byte for byte; that is how a
 * rebuilt journal proves itself. Tries are written as sorted lists of their entries.
 */
import { entriesOf, type Trie } from "./trie.ts";

export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  if (isTrie(value)) return sorted(byKey(entriesOf(value)));
  return Object.fromEntries(byKey(Object.entries(value)).map(([key, one]) => [key, sorted(one)]));
}

const byKey = <V>(entries: readonly (readonly [string, V])[]): readonly (readonly [string, V])[] =>
  entries.toSorted(([a], [b]) => (a < b ? -1 : 1));

/** A trie has a node or nothing as its root; an instrument's root, say, is a text. */
const isTrie = (value: object): value is Trie<unknown> =>
  "root" in value &&
  "size" in value &&
  typeof value.root === "object" &&
  Object.keys(value).length === 2;
