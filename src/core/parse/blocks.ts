/**
 * Cuts a message into alerts, one block for each contract-and-side pair that has a price.
 *
 * ```text
 * Good morning                ┐
 * 🚨 ES long 6326: A          │ block 1
 * Stop: 6316                  ┘
 * 🚨 NQ long 22950: B         ┐ block 2
 * Stop: 22910                 ┘
 * ```
 *
 * A card spreads the same things over labelled lines in any order; then the whole message is one
 * block, provided that it names exactly one contract and one side.
 */
import type { Side } from "../model/alert.ts";
import type { Root } from "../model/instrument.ts";
import { type EntryReading, findPairs, labelledPrice, type Pair, priceBehind } from "./headers.ts";
import { SIDES } from "./lexicon.ts";
import { SIDE_MARK } from "./marks.ts";
import { type Sentence, sentenceAt } from "./sentences.ts";
import { marksIn, type Range, type Token, tokenAt } from "./tokens.ts";

export interface Block {
  readonly pair: Pair;
  readonly entry: Exclude<EntryReading, { kind: "absent" }>;
  /** All that belongs to this alert; the first block begins with the message. */
  readonly body: Range;
  /** Contract, side and price stand in labelled lines, in any order. */
  readonly isCard: boolean;
}

/** More alerts than anyone posts at once; a bound on the work a hostile text can cause. */
export const BLOCKS_MAX = 6;

export function blocksOf(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
): readonly Block[] {
  if ((marksIn(tokens) & SIDE_MARK) === 0) return [];
  const priced = pricedPairs(tokens);
  if (priced.length === 0) return cardOf(tokens);
  const blocks: Block[] = [];
  // From the last to the first: each goes up to where the next one begins.
  for (let index = priced.length - 1, to = tokens.length; index >= 0; index--) {
    const one = priced[index] as Priced;
    const from = index === 0 ? 0 : startOf(tokens, one, priced[index - 1] as Priced, sentences);
    blocks.unshift({ pair: one.pair, entry: one.entry, body: { from, to }, isCard: false });
    to = from;
  }
  return blocks;
}

interface Priced {
  readonly pair: Pair;
  readonly entry: Block["entry"];
}

function pricedPairs(tokens: readonly Token[]): readonly Priced[] {
  const pairs = findPairs(tokens);
  const priced: Priced[] = [];
  for (let index = 0; index < pairs.length && priced.length <= BLOCKS_MAX; index++) {
    const pair = pairs[index] as Pair;
    const to = index + 1 < pairs.length ? (pairs[index + 1] as Pair).from : tokens.length;
    const behind = priceBehind(tokens, pair.to);
    const entry = behind.kind === "absent" ? labelledPrice(tokens, { from: pair.to, to }) : behind;
    if (entry.kind !== "absent") priced.push({ pair, entry });
  }
  return priced;
}

/**
 * A block starts with the sentence of its pair, or behind the last number before it: the words in
 * front of the pair are its own, the prices are those of the alert before.
 */
function startOf(
  tokens: readonly Token[],
  { pair }: Priced,
  before: Priced,
  sentences: readonly Sentence[],
): number {
  const own = sentenceAt(sentences, pair.from).from;
  const isShared = own < before.entry.to;
  const first = Math.max(own, before.entry.to);
  let from = pair.from;
  while (from > first && !endsAlert(tokenAt(tokens, from - 1), isShared)) from -= 1;
  return from;
}

/** In a sentence shared with the alert before, a comma or semicolon ends that one. */
const endsAlert = ({ kind, text }: Token, isShared: boolean): boolean =>
  kind === "number" || (isShared && kind === "sign" && text !== ":");

function cardOf(tokens: readonly Token[]): readonly Block[] {
  let root: Root | null = null;
  let side: Side | null = null;
  let sideAt = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokenAt(tokens, at);
    if (token.root !== null) {
      if (root !== null && root !== token.root) return [];
      root = token.root;
    }
    if ((token.marks & SIDE_MARK) === 0) continue;
    const said = SIDES.get(token.text) as Side;
    if (side !== null && side !== said) return [];
    side = said;
    sideAt = at;
  }
  if (root === null || side === null) return [];
  const body = { from: 0, to: tokens.length };
  const entry = entryOfCard(tokens, body, sideAt);
  if (entry.kind === "absent") return [];
  const pair: Pair = { root, side, from: sideAt, to: sideAt + 1, isPlain: false, isShared: false };
  return [{ pair, entry, body, isCard: true }];
}

/** "Stopped on ES. Re-entering long 6318" names the contract earlier and the price at the side. */
function entryOfCard(tokens: readonly Token[], body: Range, sideAt: number): EntryReading {
  const isReentry = tokenAt(tokens, sideAt - 1).text === "reentry";
  const behind: EntryReading = isReentry ? priceBehind(tokens, sideAt + 1) : { kind: "absent" };
  return behind.kind === "absent" ? labelledPrice(tokens, body) : behind;
}
