/**
 * A long line with fewer points, and the same look: of all points that share a column of the screen,
 * the first, the lowest, the highest and the last stay, in their order. A drawdown never gets
 * shallower by drawing it.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `columns` of the screen from the first x to the last; points are ordered by x. */
export function thinned(points: readonly Point[], columns: number): readonly Point[] {
  if (points.length <= columns * 4) return points;
  const [from, to] = [points[0] as Point, points.at(-1) as Point];
  const perColumn = (to.x - from.x) / columns;
  const kept: Point[] = [];
  let begin = 0;
  for (let end = 1; end <= points.length; end++) {
    const next = points[end];
    const isSame = next !== undefined && columnOf(next) === columnOf(points[begin] as Point);
    if (isSame) continue;
    kept.push(...extremes(points.slice(begin, end)));
    begin = end;
  }
  return kept;

  function columnOf({ x }: Point): number {
    return Math.floor((x - from.x) / perColumn);
  }
}

function extremes(points: readonly Point[]): readonly Point[] {
  let [lowest, highest] = [0, 0];
  for (const [index, { y }] of points.entries()) {
    if (y < (points[lowest] as Point).y) lowest = index;
    if (y > (points[highest] as Point).y) highest = index;
  }
  const places = new Set([0, lowest, highest, points.length - 1]);
  return [...places].toSorted((a, b) => a - b).map((place) => points[place] as Point);
}
