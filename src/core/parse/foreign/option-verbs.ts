/**
 * The verbs that open a statement about an option, and the cards that stand for one.
 *
 * ```text
 * BTO   BOUGHT   BUY TO OPEN     STC   SOLD   SELL TO CLOSE     STO, SELL TO OPEN
 * ENTRY ⏎ Contract: QQQ 585P 0DTE ⏎ Price: 1.10                 a card
 * ```
 *
 * Without one of them nobody said that anything was done: "SPY 662c 1.20" may be an idea.
 */

import { isOne, words } from "../dictionary.ts";
import { type Range, type Token, tokenAt } from "../tokens.ts";

export interface Verb extends Range {
  readonly deed: "open" | "close" | "trim" | "write";
  /** A card tells things in labelled lines. */
  readonly isCard: boolean;
}

/** Every verb, from left to right; those of a card only where there is no other. */
export function verbsIn(tokens: readonly Token[]): readonly Verb[] {
  const verbs: Verb[] = [];
  for (let at = 0; at < tokens.length; ) {
    const verb = verbAt(tokens, at);
    if (verb !== null) verbs.push(verb);
    at = verb?.to ?? at + 1;
  }
  if (verbs.length > 0) return verbs;
  const card = cardIn(tokens);
  return card === null ? [] : [card];
}

/** Whether a word can open a statement about an option at all. */
export const OPENERS = words("bto stc sto bought sold buy sell contract option ticker symbol");

const DEEDS: ReadonlyMap<string, Verb["deed"]> = new Map([
  ["bto", "open"],
  ["bought", "open"],
  ["stc", "close"],
  ["sold", "close"],
  ["sto", "write"],
]);

const OPENING = words("bto bought stc sold sto buy sell");

function verbAt(tokens: readonly Token[], at: number): Verb | null {
  if (!isOne(tokenAt(tokens, at), OPENING)) return null;
  const { text } = tokenAt(tokens, at);
  const isTo = tokenAt(tokens, at + 1).text === "to";
  const purpose = tokenAt(tokens, at + 2).text;
  const isBuy = text === "buy" || text === "bought";
  const isSell = text === "sell" || text === "sold";
  if (isTo && (isBuy || isSell) && (purpose === "open" || purpose === "close")) {
    const isUsual = isBuy === (purpose === "open");
    const deed = isUsual ? purpose : "write";
    return { deed, from: at, to: at + 3, isCard: false };
  }
  const deed = DEEDS.get(text);
  return deed === undefined ? null : { deed, from: at, to: at + 1, isCard: false };
}

const TITLES: ReadonlyMap<string, Verb["deed"]> = new Map([
  ["entry", "open"],
  ["entered", "open"],
  ["open", "open"],
  ["opened", "open"],
  ["buy", "open"],
  ["exit", "close"],
  ["exited", "close"],
  ["close", "close"],
  ["closed", "close"],
  ["trim", "trim"],
  ["trimmed", "trim"],
]);
const TITLED = words([...TITLES.keys()].join(" "));
const LABELS = words("contract option ticker symbol");
const TITLE_WORDS = words("new option options trade alert position signal");

/** A title by itself on a line, and a line that is labelled as the contract. */
function cardIn(tokens: readonly Token[]): Verb | null {
  let title: { readonly deed: Verb["deed"]; readonly at: number } | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokenAt(tokens, at);
    const deed = isOne(token, TITLED) ? TITLES.get(token.text) : undefined;
    if (deed !== undefined && title === null && isTitle(tokens, at)) title = { deed, at };
    const isLabel = isOne(token, LABELS) && tokenAt(tokens, at + 1).text === ":";
    if (title !== null && isLabel) {
      return { deed: title.deed, from: title.at, to: at + 2, isCard: true };
    }
  }
  return null;
}

/** Nothing else on the line but emoji and words such as "new" and "trade". */
function isTitle(tokens: readonly Token[], at: number): boolean {
  let from = at - 1;
  let to = at + 1;
  while (isBeside(tokenAt(tokens, from))) from -= 1;
  while (isBeside(tokenAt(tokens, to))) to += 1;
  return endsLine(tokenAt(tokens, from)) && endsLine(tokenAt(tokens, to));
}

const isBeside = (token: Token): boolean =>
  token.kind === "emoji" || token.kind === "mention" || isOne(token, TITLE_WORDS);
const endsLine = ({ kind }: Token): boolean => kind === "newline" || kind === "end";
