/**
 * All messages of a file or of standard input, once, in order, together with what could not be read.
 *
 * ```text
 *   lines ─► held until it is clear what they are ─► records or texts ─► messages, faults
 * ```
 *
 * The first lines decide, and not the very first one alone: a list of records with a slip at its
 * head is still a list of records, and says so with the slip's line number.
 */
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { Message } from "../../core/model/message.ts";
import type { Millis } from "../../core/model/units.ts";
import { lineReader } from "./lines.ts";
import { type MessageFormat, type MessageReader, messageReader } from "./message-reader.ts";
import { looksLikeRecord } from "./records.ts";

export type MessageRead =
  | { readonly kind: "message"; readonly format: MessageFormat; readonly message: Message }
  /** Line null: the file itself. */
  | { readonly kind: "fault"; readonly line: number | null; readonly reason: string };

export interface MessagesOptions {
  /** Null reads `input`. */
  readonly path: string | null;
  readonly input: Readable;
  readonly now: () => Millis;
}

/** Lines looked at before they are taken for text. */
const LINES_HELD = 20;

export async function* messagesOnce(options: MessagesOptions): AsyncIterable<MessageRead> {
  const { path, input } = options;
  const found: MessageRead[] = [];
  const sorting = sortingReader(options, (read) => found.push(read));
  const lines = lineReader(sorting);
  try {
    for await (const piece of path === null ? input : createReadStream(path)) {
      lines.push(Buffer.from(piece));
      yield* found.splice(0);
    }
  } catch (failure) {
    yield { kind: "fault", line: null, reason: reasonOf(failure) };
  }
  lines.end();
  sorting.end();
  yield* found.splice(0);
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error) || !("code" in failure)) throw failure;
  if (failure.code === "ENOENT") return "there is no such file";
  return failure.code === "EISDIR" ? "it is a folder, not a file" : failure.message;
}

interface HeldLine {
  readonly text: string;
  readonly number: number;
}

function sortingReader({ path, now }: MessagesOptions, take: (read: MessageRead) => void) {
  let reader: MessageReader | null = null;
  let held: HeldLine[] = [];

  const decide = (format: MessageFormat): MessageReader => {
    const channel = path === null ? "stdin" : path.replace(/^.*[/\\]/, "");
    const source = path === null ? "stdin" : "chat-file";
    const made = messageReader(
      { source, channel, where: "", format, now },
      {
        message: (message) => take({ kind: "message", format, message }),
        // `where` is the colon and the number alone.
        fault: ({ where, reason }) => take({ kind: "fault", line: Number(where.slice(1)), reason }),
      },
    );
    reader = made;
    for (const { text, number } of held) made.line(text, number);
    held = [];
    return made;
  };

  const hold = (text: string, number: number): void => {
    held.push({ text, number });
    if (isRecordFile(path) || looksLikeRecord(text)) decide("records");
    else if (held.length >= LINES_HELD) decide("texts");
  };

  return {
    line(text: string, number: number): void {
      if (reader !== null) reader.line(text, number);
      else hold(text, number);
    },
    tooLong: (number: number): void => (reader ?? decide("texts")).tooLong(number),
    end: (): void => (reader ?? decide("texts")).pause(),
  };
}

const isRecordFile = (path: string | null): boolean => /\.(jsonl|ndjson)$/.test(path ?? "");
