/**
 * The words of an alert, by the part they play. Growing the vocabulary is editing this page.
 */
import type { Side } from "../model/alert.ts";
import { words } from "./dictionary.ts";

const LONG = "long longing longed buy buying bought bto";
const SHORT = "short shorting shorted sell selling sto";

export const SIDES: ReadonlyMap<string, Side> = new Map([
  ...LONG.split(" ").map((word) => [word, "long"] as const),
  ...SHORT.split(" ").map((word) => [word, "short"] as const),
]);

export const STOP_WORDS = words("stop stops stoploss sl stp");

/** "New stop", "move the stop": about a trade that is open, never part of an entry. */
export const MOVING_WORDS = words(`
  raise raised raising lower lowered lowering move moved moving bring bringing trail trailing
  adjust adjusted change changed tighten tightening new keep
`);

export const TARGET_WORDS = words("t tp pt tgt target targets tps pts tgts profit \u{1F3AF}");

/** Also with the number of the target behind it: `t1`, `tp2`. */
export const isTargetWord = (word: string): boolean =>
  TARGET_WORDS.has(word) || (endsInDigit(word) && TARGET_WORDS.has(word.slice(0, -1)));

export const endsInDigit = (word: string): boolean => {
  const last = word.charCodeAt(word.length - 1);
  return last >= 48 && last <= 57;
};

export const TAGS = words("gamma scalp swing lotto");

export const POINT_WORDS = words("pt pts point points");

/** What a number may count instead of being a price. */
export const COUNT_WORDS = words(
  "contract contracts lot lots car cars x m min mins minute minutes h hr hour hours k",
);

/** Between contract and side, without changing what is meant. */
export const FILLERS = words(`
  a an the in on here now some into going taking new entry trade position signal alert futures
  future contract contracts lot lots symbol ticker instrument market direction side action bias
  type of x
`);

/** Announce the entry price. */
export const ENTRY_LABELS = words("entry price in entered");

/** Between the header and its price. */
export const PRICE_LEADS = words("at here now in from price entry level");

/** Between "stop" and its price. */
export const STOP_LEADS = words("loss order at is set goes below above under over price level");

/** How people open an alert in their own words; any other word there makes us unsure. */
export const OPENING_WORDS = words(`
  i i'm im we we're let's lets go going getting get taking take buying selling entering enter
  entered new trade alert alerts signal entry entries here now ok okay alright good morning
  afternoon evening gm hi hello hey team guys folks all everyone crew traders fam reentry again
  futures a an for to price direction side action contract symbol ticker instrument market stopped
  out flat on first one
`);

/** Words that may stand between and behind the numbers of an alert in prose. */
const OWN_PROSE = words(`
  with and w is my for risk size sizing a b c on here now small tight quick hard initial
  protective runner open half full take first second third reward r targeting then candle bar
  close
`);

/** All words an alert in prose may hold but sides and targets. */
export const PROSE_WORDS = words(
  [FILLERS, PRICE_LEADS, STOP_LEADS, STOP_WORDS, TAGS, POINT_WORDS, COUNT_WORDS, OWN_PROSE]
    .flatMap((known) => [...known])
    .join(" "),
);

export const isProseWord = (word: string): boolean =>
  PROSE_WORDS.has(word) || SIDES.has(word) || isTargetWord(word);
