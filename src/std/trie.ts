/**
 * A persistent map from text to values: setting a key gives a new map and leaves the old one whole.
 *
 * The engine's state holds every account, trade and recent message; copying a whole Map for each
 * fact would cost a millisecond at a thousand accounts. A hash trie copies one path of at most
 * seven small arrays instead.
 *
 * ```text
 * hash of key, five bits a level:   root ─► node ─► node ─► entry | bucket of entries (same hash)
 * ```
 *
 * Iteration follows the hash, so it is the same on every machine and for every history of the same
 * content, but means nothing; whoever shows values sorts them.
 */
import { hash32 } from "./hash.ts";

interface Entry<V> {
  readonly kind: "entry";
  readonly hash: number;
  readonly key: string;
  readonly value: V;
}
interface Bucket<V> {
  readonly kind: "bucket";
  readonly hash: number;
  readonly entries: readonly Entry<V>[];
}
interface Branch<V> {
  readonly kind: "branch";
  /** Entries below it. */
  readonly size: number;
  /** Bit i says whether slot i of the 32 is filled; `slots` holds only the filled ones. */
  readonly bitmap: number;
  readonly slots: readonly Node<V>[];
}
type Node<V> = Entry<V> | Bucket<V> | Branch<V>;

export interface Trie<V> {
  readonly size: number;
  readonly root: Node<V> | null;
}

const BITS = 5;
const MASK = 31;

const EMPTY: Trie<never> = { size: 0, root: null };
export const emptyTrie = <V>(): Trie<V> => EMPTY;

export function trieOf<V>(entries: Iterable<readonly [string, V]>): Trie<V> {
  let trie: Trie<V> = EMPTY;
  for (const [key, value] of entries) trie = setIn(trie, key, value);
  return trie;
}

export const getIn = <V>(trie: Trie<V>, key: string): V | undefined =>
  entryIn(trie, key, hashOf(key))?.value;

export function setIn<V>(trie: Trie<V>, key: string, value: V): Trie<V> {
  const hash = hashOf(key);
  const entry: Entry<V> = { kind: "entry", hash, key, value };
  const root = trie.root === null ? entry : place(trie.root, entry, 0);
  return { size: sizeOf(root), root };
}

export function removeIn<V>(trie: Trie<V>, key: string): Trie<V> {
  const hash = hashOf(key);
  if (trie.root === null || entryIn(trie, key, hash) === undefined) return trie;
  return { size: trie.size - 1, root: without(trie.root, hash, key, 0) };
}

/** Every entry, in the order of the hash. */
export function entriesOf<V>(trie: Trie<V>): readonly (readonly [string, V])[] {
  const out: (readonly [string, V])[] = [];
  if (trie.root !== null) collect(trie.root, out);
  return out;
}

/** The values in the same order. */
export function valuesOf<V>(trie: Trie<V>): readonly V[] {
  const out: V[] = [];
  eachIn(trie, (value) => out.push(value));
  return out;
}

/** Visits them without making a list. */
export function eachIn<V>({ root }: Trie<V>, visit: (value: V) => void): void {
  if (root !== null) walk(root, visit);
}

/** Signed: the runtime keeps such a number in the entry itself, and any larger one beside it. */
const hashOf = (key: string): number => hash32(key) | 0;

function entryIn<V>(trie: Trie<V>, key: string, hash: number): Entry<V> | undefined {
  let node: Node<V> | null | undefined = trie.root;
  for (let shift = 0; node?.kind === "branch"; shift += BITS) {
    const bit = 1 << ((hash >>> shift) & MASK);
    node = node.bitmap & bit ? node.slots[slotOf(node.bitmap, bit)] : undefined;
  }
  if (node?.kind === "bucket") return node.entries.find((entry) => entry.key === key);
  return node?.key === key ? node : undefined;
}

function sizeOf<V>(node: Node<V>): number {
  if (node.kind === "branch") return node.size;
  return node.kind === "entry" ? 1 : node.entries.length;
}

/** How many filled slots lie before `bit`: the population count of the bits below it. */
function slotOf(bitmap: number, bit: number): number {
  let n = bitmap & (bit - 1);
  n -= (n >>> 1) & 0x55555555;
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function place<V>(node: Node<V>, entry: Entry<V>, shift: number): Node<V> {
  if (node.kind === "branch") return placeInBranch(node, entry, shift);
  if (node.hash !== entry.hash) return placeInBranch(branchOf(node, shift), entry, shift);
  const others = (node.kind === "entry" ? [node] : node.entries).filter(
    (one) => one.key !== entry.key,
  );
  if (others.length === 0) return entry;
  // Sorted, so that the order of iteration depends on what is in it and not on how it came in.
  const entries = [...others, entry].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return { kind: "bucket", hash: entry.hash, entries };
}

function branchOf<V>(leaf: Entry<V> | Bucket<V>, shift: number): Branch<V> {
  const bitmap = 1 << ((leaf.hash >>> shift) & MASK);
  return { kind: "branch", size: sizeOf(leaf), bitmap, slots: [leaf] };
}

function placeInBranch<V>(branch: Branch<V>, entry: Entry<V>, shift: number): Branch<V> {
  const bit = 1 << ((entry.hash >>> shift) & MASK);
  const slot = slotOf(branch.bitmap, bit);
  if ((branch.bitmap & bit) === 0) {
    const slots = withSlot(branch.slots, slot, entry);
    return { kind: "branch", size: branch.size + 1, bitmap: branch.bitmap | bit, slots };
  }
  const slots = branch.slots.slice();
  const present = slots[slot] as Node<V>;
  const next = place(present, entry, shift + BITS);
  slots[slot] = next;
  const size = branch.size + sizeOf(next) - sizeOf(present);
  return { kind: "branch", size, bitmap: branch.bitmap, slots };
}

/** In one list that is as long as it has to be: half of what a step allocates are these. */
function withSlot<V>(slots: readonly Node<V>[], slot: number, entry: Entry<V>): readonly Node<V>[] {
  const next = new Array<Node<V>>(slots.length + 1);
  for (let at = 0; at < slot; at++) next[at] = slots[at] as Node<V>;
  next[slot] = entry;
  for (let at = slot; at < slots.length; at++) next[at + 1] = slots[at] as Node<V>;
  return next;
}

function without<V>(node: Node<V>, hash: number, key: string, shift: number): Node<V> | null {
  if (node.kind === "entry") return null;
  if (node.kind === "bucket") {
    const entries = node.entries.filter((entry) => entry.key !== key);
    const [only] = entries;
    return entries.length === 1 && only !== undefined ? only : { ...node, entries };
  }
  const bit = 1 << ((hash >>> shift) & MASK);
  const slot = slotOf(node.bitmap, bit);
  const child = without(node.slots[slot] as Node<V>, hash, key, shift + BITS);
  return child === null
    ? dropSlot(node, bit, slot)
    : { ...node, size: node.size - 1, slots: node.slots.with(slot, child) };
}

function dropSlot<V>(branch: Branch<V>, bit: number, slot: number): Node<V> | null {
  const slots = branch.slots.toSpliced(slot, 1);
  if (slots.length === 0) return null;
  return { kind: "branch", size: branch.size - 1, bitmap: branch.bitmap & ~bit, slots };
}

function walk<V>(node: Node<V>, visit: (value: V) => void): void {
  if (node.kind === "entry") visit(node.value);
  else if (node.kind === "bucket") for (const entry of node.entries) visit(entry.value);
  else for (const slot of node.slots) walk(slot, visit);
}

function collect<V>(node: Node<V>, out: (readonly [string, V])[]): void {
  if (node.kind === "entry") out.push([node.key, node.value]);
  else if (node.kind === "bucket")
    for (const entry of node.entries) out.push([entry.key, entry.value]);
  else for (const slot of node.slots) collect(slot, out);
}
