/**
 * Lines in, messages out, for everything that arrives as text: a chat file, standard input.
 *
 * ```text
 *   records: one JSON object a line           texts: a blank line between two messages
 *   {"id":"1","text":"🚨 ES long …"}          🚨 ES long 6326: A
 *   {"id":"2","text":"stop to BE"}            Stop: 6316
 *
 *                                             stop to BE
 * ```
 *
 * The first line that is not blank tells which it is, unless the file's name did. A line that cannot
 * be read is reported with its number, and the next one is read.
 *
 * A text brings no id of its own, yet a file read again must not be traded again: its id is the hash
 * of its first line and of how often that line has begun a message before. So it does not change
 * when lines are added behind, between or below. Where that rule errs it takes a new message for
 * an old one, which costs a trade, and never an old one for a new one, which would repeat it.
 */
import type { Message, SourceKind } from "../../core/model/message.ts";
import type { Millis } from "../../core/model/units.ts";
import type { SourceListener } from "../../ports/alert-source.ts";
import { hash128 } from "../../std/hash.ts";
import type { LineListener } from "./lines.ts";
import { LINE_MAX } from "./lines.ts";
import { looksLikeRecord, type MessageRecord, readRecord } from "./records.ts";

export type MessageFormat = "records" | "texts";

export interface MessageOrigin {
  readonly source: SourceKind;
  /** What faults call the origin: a path, "standard input". */
  readonly where: string;
  readonly channel: string;
  /** Null: the first line tells. */
  readonly format: MessageFormat | null;
  readonly now: () => Millis;
}

export interface MessageReader extends LineListener {
  /** Takes what has come of a text for the whole of it. */
  pause(): void;
}

/** First lines remembered to number their repeats; the oldest is forgotten for one more. */
const FIRST_LINES_MAX = 100_000;

interface OpenText {
  readonly since: Millis;
  readonly lines: string[];
  length: number;
}

export function messageReader(
  origin: MessageOrigin,
  listener: Pick<SourceListener, "message" | "fault">,
): MessageReader {
  const nextId = textIds();
  let format = origin.format;
  let open: OpenText | null = null;
  let isPassingOver = false;

  const fault = (number: number, reason: string): void =>
    listener.fault({ where: `${origin.where}:${number}`, reason });

  const hand = (record: MessageRecord, heardAt: Millis): void =>
    listener.message(messageOf(record, origin, heardAt, nextId));

  const takeRecord = (text: string, number: number): void => {
    if (text.trim() === "") return;
    const record = readRecord(text);
    if (record.ok) hand(record.value, origin.now());
    else fault(number, record.error);
  };

  const closeText = (): void => {
    if (open !== null) hand(recordOfText(open.lines.join("\n")), open.since);
    open = null;
  };

  const takeText = (text: string, number: number): void => {
    if (text.trim() === "") {
      isPassingOver = false;
      closeText();
      return;
    }
    if (isPassingOver) return;
    open ??= { since: origin.now(), lines: [], length: 0 };
    open.length += text.length + 1;
    open.lines.push(text);
    if (open.length <= LINE_MAX) return;
    open = null;
    isPassingOver = true;
    fault(number, `a message has at most ${LINE_MAX} characters; a blank line ends one`);
  };

  return {
    line(text, number) {
      if (text.trim() !== "") format ??= looksLikeRecord(text) ? "records" : "texts";
      if (format === "records") takeRecord(text, number);
      else takeText(text, number);
    },
    tooLong(number) {
      // Half a message could be an alert without its second thoughts.
      open = null;
      isPassingOver = format !== "records";
      fault(number, `a line has at most ${LINE_MAX} characters`);
    },
    pause: closeText,
  };
}

const recordOfText = (text: string): MessageRecord => ({
  id: null,
  author: null,
  channel: null,
  text,
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: null,
});

const messageOf = (
  record: MessageRecord,
  origin: MessageOrigin,
  heardAt: Millis,
  nextId: (text: string) => string,
): Message => ({
  ...record,
  source: origin.source,
  channel: record.channel ?? origin.channel,
  id: record.id ?? nextId(record.text),
  sentAt: record.sentAt ?? heardAt,
});

function textIds(): (text: string) => string {
  const countByFirstLine = new Map<string, number>();
  return (text) => {
    const [firstLine = ""] = text.split("\n", 1);
    const count = countByFirstLine.get(firstLine) ?? 0;
    countByFirstLine.delete(firstLine);
    countByFirstLine.set(firstLine, count + 1);
    const [oldest = ""] = countByFirstLine.size > FIRST_LINES_MAX ? countByFirstLine.keys() : [];
    if (oldest !== "") countByFirstLine.delete(oldest);
    const words = hash128(`${count}\u0000${firstLine}`);
    return words.map((word) => word.toString(16).padStart(8, "0")).join("");
  };
}
