/**
 * Decides from the words around an alert whether it is meant: the veto stage.
 *
 * ```text
 * Yesterday 🚨 ES long 6326: A ...                     a recap
 * Yesterday was good, today 🚨 ES long 6326: A ...     meant
 * Alerts look like this: ⏎ 🚨 ES long 6326: A ...      an example: the colon leads on
 * 🚨 ES long 6326: A ⏎ If you missed it, wait          meant: the cue stands in another sentence
 * ```
 *
 * The veto wins over a complete alert: one alert missed costs less than one that was never given.
 */

import type { Side } from "../model/alert.ts";
import type { Block } from "./blocks.ts";
import { ALARM } from "./characters.ts";
import {
  BEFORE_CUES,
  BEHIND_CUES,
  type CueIndex,
  MESSAGE_CUES,
  QUESTION_OPENERS,
  SENTENCE_CUES,
} from "./cues.ts";
import { type Cue, type Entry, isOne, type Until, words } from "./dictionary.ts";
import { leadOf } from "./lead.ts";
import { SIDES } from "./lexicon.ts";
import { MARKUP_MARK, MESSAGE_MARK, SIDE_MARK } from "./marks.ts";
import { type Sentence, sentenceAt } from "./sentences.ts";
import { hasText, marksIn, type Range, type Token, tokenAt } from "./tokens.ts";

export interface Veto {
  readonly reason: string;
  /** It holds for every alert that starts before this position. */
  readonly until: number;
}

/** Why the message as a whole cannot hold an alert; null if it can. */
export function vetoOfMessage(tokens: readonly Token[]): string | null {
  const marks = marksIn(tokens);
  const all = { from: 0, to: tokens.length };
  const cue = (marks & MESSAGE_MARK) === 0 ? null : findCue(tokens, all, MESSAGE_CUES, () => true);
  if (cue !== null) return cue.reason;
  return (marks & MARKUP_MARK) === 0 ? null : foreignMarkup(tokens);
}

const PLACEHOLDER = /^(?:price|entry|stop|level|instrument|side)$/;

/** Code, JSON and placeholders (`{"side":...}`, `<price>`, `[price]`), and "TEST" by itself. */
function foreignMarkup(tokens: readonly Token[]): string | null {
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text, marks } = tokenAt(tokens, at);
    if ((marks & MARKUP_MARK) === 0) continue;
    const reason = kind === "sign" ? markupAt(tokens, at, text) : null;
    if (reason !== null) return reason;
    if (/^test(?:ing)?$/.test(text) && (standsAlone(tokens, at) || opensTest(tokens, at)))
      return "a test";
  }
  return null;
}

function markupAt(tokens: readonly Token[], at: number, sign: string): string | null {
  if (sign === "{" || sign === "}") return "code or JSON";
  const next = tokenAt(tokens, at + 1);
  const opensTag = next.kind === "word" || next.text === "!" || next.text === "/";
  if (sign === "<" && next.glued && opensTag) return "mark-up";
  const isFilled = tokenAt(tokens, at + 2).text !== "]";
  return sign === "[" && PLACEHOLDER.test(next.text) && !isFilled ? "an example" : null;
}

/** "TEST 🚨 ES long ...", "(test)", "test 1 2 3", but not "the first test of VWAP", "testing 6320". */
const standsAlone = (tokens: readonly Token[], at: number): boolean =>
  [tokenAt(tokens, at - 1), tokenAt(tokens, at + 1)].every(
    ({ kind, root, value }) =>
      (kind !== "word" || root !== null) && !(kind === "number" && value >= LEVEL_MIN),
  );

/** People count their tests in smaller numbers, and no market stands lower. */
const LEVEL_MIN = 20;

/** "Testing the new bot" above an alert; but the market tests levels: "Testing 6326 here". */
function opensTest(tokens: readonly Token[], at: number): boolean {
  const before = tokenAt(tokens, at - 1);
  const next = tokenAt(tokens, at + 1);
  const isOpening = before.kind === "newline" || before.kind === "end" || before.kind === "emoji";
  return isOpening && next.kind === "word" && cueAt(tokens, at, BEFORE_CUES)?.reason !== null;
}

/** Why this block is no alert although it looks like one; null if it is meant. */
export function vetoOfBlock(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  block: Block,
  isReentry: boolean,
): Veto | null {
  const { pair, body, isCard } = block;
  const own = isCard ? { ...body, isQuestion: false } : sentenceAt(sentences, pair.from);
  const from = isCard ? body.from : leadOf(tokens, sentences, block);
  const whole = { from, to: Math.min(own.to, body.to) };
  const before = { from, to: isCard ? body.to : pair.from };
  const isInForce = forceIn(tokens, before);
  const cue =
    findCue(tokens, before, BEFORE_CUES, isInForce, isReentry) ??
    findCue(tokens, whole, SENTENCE_CUES, isInForce, isReentry) ??
    findCue(tokens, { from: pair.to, to: body.to }, BEHIND_CUES, isInForce);
  // What a line above says of one alert, it says of all that follow.
  if (cue !== null)
    return { reason: cue.reason, until: cue.at < own.from ? tokens.length : own.to };
  const reason =
    own.isQuestion || opensQuestion(tokens, { from: own.from, to: pair.from })
      ? "a question"
      : reasonAtPair(tokens, block, { from: Math.max(own.from, body.from), to: whole.to });
  return reason === null ? null : { reason, until: body.to };
}

/** Whether the words around the stop make the alert a tale of the past. */
export function vetoOfStop(tokens: readonly Token[], range: Range): string | null {
  const cue = findCue(tokens, range, SENTENCE_CUES, () => true);
  const isTale = cue !== null && /recap|hypothetical|update|status/.test(cue.reason);
  return isTale ? cue.reason : null;
}

/** What the first cue of a range says, whatever it is about; null if there is none. */
export const cueIn = (tokens: readonly Token[], range: Range): string | null =>
  findCue(tokens, range, BEFORE_CUES, () => true, true)?.reason ??
  findCue(tokens, range, SENTENCE_CUES, () => true, true)?.reason ??
  null;

interface FoundCue {
  readonly reason: string;
  readonly at: number;
}

type Force = (at: number, until: Until) => boolean;

export function findCue(
  tokens: readonly Token[],
  { from, to }: Range,
  index: CueIndex,
  isInForce: Force,
  isReentry = false,
): FoundCue | null {
  for (let at = from; at < to; at++) {
    if ((tokenAt(tokens, at).marks & index.mark) === 0) continue;
    const cue = cueAt(tokens, at, index);
    if (cue === null) continue;
    // "Stopped, re-entering" is what a re-entry says first.
    const counts = isInForce(at, cue.until) && !(isReentry && cue.reason === "an update");
    if (cue.reason !== null && counts) return { reason: cue.reason, at };
    at += cue.words.length - 1;
  }
  return null;
}

function cueAt(tokens: readonly Token[], at: number, index: CueIndex): Cue | null {
  const { marks, entry } = tokenAt(tokens, at);
  if ((marks & index.mark) === 0) return null;
  // Nearly always the word only begins like one.
  const isOpen = (marks & index.alone) !== 0;
  if (!isOpen && (tokenAt(tokens, at + 1).marks & index.second) === 0) return null;
  // The mark says that there are some.
  const cues = entry.cues[index.table] as readonly Cue[];
  for (const cue of cues) if (standsAt(tokens, at, cue.words)) return cue;
  return null;
}

function standsAt(tokens: readonly Token[], at: number, phrase: readonly Entry[]): boolean {
  for (let offset = 1; offset < phrase.length; offset++) {
    if (tokenAt(tokens, at + offset).entry !== phrase[offset]) return false;
  }
  return true;
}

/** Where cues lose their force: at a word of the present behind a pause, and at an alarm sign. */
export function forceIn(tokens: readonly Token[], range: Range): Force {
  const ends = (at: number): boolean => isPresent(tokens, at);
  const alarms = (at: number): boolean => tokenAt(tokens, at).text === ALARM;
  // Only a cue asks, and most alerts have none.
  return (at, until) =>
    until === "never" ||
    (at >= lastIn(range, ends) && (until === "present" || at >= lastIn(range, alarms)));
}

/** The last such position; the first of the range where there is none. */
function lastIn({ from, to }: Range, isSuch: (at: number) => boolean): number {
  for (let at = to - 1; at > from; at--) if (isSuch(at)) return at;
  return from;
}

const PAUSE = words(", ; : - but and so");

const PRESENT = words("today now finally");

function isPresent(tokens: readonly Token[], at: number): boolean {
  if (!isOne(tokenAt(tokens, at), PRESENT)) return false;
  const before = tokenAt(tokens, at - 1);
  return before.kind === "newline" || before.kind === "emoji" || isOne(before, PAUSE);
}

/** "Is the ES long ...": but an alarm sign in between starts an alert of its own. */
export function opensQuestion(tokens: readonly Token[], { from, to }: Range): boolean {
  let first = from;
  while (first < to && tokenAt(tokens, first).kind !== "word") first += 1;
  if (!isOne(tokenAt(tokens, first), QUESTION_OPENERS)) return false;
  return !hasText(tokens, { from, to }, ALARM);
}

/** An odd number of quotation marks stands before it. */
export function isInQuotes(tokens: readonly Token[], to: number): boolean {
  let isOpen = false;
  for (let at = 0; at < to; at++) {
    const { kind, text } = tokenAt(tokens, at);
    if (kind === "sign" && text === '"') isOpen = !isOpen;
  }
  return isOpen;
}

/** Right in front of the pair: told of the past, or of other people. */
const TOLD = words(`
  was were called took had missed caught banked are am be been being everyone everybody those
  people members traders who you they
`);
const ARTICLE = words("the that this an a :");
const KNOWN_ONE = words("the that my our your his");

const isPassedOver = (token: Token): boolean => token.kind === "emoji" || isOne(token, ARTICLE);

const isOtherSide = ({ marks, text }: Token, side: Side): boolean =>
  (marks & SIDE_MARK) !== 0 && SIDES.get(text) !== side;

function reasonAtPair(tokens: readonly Token[], { pair }: Block, own: Range): string | null {
  let before = pair.from - 1;
  while (isPassedOver(tokenAt(tokens, before))) before -= 1;
  if (isOne(tokenAt(tokens, before), TOLD)) return "a recap";
  if (isOne(tokenAt(tokens, pair.from - 1), KNOWN_ONE))
    return "unsure: it may speak of a trade already known";
  if (tokenAt(tokens, before).text === "'") return "a quote";
  if (isInQuotes(tokens, pair.from)) return "a quote";
  for (let at = own.from; at < own.to; at++) {
    const idiom = cueAt(tokens, at, SENTENCE_CUES);
    if (idiom !== null) at += idiom.words.length - 1;
    else if (isOtherSide(tokenAt(tokens, at), pair.side)) {
      return "unsure: both sides are named";
    }
  }
  return null;
}
