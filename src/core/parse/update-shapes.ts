/**
 * The shapes an update can have, over the letters of `update-lexicon.ts`.
 *
 * ```text
 * M S > B    move stop to breakeven        K Q @ P    trim half at 6333
 * T H        T1 hit                        S v H @ P  SL was hit at 4720: a report, no new stop
 * o @ B      out at BE: it closes          S > B      stop to BE: it moves
 * c d        scratch that: it cancels      e @ b      scratched at entry: it closes
 * ```
 *
 * The first shape that fits at a place is taken; the order is part of the grammar. A shape that
 * could also be small talk says what else has to be there (`when`); without that it is a doubt.
 */
import type { Update, UpdateAction } from "../model/update.ts";
import type { Coded } from "./update-code.ts";

type WithoutInstrument<T> = T extends unknown ? Omit<T, "instrument"> : never;

/** An update before it is known for which contract. */
export type Draft = WithoutInstrument<Update>;

export interface Place {
  readonly coded: Coded;
  readonly from: number;
  readonly to: number;
  /** The letters that fit. */
  readonly found: string;
  readonly isReply: boolean;
  /** A contract is named in the same part of the sentence. */
  readonly hasRoot: boolean;
  /** The stop a card states beside its headline. */
  readonly stopOfCard: number | null;
}

interface Shape {
  readonly action: UpdateAction;
  /** The letters it can begin with; no other is tried. */
  readonly starts: string;
  readonly pattern: RegExp;
  readonly when?: (place: Place) => boolean;
  /** Weak shapes are no doubt either: the words are part of any talk. */
  readonly isTalk?: true;
  /** A share that is known without a number. */
  readonly target?: number;
}

const isKnown = ({ isReply, hasRoot }: Place): boolean => isReply || hasRoot;

const nextIsGain = ({ coded, to }: Place): boolean => /^,?G/.test(coded.code.slice(to, to + 2));

/** "Out", "flat", "closed": of what? */
const isClear = (place: Place): boolean =>
  isKnown(place) || /[aRrsnPBbfY]/.test(place.found) || nextIsGain(place);

/** "ES closed at 6326" is how the market ended; "closed ES at 6326" is a trade. */
const isOurs = (place: Place): boolean => {
  const { coded, from, to, found } = place;
  const isNamedBefore = coded.named.some(({ at }) => at <= from);
  const isNamedBehind = coded.named.some(({ at }) => at > from && at <= to);
  const isMarket = isNamedBefore && !isNamedBehind && !/[aRrsnY]/.test(found);
  return isClear(place) && (!isMarket || place.isReply || nextIsGain(place));
};

const isMovedToEntry = ({ found }: Place): boolean => /[>@MmUn]/.test(found) || found.endsWith("B");

/** "Our stop is at 6316" tells where it is; "stop is now 6316" that it has come there. */
const isMoved = ({ found, isReply, hasRoot, coded }: Place): boolean => {
  if (/[MmUnujN]/.test(found) || hasBehind(found, "S", ">")) return true;
  return isReply || (hasRoot && coded.sideAt < 0 && !/[iv]/.test(found));
};

const hasBehind = (text: string, first: string, second: string): boolean => {
  const at = text.indexOf(first);
  return at >= 0 && text.includes(second, at);
};

const isBare = ({ coded, isReply }: Place): boolean => isReply && /^!*T[!,n]*$/.test(coded.code);

/** "BE" to an alert says all there is to say. */
const isOnlyWord = ({ coded, isReply }: Place): boolean =>
  isReply && /^(?:>[Bb]|B)[!n,]*$/.test(coded.code);

const isAlone = ({ coded }: Place): boolean => /^[MUzn,]*$/.test(coded.code);

const isOnCard = ({ stopOfCard }: Place): boolean => stopOfCard !== null;

const SHAPES: readonly Shape[] = [
  { action: "cancel", starts: "dAYviC", pattern: /[dAY]*[vi]?C(?![^,]{0,4}[STLQ])[dAYaRs]*/y },
  {
    action: "cancel",
    starts: "gNcpA",
    pattern: /g[da]*[AY]+|gd|Nk[dAYR]+|c[dAY]+|p[da]*A+|A+[vi]?p/y,
  },
  {
    action: "cancel",
    starts: "Ngp",
    pattern: /Nk|g|p/y,
    when: ({ hasRoot }) => hasRoot,
    isTalk: true,
  },
  {
    action: "stopped",
    starts: "dfBbrRihD",
    pattern: /(?:dY)?[fBbrRi]?h?D[oO]?[rRn]*(?:@?[PBbf])?/y,
  },
  {
    action: "stopped",
    starts: "BbSHk",
    pattern: /[Bb]?S[vih]?H(?:n?@?P)?|HS(?:@?P)?|kS(?![>@MnPu])|So(?![RrQ])(?:@?P)?/y,
  },
  { action: "target_hit", starts: "T", pattern: /T(?=,?T[vihH!,]*[H!])/y },
  {
    action: "target_hit",
    starts: "T",
    pattern: /T[vih]*(?:(?:@P?G?|PG?|G)[vih]*)?[H!]+(?:n?@?P)?/y,
  },
  { action: "target_hit", starts: "HV", pattern: /HT[H!]*(?:@?P)?|VT[!n]*(?:@?P)?/y },
  { action: "target_hit", starts: "T", pattern: /T!*/y, when: isBare, isTalk: true },
  { action: "target_hit", starts: "L", pattern: /L[vih]?[H!]+(?:n?@?P)?/y, target: 1 },
  { action: "target_hit", starts: "W", pattern: /W[vih]?[H!]+(?:n?@?P)?/y },
  {
    action: "stop_to_breakeven",
    starts: "MmUS",
    pattern: /(?:[MmU][nu]*)?S[MmUnuih>@]*[Bbf](?!G)/y,
    when: isMovedToEntry,
  },
  { action: "stop_to_breakeven", starts: "MmUB", pattern: /[MmU]u?>[Bb](?!G)|BS(?![vih]?H)/y },
  {
    action: "stop_to_breakeven",
    starts: "B>",
    pattern: />[Bb]|B/y,
    when: isOnlyWord,
    isTalk: true,
  },
  { action: "stop_to_breakeven", starts: "MmUz", pattern: /[MmU]*z/y, when: isAlone, isTalk: true },
  {
    action: "move_stop",
    starts: "MmUS",
    pattern: /(?:[MmU][nu]*)?S[MmUnuihFj>@]*(?:P[u>@]+)?Pn?(?:,?NP)?(?!,?[vih]?H)/y,
    when: isMoved,
  },
  { action: "move_stop", starts: "PSm", pattern: /Pi?[MU]S|PSn|m[nu]*>P/y },
  {
    action: "move_stop",
    starts: "MmUS",
    pattern: /[MmU]S|S[vih]?[MmU]/y,
    when: isOnCard,
    isTalk: true,
  },
  { action: "trim", starts: "XkhK", pattern: /[Xkh]?K[oO]?[Rrn]*(?:[Qy][Rrn]*)?(?:On*)?(?:@?P)?/y },
  { action: "trim", starts: "kXq", pattern: /[kX]?q[kXvih]*n*(?:@?P)?/y },
  {
    action: "trim",
    starts: "kXOQy",
    pattern: /[kX]+[Rr]?Q[RrO]*n*(?:@?P)?|k?OQ[Rr]*|[Qy][vih]?[OoXK]n*(?:@?P)?/y,
  },
  {
    action: "trim",
    starts: "ko",
    pattern: /kyO?n*(?:@?P)?|oQ[Rr]?n*(?:@?P)?/y,
    when: ({ found }) => /[OQ]/.test(found),
  },
  { action: "close", starts: "kr", pattern: /k[ad]*[rR]O(?:@?P)?|ka?r(?:@?P)?|rO(?:@?P)?/y },
  {
    action: "close",
    starts: "aRro",
    pattern: /[aRr]*o[aRrsnY]*(?:[@>]*[PBbf])?n?/y,
    when: isClear,
  },
  { action: "close", starts: "Mhf", pattern: /(?<!i)[Mh]?f[aRrn]*(?:@?P)?/y },
  {
    action: "close",
    starts: "RraXe",
    pattern: /(?:[Rra]h?)?[Xe](?:dY)?[oaRrsn]*(?:@?[PBbf])?/y,
    when: isOurs,
  },
  { action: "close", starts: "c", pattern: /c[Rrn]*(?:@?[PBbf])/y },
  { action: "close", starts: "e", pattern: /e/y },
];

const BY_LETTER: readonly (readonly Shape[])[] = Array.from({ length: 128 }, (_, code) =>
  SHAPES.filter(({ starts }) => starts.includes(String.fromCharCode(code))),
);

/** Every part is a plain letter or sign. */
const shapesFrom = (code: number): readonly Shape[] => BY_LETTER[code & 127] as readonly Shape[];

export type ShapeFound =
  | { readonly kind: "update"; readonly draft: Draft; readonly to: number }
  | { readonly kind: "doubt"; readonly to: number }
  | { readonly kind: "nothing" };

const NOTHING: ShapeFound = { kind: "nothing" };

export function shapeAt(place: Omit<Place, "to" | "found">): ShapeFound {
  const { code } = place.coded;
  const shapes = shapesFrom(code.charCodeAt(place.from));
  if (shapes.length === 0) return NOTHING;
  let doubtTo = 0;
  for (const { pattern, when, isTalk, action, target } of shapes) {
    const { coded, from, isReply, hasRoot, stopOfCard } = place;
    pattern.lastIndex = from;
    if (!pattern.test(code)) continue;
    const to = pattern.lastIndex;
    const found = code.slice(from, to);
    const here: Place = { coded, from, to, found, isReply, hasRoot, stopOfCard };
    if (when?.(here) ?? true)
      return { kind: "update", draft: draftOf(here, action, target), to: here.to };
    if (isTalk === undefined) doubtTo = Math.max(doubtTo, here.to);
  }
  return doubtTo > 0 ? { kind: "doubt", to: doubtTo } : NOTHING;
}

function draftOf(place: Place, action: UpdateAction, target: number | undefined): Draft {
  const price = valueIn(place, "P");
  switch (action) {
    case "stop_to_breakeven":
    case "cancel":
      return { action };
    case "close":
    case "stopped":
      return { action, price };
    case "trim":
      return { action, share: valueIn(place, "Q"), price };
    case "target_hit":
      return {
        action,
        target: target ?? valueIn(place, "T") ?? Number(valueIn(place, "W")),
        price,
      };
    case "move_stop":
      return { action, stop: Number(stopOf(place)) };
  }
}

/** The new stop: the last price, but "6316, not 6361" denies what follows. */
function stopOf(place: Place): number | null {
  const { found, coded, from, stopOfCard } = place;
  const denied = found.indexOf("N");
  const at = found.slice(0, denied < 0 ? found.length : denied).lastIndexOf("P");
  return at < 0 ? stopOfCard : Number(coded.values[from + at]);
}

/** The value of the first such part; null where there is none. */
function valueIn({ found, coded, from }: Place, part: string): number | null {
  const at = found.indexOf(part);
  return at < 0 ? null : Number(coded.values[from + at]);
}
