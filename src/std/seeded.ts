/**
 * Chance with a memory: one whole number repeats the whole run.
 *
 * Two tools. `seeded` is a stream (SplitMix32) for worlds that unfold in order, such as the
 * simulated market. `chance` is a counter-based draw, a pure function of (seed, site, count): the
 * storm uses it so that one fault can be masked without moving all the others.
 */
import { hash32 } from "./hash.ts";

export interface Dice {
  /** A whole number from 0 to `below` - 1. */
  below(limit: number): number;
  /** True with probability `permille` / 1000. */
  permille(permille: number): boolean;
}

export function seeded(seed: number): Dice {
  // Signed: the runtime keeps a number above 2^31 in a box of its own, a new one for each draw.
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return scramble(state);
  };
  return {
    below: (limit) => Math.floor((next() / 2 ** 32) * limit),
    permille: (permille) => Math.floor((next() / 2 ** 32) * 1000) < permille,
  };
}

/** 0 <= draw < 2^32, the same for the same three arguments. */
export const chance = (seed: number, site: string, count: number): number =>
  scramble((hash32(site) ^ scramble(seed >>> 0) ^ Math.imul(count + 1, 0x9e3779b9)) >>> 0);

function scramble(value: number): number {
  let z = value >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
