/**
 * A message history without a disk, for tests and simulations.
 *
 * It keeps every promise of the port except surviving the process; a "restart" opens a new one on
 * the same `HistoryDisk`. `refuse` is asked before every write, for days on which the disk is full.
 */
import { type Message, messageKey } from "../../src/core/model/message.ts";
import type {
  History,
  HistoryFault,
  HistoryFilter,
  KeptFault,
  KeptMessage,
  NewMessage,
} from "../../src/ports/history.ts";
import { err, ok, type Result } from "../../src/std/result.ts";

/** What stays when the process dies. */
export interface HistoryDisk {
  readonly kept: KeptMessage[];
  readonly settled: Set<number>;
  readonly faults: KeptFault[];
  /** Its newest version, by message; and every version, by what it says. */
  readonly newest: Map<string, KeptMessage>;
  readonly known: Map<string, KeptMessage>;
  sequence: number;
}

export const historyDisk = (): HistoryDisk => ({
  kept: [],
  settled: new Set(),
  faults: [],
  newest: new Map(),
  known: new Map(),
  sequence: 0,
});

const RAW_BYTES_MAX = 16_384;
const FAULTS_MAX = 1_000;
const PRUNED_AT_ONCE = 10_000;

export function memoryHistory(
  disk: HistoryDisk = historyDisk(),
  refuse: () => HistoryFault | null = () => null,
): History {
  const writing = <T>(work: () => T): Result<T, HistoryFault> => {
    const fault = refuse();
    return fault === null ? ok(work()) : err(fault);
  };
  const isUnsettled = ({ sequence }: KeptMessage): boolean => !disk.settled.has(sequence);
  return {
    keep: (messages) => writing(() => messages.map((one) => keepOne(disk, one))),
    settle: (sequences) =>
      writing(() => {
        for (const sequence of sequences) disk.settled.add(sequence);
      }),
    unsettled: (most = disk.kept.length) => disk.kept.filter(isUnsettled).slice(0, most),
    lastSettled: (source, channel) => lastSettledOn(disk, source, channel),
    keepFault: ({ raw, ...fault }) =>
      writing(() => {
        disk.faults.push({ ...fault, raw: beginningOf(raw) });
        disk.faults.splice(0, disk.faults.length - FAULTS_MAX);
      }),
    prune: (before) =>
      writing(() => {
        const old = disk.kept
          .filter(({ receivedAt }) => receivedAt < before)
          .toSorted((a, b) => a.receivedAt - b.receivedAt)
          .slice(0, PRUNED_AT_ONCE);
        for (const one of old) drop(disk, one);
        return old.length;
      }),
    read: (filter = {}) => readFrom(disk, filter),
    find: (ref) => disk.newest.get(messageKey(ref)) ?? null,
    findById: (id) => disk.kept.findLast(({ message }) => message.id === id) ?? null,
    counts: () => ({
      messages: disk.kept.length,
      unsettled: disk.kept.filter(isUnsettled).length,
      faults: disk.faults.length,
    }),
    faults: (newest) => (newest < 1 ? [] : disk.faults.slice(-newest)),
    close() {},
  };
}

const contentOf = ({ source, channel, id, event, text, embeds }: Message): string =>
  JSON.stringify([source, channel, id, event, text, embeds]);

function keepOne(disk: HistoryDisk, one: NewMessage): KeptMessage | null {
  const content = contentOf(one.message);
  const known = disk.known.get(content);
  if (known !== undefined && (one.imported || !known.imported)) return null;
  if (known !== undefined) drop(disk, known);
  disk.sequence += 1;
  const raw = one.raw === null ? null : beginningOf(one.raw);
  // As text and back: what does not survive that does not survive a disk either.
  const kept: KeptMessage = JSON.parse(JSON.stringify({ ...one, raw, sequence: disk.sequence }));
  disk.kept.push(kept);
  disk.known.set(content, kept);
  disk.newest.set(messageKey(one.message), kept);
  if (one.imported) disk.settled.add(kept.sequence);
  return kept;
}

function drop(disk: HistoryDisk, one: KeptMessage): void {
  disk.kept.splice(disk.kept.indexOf(one), 1);
  disk.known.delete(contentOf(one.message));
  const key = messageKey(one.message);
  const other = disk.kept.findLast(({ message }) => messageKey(message) === key);
  if (other === undefined) disk.newest.delete(key);
  else disk.newest.set(key, other);
}

const isAt = (message: Message, source: string, channel: string): boolean =>
  message.source === source && message.channel === channel;

function lastSettledOn(disk: HistoryDisk, source: string, channel: string): string | null {
  const created = disk.kept.filter(
    ({ message, imported }) =>
      !imported && message.event === "create" && isAt(message, source, channel),
  );
  const inOrder = source === "discord" ? created.toSorted(bySnowflake) : created;
  const end = inOrder.findIndex(({ sequence }) => !disk.settled.has(sequence));
  const settled = end === -1 ? inOrder : inOrder.slice(0, end);
  return settled.at(-1)?.message.id ?? null;
}

function bySnowflake({ message: a }: KeptMessage, { message: b }: KeptMessage): number {
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : 1;
}

function* readFrom(disk: HistoryDisk, filter: HistoryFilter): Iterable<KeptMessage> {
  const { source, channel, since, newest } = filter;
  const found = disk.kept
    .filter(
      ({ message }) =>
        (source === undefined || message.source === source) &&
        (channel === undefined || message.channel === channel) &&
        (since === undefined || message.sentAt >= since),
    )
    .toSorted((a, b) => a.message.sentAt - b.message.sentAt || a.sequence - b.sequence);
  if (newest === undefined) yield* found;
  else if (newest > 0) yield* found.slice(-newest);
}

const beginningOf = (text: string): string =>
  Buffer.byteLength(text) <= RAW_BYTES_MAX
    ? text
    : Buffer.from(text)
        .subarray(0, RAW_BYTES_MAX)
        .toString("utf8")
        .replace(/\uFFFD+$/, "");
