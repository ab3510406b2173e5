/**
 * One message of an export, checked: text from strangers, in a file that anybody may have touched.
 *
 * An export shows a message as it was when it was made; of one that was edited, only the last text.
 * A row of CSV has no id of its own. It gets the hash of its author, time and text and of how often
 * they have been the same before, so that the same file gives the same ids.
 */
import type { Embed, Message } from "../../core/model/message.ts";
import type { Millis } from "../../core/model/units.ts";
import { hash128 } from "../../std/hash.ts";
import { readEmbeds } from "./records.ts";
import { readTime, TIME_EXPECTED } from "./time-text.ts";

export interface Exported {
  readonly message: Message;
  readonly editedAt: Millis | null;
}

/** A text says why it is none. */
export type ReadExported = (row: ReadonlyMap<string, string>) => Exported | string;

type Fields = Readonly<Record<string, unknown>>;

/** What people write; everything else is Discord's own: joined, pinned, boosted. */
const KINDS_OF_PEOPLE = new Set(["Default", "Reply", "20", "23"]);
const ID = /^\d{1,20}$/;

export function messageOfJson(text: string, channel: string): Exported | string {
  const fields = objectIn(text);
  if (fields === null) return "it is not a JSON object";
  const { id, timestamp, content } = fields;
  if (typeof id !== "string" || !ID.test(id)) return '"id" is not a number in quotes';
  const sentAt = timeIn(timestamp);
  if (sentAt === null) return `"timestamp" is not ${TIME_EXPECTED}`;
  if (typeof content !== "string") return '"content" is not a text';
  const embeds = readEmbeds(fields["embeds"] ?? []);
  if (embeds === null) return '"embeds" is not a list of embeds';
  const author = recordIn(fields["author"]);
  const [authorId, name] = [textIn(author["id"]), textIn(author["name"])];
  const forwarded = textIn(recordIn(fields["forwardedMessage"])["content"]);
  const nature = natureOf(fields);
  const message: Message = {
    ...{ source: "discord", channel, id },
    author: name,
    ...(authorId !== null && { authorId }),
    ...(nature !== null && { nature }),
    text: content === "" ? (forwarded ?? "") : content,
    embeds: embeds.map(tidied),
    referenced: null,
    ...(nature === null && replyIn(fields, channel)),
    ...{ event: "create", previous: null, sentAt },
  };
  return { message, editedAt: timeIn(fields["timestampEdited"]) };
}

function natureOf(fields: Fields): "forward" | "system" | null {
  if (isObject(fields["forwardedMessage"])) return "forward";
  const { type } = fields;
  return type === undefined || KINDS_OF_PEOPLE.has(String(type)) ? null : "system";
}

function replyIn(fields: Fields, channel: string): Pick<Message, "replyTo"> {
  const reference = recordIn(fields["reference"]);
  const id = textIn(reference["messageId"]);
  const isHere = (textIn(reference["channelId"]) ?? channel) === channel;
  return id !== null && isHere && fields["type"] === "Reply" ? { replyTo: id } : {};
}

/** The tool writes what an embed lacks as an empty text. */
function tidied({ author, title = "", description = "", fields = [], footer }: Embed): Embed {
  return {
    ...(author?.name && { author: { name: author.name } }),
    ...(title !== "" && { title }),
    ...(description !== "" && { description }),
    ...(fields.length > 0 && { fields }),
    ...(footer?.text && { footer: { text: footer.text } }),
  };
}

/** For one file: it counts the rows that say the same at the same time. */
export function messageOfRow(channel: string): ReadExported {
  const timesBySaying = new Map<string, number>();
  let last = "";
  return (row) => {
    const [authorId, author] = [row.get("AuthorID") ?? "", row.get("Author") ?? ""];
    const [date, text] = [row.get("Date") ?? "", row.get("Content") ?? ""];
    const sentAt = readTime(date);
    if (sentAt === null) {
      return `Date is ${JSON.stringify(date.slice(0, 40))}, not ${TIME_EXPECTED}; the JSON export always has one`;
    }
    if (date !== last) timesBySaying.clear();
    last = date;
    const saying = hashOf(`${authorId}\0${date}\0${text}`);
    const times = timesBySaying.get(saying) ?? 0;
    timesBySaying.set(saying, times + 1);
    const message: Message = {
      ...{ source: "discord", channel, id: `row-${hashOf(`${times}\0${saying}`)}` },
      author: author === "" ? null : author,
      ...(authorId !== "" && { authorId }),
      ...{ text, embeds: [], referenced: null, event: "create", previous: null, sentAt },
    };
    return { message, editedAt: null };
  };
}

const hashOf = (text: string): string =>
  hash128(text)
    .map((word) => word.toString(16).padStart(8, "0"))
    .join("");

function objectIn(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch (failure) {
    if (failure instanceof SyntaxError) return null; // the caller says so
    throw failure;
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const recordIn = (value: unknown): Fields => (isObject(value) ? value : {});

const textIn = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;

const timeIn = (value: unknown): Millis | null =>
  typeof value === "string" ? readTime(value) : null;
