/**
 * Product and floor in turn, in one process and one stretch of time.
 *
 * ```text
 * product floor │ floor product │ product floor │ ...     a machine that slows down slows both
 * ```
 *
 * A machine shared with others drifts by half from one minute to the next, so a figure alone says
 * little; the ratio of two that were taken right after each other says a lot. Each round gives one
 * ratio, and a goal is met by the median of them.
 */
import { type Spread, spreadOf } from "./distribution.ts";

export interface Pairs<T> {
  readonly product: readonly T[];
  readonly floor: readonly T[];
}

type Side<T> = (round: number) => Promise<T> | T;

/** One round of each beforehand does not count: code is cold and files are new. */
export async function inTurn<T>(
  rounds: number,
  product: Side<T>,
  floor: Side<T>,
): Promise<Pairs<T>> {
  const products: T[] = [];
  const floors: T[] = [];
  await product(-1);
  await floor(-1);
  for (let round = 0; round < rounds; round++) {
    const isFloorFirst = round % 2 === 1;
    if (isFloorFirst) floors.push(await floor(round));
    products.push(await product(round));
    if (!isFloorFirst) floors.push(await floor(round));
  }
  return { product: products, floor: floors };
}

/** Product over floor, round by round. */
export const ratioOf = <T>({ product, floor }: Pairs<T>, figure: (one: T) => number): Spread =>
  spreadOf(product.map((one, index) => figure(one) / figure(floor[index] as T)));

/** So many turns of each side made into one round, for figures that need many samples. */
export function gathered<T>({ product, floor }: Pairs<readonly T[]>, turns: number): Pairs<T[]> {
  const rounds = (side: readonly (readonly T[])[]): T[][] =>
    Array.from({ length: Math.floor(side.length / turns) }, (_, round) =>
      side.slice(round * turns, (round + 1) * turns).flat(),
    );
  return { product: rounds(product), floor: rounds(floor) };
}

export const pairsOf = <T, U>({ product, floor }: Pairs<T>, figure: (one: T) => U): Pairs<U> => ({
  product: product.map(figure),
  floor: floor.map(figure),
});

/** The same without a floor. */
export async function again<T>(rounds: number, product: Side<T>): Promise<readonly T[]> {
  const products: T[] = [];
  await product(-1);
  for (let round = 0; round < rounds; round++) products.push(await product(round));
  return products;
}
