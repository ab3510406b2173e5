/**
 * Quantiles of a sorted series that is not empty.
 *
 * Linear is type 7 of Hyndman and Fan (1996), what NumPy, Excel and R do by default: between the two
 * nearest observations, in proportion. Lower takes the nearest observation below.
 */

export function quantileOf(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return between(below as number, above as number, place);
}

export const lowerQuantileOf = (sorted: Float64Array, share: number): number =>
  sorted[Math.floor((sorted.length - 1) * share)] as number;

/** Where `place` lies between the observations below and above it. */
export const between = (below: number, above: number, place: number): number =>
  below + (above - below) * (place - Math.floor(place));
