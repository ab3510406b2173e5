/**
 * A text as a row of character codes, which every stage that goes over its letters reads.
 *
 * The runtime keeps strings in half a dozen forms and asks each time which one it has before it; a
 * row of numbers has one form. There is one row for all, which holds one text at a time, so
 * whoever reads it must be done before the next text is taken up: it never leaves a stage.
 */
export type Codes = Uint16Array;

/** Folding can double the 4,000 characters of a message. */
const ROW_LENGTH = 8_192;
const ROW = new Uint16Array(ROW_LENGTH);

/** Behind the last character. No text that is read has such a character. */
const END = 0;
/** So many may be looked at behind the last one without asking where it is. */
const END_LENGTH = 4;

/** As a function of its own: asked of a text, it is looked up anew for each form a text can have. */
export const letterAt: (text: string, at: number) => number = Function.prototype.call.bind(
  String.prototype.charCodeAt,
);

let held = "";

export function codesOf(text: string): Codes {
  if (text === held) return ROW;
  const { length } = text;
  const row = length + END_LENGTH > ROW_LENGTH ? new Uint16Array(length + END_LENGTH) : ROW;
  for (let at = 0; at < length; at++) row[at] = letterAt(text, at);
  for (let at = length; at < length + END_LENGTH; at++) row[at] = END;
  if (row === ROW) held = text;
  return row;
}

/** The code at a place within the row or right behind its end. */
export const codeAt = (codes: Codes, at: number): number => codes[at] as number;
