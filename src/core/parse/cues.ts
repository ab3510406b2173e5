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
import { BEFORE_MARK, BEHIND_MARK, MESSAGE_MARK, SENTENCE_MARK } from "./marks.ts";

export interface Cue {
  readonly words: readonly string[];
  /** Null: an idiom without meaning for us. */
  readonly reason: string | null;
  readonly until: Until;
}

/** What ends the force of a cue: nothing, a word of the present, or that or an alarm sign. */
export type Until = "never" | "present" | "alarm";

export interface CueIndex {
  /** Every token that may begin one of them bears it. */
  readonly mark: number;
  /** By their first word, the longest first. */
  readonly byFirst: ReadonlyMap<string, readonly Cue[]>;
}

function indexOf(table: string, mark: number): CueIndex {
  const rows = (IDIOMS + table).split("\n").filter((row) => row !== "");
  const cues = rows.flatMap(cuesOf).toSorted((a, b) => b.words.length - a.words.length);
  const index = new Map<string, Cue[]>();
  for (const cue of cues) {
    const first = String(cue.words[0]);
    index.set(first, [...(index.get(first) ?? []), cue]);
  }
  return { mark, byFirst: index };
}

function cuesOf(row: string): readonly Cue[] {
  const [until, meaning, phrases] = row.split("|").map((cell) => cell.trim());
  const reason = meaning === "-" ? null : String(meaning);
  const cueOf = (phrase: string): Cue => ({
    words: phrase.split(" "),
    reason,
    until: until as Until,
  });
  return String(phrases).split(", ").map(cueOf);
}

export const BEFORE_CUES: CueIndex = indexOf(BEFORE, BEFORE_MARK);
export const SENTENCE_CUES: CueIndex = indexOf(SENTENCE, SENTENCE_MARK);
export const BEHIND_CUES: CueIndex = indexOf(BEHIND, BEHIND_MARK);
export const MESSAGE_CUES: CueIndex = indexOf(MESSAGE, MESSAGE_MARK);

/** First words that make a question without any question mark. */
const OPENERS = `is are am did do does should anyone anybody any who what why how where which can
  could would has who's what's isn't aren't didn't`;
export const QUESTION_OPENERS: ReadonlySet<string> = new Set(OPENERS.split(/\s+/));
