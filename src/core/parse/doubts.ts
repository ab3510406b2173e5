/**
 * Phrases that could move money and that careful people read in different ways: somebody is asked.
 */
import { type None, unsure } from "./outcome.ts";
import { type Token, tokenAt } from "./tokens.ts";

const DOUBTS: readonly (readonly [phrase: string, why: string])[] = [
  ["lighten up", "is it a suggestion to trim?"],
  ["free trade", "is the stop at breakeven, or was a part sold?"],
  ["runner to", "is it a new target for the rest?"],
  ["runners to", "is it a new target for the rest?"],
  ["take profit", "how much of it?"],
  ["take profits", "how much of it?"],
  ["taking profits", "how much of it?"],
  ["entry is", "is it a corrected entry?"],
  ["entry should", "is it a corrected entry?"],
];

/** What a person should be asked about the message; what was known already where nothing of it stands there. */
export function doubtIn(tokens: readonly Token[], known: None | null): None | null {
  if (known?.review === true) return known;
  for (const [phrase, why] of DOUBTS) {
    const parts = phrase.split(" ");
    const isHere = (at: number) => parts.every((part, n) => tokenAt(tokens, at + n).text === part);
    if (tokens.some((_, at) => isHere(at))) return unsure(why);
  }
  return known;
}
