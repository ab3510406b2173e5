/**
 * Phrases that turn the words of an alert into something else: a recap, a plan, a question.
 *
 * A cue counts only in a certain place, for "Yesterday was good." above an alert changes nothing:
 *
 * ```text
 * before    in the alert's own sentence, in front of contract and side
 * sentence  anywhere in the alert's own sentence
 * behind    behind contract and side, in any sentence of this alert
 * message   anywhere at all
 * ```
 *
 * Some lose their force before the alert begins. "present": at "..., today" and "..., now" the
 * author has come to the present. "alarm": there too, and at a 🚨, which starts something new after
 * talk about the market. "never": nothing clears it.
 */
import { BEFORE, BEHIND, IDIOMS, MESSAGE, SENTENCE } from "./cue-tables.ts";
import { type Cue, type Entry, entryOf, type Until, words } from "./dictionary.ts";
import { SIDES } from "./lexicon.ts";
import {
  aloneMark,
  BEFORE_MARK,
  BEHIND_MARK,
  MESSAGE_MARK,
  SENTENCE_MARK,
  secondMark,
} from "./marks.ts";

export interface CueIndex {
  /** Every token that may begin one of them bears it. */
  readonly mark: number;
  /** See `marks.ts`. */
  readonly alone: number;
  readonly second: number;
  /** Where the entry of its first word keeps them, the longest first. */
  readonly table: number;
  readonly firsts: ReadonlySet<string>;
}

/** `others` are further words that an idiom may keep from counting. */
function indexOf(
  list: string,
  mark: number,
  table: number,
  others: Iterable<string> = [],
): CueIndex {
  const [alone, secondary] = [aloneMark(mark), secondMark(mark)];
  const meant = cuesIn(list);
  const idioms = cuesIn(IDIOMS);
  const cues = [...meant, ...idiomsBeside(meant, idioms, others)];
  for (const cue of cues.toSorted((a, b) => b.words.length - a.words.length)) {
    const entry = firstOf(cue);
    entry.marks |= mark;
    entry.cues[table] = [...(entry.cues[table] ?? []), cue];
    const [, second] = cue.words;
    if (second === undefined) entry.marks |= alone;
    else second.marks |= secondary;
  }
  const firsts = new Set([...meant, ...idioms].map((cue) => firstOf(cue).text));
  return { mark, alone, second: secondary, table, firsts };
}

/**
 * Only the idioms with a word that could begin a cue of this table, or an idiom kept for that: the
 * others would be read only to be passed over, and "long" stands in half of all alerts.
 */
function idiomsBeside(
  meant: readonly Cue[],
  idioms: readonly Cue[],
  others: Iterable<string>,
): readonly Cue[] {
  const firsts = new Set([...meant.map((cue) => firstOf(cue)), ...[...others].map(entryOf)]);
  const hides = ({ words }: Cue): boolean => words.some((word) => firsts.has(word));
  let kept = idioms.filter(hides);
  for (let before = -1; kept.length > before; kept = idioms.filter(hides)) {
    before = kept.length;
    for (const cue of kept) firsts.add(firstOf(cue));
  }
  return kept;
}

const firstOf = ({ words: [first] }: Cue): Entry => first as Entry;

const cuesIn = (list: string): readonly Cue[] =>
  list
    .split("\n")
    .filter((row) => row !== "")
    .flatMap(cuesOf);

function cuesOf(row: string): readonly Cue[] {
  const [until, meaning, phrases] = row.split("|").map((cell) => cell.trim());
  const reason = meaning === "-" ? null : String(meaning);
  const cueOf = (phrase: string): Cue => ({
    words: phrase.split(" ").map(entryOf),
    reason,
    until: until as Until,
  });
  return String(phrases).split(", ").map(cueOf);
}

export const BEFORE_CUES: CueIndex = indexOf(BEFORE, BEFORE_MARK, 0);
// "Long story short" names neither side.
export const SENTENCE_CUES: CueIndex = indexOf(SENTENCE, SENTENCE_MARK, 1, SIDES.keys());
export const BEHIND_CUES: CueIndex = indexOf(BEHIND, BEHIND_MARK, 2);
export const MESSAGE_CUES: CueIndex = indexOf(MESSAGE, MESSAGE_MARK, 3);

/** First words that make a question without any question mark. */
export const QUESTION_OPENERS = words(`
  is are am did do does should anyone anybody any who what why how where which can
  could would has who's what's isn't aren't didn't
`);
