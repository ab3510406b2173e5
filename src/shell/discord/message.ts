/**
 * One of Discord's messages in the words of the house.
 *
 * | Discord                          | here                                                |
 * |----------------------------------|-----------------------------------------------------|
 * | type 0 and 19                    | a message; every other type is `nature: "system"`    |
 * | a forward                        | `nature: "forward"`, with the text of its snapshot   |
 * | a webhook, a followed channel    | the author is the webhook's id                      |
 * | a copy of a published message    | sent when the original was posted, not when published |
 * | `message_reference` in its channel | `replyTo`, and the text it replies to where it came along |
 *
 * The author is known by an id, never by the name he shows: names can be taken by anybody. Sources:
 * Discord, "Message Object" and "Channel Following", 2026.
 */
import type { Embed, Message } from "../../core/model/message.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import { idIn, type Json, listIn, numberIn, recordIn, textIn } from "./json.ts";
import { timeOfId } from "./snowflake.ts";

/** One version of a message: as it was posted, or as an edit left it. */
export interface Posted {
  readonly message: Message;
  /** 0 = never. */
  readonly editedAt: Millis;
  /** The user who posted it; a webhook has no account of its own. */
  readonly user: string | null;
  /** Nothing at all is in it, which only a bot without the message content intent ever sees. */
  readonly isBare: boolean;
}

/** Posted by people; an answer to somebody else. */
const KINDS_OF_PEOPLE: ReadonlySet<number> = new Set([0, 19]);
const IS_CROSSPOST = 1 << 1;
const HAS_SNAPSHOT = 1 << 14;
const FORWARD = 1;

/** Null when it has no id or no channel: then it is no message. */
export function postedIn(data: unknown): Posted | null {
  const raw = recordIn(data);
  const id = idIn(raw["id"]);
  const channel = idIn(raw["channel_id"]);
  if (id === null || channel === null) return null;
  const author = recordIn(raw["author"]);
  const webhook = idIn(raw["webhook_id"]);
  const user = idIn(author["id"]);
  const authorId = webhook ?? user;
  const nature = natureOf(raw);
  const message: Message = {
    source: "discord",
    channel,
    id,
    author: textIn(author["username"]) || null,
    ...(authorId !== null && { authorId }),
    ...(nature !== null && { nature }),
    ...contentOf(nature === "forward" ? snapshotOf(raw) : raw),
    ...replyOf(raw, channel, nature),
    event: "create",
    previous: null,
    sentAt: sentAtOf(raw, id),
  };
  const isBare = nature === null && isWithoutContent(raw);
  return { message, editedAt: momentIn(raw["edited_timestamp"]), user, isBare };
}

function natureOf(raw: Json): "forward" | "system" | null {
  const isForward = recordIn(raw["message_reference"])["type"] === FORWARD;
  if (isForward || has(raw, HAS_SNAPSHOT)) return "forward";
  return KINDS_OF_PEOPLE.has(numberIn(raw["type"])) ? null : "system";
}

const has = (raw: Json, flag: number): boolean => (numberIn(raw["flags"]) & flag) !== 0;

const snapshotOf = (raw: Json): Json =>
  recordIn(recordIn(listIn(raw["message_snapshots"])[0])["message"]);

const contentOf = (raw: Json): Pick<Message, "text" | "embeds"> => ({
  text: textIn(raw["content"]),
  embeds: listIn(raw["embeds"]).map(embedIn),
});

function embedIn(data: unknown): Embed {
  const raw = recordIn(data);
  const name = textIn(recordIn(raw["author"])["name"]);
  const title = textIn(raw["title"]);
  const description = textIn(raw["description"]);
  const footer = textIn(recordIn(raw["footer"])["text"]);
  const fields = listIn(raw["fields"]).map((field) => {
    const { name: label, value } = recordIn(field);
    return { name: textIn(label), value: textIn(value) };
  });
  return {
    ...(name !== "" && { author: { name } }),
    ...(title !== "" && { title }),
    ...(description !== "" && { description }),
    ...(fields.length > 0 && { fields }),
    ...(footer !== "" && { footer: { text: footer } }),
  };
}

/** A published message points at its original too, and answers nobody. */
function replyOf(
  raw: Json,
  channel: string,
  nature: "forward" | "system" | null,
): Pick<Message, "referenced" | "replyTo"> {
  const reference = recordIn(raw["message_reference"]);
  const replyTo = idIn(reference["message_id"]);
  const isElsewhere = (idIn(reference["channel_id"]) ?? channel) !== channel;
  if (nature !== null || replyTo === null || isElsewhere || has(raw, IS_CROSSPOST)) {
    return { referenced: null };
  }
  const original = recordIn(raw["referenced_message"]);
  return { replyTo, referenced: original["id"] === undefined ? null : wholeText(original) };
}

/** A card's text, where that is all the message has. */
function wholeText(raw: Json): string {
  const { text, embeds } = contentOf(raw);
  const cards = embeds.flatMap(({ title, description, fields = [] }) => [
    title ?? "",
    description ?? "",
    ...fields.map(({ name, value }) => `${name}: ${value}`),
  ]);
  return [text, ...cards].filter((line) => line !== "").join("\n");
}

/** The age of a published message counts from its original; a copy is never older than it says. */
function sentAtOf(raw: Json, id: string): Millis {
  const own = timeOfId(id);
  if (!has(raw, IS_CROSSPOST)) return own;
  const original = idIn(recordIn(raw["message_reference"])["message_id"]);
  return original === null ? own : millis(Math.min(own, timeOfId(original)));
}

const PARTS = [
  "embeds",
  "attachments",
  "sticker_items",
  "components",
  "message_snapshots",
] as const;

const isWithoutContent = (raw: Json): boolean =>
  textIn(raw["content"]) === "" &&
  PARTS.every((part) => listIn(raw[part]).length === 0) &&
  recordIn(raw["poll"])["question"] === undefined;

function momentIn(value: unknown): Millis {
  const at = typeof value === "string" ? Date.parse(value) : 0;
  return millis(Number.isFinite(at) ? at : 0);
}
