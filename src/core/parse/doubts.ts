/**
 * Phrases that could move money and that careful people read in different ways: somebody is asked.
 */
import { mark } from "./dictionary.ts";
import { DOUBT_MARK } from "./marks.ts";
import { type None, unsure } from "./outcome.ts";
import { marksIn, type Token, tokenAt } from "./tokens.ts";

const DOUBTS: readonly (readonly [first: string, second: RegExp, why: string])[] = [
  ["lighten", /^up$/, "is it a suggestion to trim?"],
  ["free", /^trade$/, "is the stop at breakeven, or was a part sold?"],
  ["runner", /^to$/, "is it a new target for the rest?"],
  ["runners", /^to$/, "is it a new target for the rest?"],
  ["take", /^profits?$/, "how much of it?"],
  ["taking", /^profits?$/, "how much of it?"],
  ["entry", /^(?:is|should)$/, "is it a corrected entry?"],
];
mark(
  DOUBTS.map(([first]) => first),
  DOUBT_MARK,
);
const BY_FIRST = new Map(DOUBTS.map(([first, second, why]) => [first, { second, why }]));

/** What a person should be asked about the message; else what was known of it already. */
export function doubtIn(tokens: readonly Token[], known: None | null): None | null {
  if (known?.review === true || (marksIn(tokens) & DOUBT_MARK) === 0) return known;
  for (let at = 0; at < tokens.length; at++) {
    if ((tokenAt(tokens, at).marks & DOUBT_MARK) === 0) continue;
    const doubt = BY_FIRST.get(tokenAt(tokens, at).text);
    if (doubt?.second.test(tokenAt(tokens, at + 1).text) === true) return unsure(doubt.why);
  }
  return known;
}
