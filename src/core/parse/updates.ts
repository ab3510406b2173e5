/**
 * Reads what a message says about trades taken earlier: updates, in the order they are told.
 *
 * ```text
 * ALERT: stop adj. to flat $ES and $NQ   ──►  breakeven ES, breakeven NQ
 * T1 hit on ES. Half off, stop to BE     ──►  target 1 hit ES, trim half ES, breakeven ES
 * Target 1 Hit ⏎ Ticker: MES ⏎ ...       ──►  target 1 hit MES, with its price from the card
 * ```
 *
 * The contract is the one named beside the words, else the one the message or the card names, else
 * that of the message it replies to. What a heading calls a recap or an example moves nothing.
 */
import type { Root } from "../model/instrument.ts";
import { priceToTicks } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Update } from "../model/update.ts";
import { cueIn } from "./context.ts";
import { doubtIn } from "./doubts.ts";
import { type Labels, labelsOf } from "./labels.ts";
import { announces } from "./lead.ts";
import { NOTHING_IN_IT, type None, none, unsure } from "./outcome.ts";
import type { Sentence } from "./sentences.ts";
import type { Token } from "./tokens.ts";
import { isPriceOf, type Reader } from "./update-code.ts";
import { type Part, readSentence } from "./update-sentence.ts";
import type { Draft } from "./update-shapes.ts";

export interface UpdatesReading {
  readonly updates: readonly Update[];
  /** Why nothing is done, where it speaks of such things. */
  readonly against: None | null;
}

/** `reader.roots` are those of the message it replies to. */
export function readUpdates(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  reader: Reader,
): UpdatesReading {
  const labels = labelsOf(tokens, sentences);
  const own = [...new Set(tokens.flatMap(({ root }) => root ?? []))];
  const roots = labels.roots.length > 0 ? labels.roots : own.length > 0 ? own : reader.roots;
  const about = { ...reader, roots, stopOfCard: labels.stop };
  const parts: Part[] = [];
  let against: None | null = null;
  for (const sentence of sentences) {
    if (labels.lines.has(sentence)) continue;
    const reading = readSentence(tokens, sentence, about);
    if (reading.kind === "parts") parts.push(...reading.parts);
    else if (isHeading(tokens, sentence, reading.reason))
      return { updates: [], against: none(reading.reason) };
    else
      against = worse(
        against,
        reading.isDoubtful ? unsure(reading.reason.slice(8)) : none(reading.reason),
      );
    if (reading.kind === "parts" && reading.isDoubtful) against = worse(against, unsure(DOUBT));
  }
  const hasDrafts = parts.some(({ drafts }) => drafts.length > 0);
  if (!hasDrafts) return { updates: [], against: doubtIn(tokens, against) };
  if (against?.review === true) return { updates: [], against };
  return settled(addressed(parts, roots), labels, reader);
}

const DOUBT = "an update in so few words, and of which trade?";

const worse = (one: None | null, other: None): None => (one?.review === true ? one : other);

/** "Recap:", "Yesterday's trades": all that follows is told of them. */
const isHeading = (tokens: readonly Token[], sentence: Sentence, reason: string): boolean =>
  reason !== NOTHING_IN_IT && announces(tokens, sentence) && cueIn(tokens, sentence) !== null;

interface Addressed {
  readonly draft: Draft;
  readonly roots: readonly (Root | null)[];
}

/** Gives every update the contracts it speaks of. */
function addressed(parts: readonly Part[], roots: readonly Root[]): readonly Addressed[] {
  const found: { draft: Draft; roots: Root[] }[] = [];
  let waiting: Root[] = [];
  let last: { draft: Draft; roots: Root[] }[] = [];
  for (const part of parts) {
    const isList = part.drafts.length === 0;
    if (isList && part.roots.length > 0 && last.some((one) => one.roots.length > 0)) {
      for (const one of last) one.roots.push(...part.roots);
    } else if (isList) waiting.push(...part.roots);
    else {
      const own = [...new Set([...waiting, ...part.roots])];
      const carried = found.at(-1)?.roots ?? [];
      const mine = own.length > 0 ? own : roots.length > 1 ? carried : [];
      last = part.drafts.map((draft) => ({ draft, roots: [...mine] }));
      found.push(...last);
      waiting = [];
    }
  }
  if (waiting.length > 0) for (const one of last) one.roots.push(...waiting);
  const [only = null, ...others] = [...new Set(roots)];
  const fallback = others.length === 0 ? only : null;
  return found.map((one) => ({ ...one, roots: one.roots.length > 0 ? one.roots : [fallback] }));
}

function settled(all: readonly Addressed[], labels: Labels, reader: Reader): UpdatesReading {
  const updates: Update[] = [];
  for (const { draft, roots } of all) {
    for (const root of new Set(roots)) {
      const update = { ...priced(draft, labels, root, reader), instrument: root } as Update;
      const fault = faultOf(update, updates);
      if (fault !== null) return { updates: [], against: unsure(fault) };
      if (!isTold(updates, update)) updates.push(update);
    }
  }
  return { updates, against: null };
}

/** "Stopped out. SL was hit" tells one thing twice. */
const isTold = (updates: readonly Update[], update: Update): boolean =>
  updates.some((one) => JSON.stringify(one) === JSON.stringify(update));

/** With the price the card states; a price that cannot be this contract's is another's. */
function priced(draft: Draft, labels: Labels, root: Root | null, { limits }: Reader): Draft {
  if (!("price" in draft)) return draft;
  const label = draft.action === "target_hit" ? labels.targets.get(draft.target) : labels.exit;
  const price = draft.price ?? label ?? null;
  const isOther = price !== null && root !== null && !isPriceOf(root, price, limits);
  return { ...draft, price: isOther ? null : price };
}

function faultOf(update: Update, told: readonly Update[]): string | null {
  if (update.action !== "move_stop") return null;
  const { stop } = update;
  const isOther = (one: Update) =>
    one.action === "move_stop" && one.instrument === update.instrument && one.stop !== stop;
  if (told.some(isOther)) return "two different stops";
  if (update.instrument === null) return null;
  const instrument = instrumentOf(update.instrument);
  const isOnGrid = priceToTicks(instrument, update.stop).ok;
  return isOnGrid ? null : `stop ${update.stop} is off the tick grid of ${instrument.root}`;
}
