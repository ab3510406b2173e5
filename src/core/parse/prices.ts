/**
 * Decides what a written number is: a price, a distance in points, or something else.
 *
 * ```text
 * 6326        price            10 pt, 9 points     distance
 * 50%, 2x     something else   6326-6324, 6380s    unclear: never trade on it
 * ```
 */
import { isOne, words } from "./dictionary.ts";
import { COUNT_WORDS, POINT_WORDS, TAGS } from "./lexicon.ts";
import { STOP_MARK, TARGET_MARK } from "./marks.ts";
import { type Token, tokenAt } from "./tokens.ts";

export type Reading =
  | { readonly kind: "price" | "points"; readonly value: number; readonly to: number }
  | { readonly kind: "other" }
  | { readonly kind: "unclear"; readonly why: string };

const OTHER: Reading = { kind: "other" };
const unclear = (why: string): Reading => ({ kind: "unclear", why });

/** Reads the number at `at`; a price that is one end of a range is unclear. */
export function priceAt(tokens: readonly Token[], at: number): Reading {
  const reading = listedPriceAt(tokens, at);
  if (reading.kind !== "price") return reading;
  return isRange(tokens, reading.to) ? unclear("a range instead of one price") : reading;
}

/** Like `priceAt`, where more prices may follow as a list. */
export function listedPriceAt(tokens: readonly Token[], at: number): Reading {
  const number = tokenAt(tokens, at);
  if (number.kind !== "number") return OTHER;
  const points = pointsEnd(tokens, at + 1);
  if (Number.isNaN(number.value)) return unclear(`what number is "${number.text.slice(0, 20)}"?`);
  if (points > 0) return { kind: "points", value: number.value, to: points };
  if (isCounted(tokens, at + 1)) return OTHER;
  if (hasTail(tokens, at + 1)) return unclear(`letters are glued to ${number.text}`);
  return { kind: "price", value: number.value, to: at + 1 };
}

/** Behind the unit in `10 pt`, `10-point`, `10pts`; 0 where no unit follows. */
export function pointsEnd(tokens: readonly Token[], at: number): number {
  const unit = tokenAt(tokens, at).text === "-" ? at + 1 : at;
  const isPoints = isOne(tokenAt(tokens, unit), POINT_WORDS);
  return isPoints && !leadsToPrice(tokens, unit + 1) ? unit + 1 : 0;
}

/** `6316 PT 6338`: here "PT" is a target, not a unit; but "10 pts, 500 dollars". */
export function leadsToPrice(tokens: readonly Token[], at: number): boolean {
  const next = tokenAt(tokens, at).text === ":" ? at + 1 : at;
  const isUnit = isOne(tokenAt(tokens, next + 1), POINT_WORDS);
  return !isUnit && isNear(tokenAt(tokens, next).value, tokenAt(tokens, at - 2).value);
}

/** Whether two numbers can be prices of the same contract at all. */
export const isNear = (value: number, other: number): boolean =>
  Math.abs(value - other) < Math.abs(other) / 5;

function isCounted(tokens: readonly Token[], at: number): boolean {
  const next = tokenAt(tokens, at);
  return next.text === "%" || isOne(next, COUNT_WORDS);
}

const ITEM_LETTERS = words("a b c x");

/** Letters that touch a price make it another thing (`6380s`), unless they begin the next item. */
function hasTail(tokens: readonly Token[], at: number): boolean {
  const token = tokenAt(tokens, at);
  if (token.kind !== "word" || !token.glued || isOne(token, ITEM_LETTERS)) return false;
  return (token.marks & (STOP_MARK | TARGET_MARK)) === 0 && !isOne(token, TAGS);
}

const RANGE_SIGN = words("- / ~ & to or and");
const VAGUE = words("or area zone ish region range");

/** A second number right behind the first, or joined to it; "6326 - 10 pt stop" is no range. */
function isRange(tokens: readonly Token[], at: number): boolean {
  const next = tokenAt(tokens, at);
  if (isOne(next, VAGUE)) return true;
  const other = isOne(next, RANGE_SIGN) ? at + 1 : at;
  if (tokenAt(tokens, other).kind !== "number") return false;
  return pointsEnd(tokens, other + 1) === 0 && !isCounted(tokens, other + 1);
}
