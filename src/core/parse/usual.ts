/**
 * The short way for an alert in the channel's usual shape, whatever its dress, once it is cut into
 * words: nothing but contract, side, price, letter and stop, so nobody has to look for a context.
 *
 * ```text
 * 🚨  [ES] long 6326 : A (GAMMA)  ⏎  stop : 6316  ⏎  @everyone
 * └┬─┘└──────────┬─────────────┘     └─────┬────┘    └───┬───┘
 *  emoji       the entry                the stop       mentions
 * ```
 *
 * It only saves time, like `exact.ts` does before the text is cut. The long way reads these
 * messages just the same, and a test holds both to that.
 */
import type { Side, SizeLetter } from "../model/alert.ts";
import type { PriceLimits } from "../model/format.ts";
import type { Root } from "../model/instrument.ts";
import { ALARM } from "./characters.ts";
import { isOne, NO_ENTRY, words } from "./dictionary.ts";
import { TAGS } from "./lexicon.ts";
import { GAIN_MARK } from "./marks.ts";
import type { Entries } from "./outcome.ts";
import { SIZES } from "./size.ts";
import { type Token, tokenAt } from "./tokens.ts";
import { checkedAlert } from "./validate.ts";

const SIDE_WORDS = words("long short");
const LETTERS = words("a b c");

/** The one alert of a usual message; null sends it the long way. */
export function usualAlert(tokens: readonly Token[], limits: PriceLimits): Entries | null {
  const first = behind(tokens, 0, isQuiet);
  const [one, other] = [tokenAt(tokens, first), tokenAt(tokens, first + 1)];
  const root = one.root ?? other.root;
  const side = one.root === null ? one : other;
  if (root === null || !isOne(side, SIDE_WORDS)) return null;
  const priceAt = isOne(tokenAt(tokens, first + 2), PRICE_SIGNS) ? first + 3 : first + 2;
  const entry = tokenAt(tokens, priceAt);
  const isMarked = isOne(tokenAt(tokens, priceAt + 1), LETTER_SIGNS);
  const letterAt = isMarked ? priceAt + 2 : priceAt + 1;
  const letter = tokenAt(tokens, letterAt);
  // "6326c" may be the strike of an option.
  const isLetter = isOne(letter, LETTERS) && (isMarked || !letter.glued);
  if (!isPrice(entry) || !isLetter) return null;
  const tag = tokenAt(tokens, letterAt + 1);
  const hasTag = isOne(tag, TAGS);
  const stop = stopBehind(tokens, behind(tokens, letterAt + (hasTag ? 2 : 1), isEmoji));
  if (stop === null) return null;
  return alertOf({ root, side, entry, letter, stop, tag: hasTag ? tag : null }, limits);
}

const PRICE_SIGNS = words("@ :");
const LETTER_SIGNS = words(": -");

/** Without a meaning of its own, as the alarm sign is. */
const isEmoji = ({ kind, entry }: Token): boolean =>
  kind === "emoji" && (entry === NO_ENTRY || entry.text === ALARM);

/** What only decorates an alert, or calls people. */
const isQuiet = (token: Token): boolean =>
  token.kind === "newline" || token.kind === "mention" || isEmoji(token);

const isQuietEnd = ({ kind }: Token): boolean => kind === "newline" || kind === "mention";

const isPrice = ({ kind, value, marks }: Token): boolean =>
  kind === "number" && value > 0 && (marks & GAIN_MARK) === 0;

function behind(
  tokens: readonly Token[],
  from: number,
  isPassed: (token: Token) => boolean,
): number {
  let at = from;
  while (isPassed(tokenAt(tokens, at))) at += 1;
  return at;
}

const STOPS = words("stop sl");
const STOP_SIGNS = words(": @ - at loss");

/** The price of a stop on the next line, with nothing behind it; null where it is any different. */
function stopBehind(tokens: readonly Token[], lineAt: number): Token | null {
  const end = tokenAt(tokens, lineAt);
  const at = behind(tokens, lineAt + 1, isEmoji);
  const isNext = (end.kind === "newline" || end.text === ",") && isOne(tokenAt(tokens, at), STOPS);
  if (!isNext) return null;
  const priceAt = isOne(tokenAt(tokens, at + 1), STOP_SIGNS) ? at + 2 : at + 1;
  const price = tokenAt(tokens, priceAt);
  const isEnd = behind(tokens, priceAt + 1, isQuietEnd) === tokens.length;
  return isPrice(price) && isEnd ? price : null;
}

interface Found {
  readonly root: Root;
  readonly side: Token;
  readonly entry: Token;
  readonly letter: Token;
  readonly stop: Token;
  readonly tag: Token | null;
}

function alertOf(found: Found, limits: PriceLimits): Entries | null {
  const alert = checkedAlert(
    {
      instrument: found.root,
      side: found.side.text as Side,
      entry: found.entry.value,
      stop: { kind: "price", value: found.stop.value },
      targets: [],
      size: SIZES.get(found.letter.text) as SizeLetter,
      tags: found.tag === null ? [] : [found.tag.text.toUpperCase()],
      stopCondition: null,
    },
    limits,
  );
  return alert.ok ? { kind: "entries", entries: [alert.value], before: [], leftOut: [] } : null;
}
