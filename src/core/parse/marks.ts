/**
 * What a token is at a glance, one bit each, so that a stage passes over the others without a look
 * into any table. They are set where the token is cut; a word without a mark cannot be the thing.
 */
export const SIDE_MARK = 1;
export const STOP_MARK = 2;
/** `isTargetWord` holds. */
export const TARGET_MARK = 4;
/** The first words of the cues, by table. */
export const BEFORE_MARK = 8;
export const SENTENCE_MARK = 16;
export const BEHIND_MARK = 32;
export const MESSAGE_MARK = 64;
/** May begin code, mark-up or a test. */
export const MARKUP_MARK = 128;
/** One of these stands in every update; without any there is none: see `interest.ts`. */
export const TRIGGER_MARK = 256;
/** With a number beside it, it may be an alert or a part sold: a contract, a side, "took". */
export const TRADE_MARK = 512;
export const NUMBER_MARK = 1024;
/** May speak of an option or a currency; so may any word that nobody knows. */
export const FOREIGN_MARK = 2048;
/** May end a sentence: a full stop and its like, and the end of a line. */
export const ENDING_MARK = 4096;
/** In an update it may be more than a word with its own part: the start of a phrase, a target. */
export const OPENING_MARK = 8192;
/** May tell how a trade went: see `results.ts`. */
export const OUTCOME_MARK = 16_384;
/** Begins what careful people read in two ways: see `doubts.ts`. */
export const DOUBT_MARK = 1 << 23;
/** A number written with its sign: `+12`, `-10`. */
export const GAIN_MARK = 1 << 24;
export const LOSS_MARK = 1 << 25;
/** A word that is a cue by itself, and one that stands second in a longer cue, for each table. */
export const aloneMark = (first: number): number => first << 12;
export const secondMark = (first: number): number => first << 16;
