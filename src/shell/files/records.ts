/**
 * One message, written as one line of JSON.
 *
 * ```text
 * {"id":"1","text":"🚨 ES long 6326: A\nStop: 6316","author":"JMoney","sentAt":"2026-03-02T15:31:10Z"}
 * ```
 *
 * Text from strangers: every field is checked here, once, and what is unknown is left out. Names are
 * Discord's where Discord has them. `ts` is accepted for `sentAt`.
 */
import type { Embed, Message, Nature } from "../../core/model/message.ts";
import type { Millis } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { readTime, TIME_EXPECTED } from "./time-text.ts";

/** A message as far as the file tells; null is for its reader to fill in. */
export interface MessageRecord
  extends Pick<
    Message,
    | "author"
    | "authorId"
    | "nature"
    | "text"
    | "embeds"
    | "referenced"
    | "replyTo"
    | "event"
    | "previous"
  > {
  readonly id: string | null;
  readonly channel: string | null;
  readonly sentAt: Millis | null;
}

type Fields = Readonly<Record<string, unknown>>;

const NAME_MAX = 200;
/** Discord's own limits. */
const EMBEDS_MAX = 10;
const EMBED_FIELDS_MAX = 25;

/** The error says what was expected of the line, in a few words. */
export function readRecord(line: string): Result<MessageRecord, string> {
  const fields = readObject(line);
  if (fields === null) return err("expected one JSON object");
  const complaint = complaintAbout(fields);
  if (complaint !== null) return err(complaint);
  const stamp = fields["sentAt"] ?? fields["ts"];
  const [authorId, replyTo] = [idOf(fields["authorId"]), idOf(fields["replyTo"])];
  const nature = natureOf(fields["nature"]);
  return ok({
    ...(authorId !== null && { authorId }),
    ...(replyTo !== null && { replyTo }),
    ...(nature !== null && { nature }),
    id: idOf(fields["id"]),
    author: textOf(fields["author"]),
    channel: textOf(fields["channel"]),
    text: textOf(fields["text"]) ?? "",
    embeds: embedsOf(fields["embeds"]),
    referenced: textOf(fields["referenced"]),
    event: fields["event"] === "edit" || fields["event"] === "delete" ? fields["event"] : "create",
    previous: textOf(fields["previous"]),
    sentAt: stamp === undefined || stamp === null ? null : readTime(String(stamp)),
  });
}

/** The first thing wrong with the fields; null when nothing is. */
function complaintAbout(fields: Fields): string | null {
  const { text, event, embeds } = fields;
  if (typeof text !== "string" && !Array.isArray(embeds)) return 'expected a "text"';
  if (!isAbsentOr(text, isText)) return '"text" is not a text';
  for (const name of ["id", "authorId", "replyTo"]) {
    if (!isAbsentOr(fields[name], isId))
      return `"${name}" is not a text of 1 to ${NAME_MAX} characters`;
  }
  for (const name of ["author", "channel"]) {
    if (!isAbsentOr(fields[name], isName))
      return `"${name}" is not a text of 1 to ${NAME_MAX} characters`;
  }
  for (const name of ["referenced", "previous"]) {
    if (!isAbsentOr(fields[name], isText)) return `"${name}" is not a text`;
  }
  if (!isAbsentOr(fields["nature"], (value) => natureOf(value) !== null)) {
    return '"nature" is not forward, system or edited';
  }
  if (!isAbsentOr(event, isEvent)) return '"event" is not create, edit or delete';
  if (!isAbsentOr(fields["sentAt"] ?? fields["ts"], isTime))
    return `"sentAt" is not ${TIME_EXPECTED}`;
  return isAbsentOr(embeds, areEmbeds)
    ? null
    : `"embeds" is not a list of at most ${EMBEDS_MAX} embeds`;
}

/** Whether a line is meant as a record: what tells a file of records from a file of texts. */
export function looksLikeRecord(line: string): boolean {
  if (!line.trimStart().startsWith("{")) return false;
  const fields = readObject(line);
  // A text can be JSON too, sound or broken: some alert tools post it. It has none of a message's
  // own fields.
  if (fields === null) return /"(?:id|text|embeds)"/.test(line);
  return "text" in fields || "embeds" in fields;
}

function readObject(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch (failure) {
    if (failure instanceof SyntaxError) return null; // not JSON: the caller says so
    throw failure;
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isAbsentOr = (value: unknown, holds: (value: unknown) => boolean): boolean =>
  value === undefined || value === null || holds(value);

const isText = (value: unknown): boolean => typeof value === "string";

const isName = (value: unknown): boolean =>
  typeof value === "string" && value !== "" && value.length <= NAME_MAX;

/** A number too large for JSON's readers to keep exact would name another message. */
const isId = (value: unknown): boolean => isName(value) || Number.isSafeInteger(value);

const isEvent = (value: unknown): boolean =>
  value === "create" || value === "edit" || value === "delete";

const natureOf = (value: unknown): Nature | null =>
  value === "forward" || value === "system" || value === "edited" ? value : null;

const isTime = (value: unknown): boolean =>
  (typeof value === "string" || typeof value === "number") && readTime(String(value)) !== null;

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const idOf = (value: unknown): string | null =>
  typeof value === "number" ? String(value) : textOf(value);

const areEmbeds = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= EMBEDS_MAX && value.every(isEmbed);

function isEmbed(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { author, title, description, fields, footer } = value;
  return (
    isAbsentOr(title, isText) &&
    isAbsentOr(description, isText) &&
    isAbsentOr(author, (one) => isObject(one) && isAbsentOr(one["name"], isText)) &&
    isAbsentOr(footer, (one) => isObject(one) && isAbsentOr(one["text"], isText)) &&
    isAbsentOr(fields, areEmbedFields)
  );
}

const areEmbedFields = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= EMBED_FIELDS_MAX &&
  value.every((one) => isObject(one) && isText(one["name"]) && isText(one["value"]));

/** Null for what is no list of embeds. */
export const readEmbeds = (value: unknown): readonly Embed[] | null =>
  areEmbeds(value) ? embedsOf(value) : null;

/** Only ever called on what `isEmbed` has let through. */
const embedsOf = (value: unknown): readonly Embed[] =>
  Array.isArray(value) ? value.map((one: Fields) => embedOf(one)) : [];

function embedOf(embed: Fields): Embed {
  const { title, description, fields } = embed;
  const author = isObject(embed["author"]) ? embed["author"]["name"] : null;
  const footer = isObject(embed["footer"]) ? embed["footer"]["text"] : null;
  return {
    ...(typeof author === "string" && { author: { name: author } }),
    ...(typeof title === "string" && { title }),
    ...(typeof description === "string" && { description }),
    ...(Array.isArray(fields) && { fields: fields.map(fieldOf) }),
    ...(typeof footer === "string" && { footer: { text: footer } }),
  };
}

const fieldOf = (field: Fields): { readonly name: string; readonly value: string } => ({
  name: String(field["name"]),
  value: String(field["value"]),
});
