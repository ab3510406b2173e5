/**
 * What stands behind a contract and its price: targets, a stop, tags, and how much was sold.
 *
 * ```text
 * PT 30% SL 50%   PT1 1.50 PT2 2.00   stop .60   (lotto)              of an entry
 * 1/2 POS   trim 25%   half   1 of 4   some   all out                 of an exit
 * ```
 *
 * How much "some" is stays open: that is for whoever configures it, not for a reader.
 */
import { isOne, words } from "../dictionary.ts";
import { TAGS } from "../lexicon.ts";
import { STOP_MARK, TARGET_MARK } from "../marks.ts";
import { type Range, type Token, tokenAt } from "../tokens.ts";

export interface Extras {
  readonly targets: readonly number[];
  readonly targetsPct: readonly number[];
  readonly stop: number | null;
  readonly stopPct: number | null;
  readonly tags: readonly string[];
  readonly fault: string | null;
  /** "+85%", a tick: the entry is told with its outcome. */
  readonly isOutcome: boolean;
}

interface Draft {
  targets: number[];
  targetsPct: number[];
  stop: number | null;
  stopPct: number | null;
  fault: string | null;
  isOutcome: boolean;
}

const TARGETS_MAX = 8;

export function extrasOf(tokens: readonly Token[], { from, to }: Range): Extras {
  const draft: Draft = {
    targets: [],
    targetsPct: [],
    stop: null,
    stopPct: null,
    fault: null,
    isOutcome: false,
  };
  for (let at = from; at < to; ) at = Math.max(at + 1, takeExtra(tokens, at, draft));
  if (draft.targets.length + draft.targetsPct.length > TARGETS_MAX)
    draft.fault = "too many targets";
  const { targets, targetsPct, stop, stopPct, fault, isOutcome } = draft;
  return {
    targets,
    targetsPct,
    stop,
    stopPct,
    tags: tagsIn(tokens, { from, to }),
    fault,
    isOutcome,
  };
}

/** Each once. */
export function tagsIn(tokens: readonly Token[], { from, to }: Range): readonly string[] {
  const tags: string[] = [];
  for (let at = from; at < to; at++) {
    const token = tokenAt(tokens, at);
    const tag = isOne(token, TAGS) ? token.text.toUpperCase() : null;
    if (tag !== null && !tags.includes(tag)) tags.push(tag);
  }
  return tags;
}

/** Where to go on: behind what was taken, or where it stood. */
function takeExtra(tokens: readonly Token[], at: number, draft: Draft): number {
  const token = tokenAt(tokens, at);
  const { kind, text, marks } = token;
  if (text === "ts") return behindLead(tokens, at + 1) + 1;
  if ((marks & STOP_MARK) !== 0) return takeStop(tokens, behindLead(tokens, at + 1), draft);
  if ((marks & TARGET_MARK) !== 0) return takeTargets(tokens, behindOrdinal(tokens, at + 1), draft);
  const isGain = kind === "number" && text.startsWith("+");
  if (isGain || (kind === "emoji" && isOne(token, TICKS))) draft.isOutcome = true;
  return at;
}

const TICKS = words("\u2705 \u2714 \u2611 \u{1F4B0}");

const LEADS = words(": @ = ( > - at is are of loss lose below under price");
const LEADS_MAX = 4;

function behindLead(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at - from < LEADS_MAX && isLead(tokens, at)) at += 1;
  return at;
}

const isLead = (tokens: readonly Token[], at: number): boolean => {
  const token = tokenAt(tokens, at);
  return isOne(token, LEADS) || (token.kind === "newline" && tokenAt(tokens, at - 1).text === ":");
};

/** The 1 of "PT 1: 30%". */
function behindOrdinal(tokens: readonly Token[], at: number): number {
  const isOrdinal =
    /^[1-9]$/.test(tokenAt(tokens, at).text) && tokenAt(tokens, at + 1).text === ":";
  return behindLead(tokens, isOrdinal ? at + 1 : at);
}

const isPercent = (tokens: readonly Token[], at: number): boolean =>
  tokenAt(tokens, at + 1).text === "%";

function takeStop(tokens: readonly Token[], at: number, draft: Draft): number {
  const { kind, value } = tokenAt(tokens, at);
  if (kind !== "number") return at;
  const key = isPercent(tokens, at) ? "stopPct" : "stop";
  const stop = isPercent(tokens, at) ? Math.abs(value) : value;
  if (!(stop > 0)) draft.fault = "the stop is no price";
  else if (draft[key] !== null && draft[key] !== stop) draft.fault = "two different stops";
  else draft[key] = stop;
  return at + 1;
}

const JOINT = /^(?:[/&,]|and)$/;

function takeTargets(tokens: readonly Token[], from: number, draft: Draft): number {
  let at = from;
  while (tokenAt(tokens, at).kind === "number" && at - from < 4 * TARGETS_MAX) {
    const { value } = tokenAt(tokens, at);
    if (!(value > 0)) draft.fault = "a target is no price";
    const isPct = isPercent(tokens, at);
    (isPct ? draft.targetsPct : draft.targets).push(value);
    at += isPct ? 2 : 1;
    if (!JOINT.test(tokenAt(tokens, at).text)) break;
    at += 1;
  }
  return at;
}

/** How much was sold, in thousandths; null where it is not said, 1000 for all of it. */
export interface Sold {
  readonly share: number | null;
  readonly isPart: boolean;
}

const SIZES: ReadonlyMap<string, number> = new Map([
  ["half", 500],
  ["third", 333],
  ["quarter", 250],
]);
const SOME = words(
  "trim trimmed trimming partial partials partially some piece scale scaled scaling",
);
const TRIMS = words(`
  trim trimmed trimming sell selling sold stc close closed closing take took taking scale scaled
  scaling off out pos position peel peeled partial partials of
`);

export function soldIn(tokens: readonly Token[], ranges: readonly Range[]): Sold {
  let isSome = false;
  let isAll = false;
  for (const { from, to } of ranges) {
    for (let at = from; at < to; at++) {
      const share = shareAt(tokens, at);
      if (share !== null && share < 1000) return { share, isPart: true };
      const { text } = tokenAt(tokens, at);
      isAll ||= share === 1000 || (text === "all" && tokenAt(tokens, at + 1).text !== "time");
      isSome ||= SOME.has(text);
    }
  }
  return { share: null, isPart: isSome && !isAll };
}

function shareAt(tokens: readonly Token[], at: number): number | null {
  const { kind, text } = tokenAt(tokens, at);
  if (kind === "word") return sizeWordAt(tokens, at);
  if (kind !== "number" || !/^\d{1,3}$/.test(text)) return null;
  if (tokenAt(tokens, at + 1).text === "%") return percentAt(tokens, at);
  return ratioAt(tokens, at);
}

function sizeWordAt(tokens: readonly Token[], at: number): number | null {
  const { text } = tokenAt(tokens, at);
  const before = tokenAt(tokens, at - 1).text;
  if (/^thirds?$/.test(text) && /^(?:two|2)$/.test(before)) return 667;
  if (/^quarters?$/.test(text) && /^(?:three|3)$/.test(before)) return 750;
  return SIZES.get(text) ?? null;
}

/** "trim 25%", "50% off"; but "+85%" and "up 85%" are gains. */
function percentAt(tokens: readonly Token[], at: number): number | null {
  const isSold = isOne(tokenAt(tokens, at - 1), TRIMS) || isOne(tokenAt(tokens, at + 2), TRIMS);
  const { value } = tokenAt(tokens, at);
  return isSold && value > 0 && value <= 100 ? value * 10 : null;
}

/** "1/2", "1 of 4"; never a date: those stand inside the contract. */
function ratioAt(tokens: readonly Token[], at: number): number | null {
  const sign = tokenAt(tokens, at + 1);
  const whole = tokenAt(tokens, at + 2);
  const isRatio = sign.text === "of" || (sign.text === "/" && sign.glued && whole.glued);
  const { value } = tokenAt(tokens, at);
  if (!isRatio || !/^\d{1,2}$/.test(whole.text) || !(value > 0 && value <= whole.value))
    return null;
  return Math.round((1000 * value) / whole.value);
}
