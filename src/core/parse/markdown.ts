/**
 * Takes off the styling and keeps the words: bold, code, headings, lists, spoilers.
 *
 * ```text
 * # **ES long** 60**37**: A   ──►   ES long 6037: A
 * - Stop: `6028`              ──►   Stop: 6028
 * ~~ES short 6050: A~~        ──►   (struck)
 * ```
 *
 * In a code fence marked `diff` the signs in the first column are paint, not arithmetic. Struck
 * text is the one style with a meaning: it was taken back, so it goes with its words and leaves a
 * mark.
 */

import { STRUCK } from "./characters.ts";
import { type Codes, codeAt, codesOf } from "./codes.ts";

const LINE_PREFIX = /[ ]*(?:-?#{1,3} |[-*\u2022\u25E6\u25AA\u25B8\u25BA] |\d{1,2}[.)] )/y;
const LANGUAGE = /[a-z][a-z\d+#-]{0,15}(?=\n)/iy;
const STYLED = /[*_`|~\\#]|^[ ]*(?:[-\u2022\u25E6\u25AA\u25B8\u25BA]|\d{1,2}[.)]) /m;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const ESCAPABLE = /[!-/:-@[-`{-~]/;

interface Pen {
  readonly text: string;
  readonly codes: Codes;
  at: number;
  out: string;
  fence: "none" | "plain" | "diff";
}

/** Of a text that may have none. */
export const withoutMarkdown = (text: string): string =>
  STYLED.test(text) ? withoutStyling(text) : text;

export function withoutStyling(text: string): string {
  const pen: Pen = { text, codes: codesOf(text), at: 0, out: "", fence: "none" };
  startLine(pen);
  while (pen.at < text.length) step(pen);
  return pen.out;
}

function startLine(pen: Pen): void {
  if (pen.fence === "diff" && /[+-]/.test(pen.text.charAt(pen.at))) pen.at += 1;
  while (matchHere(LINE_PREFIX, pen) > 0) pen.at = LINE_PREFIX.lastIndex;
}

/** Length of the match at the pen; the pattern's `lastIndex` then stands behind it. */
function matchHere(pattern: RegExp, { text, at }: Pen): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Up to the next sign of styling in one piece, and over that sign. */
function step(pen: Pen): void {
  const plainTo = plainEnd(pen);
  if (plainTo > pen.at) write(pen, pen.text.slice(pen.at, plainTo), plainTo - pen.at);
  if (pen.at < pen.text.length) stepSign(pen);
}

const SIGNS = new Uint8Array(128);
for (const sign of "`~|*_\\\n") SIGNS[sign.charCodeAt(0)] = 1;

function plainEnd({ codes, at, text }: Pen): number {
  const { length } = text;
  let end = at;
  while (end < length && SIGNS[codeAt(codes, end)] !== 1) end += 1;
  return end;
}

function stepSign(pen: Pen): void {
  const { text, at } = pen;
  const here = text.charAt(at);
  const next = text.charAt(at + 1);
  if (here === "`") passTicks(pen);
  else if (here === "~" && next === "~") passStruck(pen);
  else if (here === "|" && next === "|") skip(pen, 2);
  else if (here === "*" || (here === "_" && !isInsideWord(pen))) skip(pen, 1);
  else if (here === "\\" && ESCAPABLE.test(next)) write(pen, next, 2);
  else write(pen, here, 1);
  if (here === "\n") startLine(pen);
}

/** A single underscore inside a word belongs to it (`ES_F`); at its edges it is styling. */
const isInsideWord = ({ text, at }: Pen): boolean =>
  LETTER_OR_DIGIT.test(text.charAt(at - 1)) && LETTER_OR_DIGIT.test(text.charAt(at + 1));

function skip(pen: Pen, count: number): void {
  pen.at += count;
}

function write(pen: Pen, text: string, consumed: number): void {
  pen.out += text;
  pen.at += consumed;
}

/** Three ticks open or close a fence and may name a language; one tick is a code span. */
function passTicks(pen: Pen): void {
  const isFence = pen.text.startsWith("```", pen.at);
  skip(pen, isFence ? 3 : 1);
  if (!isFence) return;
  const isOpening = pen.fence === "none";
  const language = isOpening ? matchHere(LANGUAGE, pen) : 0;
  const isDiff = isOpening && pen.text.startsWith("diff\n", pen.at);
  pen.fence = isDiff ? "diff" : isOpening ? "plain" : "none";
  skip(pen, language);
}

/** Struck text ends at the next pair of tildes; without one it is not struck at all. */
function passStruck(pen: Pen): void {
  const end = pen.text.indexOf("~~", pen.at + 2);
  if (end < 0) write(pen, "~~", 2);
  else write(pen, ` ${STRUCK} `, end + 2 - pen.at);
}
