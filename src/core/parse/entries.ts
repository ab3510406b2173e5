/**
 * Reads one block: contract, side, entry, stop, targets, size and tags, or why it is no alert.
 *
 * Nothing is ever filled in. What the author left out stays out, what he wrote in two ways is
 * unclear, and a bad number refuses the whole block.
 */

import { err, type Result } from "../../std/result.ts";
import type { Alert } from "../model/alert.ts";
import type { Block } from "./blocks.ts";
import { ALARM } from "./characters.ts";
import { vetoOfStop } from "./context.ts";
import { isOne } from "./dictionary.ts";
import { labelledPrice } from "./headers.ts";
import { leadOf } from "./lead.ts";
import { OPENING_WORDS, PROSE_WORDS, TAGS } from "./lexicon.ts";
import { SIDE_MARK, STOP_MARK, TARGET_MARK } from "./marks.ts";
import { doubtful, type None, unsure } from "./outcome.ts";
import { isNear } from "./prices.ts";
import { outcomeIn } from "./results.ts";
import { type Sentence, sentenceAt } from "./sentences.ts";
import type { Settings } from "./settings.ts";
import { readSize, type SizeReading } from "./size.ts";
import { readStop, type Stop } from "./stop.ts";
import { readTargets, type TargetsReading } from "./targets.ts";
import { hasOne, hasText, type Range, type Token, tokenAt } from "./tokens.ts";
import { checkedAlert } from "./validate.ts";

export function readAlert(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  block: Block,
  settings: Settings,
): Result<Alert, None> {
  const { pair, entry, body, isCard } = block;
  if (pair.isShared) return err(unsure("more than one contract is named"));
  if (entry.kind === "unclear") return err(unsure(`entry: ${entry.why}`));
  const range = { from: isCard ? body.from : pair.to, to: body.to };
  const stop = readStop(tokens, range, entry.at);
  if (stop.kind === "absent") return err(doubtful("no stop"));
  if (stop.kind === "unclear") return err(unsure(`stop: ${stop.why}`));
  const targets = readTargets(tokens, range, entry.at);
  const size = readSize(tokens, entry.to, range);
  const found: Found = { tokens, sentences, block, range, entry, stop, targets, size };
  const fault = faultOf(found);
  if (fault !== null) return err(fault);
  const alert = alertOf(found, settings);
  const doubt = sizeFaultOf(found, settings);
  return doubt === null ? alert : err(alert.ok ? { ...doubt, complete: alert.value } : doubt);
}

/** The alert as it stands there, if its numbers hold. */
function alertOf(found: Found, { limits }: Settings): Result<Alert, None> {
  const { tokens, block, entry, stop, targets, size } = found;
  const { root, side, to } = block.pair;
  return checkedAlert(
    {
      instrument: root,
      side,
      entry: entry.value,
      stop,
      targets: targets.targets,
      size: size.fault === null ? size.letter : null,
      tags: tagsOf(tokens, { from: to, to: entry.at }, size.tags),
      stopCondition: stop.condition,
    },
    limits,
  );
}

/** What is unclear about the size, and about nothing else. */
function sizeFaultOf(found: Found, { sizeUnstated }: Settings): None | null {
  const { size } = found;
  if (size.fault !== null) return unsure(size.fault);
  return size.letter === null ? faultOfNoLetter(found, sizeUnstated === "accepted") : null;
}

interface Found {
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  readonly block: Block;
  readonly range: Range;
  readonly entry: { readonly value: number; readonly at: number; readonly to: number };
  readonly stop: Stop;
  readonly targets: TargetsReading;
  readonly size: SizeReading;
}

/** What keeps a complete set of numbers from being an alert. */
function faultOf(found: Found): None | null {
  const { tokens, sentences, block, range, entry, stop, targets } = found;
  if (targets.fault !== null) return unsure(`targets: ${targets.fault}`);
  const label = labelledPrice(tokens, range);
  if (label.kind === "unclear") return unsure(`entry: ${label.why}`);
  const isOther = label.kind === "price" && label.value !== entry.value;
  if (isOther && isNear(label.value, entry.value)) return unsure("two entry prices");
  const around = sentenceAt(sentences, stop.at);
  if (around.isQuestion) return doubtful("a question");
  const tale = vetoOfStop(tokens, { from: stop.at, to: Math.min(around.to, block.body.to) });
  if (tale !== null) return doubtful(tale);
  if (isStruck(found)) return unsure("part of the alert is struck out");
  const { pair, body } = block;
  const told = { pair, entry: entry.value, to: body.to, targets: targets.targets };
  const outcome = outcomeIn(tokens, sentences, told);
  if (outcome !== null) return doubtful(outcome);
  const stranger = strangeWord(found);
  if (stranger !== null) return unsure(`what does "${stranger.slice(0, 20)}" mean here?`);
  return null;
}

/**
 * Without the alarm sign, an alert in free words is believed only if every word of it is known:
 * nobody can list all the ways to talk about a trade that is not meant.
 */
function strangeWord(found: Found): string | null {
  const { tokens, sentences, block, size } = found;
  if (hasAlarm(found)) return null;
  const { pair, body, isCard } = block;
  const own = sentenceAt(sentences, pair.from);
  const from = isCard ? own.from : leadOf(tokens, sentences, block);
  // Behind "6326: A" stands a comment; without the letter everything up to the full stop counts.
  const to = size.isSuffix ? pair.from : Math.min(own.to, body.to);
  for (let at = from; at < to; at++) {
    const token = tokenAt(tokens, at);
    const isUsual = token.kind !== "word" || token.root !== null || isSide(token);
    const isKnown = at < pair.from ? isOne(token, OPENING_WORDS) : isProse(token);
    if (!isUsual && !isKnown) return token.text;
  }
  return null;
}

const isSide = ({ marks }: Token): boolean => (marks & SIDE_MARK) !== 0;

const isProse = (token: Token): boolean =>
  isOne(token, PROSE_WORDS) || (token.marks & (STOP_MARK | TARGET_MARK)) !== 0;

const hasAlarm = ({ tokens, block: { body, pair } }: Found): boolean =>
  hasText(tokens, { from: body.from, to: pair.from }, ALARM);

function isStruck({ tokens, sentences, block, stop }: Found): boolean {
  const { from } = sentenceAt(sentences, block.pair.from);
  for (let at = from; at < stop.at + 3; at++) {
    if (tokenAt(tokens, at).kind === "struck") return true;
  }
  return false;
}

/**
 * In the channel's own shape the letter belongs to the alert: without it something is missing.
 * Other ways of writing ("NQ long 22950, stop 22910", cards) may state no size.
 */
function faultOfNoLetter(found: Found, isAccepted: boolean): None | null {
  const { tokens, block, entry, stop, targets } = found;
  const { pair } = block;
  if (hasStrayLetter(tokens, entry.to)) return unsure("a lone letter that may be the size");
  if (!pair.isPlain || isAccepted) return null;
  const isTwoLiner = startsLine(tokens, stop.at) && targets.targets.length === 0;
  return hasAlarm(found) || isTwoLiner ? unsure("the size letter is missing") : null;
}

/** "6326 looks good, B": a letter further along the line of the entry. */
function hasStrayLetter(tokens: readonly Token[], from: number): boolean {
  for (let at = from; at < tokens.length; at++) {
    const { kind, text, capital } = tokenAt(tokens, at);
    if (kind === "newline") return false;
    if (capital && text.length === 1 && text <= "d") return true;
  }
  return false;
}

function startsLine(tokens: readonly Token[], at: number): boolean {
  const before = tokenAt(tokens, at - 1).kind === "emoji" ? at - 2 : at - 1;
  return tokenAt(tokens, before).kind === "newline";
}

/** Those before the price and those behind it, each once. */
function tagsOf(
  tokens: readonly Token[],
  before: Range,
  behind: readonly string[],
): readonly string[] {
  if (!hasOne(tokens, before, TAGS)) return behind;
  const early = tokens.slice(before.from, before.to).filter((token) => isOne(token, TAGS));
  return [...new Set([...early.map(({ text }) => text.toUpperCase()), ...behind])];
}
