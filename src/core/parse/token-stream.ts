/**
 * From a message to its tokens: every stage that only makes the text plain, in order.
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { Message } from "../model/message.ts";
import { assembled, TEXT_LENGTH_MAX } from "./assemble.ts";
import { plainCharacters } from "./characters.ts";
import { cleaningOf, NOT_PLAIN, STYLING } from "./cleaning.ts";
import { withoutLinks } from "./links.ts";
import { withoutMarkdown, withoutStyling } from "./markdown.ts";
import { withoutMentions } from "./mentions.ts";
import { type None, unsure } from "./outcome.ts";
import { ownWords } from "./quotes.ts";
import type { Settings } from "./settings.ts";
import { tokensOf } from "./tokenizer.ts";
import type { Token } from "./tokens.ts";

export type Tokens = Result<readonly Token[], None>;

const TOO_LONG = err(unsure("the text is longer than 4,000 characters"));

/** Of the text and all cards of a message. */
export function tokensOfMessage(message: Message, settings: Settings): Tokens {
  const text = message.embeds.length === 0 ? message.text : assembled(message);
  return text === null ? TOO_LONG : tokensOfText(text, settings);
}

export function tokensOfText(text: string, { aliases }: Settings): Tokens {
  if (text.length > TEXT_LENGTH_MAX) return TOO_LONG;
  const cleaned = cleanedText(text);
  if (!cleaned.ok) return err(unsure(cleaned.error));
  const tokens = tokensOf(cleaned.value, aliases);
  return tokens === null ? err(unsure("too many words and signs")) : ok(tokens);
}

function cleanedText(text: string): Result<string, string> {
  const needed = cleaningOf(text);
  if (needed === 0) return ok(text);
  if (needed === STYLING) return ok(withoutStyling(text));
  const plain = (needed & NOT_PLAIN) === 0 ? ok(text) : plainCharacters(text);
  if (!plain.ok) return plain;
  return ok(withoutMarkdown(ownWords(withoutLinks(withoutMentions(plain.value)))));
}
