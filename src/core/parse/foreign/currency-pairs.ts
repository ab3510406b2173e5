/**
 * The names of currencies and metals, and how rooms glue them to other words.
 *
 * ```text
 * XAUUSD   XAU/USD   eurusd   XAUUSDSELL   GOLD        GOLD is XAUUSD only in the shape of those rooms
 * ```
 */

import { directionOf, type Side } from "../../model/alert.ts";
import { isOne, words } from "../dictionary.ts";
import { SIDES } from "../lexicon.ts";
import { isNear } from "../prices.ts";
import { type Range, type Token, tokenAt } from "../tokens.ts";

export interface NamedPair extends Range {
  readonly symbol: string;
  /** Written as one word with it. */
  readonly side: Side | null;
  /** "GOLD": which gold is meant has to follow from the shape of the message. */
  readonly isNickname: boolean;
}

const MONEY = words("usd eur gbp jpy chf aud nzd cad sek nok dkk pln mxn zar try sgd hkd cnh");
const GOODS = words("xau xag xpt xpd btc eth");
const CODES: ReadonlySet<string> = new Set([...MONEY, ...GOODS]);

/** By themselves they are, or begin, the name of one. */
export const PAIR_WORDS: readonly string[] = [...CODES, "gold"];

export function pairAt(tokens: readonly Token[], at: number): NamedPair | null {
  const { kind, text } = tokenAt(tokens, at);
  if (kind !== "word" || text.length < 3 || text.length > LENGTH_MAX) return null;
  if (text.length === 3) return slashedAt(tokens, at);
  if (!mayName(text)) return null;
  const named = namedBy(text);
  if (named === null) return null;
  const { symbol, side, isNickname } = named;
  return { symbol, side, isNickname, from: at, to: at + 1 };
}

const LETTERS = 26;
/** By their three letters: of nearly every word, three letters at either end say that it is none. */
const ENDS = new Uint8Array(LETTERS ** 3);
for (const code of [...CODES, "gol", "old"]) ENDS[placeOf(code, 0)] = 1;

/** Of three small letters; -1 of any other three. */
function placeOf(text: string, from: number): number {
  let place = 0;
  for (let at = from; at < from + 3; at++) {
    const letter = text.charCodeAt(at) - 97;
    if (letter < 0 || letter >= LETTERS) return -1;
    place = place * LETTERS + letter;
  }
  return place;
}

const mayName = (text: string): boolean =>
  ENDS[placeOf(text, 0)] === 1 || ENDS[placeOf(text, text.length - 3)] === 1;

/** The longest side, glued to a pair. */
const LENGTH_MAX = 14;

type Named = Omit<NamedPair, "from" | "to">;

/** "xauusd", "gold", and either with a side in front or behind. */
function namedBy(text: string): Named | null {
  const length = text.startsWith("gold") ? 4 : CODES.has(text.slice(0, 3)) ? 6 : 0;
  const rest = length === 0 ? trailingOf(text) : text.slice(length);
  if (rest === null) return null;
  const side = rest === "" ? null : SIDES.get(rest);
  const symbol = length === 0 ? text.slice(rest.length) : text.slice(0, length);
  const found = symbolOf(symbol);
  if (found === null || side === undefined) return null;
  return { symbol: found.symbol, isNickname: found.isNickname, side };
}

/** What stands before a name at the end: the "sell" of "sellgold". */
function trailingOf(text: string): string | null {
  if (text.endsWith("gold")) return text.slice(0, -4);
  return text.length > 6 && CODES.has(text.slice(-3)) ? text.slice(0, -6) : null;
}

function symbolOf(text: string): Omit<Named, "side"> | null {
  if (text === "gold") return { symbol: "XAUUSD", isNickname: true };
  const isPair = text.length === 6 && arePair(text.slice(0, 3), text.slice(3));
  return isPair ? { symbol: text.toUpperCase(), isNickname: false } : null;
}

const arePair = (base: string, quote: string): boolean =>
  base !== quote && MONEY.has(quote) && CODES.has(base);

const SLASHES = words("/ -");

/** "EUR/USD", "XAU-USD" */
function slashedAt(tokens: readonly Token[], at: number): NamedPair | null {
  const base = tokenAt(tokens, at).text;
  if (!CODES.has(base) || !isOne(tokenAt(tokens, at + 1), SLASHES)) return null;
  const quote = tokenAt(tokens, at + 2).text;
  if (!arePair(base, quote)) return null;
  const symbol = `${base}${quote}`.toUpperCase();
  return { symbol, side: null, isNickname: false, from: at, to: at + 3 };
}

/** The pair of exactly this name, `XAUUSD` or `EUR/USD`; null where it is none. */
export function pairNamed(name: string): string | null {
  const text = name.toLowerCase().replace("/", "");
  const found = symbolOf(text);
  return found === null || found.isNickname ? null : found.symbol;
}

export interface CurrencyLevels {
  readonly side: Side;
  readonly entry: number;
  readonly stop: number;
  readonly targets: readonly number[];
}

/** Why they cannot be meant: a level on the wrong side, or one that belongs to another price. */
export function faultOfLevels({ side, entry, stop, targets }: CurrencyLevels): string | null {
  const direction = directionOf(side);
  if ((entry - stop) * direction <= 0) return "stop on the wrong side of the entry";
  const isWrong = targets.some((target) => (target - entry) * direction <= 0);
  if (isWrong) return "target on the wrong side of the entry";
  const isFar = [stop, ...targets].some((level) => !isNear(level, entry));
  return isFar ? "a price is far from the entry" : null;
}
