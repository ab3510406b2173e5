/** The part a sign or an emoji plays in an update; the letters are those of `update-lexicon.ts`. */
import { entryOf, isOne, words } from "./dictionary.ts";
import type { Token } from "./tokens.ts";
import { STRANGE, WEIGHTLESS } from "./update-lexicon.ts";

const SIGNS: readonly (readonly [part: string, signs: string])[] = [
  [",", ", ; | + & / -"],
  ["@", "@ : ="],
  [">", ">"],
  [WEIGHTLESS, ". ! ( ) # * ~ ^ $"],
];

for (const [part, signs] of SIGNS) for (const sign of signs.split(" ")) entryOf(sign).part = part;

const MARKS = words("\u2705 \u2714 \u2611 \u{1F3AF} \u{1F4A5} \u{1F4B0} \u{1F911}");
const CHEERS = words("\u{1F525} \u{1F680} \u{1F64C} \u{1F44F} \u{1F389} \u{1F4AA} \u{1F4B5}");
const CAMERAS = words("\u{1F4F7} \u{1F4F8}");

export function partOfEmoji(emoji: Token, isReply: boolean): string {
  if (isOne(emoji, CAMERAS)) return STRANGE;
  return isOne(emoji, MARKS) || (isReply && isOne(emoji, CHEERS)) ? "!" : WEIGHTLESS;
}
