/**
 * How far a price went since any moment one cares to name, and whether somebody listened all the time.
 *
 * ```text
 * trades   5  9  7  8  3  6        each is kept only while it is an extreme of all that follows:
 * highs       9     8     6        since trade 3 the highest was 8
 * lows                 3  6        since trade 3 the lowest was 3
 * ```
 *
 * So what is kept grows with the range of prices, not with the count of trades. Silences are kept
 * where they are longer than a feed may be quiet; once there were too many, nothing is known of the
 * time before.
 */
import { type PricePath, SILENCE_MAX } from "./stretch.ts";
import { type Millis, millis, type Ticks } from "./units.ts";

export interface PriceTrail {
  /** A trade. Times hardly ever run backwards; one that does counts as the newest. */
  add(price: Ticks, at: Millis): void;
  /** A sign of life without a trade. */
  heard(at: Millis): void;
  /** Null before the first price. */
  since(from: Millis, now: Millis): PricePath | null;
}

interface Mark {
  readonly at: Millis;
  readonly price: Ticks;
}

interface Gap {
  readonly from: Millis;
  readonly to: Millis;
}

export const GAPS_MAX = 256;

export function priceTrail(): PriceTrail {
  const highs: Mark[] = [];
  const lows: Mark[] = [];
  const gaps: Gap[] = [];
  let knownFrom: Millis | null = null;
  let newest: Millis = millis(0);

  const heard = (at: Millis): void => {
    if (knownFrom === null) knownFrom = at;
    else if (at - newest > SILENCE_MAX) gaps.push({ from: newest, to: at });
    const lost = gaps.length > GAPS_MAX ? gaps.shift() : undefined;
    if (lost !== undefined) knownFrom = lost.to;
    newest = millis(Math.max(newest, at));
  };
  return {
    add(price, at) {
      heard(at);
      put(highs, { price, at: newest }, (before) => before <= price);
      put(lows, { price, at: newest }, (before) => before >= price);
    },
    heard,
    since(from, now) {
      if (knownFrom === null) return null;
      const [high, low] = [firstSince(highs, from), firstSince(lows, from)];
      return {
        reach: high === null || low === null ? null : { high: high.price, low: low.price },
        from: millis(Math.max(from, knownFrom)),
        silence: longest([...gaps, { from: newest, to: now }], from),
      };
    },
  };
}

function put(marks: Mark[], mark: Mark, isOvertaken: (before: Ticks) => boolean): void {
  for (let end = marks.at(-1); end !== undefined && isOvertaken(end.price); end = marks.at(-1)) {
    marks.pop();
  }
  marks.push(mark);
}

/** Marks stand in the order of their times. */
function firstSince(marks: readonly Mark[], from: Millis): Mark | null {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle] as Mark).at < from) low = middle + 1;
    else high = middle;
  }
  return marks[low] ?? null;
}

const longest = (gaps: readonly Gap[], from: Millis): Millis =>
  millis(gaps.reduce((most, gap) => Math.max(most, gap.to - Math.max(gap.from, from)), 0));
