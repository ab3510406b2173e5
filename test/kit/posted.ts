/** Messages as somebody posts them, as the core hears them, and what the parser reads of them. */

import type { InputOf } from "../../src/core/model/input.ts";
import type { Message } from "../../src/core/model/message.ts";
import { OPEN_ROOM, type Room } from "../../src/core/model/room.ts";
import { type Millis, millis } from "../../src/core/model/units.ts";
import type { Parsed } from "../../src/core/parse/outcome.ts";
import { readMessage } from "../../src/core/parse/read-message.ts";
import { toCorpusResult } from "../../src/core/parse/record.ts";
import { aQuote, MESSAGE } from "./builders.ts";

export const posted = (text: string, more: Partial<Message> = {}): Message => ({
  source: "chat-file",
  channel: "alerts",
  id: "1",
  author: null,
  text,
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: millis(0),
  ...more,
});

export interface Hearing extends Partial<Message> {
  readonly at: Millis;
  /** The account to go on with, where a step judges so many. */
  readonly from?: number;
  readonly room?: Room;
}

/** Alice says it in an open room, at a price of that moment. */
export const heardAt = (
  text: string,
  { at, from = 0, room = OPEN_ROOM, ...more }: Hearing,
): InputOf<"message"> => ({
  kind: "message",
  at,
  quotes: [aQuote(undefined, { at })],
  message: posted(text, { id: MESSAGE.id, author: "alice", sentAt: at, ...more }),
  tradable: true,
  room,
  from,
});

export const read = (text: string, more: Partial<Message> = {}): Parsed =>
  readMessage(posted(text, more), OPEN_ROOM);

/** `ES long 6326 6316 A t6333/6338 #GAMMA (5m close) + stopped ES`, or `none: no stop [review]`. */
function shown(parsed: Parsed): string {
  if (parsed.kind === "none") return `none: ${parsed.reason}${parsed.review ? " [review]" : ""}`;
  const { more, ...first } = toCorpusResult(parsed) as Part & { readonly more: readonly Part[] };
  return [first, ...more].map(partShown).join(" + ");
}

export const reading = (text: string, more: Partial<Message> = {}): string =>
  shown(read(text, more));

interface Part {
  readonly action?: string;
  readonly fraction?: number | null;
  readonly target?: number;
  readonly instrument: string;
  readonly side?: string;
  readonly entry?: number;
  readonly stop?: number;
  readonly price?: number;
  readonly sizeLabel?: string | null;
  readonly targets?: readonly number[];
  readonly tags?: readonly string[];
  readonly stopCondition?: string;
}

function partShown(part: Part): string {
  const { action, instrument, targets = [], tags = [], stopCondition } = part;
  if (action !== undefined) return updateShown(action, part);
  const words = [instrument, part.side, part.entry, part.stop, part.sizeLabel ?? "-"];
  if (targets.length > 0) words.push(`t${targets.join("/")}`);
  for (const tag of tags) words.push(`#${tag}`);
  if (stopCondition !== undefined) words.push(`(${stopCondition})`);
  return words.join(" ");
}

/** `trim ES 0.5 6333`, `target_hit T1`, `move_stop ES 6322`. */
function updateShown(action: string, { instrument, stop, fraction, target, price }: Part): string {
  const share = fraction === null ? "some" : fraction;
  const goal = target === undefined ? undefined : `T${target}`;
  return [action, instrument, stop, share, goal, price].filter(Boolean).join(" ");
}
