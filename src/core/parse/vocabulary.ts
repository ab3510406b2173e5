/**
 * The words of the common grammar, for whoever writes down what the words of one room stand for.
 *
 * A format may make its own words stand for these and for nothing else; and a word that says
 * something in every room keeps saying it, or a pack could turn "yesterday" into "long".
 */
import { BEFORE_CUES, BEHIND_CUES, MESSAGE_CUES, SENTENCE_CUES } from "./cues.ts";
import { entryOf } from "./dictionary.ts";
import {
  ENTRY_LABELS,
  isProseWord,
  isTargetWord,
  MOVING_WORDS,
  OPENING_WORDS,
  POINT_WORDS,
  SIDES,
  STOP_WORDS,
  TAGS,
} from "./lexicon.ts";
import { partOf, STRANGE, UPDATE_WORDS } from "./update-lexicon.ts";

const CUES = [BEFORE_CUES, SENTENCE_CUES, BEHIND_CUES, MESSAGE_CUES];

const CUE_WORDS = CUES.flatMap(({ firsts, table }) =>
  [...firsts].filter((first) =>
    entryOf(first).cues[table]?.some(({ words, reason }) => words.length === 1 && reason !== null),
  ),
);

const TARGETS = ["target", "targets", "tp", "pt", "t1", "t2", "t3"].filter(isTargetWord);

const MEANINGS: ReadonlySet<string> = new Set([
  ...SIDES.keys(),
  ...STOP_WORDS,
  ...TARGETS,
  ...ENTRY_LABELS,
  ...MOVING_WORDS,
  ...POINT_WORDS,
  ...TAGS,
  ...CUE_WORDS,
  ...UPDATE_WORDS,
  "reentry",
]);

export const VOCABULARY = {
  meanings: MEANINGS,
  isTaken: (word: string): boolean =>
    MEANINGS.has(word) ||
    isProseWord(word) ||
    OPENING_WORDS.has(word) ||
    partOf(word) !== STRANGE ||
    CUES.some(({ firsts }) => firsts.has(word)),
};
