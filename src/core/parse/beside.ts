/**
 * Reads what a message says of other trades beside the alert it gives.
 *
 * ```text
 * NQ: stop to BE. 🚨 ES long 6333: A ...        breakeven NQ, then the entry
 * Closed NQ +20. ⏎ 🚨 ES long 6333: A ...       close NQ, then the entry
 * 🚨 ES long 6333: A ⏎ ... ⏎ NQ: stop to BE     breakeven NQ, then the entry
 * ```
 *
 * What stands in front of the first alert speaks of trades before it. What stands behind it counts
 * only with a contract of its own: "half off at T1" there is how this alert shall be managed. In
 * doubt it is left out, for the alert itself is clear.
 */
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Update } from "../model/update.ts";
import type { Block } from "./blocks.ts";
import { mayMatter } from "./interest.ts";
import { type Sentence, sentenceAt } from "./sentences.ts";
import type { Token } from "./tokens.ts";
import type { Reader } from "./update-code.ts";
import { readUpdates } from "./updates.ts";

const updatesIn: (...told: Parameters<typeof readUpdates>) => readonly Update[] = (
  tokens,
  sentences,
  reader,
) =>
  sentences.length === 0 || sentences.length > SENTENCES_MAX
    ? []
    : readUpdates(tokens, sentences, reader).updates;

/** So much beside an alert is talk. */
const SENTENCES_MAX = 12;

/** "Flat all morning", "half off": what sells has to name its contract here. */
const isSure = ({ action, instrument }: Update): boolean =>
  instrument !== null || !/^(?:close|stopped|trim)$/.test(action);

export function updatesBeside(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  blocks: readonly Block[],
  reader: Reader,
): readonly Update[] {
  const [first] = blocks;
  if (first === undefined || blocks.some(({ isCard }) => isCard)) return [];
  const { from } = sentenceAt(sentences, first.pair.from);
  const families = blocks.map(({ pair }) => instrumentOf(pair.root).family);
  const isStranger = (root: Root | null): boolean =>
    root !== null && !families.includes(instrumentOf(root).family);
  const hasBehind = tokens.some(({ root }) => isStranger(root));
  if (from === 0 && !hasBehind) return [];
  const isOther = ({ instrument }: Update): boolean => isStranger(instrument);
  const isAhead = (one: Sentence): boolean => one.from < from;
  const isBehind = (one: Sentence): boolean => {
    const roots = tokens.slice(one.from, one.to).flatMap(({ root }) => root ?? []);
    return (
      one.from > from &&
      roots.length > 0 &&
      !roots.some((root) => families.includes(instrumentOf(root).family))
    );
  };
  const before = tokens.slice(0, from);
  const hasAhead = from > 0 && mayMatter(before);
  const ahead = hasAhead ? updatesIn(before, sentences.filter(isAhead), reader) : [];
  const behind = hasBehind ? updatesIn(tokens, sentences.filter(isBehind), reader) : [];
  return [...ahead.filter(isSure), ...behind.filter(isOther)];
}
