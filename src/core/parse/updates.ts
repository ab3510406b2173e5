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
import { canonical } from "../../std/canonical.ts";
import type { Root } from "../model/instrument.ts";
import { priceToTicks } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Update } from "../model/update.ts";
import { doubtIn } from "./doubts.ts";
import { type Labels, labelsOf } from "./labels.ts";
import { announces } from "./lead.ts";
import { NOTHING_IN_IT, type None, unsure } from "./outcome.ts";
import { isPriceOf } from "./sane-price.ts";
import type { Sentence } from "./sentences.ts";
import type { Token } from "./tokens.ts";
import type { Reader } from "./update-code.ts";
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
  const own = rootsIn(tokens);
  const roots = labels.roots.length > 0 ? labels.roots : own.length > 0 ? own : reader.roots;
  const about = { ...reader, roots, stopOfCard: labels.stop };
  const parts: Part[] = [];
  let against: None | null = null;
  if (sentences.length > SENTENCES_MAX) return refused(TOO_LONG);
  for (const sentence of sentences) {
    if (labels.lines.has(sentence)) continue;
    const reading = readSentence(tokens, sentence, about);
    if (reading.kind === "parts") {
      parts.push(...reading.parts);
      if (reading.isDoubtful) against = worse(against, DOUBT);
    } else if (isHeading(tokens, sentence, reading.against)) return refused(reading.against);
    else against = worse(against, reading.against);
  }
  const count = parts.reduce((sum, { drafts }) => sum + drafts.length, 0);
  if (count > UPDATES_MAX) return refused(unsure("too many updates in one message"));
  const isTrade = count === 0 && labels.isTrade && against === null;
  if (isTrade) parts.push({ drafts: [CLOSED], roots: [] });
  else if (count === 0) return refused(doubtIn(tokens, against));
  if (against?.review === true) return refused(against);
  return settled(addressed(parts, roots), labels, reader);
}

function rootsIn(tokens: readonly Token[]): readonly Root[] {
  const found = new Set<Root>();
  for (const { root } of tokens) if (root !== null && found.size < ROOTS_MAX) found.add(root);
  return [...found];
}

/** "IN: 4123 OUT: 4130 +7" and no other word. */
const CLOSED: Draft = { action: "close", price: null };

/** More than anyone says at once; bounds on the work a hostile text can cause. */
const UPDATES_MAX = 12;
const SENTENCES_MAX = 80;
const TOO_LONG = unsure("more sentences than an instruction has");
const ROOTS_MAX = 6;

const DOUBT = unsure("an update in so few words, and of which trade?");

const refused = (against: None | null): UpdatesReading => ({ updates: [], against });

const worse = (one: None | null, other: None): None => (one?.review === true ? one : other);

/** "Recap:", "Yesterday's trades": all that follows is told of them. */
const isHeading = (tokens: readonly Token[], sentence: Sentence, { reason }: None): boolean =>
  reason !== NOTHING_IN_IT && announces(tokens, sentence);

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
      if (fault !== null) return refused(unsure(fault));
      tell(updates, update);
    }
  }
  return { updates, against: null };
}

/** "Cut it here, out at 6321" tells one thing twice, and its price once. */
function tell(updates: Update[], update: Update): void {
  const same = updates.findIndex((one) => isSame(one, update));
  if (same < 0) updates.push(update);
  else if (priceOf(update) !== null) updates[same] = update;
}

function isSame(one: Update, other: Update): boolean {
  const prices = [priceOf(one), priceOf(other)];
  const isOnePrice = prices.includes(null) || prices[0] === prices[1];
  const [bare, alike] = [one, other].map((each) => canonical({ ...each, price: null }));
  return isOnePrice && bare === alike;
}

const priceOf = (update: Update): number | null => ("price" in update ? update.price : null);

/** With the price the card states; a price that cannot be this contract's is another's. */
function priced(draft: Draft, labels: Labels, root: Root | null, { limits }: Reader): Draft {
  if (!("price" in draft)) return draft;
  const label = draft.action === "target_hit" ? labels.targets.get(draft.target) : undefined;
  const price = draft.price ?? label ?? labels.exit;
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
