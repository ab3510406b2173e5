/**
 * Cuts a message into sentences, because a word counts only in the sentence it stands in:
 *
 * ```text
 * Yesterday was good. │ 🚨 ES long 6326: A ⏎ │ Stop: 6316 ⏎ │ If you missed it, do not chase.
 * ```
 *
 * A sentence ends at `.`, `!`, `?` or the end of its line. A point inside a word ends nothing.
 */
import { invariant } from "../../std/assert.ts";
import { ENDING_MARK } from "./marks.ts";
import { type Range, type Token, tokenAt } from "./tokens.ts";

export interface Sentence extends Range {
  readonly isQuestion: boolean;
  readonly endsLine: boolean;
}

export function sentencesOf(tokens: readonly Token[]): readonly Sentence[] {
  const sentences: Sentence[] = [];
  for (let from = 0; from < tokens.length; ) {
    const sentence = sentenceFrom(tokens, from);
    sentences.push(sentence);
    from = sentence.to;
  }
  return sentences;
}

function sentenceFrom(tokens: readonly Token[], from: number): Sentence {
  let to = from;
  while (to < tokens.length && !isEnd(tokens, to)) to += 1;
  let isQuestion = false;
  for (; isEnd(tokens, to); to++) {
    isQuestion ||= tokenAt(tokens, to).text === "?";
    if (tokenAt(tokens, to).kind === "newline")
      return { from, to: to + 1, isQuestion, endsLine: true };
  }
  return { from, to, isQuestion, endsLine: to >= tokens.length };
}

function isEnd(tokens: readonly Token[], at: number): boolean {
  const { marks, text } = tokenAt(tokens, at);
  if ((marks & ENDING_MARK) === 0) return false;
  return text !== "." || !tokenAt(tokens, at + 1).glued;
}

/** Position of the sentence that holds the token at `at`; -1 behind the last. By halving. */
export function sentenceIndex(sentences: readonly Sentence[], at: number): number {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at < Number(sentences[middle]?.to)) high = middle;
    else low = middle + 1;
  }
  return low < sentences.length ? low : -1;
}

export function sentenceAt(sentences: readonly Sentence[], at: number): Sentence {
  const index = sentenceIndex(sentences, at);
  invariant(index >= 0, "every token stands in a sentence");
  return sentences[index] as Sentence;
}
