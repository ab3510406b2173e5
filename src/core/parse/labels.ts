/**
 * Reads the labelled lines of a card, and what stands beside a trade told as `IN: ... OUT: ...`.
 *
 * ```text
 * Stop Loss Hit          the headline: read like any sentence
 * Ticker: MES            the contract
 * Entry: 6322.25         known, and of no use here
 * Exit: 6312.25          the price
 * ```
 */

import type { Root } from "../model/instrument.ts";
import { words } from "./dictionary.ts";
import { TARGET_MARK } from "./marks.ts";

import type { Sentence } from "./sentences.ts";
import { hasOne, type Range, type Token, tokenAt } from "./tokens.ts";

export interface Labels {
  /** Lines that are labels and values, and nothing else. */
  readonly lines: ReadonlySet<Sentence>;
  readonly roots: readonly Root[];
  /** A whole trade on one line: "IN: 4123 OUT: 4130". */
  readonly isTrade: boolean;
  /** Where it was left. */
  readonly exit: number | null;
  readonly stop: number | null;
  /** By the number of the target. */
  readonly targets: ReadonlyMap<number, number>;
}

interface Draft extends Labels {
  readonly roots: Root[];
  exit: number | null;
  stop: number | null;
  readonly targets: Map<number, number>;
}

const NO_LABELS: Labels = {
  lines: new Set(),
  roots: [],
  isTrade: false,
  exit: null,
  stop: null,
  targets: new Map(),
};

const CONTRACT = words("ticker symbol instrument contract market");
const EXIT = words("exit out fill filled price closed");
const STOP = words("stop sl stoploss");
const ENTRY = words("in entry");
const SILENT = words(`
  in entry entered profit loss pnl gain gains result results points net time date interval level
  score side direction size qty quantity contracts timeframe strategy account reward pips risk
`);
const NAMED_LENGTH_MAX = 3;
/** A card is about one. */
const ROOTS_MAX = 4;

type Key = "contract" | "exit" | "stop" | "silent" | number;

/** What no reply of two lines would announce. */
const CARD_KEYS: ReadonlySet<Key> = new Set(["contract", "silent"]);

/** The labels of a message; none where it is not a card, for "Exit: 6334" alone is a sentence. */
export function labelsOf(tokens: readonly Token[], sentences: readonly Sentence[]): Labels {
  const lines = linesOf(tokens, sentences);
  if (lines === null) return NO_LABELS;
  const told = toldTrade(tokens, lines);
  const isCard = lines.size > 1 && [...lines.values()].some((key) => CARD_KEYS.has(key));
  if (!isCard && told === null) return NO_LABELS;
  const labels: Draft = {
    lines: new Set(lines.keys()),
    roots: [],
    isTrade: told !== null,
    exit: told,
    stop: null,
    targets: new Map(),
  };
  for (const [line, key] of lines) takeLine(labels, tokens, line, key);
  return labels;
}

function linesOf(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
): ReadonlyMap<Sentence, Key> | null {
  let lines: Map<Sentence, Key> | null = null;
  for (const sentence of sentences) {
    const key = keyOf(tokens, sentence);
    if (key === null) continue;
    lines ??= new Map();
    lines.set(sentence, key);
  }
  return lines;
}

/** What a line announces in front of its colon; null if it does not. */
function keyOf(tokens: readonly Token[], { from, to }: Sentence): Key | null {
  let first = from;
  while (tokenAt(tokens, first).kind === "emoji") first += 1;
  const colon = colonIn(tokens, first, Math.min(to, first + NAMED_LENGTH_MAX + 1));
  if (colon < 0) return null;
  return targetIn(tokens, first, colon) ?? keyOfWords(tokens, { from: first, to: colon });
}

/** `T1`, `TP2`, `Target 1` */
function targetIn(tokens: readonly Token[], from: number, to: number): number | null {
  if ((tokenAt(tokens, from).marks & TARGET_MARK) === 0) return null;
  const label = tokens.slice(from, to).map(({ text }) => text);
  const target = /^(?:target|tp|t)([1-9])$/.exec(label.join(""));
  return target === null ? null : Number(target[1]);
}

function colonIn(tokens: readonly Token[], from: number, to: number): number {
  for (let at = from; at < to; at++) if (tokenAt(tokens, at).text === ":") return at;
  return -1;
}

function keyOfWords(tokens: readonly Token[], range: Range): Key | null {
  if (hasOne(tokens, range, CONTRACT)) return "contract";
  if (hasOne(tokens, range, ENTRY)) return "silent";
  if (hasOne(tokens, range, STOP)) return "stop";
  if (hasOne(tokens, range, EXIT)) return "exit";
  return hasOne(tokens, range, SILENT) ? "silent" : null;
}

/** "IN: 4123 OUT: 4130 +7" on one line. */
function toldTrade(tokens: readonly Token[], lines: ReadonlyMap<Sentence, Key>): number | null {
  for (const [{ from, to }, key] of lines) {
    const isIn = tokens.slice(from, from + NAMED_LENGTH_MAX).some(({ text }) => text === "in");
    if (key !== "silent" || !isIn) continue;
    for (let at = from; at < to; at++) {
      const isOut = tokenAt(tokens, at).text === "out" && tokenAt(tokens, at + 1).text === ":";
      if (isOut) return priceBehind(tokens, at + 2, to);
    }
  }
  return null;
}

function priceBehind(tokens: readonly Token[], from: number, to: number): number | null {
  const found = tokens.slice(from, to).find(({ kind }) => kind === "number");
  const isPrice = found !== undefined && found.value > 0 && !found.text.startsWith("+");
  return isPrice ? found.value : null;
}

function takeLine(labels: Draft, tokens: readonly Token[], { from, to }: Sentence, key: Key): void {
  if (key === "silent") return;
  if (key === "contract") return takeRoots(labels, tokens, { from, to });
  const price = priceBehind(tokens, colonIn(tokens, from, to) + 1, to);
  if (price === null) return;
  if (key === "exit") labels.exit ??= price;
  else if (key === "stop") labels.stop = price;
  else labels.targets.set(key, price);
}

function takeRoots({ roots }: Draft, tokens: readonly Token[], { from, to }: Range): void {
  for (let at = from; at < to; at++) {
    const { root } = tokenAt(tokens, at);
    if (root !== null && roots.length < ROOTS_MAX) roots.push(root);
  }
}
