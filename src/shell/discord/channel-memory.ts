/**
 * What is known of the messages of one channel, and what follows from hearing one again.
 *
 * | heard                       | known before              | told                          |
 * |-----------------------------|---------------------------|-------------------------------|
 * | a message                   | no                        | a message                     |
 * | one that was edited, read   | no                        | a message of nature "edited"  |
 * | a message                   | yes                       | nothing: delivered twice      |
 * | a later `edited_timestamp`  | yes                       | an edit                       |
 * | another text                | yes, of the same moment   | an edit                       |
 * | a link preview, publishing  | yes                       | nothing                       |
 * | an edit                     | no, above the floor       | nothing yet: something is missing |
 * | an edit made since          | no, below the floor       | an edit                       |
 * | a deletion                  | not deleted               | a deletion                    |
 *
 * What lies at or below the floor was told before this run, or before the channel was ours. What is
 * forgotten raises the floor, so that it is never told twice.
 */
import type { Message } from "../../core/model/message.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Posted } from "./message.ts";
import { compareIds, laterId, timeOfId } from "./snowflake.ts";

export interface MemoryParts {
  readonly channel: string;
  /** Everything up to this id is known already. */
  readonly floor: string;
  /** Edits of it that were made before are known already. */
  readonly editsSince: Millis;
  readonly tell: (message: Message) => void;
  /** Something above the floor was never told: the channel has to be read. */
  readonly missing: () => void;
}

/** From the gateway, or read over REST. */
export type Item =
  | { readonly kind: "posted" | "changed" | "read"; readonly posted: Posted }
  | { readonly kind: "gone"; readonly id: string };

interface Known {
  readonly posted: Posted;
  readonly isGone: boolean;
}

export interface Memory {
  readonly parts: MemoryParts;
  readonly known: Map<string, Known>;
  /** Edits that came before their message. */
  readonly unresolved: Map<string, Posted>;
  floor: string;
  /** The highest id that was told or known. */
  newest: string;
  duplicates: number;
}

/** Messages remembered, and edits that wait for theirs. */
const MEMORY_MAX = 2_000;
const UNRESOLVED_MAX = 100;

export const createMemory = (parts: MemoryParts): Memory => ({
  parts,
  known: new Map(),
  unresolved: new Map(),
  ...{ floor: parts.floor, newest: parts.floor, duplicates: 0 },
});

export const isKnown = (memory: Memory, id: string): boolean =>
  memory.known.has(id) || isOld(memory, id);

export function learn(memory: Memory, item: Item): void {
  if (item.kind === "gone") return tellGone(memory, item.id);
  const { posted, kind } = item;
  const { id } = posted.message;
  const before = memory.known.get(id);
  if (before !== undefined) seeAgain(memory, before, posted, kind);
  else if (isOld(memory, id)) seeOld(memory, posted, kind);
  else if (kind === "changed") putAside(memory, posted);
  else tellNew(memory, kind === "read" ? asHeardLate(posted) : posted);
}

/** Tells what was deleted from among the newest messages, which were read as one piece. */
export function learnMissing(memory: Memory, newest: readonly Posted[]): void {
  const oldest = newest[0]?.message.id;
  const last = newest.at(-1)?.message.id;
  if (oldest === undefined || last === undefined) return;
  const there = new Set(newest.map(({ message }) => message.id));
  const isInside = (id: string): boolean =>
    compareIds(id, oldest) >= 0 && compareIds(id, last) <= 0;
  const ids = [...memory.known.keys()].filter((id) => !there.has(id) && isInside(id));
  for (const id of ids.toSorted(compareIds)) {
    if (memory.known.get(id)?.isGone === false) tellGone(memory, id);
  }
}

const isOld = (memory: Memory, id: string): boolean => compareIds(id, memory.floor) <= 0;

function tellNew(memory: Memory, posted: Posted): void {
  const { id } = posted.message;
  remember(memory, posted);
  memory.parts.tell(posted.message);
  const later = memory.unresolved.get(id);
  memory.unresolved.delete(id);
  if (later !== undefined) learn(memory, { kind: "changed", posted: later });
}

/** What it said before its edit is gone: it may never have been an alert. */
function asHeardLate(posted: Posted): Posted {
  const { message, editedAt } = posted;
  if (editedAt === 0 || message.nature !== undefined) return posted;
  return { ...posted, message: { ...message, nature: "edited" } };
}

function seeAgain(memory: Memory, before: Known, posted: Posted, kind: Item["kind"]): void {
  const { editedAt, message } = before.posted;
  const isRewritten = kind === "changed" && message.text !== posted.message.text;
  const isLater = posted.editedAt > editedAt || (posted.editedAt === editedAt && isRewritten);
  if (isLater && !before.isGone) tellEdit(memory, posted);
  else memory.duplicates += 1;
}

function seeOld(memory: Memory, posted: Posted, kind: Item["kind"]): void {
  if (kind === "posted") memory.duplicates += 1;
  else if (posted.editedAt > memory.parts.editsSince) tellEdit(memory, posted);
  else remember(memory, posted);
}

function putAside(memory: Memory, posted: Posted): void {
  const { unresolved, parts } = memory;
  const { id } = posted.message;
  const other = unresolved.get(id);
  if (other !== undefined && other.editedAt >= posted.editedAt) return;
  if (other === undefined && unresolved.size >= UNRESOLVED_MAX) unresolved.clear();
  unresolved.set(id, posted);
  parts.missing();
}

function tellEdit(memory: Memory, posted: Posted): void {
  remember(memory, posted);
  memory.parts.tell({ ...posted.message, event: "edit" });
}

/** A deletion comes with ids only; who wrote it is known if the message is. */
function tellGone(memory: Memory, id: string): void {
  const before = memory.known.get(id);
  if (before?.isGone === true) {
    memory.duplicates += 1;
    return;
  }
  const bare = bareMessage(memory.parts.channel, id);
  const { author, authorId, sentAt } = before?.posted.message ?? bare;
  const message: Message = { ...bare, author, ...(authorId !== undefined && { authorId }), sentAt };
  const posted = { message, editedAt: millis(0), user: null, isBare: false };
  remember(memory, before?.posted ?? posted, true);
  memory.parts.tell(message);
}

function remember(memory: Memory, posted: Posted, isGone = false): void {
  const { known } = memory;
  const { id } = posted.message;
  known.set(id, { posted, isGone });
  memory.newest = laterId(memory.newest, id);
  if (known.size <= MEMORY_MAX) return;
  for (const oldest of known.keys()) {
    known.delete(oldest);
    memory.floor = laterId(memory.floor, oldest);
    return;
  }
}

const bareMessage = (channel: string, id: string): Message => ({
  source: "discord",
  channel,
  id,
  author: null,
  text: "",
  embeds: [],
  referenced: null,
  event: "delete",
  previous: null,
  sentAt: timeOfId(id),
});
