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

/** Characters that are not what they seem. */
const NOT_PLAIN = 1;
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

const sortAt = (text: string, at: number): number =>
  at >= 0 && at < text.length ? (SORTS[text.charCodeAt(at)] ?? ODD) : BLANK;

/** What has to be done with a text before its words can be cut out. */
export function cleaningOf(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const sort = code < 128 ? Number(SORTS[code]) : 0;
    if (code >= 128) {
      const length = pictureLength(text, at, code);
      if (length === 0) return NOT_PLAIN;
      at += length - 1;
    } else if (sort >= DEPENDS) {
      if (sort === ODD) return NOT_PLAIN;
      found |= dependingOn(text, at, code);
    } else if (sort >= STYLE_SIGN) found |= sort === STYLE_SIGN ? STYLING : INSERTS;
  }
  return found;
}

const POINT = 46;
const COLON = 58;
const BRACKET = 41;
const DASH = 45;
const SMALL_W = 119;

function dependingOn(text: string, at: number, code: number): number {
  const next = sortAt(text, at + 1);
  // "- item" and "1. item" begin a line; an address has letters on both sides of its point.
  if (code === DASH) return next === BLANK ? STYLING : 0;
  if (code === BRACKET) return next === BLANK && sortAt(text, at - 1) === DIGIT ? STYLING : 0;
  if (code === COLON) return next === BLANK || next === DIGIT ? 0 : INSERTS;
  if (code === POINT) return pointAt(text, at, next);
  return next === LETTER && !isWholeName(text, at) ? INSERTS : 0;
}

function pointAt(text: string, at: number, next: number): number {
  const before = sortAt(text, at - 1);
  if (before === DIGIT) return next === BLANK ? STYLING : 0;
  const isAddress = before === LETTER && (next === LETTER || isSmallW(text, at - 1));
  return isAddress ? INSERTS : 0;
}

const isSmallW = (text: string, at: number): boolean => (text.charCodeAt(at) | 32) === SMALL_W;

/** `@everyone` between blanks is cut out as a mention like any other name. */
function isWholeName(text: string, at: number): boolean {
  if (sortAt(text, at - 1) !== BLANK) return false;
  let end = at + 1;
  while (sortAt(text, end) === LETTER) end += 1;
  return sortAt(text, end) === BLANK;
}

/** Of a picture that is nothing but a picture; 0 for everything else beyond plain letters. */
function pictureLength(text: string, at: number, code: number): number {
  if (code >= 0x2600 && code <= 0x27bf) return code === 0x279c || code === 0x27a1 ? 0 : 1;
  if (code < 0xd83c || code > 0xd83e || at + 1 >= text.length) return 0;
  const low = text.charCodeAt(at + 1);
  if (low < 0xdc00 || low > 0xdfff) return 0;
  if (code === 0xd83c) return low >= 0xdf00 ? 2 : 0;
  return code === 0xd83d || low < 0xdf00 ? 2 : 0;
}
