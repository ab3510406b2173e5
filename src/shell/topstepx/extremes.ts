/**
 * The highest and the lowest price since any trade one cares to name.
 *
 * ```text
 * trades   5  9  7  8  3  6        each is kept only while it is an extreme of all that follows:
 * highs       9     8     6        after trade 3 the highest was 8
 * lows                 3  6        after trade 3 the lowest was 3
 * ```
 *
 * So thousands of listeners cost a trade nothing; who is rung looks up his own two numbers. What is
 * kept grows with the range of prices, not with the count of trades.
 */
import type { Ticks } from "../../core/model/units.ts";

export interface Extremes {
  add(price: Ticks): void;
  /** Trades so far; the next has this number plus one. */
  count(): number;
  /** Of all trades behind number `from`; `price` itself when there is none. */
  since(from: number, price: Ticks): { readonly high: Ticks; readonly low: Ticks };
}

interface Mark {
  readonly number: number;
  readonly price: Ticks;
}

export function extremes(counted: number): Extremes {
  const highs: Mark[] = [];
  const lows: Mark[] = [];
  let count = counted;
  return {
    add(price) {
      count += 1;
      put(highs, { number: count, price }, (before) => before <= price);
      put(lows, { number: count, price }, (before) => before >= price);
    },
    count: () => count,
    since: (from, price) => ({
      high: firstBehind(highs, from)?.price ?? price,
      low: firstBehind(lows, from)?.price ?? price,
    }),
  };
}

function put(marks: Mark[], mark: Mark, isOvertaken: (before: Ticks) => boolean): void {
  for (let end = marks.at(-1); end !== undefined && isOvertaken(end.price); end = marks.at(-1)) {
    marks.pop();
  }
  marks.push(mark);
}

/** Marks stand in the order of their numbers. */
function firstBehind(marks: readonly Mark[], from: number): Mark | undefined {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.number ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  return marks[low];
}
