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
import { type Cue, entryOf, type Until, words } from "./dictionary.ts";
import { BEFORE_MARK, BEHIND_MARK, MESSAGE_MARK, SENTENCE_MARK } from "./marks.ts";

export interface CueIndex {
  /** Every token that may begin one of them bears it. */
  readonly mark: number;
  /** Where the entry of its first word keeps them, the longest first. */
  readonly table: number;
  readonly firsts: ReadonlySet<string>;
}

function indexOf(list: string, mark: number, table: number): CueIndex {
  const rows = (IDIOMS + list).split("\n").filter((row) => row !== "");
  const cues = rows.flatMap(cuesOf).toSorted((a, b) => b.words.length - a.words.length);
  const firsts = new Set<string>();
  for (const cue of cues) {
    const entry = entryOf(String(cue.words[0]));
    entry.marks |= mark;
    entry.cues[table] = [...(entry.cues[table] ?? []), cue];
    firsts.add(entry.text);
  }
  return { mark, table, firsts };
}

function cuesOf(row: string): readonly Cue[] {
  const [until, meaning, phrases] = row.split("|").map((cell) => cell.trim());
  const reason = meaning === "-" ? null : String(meaning);
  const cueOf = (phrase: string): Cue => ({
    words: phrase.split(" ").map((word) => entryOf(word).text),
    reason,
    until: until as Until,
  });
  return String(phrases).split(", ").map(cueOf);
}

export const BEFORE_CUES: CueIndex = indexOf(BEFORE, BEFORE_MARK, 0);
export const SENTENCE_CUES: CueIndex = indexOf(SENTENCE, SENTENCE_MARK, 1);
export const BEHIND_CUES: CueIndex = indexOf(BEHIND, BEHIND_MARK, 2);
export const MESSAGE_CUES: CueIndex = indexOf(MESSAGE, MESSAGE_MARK, 3);

/** First words that make a question without any question mark. */
export const QUESTION_OPENERS = words(`
  is are am did do does should anyone anybody any who what why how where which can
  could would has who's what's isn't aren't didn't
`);
