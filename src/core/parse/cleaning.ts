/**
 * Says at one glance which of the cleaning stages a text needs at all: most need none.
 *
 * ```text
 * 🚨 ES long 6326: A ⏎ Stop: 6316 ⏎ @everyone       none
 * **ES long** 6326                                  styling
 * ES long 6326 <@1234>                              mentions
 * ```
 *
 * It errs on the side of more: a stage that finds nothing to do changes nothing.
 */

import { type Codes, codeAt, codesOf } from "./codes.ts";

/** Characters that are not what they seem. */
export const NOT_PLAIN = 1;
/** Mentions, links and quotes: each can uncover what the next one looks for. */
const INSERTS = 2;
export const STYLING = 4;

const LETTER = 1;
const DIGIT = 2;
const BLANK = 4;
const STYLE_SIGN = 8;
const INSERT_SIGN = 16;
/** Means something only by what stands beside it. */
const DEPENDS = 32;
const ODD = 64;

const SORTS = new Uint8Array(128).fill(ODD);
for (let code = 32; code < 127; code++) SORTS[code] = 0;
for (let code = 97; code <= 122; code++) {
  SORTS[code] = LETTER;
  SORTS[code - 32] = LETTER;
}
for (let code = 48; code <= 57; code++) SORTS[code] = DIGIT;
for (const sign of " \n") SORTS[sign.charCodeAt(0)] = BLANK;
for (const sign of "*_`|~\\#") SORTS[sign.charCodeAt(0)] = STYLE_SIGN;
for (const sign of "<>") SORTS[sign.charCodeAt(0)] = INSERT_SIGN;
for (const sign of ".:)-@") SORTS[sign.charCodeAt(0)] = DEPENDS;

/** Before the first character and behind the last there is a blank. */
const sortAt = (codes: Codes, at: number): number =>
  at < 0 || codeAt(codes, at) === 0 ? BLANK : (SORTS[codeAt(codes, at)] ?? ODD);

/** What has to be done with a text before its words can be cut out. */
export function cleaningOf(text: string): number {
  const codes = codesOf(text);
  const { length } = text;
  let found = 0;
  for (let at = 0; at < length; at++) {
    const code = codeAt(codes, at);
    const sort = code < 128 ? Number(SORTS[code]) : 0;
    if (code >= 128) {
      const length = pictureLength(codes, at);
      if (length === 0) return NOT_PLAIN;
      at += length - 1;
    } else if (sort >= DEPENDS) {
      if (sort === ODD) return NOT_PLAIN;
      found |= dependingOn(codes, at, code);
    } else if (sort >= STYLE_SIGN) found |= sort === STYLE_SIGN ? STYLING : INSERTS;
  }
  return found;
}

const POINT = 46;
const COLON = 58;
const BRACKET = 41;
const DASH = 45;
const SMALL_W = 119;

function dependingOn(codes: Codes, at: number, code: number): number {
  const next = sortAt(codes, at + 1);
  // "- item" and "1. item" begin a line; an address has letters on both sides of its point.
  if (code === DASH) return next === BLANK ? STYLING : 0;
  if (code === BRACKET) return next === BLANK && sortAt(codes, at - 1) === DIGIT ? STYLING : 0;
  if (code === COLON) return next === BLANK || next === DIGIT ? 0 : INSERTS;
  if (code === POINT) return pointAt(codes, at, next);
  return next === LETTER && !isWholeName(codes, at) ? INSERTS : 0;
}

function pointAt(codes: Codes, at: number, next: number): number {
  const before = sortAt(codes, at - 1);
  if (before === DIGIT) return next === BLANK ? STYLING : 0;
  const isAddress = before === LETTER && (next === LETTER || isSmallW(codes, at - 1));
  return isAddress ? INSERTS : 0;
}

const isSmallW = (codes: Codes, at: number): boolean => (codeAt(codes, at) | 32) === SMALL_W;

/** `@everyone` between blanks is cut out as a mention like any other name. */
function isWholeName(codes: Codes, at: number): boolean {
  if (sortAt(codes, at - 1) !== BLANK) return false;
  let end = at + 1;
  while (sortAt(codes, end) === LETTER) end += 1;
  return sortAt(codes, end) === BLANK;
}

/** Of a picture that is nothing but a picture; 0 for everything else beyond plain letters. */
function pictureLength(codes: Codes, at: number): number {
  const code = codeAt(codes, at);
  if (code >= 0x2600 && code <= 0x27bf) return code === 0x279c || code === 0x27a1 ? 0 : 1;
  if (code < 0xd83c || code > 0xd83e) return 0;
  const low = codeAt(codes, at + 1);
  if (low < 0xdc00 || low > 0xdfff) return 0;
  if (code === 0xd83c) return low >= 0xdf00 ? 2 : 0;
  return code === 0xd83d || low < 0xdf00 ? 2 : 0;
}
