/**
 * Single order statistics of a long series without sorting it.
 *
 * Values are counted in buckets of equal width between the lowest and the highest; only those that
 * share a bucket with a wanted rank are looked at again, by the same means, until so few are left
 * that sorting them costs nothing. A million take a few looks at each, in slices.
 */
import { between } from "./quantile.ts";
import { inSlices, type Sliced } from "./slices.ts";

const SORTED_BELOW = 2_048;
const BUCKETS = 16_384;

/** Quantiles (linear, type 7), in the order of `shares`; of an empty series zeros. */
export function* selectQuantiles(
  values: Float64Array,
  shares: readonly number[],
): Sliced<readonly number[]> {
  const places = shares.map((share) => Math.max(0, values.length - 1) * share);
  const ranks = places.flatMap((place) => [Math.floor(place), Math.ceil(place)]);
  const found = new Map<number, number>();
  yield* findRanks(values, { ranks: [...new Set(ranks)], before: 0 }, found);
  // Each was looked for.
  const valueAt = (rank: number): number => found.get(rank) as number;
  return places.map((place) =>
    between(valueAt(Math.floor(place)), valueAt(Math.ceil(place)), place),
  );
}

interface Wanted {
  /** In the whole series. */
  readonly ranks: readonly number[];
  /** So many of the whole series lie below these values. */
  readonly before: number;
}

function* findRanks(
  values: Float64Array,
  { ranks, before }: Wanted,
  found: Map<number, number>,
): Sliced<void> {
  const { lowest, highest } = yield* boundsOf(values);
  if (values.length <= SORTED_BELOW || lowest === highest) {
    const sorted = lowest === highest ? values : values.toSorted();
    for (const rank of ranks) found.set(rank, sorted[rank - before] ?? 0);
    return;
  }
  const grid: Grid = { lowest, scale: (BUCKETS - 1) / (highest - lowest) };
  const counts = yield* countsIn(values, grid);
  for (const [bucket, wanted] of bucketsOf(counts, ranks, before)) {
    const room = counts[bucket] as number;
    const inside = yield* inBucket(values, { ...grid, bucket, room });
    yield* findRanks(inside, wanted, found);
  }
}

interface Grid {
  readonly lowest: number;
  readonly scale: number;
}

function* boundsOf(values: Float64Array): Sliced<{ lowest: number; highest: number }> {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  yield* inSlices(values.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const value = values[at] as number;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
  });
  return { lowest, highest };
}

function* countsIn(values: Float64Array, { lowest, scale }: Grid): Sliced<Uint32Array> {
  const counts = new Uint32Array(BUCKETS);
  yield* inSlices(values.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const bucket = (((values[at] as number) - lowest) * scale) | 0;
      counts[bucket] = (counts[bucket] as number) + 1;
    }
  });
  return counts;
}

/** The buckets that hold the ranks, and which of them each holds. */
function bucketsOf(
  counts: Uint32Array,
  ranks: readonly number[],
  start: number,
): ReadonlyMap<number, Wanted> {
  const wanted = new Map<number, Wanted>();
  let [bucket, before] = [0, start];
  for (const rank of ranks.toSorted((a, b) => a - b)) {
    while (before + (counts[bucket] as number) <= rank) {
      before += counts[bucket] as number;
      bucket += 1;
    }
    wanted.set(bucket, { ranks: [...(wanted.get(bucket)?.ranks ?? []), rank], before });
  }
  return wanted;
}

function* inBucket(
  values: Float64Array,
  { lowest, scale, bucket, room }: Grid & { readonly bucket: number; readonly room: number },
): Sliced<Float64Array> {
  const inside = new Float64Array(room);
  let count = 0;
  yield* inSlices(values.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const value = values[at] as number;
      if ((((value - lowest) * scale) | 0) !== bucket) continue;
      inside[count] = value;
      count += 1;
    }
  });
  return inside;
}
