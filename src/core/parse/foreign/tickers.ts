/**
 * What may be the name of a share: one to five letters that are no word of ours.
 *
 * No list of all shares is kept: it would be stale within a month. The place of the name, between
 * the verb and a whole contract, says most of it; this page keeps out the words that people put
 * there: "SELL WATCH 662C", "BTO EOD".
 */
import { isOne, words } from "../dictionary.ts";
import { STOP_MARK, TARGET_MARK } from "../marks.ts";
import { type Token, tokenAt } from "../tokens.ts";

const NOT_TICKERS = words(`
  sell sold sells buy buys bto stc sto btc watch eod eow open close entry exit trim half full part
  partial all out off now new more some few these those this that them they the my our your his her
  its me we you i a an at in on of or to for from by with and but not no yes ok if is are was were
  be been am do did done has had have will would can could should may might must soon later today
  tmrw week day days next last first again back into over under above below near about just only
  very still both each every other same one two three four five ten call calls put puts strike exp
  expiry dte otm itm atm lotto lottos swing swings scalp scalps day risk risky size small big tiny
  light heavy long short stop stops loss gain gains profit price limit mkt alert alerts play plays
  trade trades trim trims runner rest here there then than what when why how who gl lol imo fyi
  idk btw asap usd eur cash fill fills filled avg cost side lets let's going took take taken add
  adds added hold held keep leave left quick nice good great best bad hot weekly daily month year
  cons con lot lots contract pos x w vs up down re gm gn hi hey pm est edt cst utc flow puts otc
`);

/** A ticker and where it ends; null where none stands. */
export function tickerAt(
  tokens: readonly Token[],
  at: number,
): { readonly symbol: string; readonly to: number } | null {
  const token = tokenAt(tokens, at);
  const { kind, text, marks } = token;
  if (kind !== "word" || isOne(token, NOT_TICKERS) || !/^[a-z]{1,5}$/.test(text)) return null;
  if ((marks & STOP_MARK) !== 0 || (text.length > 1 && (marks & TARGET_MARK) !== 0)) return null;
  const point = tokenAt(tokens, at + 1);
  const share = tokenAt(tokens, at + 2);
  const hasClass = point.text === "." && point.glued && share.glued && /^[ab]$/.test(share.text);
  const symbol = hasClass ? `${text}.${share.text}` : text;
  return { symbol: symbol.toUpperCase(), to: hasClass ? at + 3 : at + 1 };
}
