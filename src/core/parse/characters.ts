/**
 * Many ways to type a character become one, so that later stages meet plain letters and digits.
 *
 * ```text
 * ６３２６   𝟲𝟯𝟮𝟲   63<zero width>26   ──►  6326        🅰  ──►  A        – — −  ──►  -
 * ```
 *
 * Nothing here guesses. Where the shown text can differ from the stored one (writing-direction
 * overrides, strokes drawn through digits, piles of combining marks) the message is turned away,
 * and look-alikes from other alphabets stay what they are: a Cyrillic "Е" makes no "ES".
 */
import { err, ok, type Result } from "../../std/result.ts";

/** Stand for mark-up that was taken out; private-use characters, which messages may not bring. */
export const MENTION = "\uE000";
export const EMOJI = "\uE001";
export const STRUCK = "\uE002";
export const ALARM = "\u{1F6A8}";

/** Compatibility folding can make one character eighteen; no honest message doubles. */
const LENGTH_MAX = 8_000;

/** Plain letters and signs, and pictures that are nothing but pictures: most messages are these. */
const PLAIN =
  /^(?:[\n\x20-\x7E\u2600-\u279B\u279D-\u27A0\u27A2-\u27BF]|\uD83C[\uDF00-\uDFFF]|\uD83D[\uDC00-\uDFFF]|\uD83E[\uDC00-\uDEFF])*$/;
/** These too are only written differently, or not seen at all. */
const HARMLESS =
  /^(?:[\n\x20-\x7E\u2010-\u2015\u2018-\u201F\u2192\u2212\u2600-\u279B\u279D-\u27A0\u27A2-\u27BF]|\u200D|\uFE0F|\uD83C[\uDF00-\uDFFF]|\uD83D[\uDC00-\uDFFF]|\uD83E[\uDC00-\uDEFF])*$/;
const SEEN_OTHERWISE = /[\u2010-\u2015\u2018-\u201F\u2192\u2212]|\u200D|\uFE0F/g;
const LINE_ENDS = /\r\n?|[\v\f\x85\u2028\u2029]/g;
const DIRECTION_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/;
const OVERLAYS = /[\u0335-\u0338]/;
const PILED_MARKS = /\p{M}{9}/u;
const UNSEEN = /[^\P{Cc}\n\t]|\p{Default_Ignorable_Code_Point}/gu;
const PRIVATE = /\p{Co}/gu;
/** A fraction or a raised digit behind a digit is not one more digit of it. */
const RAISED = /(\d)(?=[\u00B2\u00B3\u00B9\u00BC-\u00BE\u2070-\u2089\u2150-\u215E\u2460-\u249B])/g;
const KEYCAPS = /[\d#*]\u20E3/g;
const FLAGS_AND_LETTERS = /[\u{1F1E6}-\u{1F1FF}]{1,2}|[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}]/gu;
const LOOK_ALIKES =
  /[\t\u1680\u2010-\u2015\u2018-\u201F\u2044\u2192\u21D2\u2212\u2236\u279C\u27A1\u27F6\uA789]/g;

export function plainCharacters(text: string): Result<string, string> {
  if (PLAIN.test(text)) return ok(text);
  if (HARMLESS.test(text)) return ok(text.replace(SEEN_OTHERWISE, plainOf));
  if (DIRECTION_OVERRIDES.test(text)) return err("the shown text differs from the stored one");
  if (OVERLAYS.test(text)) return err("strokes are drawn through the text");
  const visible = text.replace(LINE_ENDS, "\n").replace(UNSEEN, "").replace(PRIVATE, " ");
  if (PILED_MARKS.test(visible)) return err("combining marks are piled up");
  const folded = visible.replace(KEYCAPS, EMOJI).replace(RAISED, "$1 ").normalize("NFKC");
  if (folded.length > LENGTH_MAX) return err("the text grows beyond 8,000 characters");
  return ok(folded.replace(FLAGS_AND_LETTERS, unboxed).replace(LOOK_ALIKES, plainOf));
}

const REGIONAL_A = 0x1f1e6;
const CIRCLED_A = 0x1f150;
const SQUARED_A = 0x1f170;

/** A boxed letter is a letter; two regional letters side by side are a flag. */
function unboxed(found: string): string {
  if (found.length > 2) return EMOJI;
  const code = Number(found.codePointAt(0));
  const first = code >= REGIONAL_A ? REGIONAL_A : code >= SQUARED_A ? SQUARED_A : CIRCLED_A;
  return String.fromCharCode(65 + code - first);
}

function plainOf(found: string): string {
  const code = found.charCodeAt(0);
  if (code === 0x200d || code === 0xfe0f) return "";
  if (code === 0x2236 || code === 0xa789) return ":";
  if (code === 0x2044) return "/";
  if (code === 0x2212 || (code >= 0x2010 && code <= 0x2015)) return "-";
  if (code >= 0x2018 && code <= 0x201b) return "'";
  if (code >= 0x201c && code <= 0x201f) return '"';
  return code === 0x09 || code === 0x1680 ? " " : "\u2192";
}
