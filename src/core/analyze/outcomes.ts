/**
 * Won, lost or even: told once for each trade, and looked up from then on.
 *
 * The sign of a result after fees decides. Nearer to zero than half a cent it broke even: that is
 * what a sum of cents leaves where a program counted in fractions.
 *
 * Wins and losses alternate like the throws of a coin, which a processor cannot foresee: each `if` on
 * them costs it more than all the adding. So outcomes are numbers, and sums lie in tables by outcome.
 */
import type { TradeColumns } from "../model/trade-columns.ts";

export const EVEN = 0;
export const WON = 1;
export const LOST = 2;
export const OUTCOMES = 3;

/** Money: half a cent. */
export const EVEN_BELOW = 50;

/** Of each trade. */
export type Outcomes = Uint8Array;

export function outcomePass({ net, length }: Pick<TradeColumns, "net" | "length">) {
  const outcomes = new Uint8Array(length);
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const made = net[at] as number;
        outcomes[at] = Number(made >= EVEN_BELOW) | (Number(made <= -EVEN_BELOW) << 1);
      }
    },
    finish: (): Outcomes => outcomes,
  };
}

/** Adds to one place of a table. */
export function add(table: Float64Array, place: number, value: number): void {
  table[place] = (table[place] as number) + value;
}
