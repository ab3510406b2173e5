/**
 * Finds the words that lead into an alert: its own sentence, and lines above that announce it.
 *
 * ```text
 * Last week's best trade:          a colon or a 👇 at the end of a line leads into the next
 * 🚨 ES long 6290: A ...
 *
 * Weekly recap                     so does a heading: a short line with a word such as "recap"
 * ES long 6290: A ...
 * ```
 */

import type { Block } from "./blocks.ts";
import { isOne, words } from "./dictionary.ts";

import { type Sentence, sentenceAt, sentenceIndex } from "./sentences.ts";
import { type Token, tokenAt } from "./tokens.ts";

const LINES_MAX = 3;

/** Position at which the lead of this alert begins, never inside the alert before it. */
export const leadOf = (
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  { pair, body }: Block,
): number => Math.max(leadTo(tokens, sentences, pair.from), body.from);

/** Position at which the words begin that lead to the token at `at`. */
export function leadTo(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  at: number,
): number {
  const own = sentenceIndex(sentences, at);
  let { from } = sentenceAt(sentences, at);
  for (let index = own - 1; index >= Math.max(0, own - LINES_MAX); index--) {
    const above = sentences[index] as Sentence;
    if (!announces(tokens, above)) break;
    from = above.from;
  }
  return from;
}

/** A colon at the end of the line, or a heading: it speaks of what follows. */
export function announces(tokens: readonly Token[], sentence: Sentence): boolean {
  if (!sentence.endsLine || sentence.isQuestion) return false;
  let last = sentence.to - 1;
  while (last > sentence.from && isDecoration(tokenAt(tokens, last))) last -= 1;
  return isOne(tokenAt(tokens, last), LEADS_ON) || isHeading(tokens, sentence);
}

const LEADS_ON = words(": \u{1F447} \u2B07");

const isDecoration = (token: Token): boolean =>
  token.kind === "newline" ||
  token.kind === "mention" ||
  (token.kind === "emoji" && !isOne(token, LEADS_ON));

const HEADING_WORDS_MAX = 5;
const HEADING = words(`
  recap stats results review plan gameplan watchlist levels idea ideas throwback flashback
  yesterday yesterday's tomorrow tomorrow's week week's backtest paper hypothetical setups journal
  trade
`);
/** With a verb or a price it is a sentence, not a heading: "Yesterday was good". */
const SENTENCE_WORD = words("was were is are paid had went hit ran did looks feels . ! ? :");

function isHeading(tokens: readonly Token[], { from, to }: Sentence): boolean {
  const line = tokens.slice(from, to);
  const told = line.filter(({ kind }) => kind === "word");
  if (told.length > HEADING_WORDS_MAX || line.some(({ kind }) => kind === "number")) return false;
  return (
    told.some((token) => isOne(token, HEADING)) &&
    !line.some((token) => isOne(token, SENTENCE_WORD))
  );
}
