/**
 * Whether a statement about an option or a currency is meant, or only told, asked, planned.
 *
 * The phrases are those of the futures reader (`cues.ts`). What stands inside the contract is not
 * looked at: "SEP 19" and "friday" are its expiry there, not a tale of the past.
 */

import { findCue, forceIn, isInQuotes, opensQuestion } from "../context.ts";
import { BEFORE_CUES, BEHIND_CUES, SENTENCE_CUES } from "../cues.ts";
import { isOne, words } from "../dictionary.ts";
import { leadTo } from "../lead.ts";
import { OPENING_WORDS } from "../lexicon.ts";
import { type Sentence, sentenceAt } from "../sentences.ts";
import { type Range, type Token, tokenAt } from "../tokens.ts";

export interface Told {
  /** The verb or the pair that opens the statement. */
  readonly head: Range;
  /** Contract and price. */
  readonly body: Range;
  /** Where the next statement begins. */
  readonly to: number;
  readonly isEntry: boolean;
}

/** Why the statement is not meant; null if it is. */
export function vetoOf(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  { head, body, to, isEntry }: Told,
): string | null {
  const own = sentenceAt(sentences, head.from);
  const end = Math.min(Math.max(own.to, body.to), to);
  const before = { from: leadTo(tokens, sentences, head.from), to: head.from };
  const isInForce = forceIn(tokens, before);
  const isMeant = () => true;
  const cue =
    findCue(tokens, before, BEFORE_CUES, isInForce, true) ??
    findCue(tokens, before, SENTENCE_CUES, isInForce, true) ??
    findCue(tokens, { from: head.to, to: body.from }, SENTENCE_CUES, isMeant, true) ??
    findCue(tokens, { from: body.to, to: end }, SENTENCE_CUES, isMeant, true) ??
    (isEntry ? findCue(tokens, { from: body.to, to }, BEHIND_CUES, isMeant) : null);
  if (cue !== null) return cue.reason;
  const isAsked = sentenceAt(sentences, Math.max(head.from, body.to - 1)).isQuestion;
  if (isAsked || own.isQuestion || opensQuestion(tokens, before)) return "a question";
  if (isQuoted(tokens, head.from)) return "a quote";
  for (let at = before.from; at < end; at++) {
    if (isOne(tokenAt(tokens, at), FLOW)) return "a report of what others trade";
  }
  return strangerIn(tokens, { from: own.from, to: head.from });
}

function isQuoted(tokens: readonly Token[], at: number): boolean {
  return isInQuotes(tokens, at) || tokenAt(tokens, at - 1).text === "'";
}

const FLOW = words(`
  flow flows unusual sweep sweeps whale whales block blocks bid ask oi institution institutions
  someone somebody they he she traders earlier previously
`);

const KNOWN = words(`
  just quick small day option options lotto swing scalp gamma setup signals vip premium buy sell
  open opened opening update alerting x my of position today now and then both this pair asset
  currency forex fx gold free
`);

/** A word in front of the statement that nobody can vouch for. */
function strangerIn(tokens: readonly Token[], { from, to }: Range): string | null {
  for (let at = from; at < to; at++) {
    const one = tokenAt(tokens, at);
    const isStrange = one.kind === "word" && !isOne(one, OPENING_WORDS) && !isOne(one, KNOWN);
    if (isStrange) return `unsure: what does "${one.text.slice(0, 20)}" mean here?`;
  }
  return null;
}
