/**
 * Reads the contract of an option and the price behind it, in whatever order they come.
 *
 * ```text
 * SPY 09/19 662 CALLS @ 2.50   QQQ 588C 9/19 @ 1.75   COIN SEP 19 330c $4.10   TSLA 420 9/19 P @ 4.50
 * ```
 *
 * The first number that is no date is the strike. A number is the price only behind "@" and its
 * like, or behind a whole contract; one in per cent never is.
 */

import { isOne, words } from "../dictionary.ts";
import { type Token, tokenAt } from "../tokens.ts";
import { type Expiry, expiryAt } from "./option-expiry.ts";

export interface Contract {
  readonly strike: number | null;
  readonly right: "call" | "put" | null;
  readonly expiry: Expiry | null;
  readonly price: number | null;
  /** Such as in "5x". */
  readonly quantity: number | null;
  /** Why the numbers cannot be trusted. */
  readonly fault: string | null;
  readonly to: number;
}

interface Scan {
  readonly tokens: readonly Token[];
  readonly end: number;
  at: number;
  strike: number | null;
  right: "call" | "put" | null;
  expiry: Expiry | null;
  price: number | null;
  quantity: number | null;
  fault: string | null;
  isPrice: boolean;
}

/** What stands from `from` on, right behind the ticker; nothing beyond `end` is looked at. */
export function contractAt(tokens: readonly Token[], from: number, end: number): Contract {
  const scan: Scan = {
    tokens,
    end,
    at: from,
    strike: null,
    right: null,
    expiry: null,
    price: null,
    quantity: null,
    fault: null,
    isPrice: false,
  };
  let to = from;
  while (scan.at < end && scan.fault === null) {
    if (takePart(scan)) to = scan.at;
    else if (!takeFiller(scan)) break;
  }
  const { strike, right, expiry, price, quantity, fault } = scan;
  return { strike, right, expiry, price, quantity, fault, to };
}

const RIGHTS: ReadonlyMap<string, "call" | "put"> = new Map([
  ...["c", "call", "calls"].map((word) => [word, "call"] as const),
  ...["p", "put", "puts"].map((word) => [word, "put"] as const),
]);

/** "Call", "put" and what is short for them. */
export const RIGHT_WORDS = words([...RIGHTS.keys()].join(" "));

function takePart(scan: Scan): boolean {
  const { tokens, at } = scan;
  const token = tokenAt(tokens, at);
  const { kind } = token;
  const right = isOne(token, RIGHT_WORDS) ? RIGHTS.get(token.text) : undefined;
  if (right !== undefined && scan.right === null) {
    scan.right = right;
    scan.at += 1;
    return true;
  }
  return (scan.isPrice && kind === "number" ? false : takeExpiry(scan)) || takeNumber(scan);
}

function takeExpiry(scan: Scan): boolean {
  const { tokens, at, price } = scan;
  const expiry = scan.expiry === null ? expiryAt(tokens, at) : null;
  if (expiry === null) return false;
  // Behind the price "1/2" is half of the position.
  if (price !== null && expiry.kind === "date" && expiry.isShare) return false;
  scan.expiry = expiry;
  scan.at = expiry.to;
  return true;
}

/** The largest number that can be a strike or a premium; the rest are ids and mistakes. */
const NUMBER_MAX = 100_000;

function takeNumber(scan: Scan): boolean {
  const { tokens, at } = scan;
  const { kind, text, value } = tokenAt(tokens, at);
  if (kind !== "number" || scan.price !== null) return false;
  if (isCount(tokens, at)) {
    scan.quantity = value;
    scan.at += 2;
    return true;
  }
  if (!/^[\d.]/.test(text) || tokenAt(tokens, at + 1).text === "%") return false;
  if (!(value > 0 && value < NUMBER_MAX)) scan.fault = `what number is "${text.slice(0, 20)}"?`;
  else if (scan.isPrice || isWhole(scan)) takePrice(scan, value);
  else if (scan.strike === null) scan.strike = value;
  else return false;
  scan.isPrice = false;
  scan.at += 1;
  return true;
}

/** `5x` */
export const isCount = (tokens: readonly Token[], at: number): boolean => {
  const { text, glued } = tokenAt(tokens, at + 1);
  return text === "x" && glued && Number.isSafeInteger(tokenAt(tokens, at).value);
};

const isWhole = ({ strike, right, expiry }: Scan): boolean =>
  strike !== null && right !== null && expiry !== null;

const RANGE = /^(?:-|to|~)$/;

function takePrice(scan: Scan, value: number): void {
  const { tokens, at } = scan;
  const next = tokenAt(tokens, at + 1);
  const other = tokenAt(tokens, at + 2);
  const isRange =
    RANGE.test(next.text) && other.kind === "number" && !isPercentOrShare(tokens, at + 2);
  const isTorn = next.glued && other.glued && /^[,/]$/.test(next.text) && other.kind === "number";
  const hasTail = next.glued && (next.kind === "word" || next.text === "~");
  if (isRange) scan.fault = "a range instead of one price";
  else if (isTorn || hasTail) scan.fault = "the price is not clear";
  else scan.price = value;
}

const isPercentOrShare = (tokens: readonly Token[], at: number): boolean =>
  /^[%/]$/.test(tokenAt(tokens, at + 1).text);

const LEVEL_SIGNS = words(": = -");
const PRICE_MARKS = words("@ at for price premium entry entered avg average cost fill filled paid");
const FILLERS = words(`
  , ( ) | - : = > exp expiry expiration expires expiring expire strike type right option options
  the of date dated
`);

/** Passes over what says nothing by itself; "@" and its like announce the price. */
function takeFiller(scan: Scan): boolean {
  const token = tokenAt(scan.tokens, scan.at);
  const { kind } = token;
  const isMark = isOne(token, PRICE_MARKS);
  const isQuiet = kind === "newline" || kind === "emoji" || kind === "mention";
  if (!isMark && !isQuiet && !isOne(token, FILLERS)) return false;
  scan.isPrice = isMark || (scan.isPrice && isOne(token, LEVEL_SIGNS));
  scan.at += 1;
  return true;
}
