/**
 * The words of one room: an alias is read as the word of the common grammar it stands for.
 *
 * ```text
 * reload spoos 6326: full   ──►   long  [ES]  6326  :  A
 * ```
 *
 * It stands for one word, and is told by the whole word it is written as, never by a part of it.
 */
import { ownOf } from "../../std/own.ts";
import type { SizeLetter } from "../model/alert.ts";
import type { Codes } from "./codes.ts";
import type { Aliases } from "./settings.ts";
import { plainWord, type Word, wordEnd, wordOf } from "./words.ts";

export interface OwnWord extends Word {
  /** A size word; it counts as the capital letter. */
  readonly size: SizeLetter | null;
}

/** What the word at `at` means in this room; null where it means what it means everywhere. */
export function ownWordAt(
  text: string,
  codes: Codes,
  at: number,
  aliases: Aliases,
): OwnWord | null {
  const end = wordEnd(text, codes, at);
  const word = text.slice(at, end).toLowerCase();
  const root = ownOf(aliases.symbols, word);
  if (root !== undefined) return { ...wordOf(root, end), size: null };
  const size = ownOf(aliases.sizes, word) ?? null;
  const known = size ?? ownOf(aliases.words, word);
  return known === undefined ? null : { ...plainWord(known.toLowerCase(), end), size };
}
