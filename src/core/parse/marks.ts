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
