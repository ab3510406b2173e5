/**
 * Tells at a glance that a message cannot be an alert or an update: most of what people write.
 *
 * ```text
 * gm everyone, what a day     no digit, and no word that any alert or update is made of: none
 * all out                     "out" may close a trade: read it properly
 * ```
 *
 * The same question is asked twice, of the raw text and of its tokens, and the answer is the same
 * outcome. The raw text is judged by the sums of its words, so a word that merely sums up to the
 * same figure costs a reading, and none that counts is ever passed over.
 */

import { TEXT_LENGTH_MAX } from "./assemble.ts";
import { type Codes, codeAt, codesOf } from "./codes.ts";
import { mark, words } from "./dictionary.ts";
import { STOP_WORDS, TARGET_WORDS } from "./lexicon.ts";
import { NUMBER_MARK, TRADE_MARK, TRIGGER_MARK } from "./marks.ts";
import { marksIn, type Token } from "./tokens.ts";

/** One of these stands in every update; without any there is none. */
const TRIGGERS = words(`
  stop stops sl stoploss stp stps stoplosses stopped be breakeven even risk free
  t tp tgt pt tps target targets
  close closed closing exit exited exiting exits flatten flattened flattening cover covered
  covering dump dumped dumping bail bailed bailing cut cutting liquidate liquidated liquidating
  out off flat flt half third quarter
  trim trims trimmed trimming peel peeled peeling scale scaled scaling reduce reduced reducing
  lightened lightening lighten partial partials rest remainder remaining runner runners balance
  cancel cancels cancelled canceled cancelling canceling void voided voiding disregard disregarded
  retract retracted withdraw withdrawn invalidated invalid nullified annulled valid active
  scratch scratched scratching pull pulled pulling remove removed removing kill killed killing
  delete deleted yank yanked ignore skip skipping nevermind never taking trail trailing trailed
  add added adding correction
`);

/** One of these and a number may be an alert, or a part sold. */
const WITH_NUMBER = words(`
  take takes took taken sell sells selling sold book booked booking bank banked banking lock locked
  locking grab grabbed
`);

mark([...TRIGGERS, ...STOP_WORDS], TRIGGER_MARK);
for (const digit of "0123456789") {
  const numbered = [...TARGET_WORDS].map((word) => word + digit);
  mark(numbered, TRIGGER_MARK);
}
mark(WITH_NUMBER, TRADE_MARK);

/** Whether anything at all may come of these tokens. */
export function mayMatter(tokens: readonly Token[]): boolean {
  const marks = marksIn(tokens);
  if ((marks & TRIGGER_MARK) !== 0) return true;
  return (marks & NUMBER_MARK) !== 0 && (marks & TRADE_MARK) !== 0;
}

const SUMS = 65_536;
const TRIGGER_SUMS = new Uint8Array(SUMS);

const sumWith = (sum: number, code: number): number => (Math.imul(sum, 31) + code) & (SUMS - 1);

for (const word of [...TRIGGERS, ...STOP_WORDS]) {
  let sum = 0;
  for (let at = 0; at < word.length; at++) sum = sumWith(sum, word.charCodeAt(at));
  TRIGGER_SUMS[sum] = 1;
}

/** More of them are looked at properly: there may be too many for a message. */
const TOKENS_MAX = 1_000;

/** Signs that neither join letters nor hide any. */
const QUIET = " \n,.!?'\"();&+%-";
const LETTER = 1;
const SIGN = 2;
/** Of every plain character; what is left out could mean more than it shows. */
const SORTS = new Uint8Array(128);
for (const sign of QUIET) SORTS[sign.charCodeAt(0)] = SIGN;
for (let code = 97; code <= 122; code++) {
  SORTS[code] = LETTER;
  SORTS[code - 32] = LETTER;
}

/** Whether a text says at a glance that nothing can come of it. */
export function isPlainTalk(text: string): boolean {
  const { length } = text;
  if (length > TEXT_LENGTH_MAX) return false;
  const codes = codesOf(text);
  let sum = 0;
  let tokens = 0;
  let isInWord = false;
  let hasWord = false;
  for (let at = 0; at < length; at++) {
    const code = codeAt(codes, at);
    const sort = code < 128 ? SORTS[code] : pictureAt(codes, at, isInWord);
    if (sort === LETTER) {
      sum = sumWith(sum, code | 32);
      isInWord = true;
      continue;
    }
    if (sort !== SIGN || (isInWord && TRIGGER_SUMS[sum] === 1)) return false;
    if (code === POINT && SORTS[codeAt(codes, at + 1)] === LETTER) return false;
    if (code !== BLANK) tokens += 1;
    if (isInWord) tokens += 1;
    if (tokens > TOKENS_MAX) return false;
    hasWord ||= isInWord;
    isInWord = false;
    sum = 0;
  }
  return isInWord ? TRIGGER_SUMS[sum] !== 1 : hasWord;
}

const BLANK = 32;
const POINT = 46;

/** Emoji and typed apostrophes; anything else may be a letter or a digit in disguise. */
function pictureAt(codes: Codes, at: number, isInWord: boolean): number {
  const code = codeAt(codes, at);
  if (code === 0x2019 || (code >= 0x2600 && code <= 0x27bf)) return SIGN;
  // These join an emoji; in a word they would join its letters.
  if (code === 0xfe0f || code === 0x200d) return isInWord ? 0 : SIGN;
  if (isLow(code)) return at > 0 && isHigh(codeAt(codes, at - 1)) ? SIGN : 0;
  const low = codeAt(codes, at + 1);
  if (!isLow(low)) return 0;
  // Behind these stand letters in boxes before U+1F300, and digits at U+1FBF0.
  if (code === 0xd83c) return low >= 0xdf00 ? SIGN : 0;
  if (code === 0xd83e) return low < 0xdf00 ? SIGN : 0;
  return code === 0xd83d ? SIGN : 0;
}

const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
const isHigh = (code: number): boolean => code >= 0xd83c && code <= 0xd83e;
