/**
 * Reads one message: entries, an update, or none with its reason.
 *
 * ```text
 * author ─► nature, event ─► one text ─► characters ─► mentions, links ─► quotes ─► styling ─► tokens
 *                                                                                                │
 *    Parsed ◄─ updates ◄─ validation ◄─ extraction ◄─ context, per block ◄─ blocks ◄─────────────┘
 * ```
 *
 * Every step is a file of this folder and reads the text once, so the work grows with its length.
 * Being wrong is dearer than missing an alert: whatever careful people could read in two ways is
 * none, with a reason that begins with "unsure:", and somebody is asked.
 */
import type { Message } from "../model/message.ts";
import type { Room } from "../model/room.ts";
import { mayGiveAlerts } from "./author.ts";
import { readChange } from "./changes.ts";
import { exactAlert } from "./exact.ts";
import { readForeign } from "./foreign/read-foreign.ts";
import { readJson } from "./foreign/read-json.ts";
import { isPlainTalk } from "./interest.ts";
import { NOTHING_IN_IT, none, type Parsed, withoutEntries } from "./outcome.ts";
import { NO_REFERENCE, type Reference, readTokens, referenceIn } from "./read-tokens.ts";
import { type Settings, settingsOf } from "./settings.ts";
import { tokensOfMessage, tokensOfText } from "./token-stream.ts";
import { usualAlert } from "./usual.ts";

/** What the parser has to know of a room. */
export type ParseSettings = Pick<Room, "authors" | "format">;

export function readMessage(message: Message, { authors, format }: ParseSettings): Parsed {
  if (!mayGiveAlerts(message, authors ?? format.authors)) return none("author not allowed");
  if (message.nature === "forward") return none("a forwarded message");
  if (message.nature === "system") return none("a system message");
  const settings = settingsOf(format);
  if (message.event !== "create") return readChange(message, settings);
  const parsed = readContent(message, settings);
  return message.nature === "edited" ? withoutEntries(parsed) : parsed;
}

/** What a newly posted message says. */
function readContent(message: Message, settings: Settings): Parsed {
  if (message.embeds.length > 0 || settings.aliases !== null)
    return readAtLength(message, settings);
  const exact = exactAlert(message.text, settings.limits);
  if (exact !== null) return exact;
  return isPlainTalk(message.text) ? none(NOTHING_IN_IT) : readAtLength(message, settings);
}

/** The long way, which reads everything; the short ways save it the common cases. */
export function readAtLength(message: Message, settings: Settings): Parsed {
  const json = readJson(message, settings.limits);
  if (json !== null) return json;
  const tokens = tokensOfMessage(message, settings);
  if (!tokens.ok) return tokens.error;
  return (
    usualAlert(tokens.value, settings.limits) ??
    readForeign(tokens.value, message.sentAt) ??
    readTokens(tokens.value, settings, referenceOf(message, settings))
  );
}

/** What it replies to; looked at only where there is something. */
function referenceOf({ referenced }: Message, settings: Settings): Reference {
  if (referenced === null) return NO_REFERENCE;
  const tokens = tokensOfText(referenced, settings);
  return tokens.ok ? referenceIn(tokens.value) : NO_REFERENCE;
}
