/**
 * The cause names the effect, so doing it twice is doing it once.
 *
 * ```text
 * source + channel + message + venue account ──hash──► trade id   ts-k3…(26)
 * trade id + leg + attempt ─────────────────────────► order tag  ts-k3…-e1-1
 * ```
 *
 * No host, clock or configuration enters: two instances reading the same alert compute the same
 * tag, and the venue refuses the second.
 */
import { hash128 } from "../../std/hash.ts";
import type { MessageRef } from "./message.ts";

declare const name: unique symbol;
type Id<Name extends string> = string & { readonly [name]: Name };

/** The venue's name of an account, also our key for it. */
export type AccountId = Id<"account">;
export type TradeId = Id<"trade">;
/** Our name of an order, unique for ever per account; at most 40 letters, digits and hyphens. */
export type Tag = Id<"tag">;
/** The venue's name of an order. */
export type OrderId = Id<"order">;
export type FillId = Id<"fill">;

export const accountId = (text: string): AccountId => text as AccountId;
export const orderId = (text: string): OrderId => text as OrderId;
export const fillId = (text: string): FillId => text as FillId;

/** What a tag or a request is about: entry, stop, target, close of the contract, partial close. */
export type LegRole = "e" | "s" | "t" | "c" | "p";

const TRADE_ID_LENGTH = 29;

export function tradeIdOf(cause: MessageRef, account: AccountId): TradeId {
  const text = `${cause.source}\u0000${cause.channel}\u0000${cause.id}\u0000${account}`;
  return lettered(hash128(text)) as TradeId;
}

/** `tranche` counts from 0; in the text from 1. */
export const tagOf = (trade: TradeId, role: LegRole, tranche: number, attempt: number): Tag =>
  `${trade}-${role}${tranche + 1}-${attempt}` as Tag;

/** A request's id: its tag when it places, else the tag with the verb behind it. */
export type Verb = "place" | "modify" | "cancel";
const SUFFIXES: Readonly<Record<Verb, string>> = { place: "", modify: ":m", cancel: ":x" };

export const requestIdOf = (tag: Tag, verb: Verb): string => `${tag}${SUFFIXES[verb]}`;

export interface Named {
  readonly trade: TradeId;
  readonly role: LegRole;
  readonly tranche: number;
  readonly attempt: number;
  readonly verb: Verb;
}

/** The trade a tag of ours belongs to; null for any other text. Cheap: a snapshot asks it often. */
export function tradeOfTag(tag: string | null): TradeId | null {
  return tag?.startsWith(PREFIX) && tag.charAt(TRADE_ID_LENGTH) === "-"
    ? (tag.slice(0, TRADE_ID_LENGTH) as TradeId)
    : null;
}

/** What a tag or request id of ours speaks of; null for any other text. */
export function readName(text: string): Named | null {
  const trade = tradeOfTag(text);
  const match =
    trade && /^([estcp])(\d{1,3})-(\d{1,4})(:m|:x)?$/.exec(text.slice(TRADE_ID_LENGTH + 1));
  if (!match) return null;
  return {
    trade,
    role: match[1] as LegRole,
    tranche: Number(match[2]) - 1,
    attempt: Number(match[3]),
    verb: match[4] === ":m" ? "modify" : match[4] === ":x" ? "cancel" : "place",
  };
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const codesOf = (text: string): readonly number[] => Array.from(text, (one) => one.charCodeAt(0));
const LETTERS = codesOf(ALPHABET);
const PREFIX = "ts-";
/** A name still to be written. */
const BLANK = codesOf(PREFIX.padEnd(TRADE_ID_LENGTH));

/**
 * 128 bits as 26 characters behind the prefix, five bits each; the last holds three. Made in one
 * piece: a text or a list that grows letter by letter costs more than the hash.
 */
function lettered(words: readonly number[]): string {
  const codes = BLANK.slice();
  for (let bit = 0, at = PREFIX.length; bit < 128; bit += 5, at++)
    codes[at] = LETTERS[fiveBits(words, bit)] as number;
  return String.fromCharCode(...codes);
}

/** From that bit on, which may lie in two words; past the end counts as zero. */
function fiveBits(words: readonly number[], bit: number): number {
  const word = words[bit >>> 5] as number;
  const offset = bit & 31;
  if (offset <= 27) return (word >>> (27 - offset)) & 31;
  return ((word << (offset - 27)) | ((words[(bit >>> 5) + 1] ?? 0) >>> (59 - offset))) & 31;
}

const TWIN = "-twin";

/** The paper account that trades beside a live one; no account of a venue has such a name. */
export const twinOf = (live: AccountId): AccountId => accountId(`${live}${TWIN}`);
export const isTwin = (account: AccountId): boolean => account.endsWith(TWIN);
