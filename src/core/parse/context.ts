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
import type { Block } from "./blocks.ts";
import { ALARM } from "./characters.ts";
import {
  BEFORE_CUES,
  BEHIND_CUES,
  type Cue,
  type CueIndex,
  MESSAGE_CUES,
  QUESTION_OPENERS,
  SENTENCE_CUES,
  type Until,
} from "./cues.ts";
import { leadOf } from "./lead.ts";
import { SIDES, words } from "./lexicon.ts";
import { MARKUP_MARK } from "./marks.ts";
import { type Sentence, sentenceAt } from "./sentences.ts";
import { hasText, type Range, type Token, tokenAt } from "./tokens.ts";

export interface Veto {
  readonly reason: string;
  /** It holds for every alert that starts before this position. */
  readonly until: number;
}

/** Why the message as a whole cannot hold an alert; null if it can. */
export function vetoOfMessage(tokens: readonly Token[]): string | null {
  const all = { from: 0, to: tokens.length };
  const found = findCue(tokens, all, MESSAGE_CUES, () => true);
  return found?.reason ?? foreignMarkup(tokens);
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
  const { marks, text } = tokenAt(tokens, at);
  if ((marks & index.mark) === 0) return null;
  // The mark says that there are some.
  const cues = index.byFirst.get(text) as readonly Cue[];
  for (const cue of cues) if (standsAt(tokens, at, cue.words)) return cue;
  return null;
}

function standsAt(tokens: readonly Token[], at: number, phrase: readonly string[]): boolean {
  for (let offset = 1; offset < phrase.length; offset++) {
    if (tokenAt(tokens, at + offset).text !== phrase[offset]) return false;
  }
  return true;
}

/** Where cues lose their force: at a word of the present behind a pause, and at an alarm sign. */
export function forceIn(tokens: readonly Token[], { from, to }: Range): Force {
  let presentAt = from;
  let alarmAt = from;
  for (let at = from; at < to; at++) {
    if (isPresent(tokens, at)) presentAt = at;
    if (tokenAt(tokens, at).text === ALARM) alarmAt = at;
  }
  return (at, until) =>
    until === "never" || (at >= presentAt && (until === "present" || at >= alarmAt));
}

const PAUSE = /^(?:[,;:-]|but|and|so)$/;

const PRESENT = words("today now finally");

function isPresent(tokens: readonly Token[], at: number): boolean {
  if (!PRESENT.has(tokenAt(tokens, at).text)) return false;
  const { kind, text } = tokenAt(tokens, at - 1);
  return kind === "newline" || kind === "emoji" || PAUSE.test(text);
}

/** "Is the ES long ...": but an alarm sign in between starts an alert of its own. */
export function opensQuestion(tokens: readonly Token[], { from, to }: Range): boolean {
  let first = from;
  while (first < to && tokenAt(tokens, first).kind !== "word") first += 1;
  if (!QUESTION_OPENERS.has(tokenAt(tokens, first).text)) return false;
  return !hasText(tokens, { from, to }, ALARM);
}

/** An odd number of quotation marks stands before it. */
export function isInQuotes(tokens: readonly Token[], to: number): boolean {
  let isOpen = false;
  for (let at = 0; at < to; at++) if (tokenAt(tokens, at).text === '"') isOpen = !isOpen;
  return isOpen;
}

/** Right in front of the pair: told of the past, or of other people. */
const TOLD = words(`
  was were called took had missed caught banked are am be been being everyone everybody those
  people members traders who you they
`);
const ARTICLE = /^(?:the|that|this|an|a|:)$/;

const isPassedOver = ({ kind, text }: Token): boolean => kind === "emoji" || ARTICLE.test(text);

function reasonAtPair(tokens: readonly Token[], { pair }: Block, own: Range): string | null {
  let before = pair.from - 1;
  while (isPassedOver(tokenAt(tokens, before))) before -= 1;
  if (TOLD.has(tokenAt(tokens, before).text)) return "a recap";
  const isKnown = /^(?:the|that|my|our|your|his)$/.test(tokenAt(tokens, pair.from - 1).text);
  if (isKnown) return "unsure: it may speak of a trade already known";
  if (tokenAt(tokens, before).text === "'") return "a quote";
  if (isInQuotes(tokens, pair.from)) return "a quote";
  for (let at = own.from; at < own.to; at++) {
    const idiom = cueAt(tokens, at, SENTENCE_CUES);
    if (idiom !== null) at += idiom.words.length - 1;
    else if ((SIDES.get(tokenAt(tokens, at).text) ?? pair.side) !== pair.side) {
      return "unsure: both sides are named";
    }
  }
  return null;
}
