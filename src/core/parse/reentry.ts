/**
 * Notices that an alert replaces a trade that has just been stopped.
 *
 * ```text
 * Stopped on the first one. Re-entering now: ⏎ 🚨 ES long 6318: C ...     stopped ES, then an entry
 * ALERT: flat stopped $ES ⏎ Re-entry short ⏎ IN: 4123 - 10 pt stop        stopped ES, then an entry
 * Re-entry 🚨 ES long 6320: B ...                                         an entry
 * ```
 *
 * For one real author this was the most common message of all: 43 of 100 alerts.
 */

import type { Root } from "../model/instrument.ts";
import { priceToTicks } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Update } from "../model/update.ts";
import type { Block } from "./blocks.ts";
import { isOne, words } from "./dictionary.ts";

import { type Sentence, sentenceAt } from "./sentences.ts";
import { hasOne, type Range, type Token, tokenAt } from "./tokens.ts";

export interface Reentry {
  readonly isReentry: boolean;
  /** What happened to the earlier trade; null when the message does not say. */
  readonly before: Update | null;
}

const NO_REENTRY: Reentry = { isReentry: false, before: null };

/** Without one of these nothing was stopped, and nothing is entered again. */
const HINTS = words("reentry stopped hit");

export function readReentry(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  { pair, body }: Block,
): Reentry {
  const own = sentenceAt(sentences, pair.from);
  const first = sentenceAt(sentences, body.from);
  if (!hasOne(tokens, { from: first.from, to: own.to }, HINTS)) return NO_REENTRY;
  const isNamed = namesReentry(tokens, { from: body.from, to: Math.min(own.to, body.to) });
  const told = sentences.filter(
    ({ from, to, isQuestion }) => from < pair.from && to > body.from && !isQuestion,
  );
  for (const sentence of told) {
    const isOwn = sentence.from === own.from;
    const before = { from: sentence.from, to: Math.min(sentence.to, pair.from) };
    const action = isOwn && !isNamed ? null : actionIn(tokens, before, isNamed);
    if (action === null) continue;
    const update = updateOf(tokens, before, action, pair.root);
    const isKin = familyOf(update.instrument) === familyOf(pair.root);
    return { isReentry: isNamed || isKin, before: update };
  }
  return { isReentry: isNamed, before: null };
}

const familyOf = (root: Root): Root => instrumentOf(root).family;

function namesReentry(tokens: readonly Token[], { from, to }: Range): boolean {
  for (let at = from; at < to; at++) {
    const isNamed = tokenAt(tokens, at).text === "reentry";
    if (isNamed && !/^(?:no|not|for|a)$/.test(tokenAt(tokens, at - 1).text)) return true;
  }
  return false;
}

/** Words that make it another day, another person, or not so. */
const NOT_OURS = words(`
  yesterday yesterday's last earlier week not no never nobody didn't almost nearly if anyone
  everyone monday tuesday wednesday thursday friday
`);
const CLOSED = /^(?:flat|closed|scratched|out)$/;
const SENTENCE_MAX = 14;

function actionIn(
  tokens: readonly Token[],
  { from, to }: Range,
  isNamed: boolean,
): "stopped" | "close" | null {
  const line = tokens.slice(from, to);
  const has = (pattern: RegExp) => line.some(({ text }) => pattern.test(text));
  if (line.length > SENTENCE_MAX || line.some((token) => isOne(token, NOT_OURS))) return null;
  if (tellsStop(tokens, { from, to }) || tellsHit(tokens, { from, to })) return "stopped";
  return isNamed && has(CLOSED) ? "close" : null;
}

/** "Stopped out", "stopped at 6316", "flat stopped $ES", but not "stopped watching the news". */
function tellsStop(tokens: readonly Token[], { from, to }: Range): boolean {
  for (let at = from; at < to; at++) {
    const next = tokenAt(tokens, at + 1);
    const ends = next.kind !== "word" || next.root !== null || GOES_ON.test(next.text);
    if (tokenAt(tokens, at).text === "stopped" && ends) return true;
  }
  return false;
}

/** "Stop hit", "stop was hit", "hit my stop"; but in "T1 hit, stop to BE" the target was. */
function tellsHit(tokens: readonly Token[], { from, to }: Range): boolean {
  for (let at = from; at < to; at++) {
    const next = BETWEEN.test(tokenAt(tokens, at + 1).text) ? at + 2 : at + 1;
    const pair = `${tokenAt(tokens, at).text} ${tokenAt(tokens, next).text}`;
    if (pair === "stop hit" || pair === "hit stop") return true;
  }
  return false;
}

const BETWEEN = /^(?:was|got|is|just|my|our|the|loss)$/;

const GOES_ON = /^(?:out|at|on|again|and|reentry|flat|for|by|there)$/;

function updateOf(
  tokens: readonly Token[],
  { from, to }: Range,
  action: "stopped" | "close",
  root: Root,
): Update & { readonly instrument: Root } {
  const named = tokens.slice(from, to).find((token) => token.root !== null);
  const instrument = named?.root ?? root;
  return { action, instrument, price: priceIn(tokens, { from, to }, instrument) };
}

/** "Stopped at 6316". */
function priceIn(tokens: readonly Token[], { from, to }: Range, root: Root): number | null {
  for (let at = from; at < to; at++) {
    const { kind, value } = tokenAt(tokens, at);
    if (kind !== "number" || !/^(?:at|@|stopped|out)$/.test(tokenAt(tokens, at - 1).text)) continue;
    const price = priceToTicks(instrumentOf(root), value);
    if (price.ok) return value;
  }
  return null;
}
