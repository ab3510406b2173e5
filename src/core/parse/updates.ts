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
  const { limits, isReply } = reader;
  const about = { limits, isReply, roots, stopOfCard: labels.stop };
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
  const found: Root[] = [];
  for (const { root } of tokens) {
    if (root !== null && found.length < ROOTS_MAX && !found.includes(root)) found.push(root);
  }
  return found;
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
  readonly roots: (Root | null)[];
}

/** Gives every update the contracts it speaks of. */
function addressed(parts: readonly Part[], roots: readonly Root[]): readonly Addressed[] {
  const found: Addressed[] = [];
  let waiting: Root[] = [];
  let last: readonly Addressed[] = [];
  for (const part of parts) {
    const isList = part.drafts.length === 0;
    if (isList && part.roots.length > 0 && last.some((one) => one.roots.length > 0)) {
      for (const one of last) one.roots.push(...part.roots);
    } else if (isList) waiting.push(...part.roots);
    else {
      const own = distinct([...waiting, ...part.roots]);
      const carried = found.at(-1)?.roots ?? [];
      const mine = own.length > 0 ? own : roots.length > 1 ? carried : [];
      last = part.drafts.map((draft) => ({ draft, roots: mine.slice() }));
      found.push(...last);
      waiting = [];
    }
  }
  if (waiting.length > 0) for (const one of last) one.roots.push(...waiting);
  const [only = null, ...others] = distinct(roots);
  const fallback = others.length === 0 ? only : null;
  for (const one of found) if (one.roots.length === 0) one.roots.push(fallback);
  return found;
}

const distinct = <T>(all: readonly T[]): readonly T[] => (all.length < 2 ? all : [...new Set(all)]);

function settled(all: readonly Addressed[], labels: Labels, reader: Reader): UpdatesReading {
  const updates: Update[] = [];
  for (const { draft, roots } of all) {
    for (const root of distinct(roots)) {
      const update = updateOf(draft, root, priceFor(draft, labels, root, reader));
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
  const isAlike = one.action === other.action && one.instrument === other.instrument;
  if (!isAlike || figureOf(one) !== figureOf(other)) return false;
  const [price, another] = [priceOf(one), priceOf(other)];
  return price === null || another === null || price === another;
}

/** Which target, what share, which stop: what tells two of one kind apart. */
function figureOf(update: Update): number | null {
  if (update.action === "target_hit") return update.target;
  if (update.action === "trim") return update.share;
  return update.action === "move_stop" ? update.stop : null;
}

const priceOf = (update: Update): number | null => ("price" in update ? update.price : null);

/** Or the price the card states; a price that cannot be this contract's is another's. */
function priceFor(
  draft: Draft,
  labels: Labels,
  root: Root | null,
  { limits }: Reader,
): number | null {
  if (!("price" in draft)) return null;
  const label = draft.action === "target_hit" ? labels.targets.get(draft.target) : undefined;
  const price = draft.price ?? label ?? labels.exit;
  const isOther = price !== null && root !== null && !isPriceOf(root, price, limits);
  return isOther ? null : price;
}

function updateOf(draft: Draft, instrument: Root | null, price: number | null): Update {
  switch (draft.action) {
    case "stop_to_breakeven":
    case "cancel":
      return { action: draft.action, instrument };
    case "close":
    case "stopped":
      return { action: draft.action, price, instrument };
    case "trim":
      return { action: "trim", share: draft.share, price, instrument };
    case "target_hit":
      return { action: "target_hit", target: draft.target, price, instrument };
    case "move_stop":
      return { action: "move_stop", stop: draft.stop, instrument };
  }
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
