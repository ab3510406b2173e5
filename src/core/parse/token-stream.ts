/**
 * From a message to its tokens: every stage that only makes the text plain, in order.
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { Message } from "../model/message.ts";
import { assembled, TEXT_LENGTH_MAX } from "./assemble.ts";
import { plainCharacters } from "./characters.ts";
import { withoutLinks } from "./links.ts";
import { withoutMarkdown } from "./markdown.ts";
import { withoutMentions } from "./mentions.ts";
import { type None, unsure } from "./outcome.ts";
import { ownWords } from "./quotes.ts";
import type { Settings } from "./settings.ts";
import { type Token, tokensOf } from "./tokens.ts";

export type Tokens = Result<readonly Token[], None>;

const TOO_LONG = err(unsure("the text is longer than 4,000 characters"));

/** The text and all cards of a message in plain characters, its mentions taken out. */
export function plainText(message: Message): Result<string, None> {
  const text = message.embeds.length === 0 ? message.text : assembled(message);
  return text === null ? TOO_LONG : plainOf(text);
}

function plainOf(text: string): Result<string, None> {
  if (text.length > TEXT_LENGTH_MAX) return TOO_LONG;
  const plain = plainCharacters(text);
  return plain.ok ? ok(withoutMentions(plain.value)) : err(unsure(plain.error));
}

export function tokensOfPlain(plain: string, { aliases }: Settings): Tokens {
  const tokens = tokensOf(withoutMarkdown(ownWords(withoutLinks(plain))), aliases);
  return tokens === null ? err(unsure("too many words and signs")) : ok(tokens);
}

export function tokensOfText(text: string, settings: Settings): Tokens {
  const plain = plainOf(text);
  return plain.ok ? tokensOfPlain(plain.value, settings) : plain;
}

/** Of the text and all cards of a message. */
export function tokensOfMessage(message: Message, settings: Settings): Tokens {
  const plain = plainText(message);
  return plain.ok ? tokensOfPlain(plain.value, settings) : plain;
}
