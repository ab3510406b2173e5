/**
 * What is read in full and executed nowhere: options and currencies.
 *
 * It comes before the futures reader, because half of their words are the same: "BTO ES 6610C 0DTE,
 * stop 6600" must not become a future of size C. And a message that speaks of an option without
 * being whole stays here as well, so that "STC SPY, all out" closes no future.
 */

import { isRoot } from "../../model/instruments.ts";
import type { Tracked } from "../../model/tracked.ts";
import type { Millis } from "../../model/units.ts";
import { blocksOf } from "../blocks.ts";
import { vetoOfMessage } from "../context.ts";
import { isOne, mark } from "../dictionary.ts";
import { mayMatter } from "../interest.ts";
import { FOREIGN_MARK, NUMBER_MARK } from "../marks.ts";
import { type None, none, type Parsed, unsure } from "../outcome.ts";
import { sentencesOf } from "../sentences.ts";
import { type Token, tokenAt } from "../tokens.ts";
import { PAIR_WORDS, pairAt } from "./currency-pairs.ts";
import { RIGHT_WORDS } from "./option-contract.ts";
import { OPENERS } from "./option-verbs.ts";
import { readCurrencies } from "./read-currencies.ts";
import { readOptions } from "./read-options.ts";

/** Null: nothing of the kind is named, and the message is for the futures reader. */
export function readForeign(all: readonly Token[], sentAt: Millis): Parsed | null {
  const count = foreignIn(all);
  if (count === 0 || isTalk(all)) return null;
  if (count > FOREIGN_MAX) return unsure("too many options and currencies to be an alert");
  const tokens = all.some(isJoined) ? allApart(all) : all;
  const sentences = sentencesOf(tokens);
  const read = readOptions(tokens, sentences, sentAt) ?? readCurrencies(tokens, sentences);
  const hasRoot = tokens.some(({ root }) => root !== null);
  if (read === null) return hasRoot ? null : leftover(tokens);
  const veto = vetoOfMessage(tokens);
  if (veto !== null) return none(veto);
  const isMixed = read.kind === "tracked" && hasRoot && hasFuture(tokens, read.tracked);
  return isMixed ? unsure("futures and something else in one message") : read;
}

/** Six alerts name some thirty such words; more is noise made to cost time. */
const FOREIGN_MAX = 40;

/** The same words without any number, and with none that tells of an exit: nothing comes of it. */
const isTalk = (tokens: readonly Token[]): boolean =>
  !mayMatter(tokens) && !tokens.some(({ kind }) => kind === "number");

/** How many words only options and currencies have, as far as it matters. */
function foreignIn(tokens: readonly Token[]): number {
  let count = 0;
  for (let at = 0; at < tokens.length && count <= FOREIGN_MAX; at++) {
    if (isForeign(tokens, at)) count += 1;
  }
  return count;
}

// Of the words the dictionary knows, only these; another may be a pair with a side glued to it.
mark([...OPENERS, ...RIGHT_WORDS, ...PAIR_WORDS], FOREIGN_MARK);

/** Anything that only options and currencies have. */
function isForeign(tokens: readonly Token[], at: number): boolean {
  const token = tokenAt(tokens, at);
  if ((token.marks & FOREIGN_MARK) === 0) return false;
  return isOne(token, OPENERS) || isStrikeBefore(tokens, at) || pairAt(tokens, at) !== null;
}

/** `662C`, `662 calls` */
function isStrikeBefore(tokens: readonly Token[], at: number): boolean {
  const { text, glued } = tokenAt(tokens, at);
  return (
    isOne(tokenAt(tokens, at), RIGHT_WORDS) &&
    tokenAt(tokens, at - 1).kind === "number" &&
    (glued || text.length > 1)
  );
}

const isJoined = ({ kind, text }: Token): boolean => kind === "number" && text.includes(" ");

function allApart(all: readonly Token[]): readonly Token[] {
  const tokens: Token[] = [];
  for (const token of all) {
    if (isJoined(token)) tokens.push(...apart(token));
    else tokens.push(token);
  }
  return tokens;
}

/** "19 330c": two numbers here, whatever thousands look like elsewhere. */
function apart(token: Token): readonly Token[] {
  return token.text.split(" ").map((text, index) => ({
    ...token,
    text,
    value: Number(text),
    marks: index === 0 ? token.marks : NUMBER_MARK,
    glued: index === 0 && token.glued,
  }));
}

/** Speaks of an option or a currency, and says nothing that could be kept. */
function leftover(tokens: readonly Token[]): None | null {
  if (tokens.some((_, at) => isStrikeBefore(tokens, at))) return none("about an option, no alert");
  const speaksOfOne = tokens.some(({ text }) => /^(?:bto|stc|sto)$/.test(text));
  // "BTO SPY" and no more is talk, as `isPlainTalk` says of it wherever a room has no words of its own.
  if (speaksOfOne && (tokens.some(({ kind }) => kind === "number") || mayMatter(tokens))) {
    return unsure("the option is not named");
  }
  return tokens.some((_, at) => pairAt(tokens, at) !== null && tokenAt(tokens, at).text !== "gold")
    ? none("about a currency, no alert")
    : null;
}

/** An option on a future looks like an alert of that future; any more of them are real ones. */
function hasFuture(tokens: readonly Token[], tracked: readonly Tracked[]): boolean {
  const alike = tracked.filter(({ contract }) => isRoot(contract.symbol)).length;
  return blocksOf(tokens, sentencesOf(tokens)).length > alike;
}
