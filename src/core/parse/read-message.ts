/**
 * Reads one message: entries, an update, or none with its reason.
 *
 * ```text
 * author ─► event ─► one text ─► characters ─► mentions, links ─► quotes ─► styling ─► tokens
 *                                                                                        │
 *        Parsed ◄─ validation ◄─ extraction ◄─ context, per block ◄─ blocks ◄────────────┘
 * ```
 *
 * Every step is a file of this folder and reads the text once, so the work grows with its length.
 * Being wrong is dearer than missing an alert: whatever careful people could read in two ways is
 * none, with a reason that begins with "unsure:", and somebody is asked.
 */
import { canonical } from "../../std/canonical.ts";
import type { PriceLimits } from "../model/format.ts";
import type { Message } from "../model/message.ts";
import type { Room } from "../model/room.ts";
import { assembled } from "./assemble.ts";
import { mayGiveAlerts } from "./author.ts";
import { plainCharacters } from "./characters.ts";
import { exactAlert } from "./exact.ts";
import { readForeign } from "./foreign/read-foreign.ts";
import { readJson } from "./foreign/read-json.ts";
import { limitsWith } from "./limits.ts";
import { withoutLinks } from "./links.ts";
import { withoutMarkdown } from "./markdown.ts";
import { withoutMentions } from "./mentions.ts";
import { none, type Parsed, unsure } from "./outcome.ts";
import { ownWords } from "./quotes.ts";
import { readTokens } from "./read-tokens.ts";
import { tokensOf } from "./tokens.ts";

/** What the parser has to know of a room. */
export type ParseSettings = Pick<Room, "authors" | "format">;

export function readMessage(message: Message, { authors, format }: ParseSettings): Parsed {
  const limits = limitsWith(format.prices);
  if (!mayGiveAlerts(message, authors ?? format.authors)) return none("author not allowed");
  if (message.event === "create") return readContent(message, limits);
  return readChange(message, limits);
}

/** What a newly posted message says. */
function readContent(message: Message, limits: PriceLimits): Parsed {
  const exact = message.embeds.length === 0 ? exactAlert(message.text, limits) : null;
  return exact ?? readAtLength(message, limits);
}

/** The long way, which reads everything; the short way saves it the common case. */
export function readAtLength(message: Message, limits: PriceLimits): Parsed {
  // Foreign 1: the JSON of trading platforms.
  const json = readJson(message, limits);
  if (json !== null) return json;
  const text = assembled(message);
  if (text === null) return unsure("the text is longer than 4,000 characters");
  const plain = plainCharacters(text);
  if (!plain.ok) return unsure(plain.error);
  const cleaned = withoutMarkdown(ownWords(withoutLinks(withoutMentions(plain.value))));
  const tokens = tokensOf(cleaned);
  if (tokens === null) return unsure("too many words and signs");
  // Foreign 2: options and currencies.
  return readForeign(tokens, message.sentAt) ?? readTokens(tokens, limits);
}

/**
 * An edit or a deletion never opens a trade: the alert it changes was acted on when it was posted.
 * If it changes what an alert says, a person should know.
 */
function readChange(message: Message, limits: PriceLimits): Parsed {
  const was = readContent({ ...message, text: message.previous ?? "", embeds: [] }, limits);
  if (message.event === "delete") {
    return was.kind === "entries" ? unsure("an alert was deleted") : none("a deleted message");
  }
  const is = readContent(message, limits);
  if (was.kind !== "entries" && is.kind !== "entries") return none("an edit");
  const isSame = canonical(was) === canonical(is);
  return isSame ? none("an edit that changes nothing") : unsure("an edit changed an alert");
}
