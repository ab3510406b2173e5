/**
 * What the trades made, added up: one pass.
 *
 * A trade is won or lost by its sign after fees. Nearer to zero than half a cent it broke even: that
 * is what a sum of cents leaves where a program counted in fractions.
 */
import type { TradeColumns } from "../model/trade-columns.ts";

/** Money: half a cent. */
export const EVEN_BELOW = 50;

export const isWin = (net: number): boolean => net >= EVEN_BELOW;
export const isLoss = (net: number): boolean => net <= -EVEN_BELOW;

/** Money is ten-thousandths of a dollar, times are milliseconds. */
export interface Results {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  readonly contracts: number;
  readonly net: number;
  readonly fees: number;
  readonly won: number;
  /** Above zero. */
  readonly lost: number;
  /** Of the best and the worst trade; 0 without trades. */
  readonly highest: number;
  readonly lowest: number;
  readonly held: number;
  readonly heldByWins: number;
  readonly heldByLosses: number;
  /** The shortest and the longest. */
  readonly heldLeast: number;
  readonly heldMost: number;
}

export function resultsPass({ net, fees, quantity, entryAt, exitAt }: TradeColumns) {
  let [trades, wins, losses, contracts, netSum, feeSum, won, lost] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [held, heldByWins, heldByLosses] = [0, 0, 0];
  let [highest, lowest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [heldMost, heldLeast] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const made = net[at] as number;
        const time = (exitAt[at] as number) - (entryAt[at] as number);
        netSum += made;
        feeSum += fees[at] as number;
        contracts += quantity[at] as number;
        held += time;
        if (made > highest) highest = made;
        if (made < lowest) lowest = made;
        if (time > heldMost) heldMost = time;
        if (time < heldLeast) heldLeast = time;
        if (made >= EVEN_BELOW) {
          wins += 1;
          won += made;
          heldByWins += time;
        } else if (made <= -EVEN_BELOW) {
          losses += 1;
          lost -= made;
          heldByLosses += time;
        }
      }
      trades += to - from;
    },
    finish: (): Results => ({
      ...{ trades, wins, losses, contracts, net: netSum, fees: feeSum, won, lost },
      ...{ held, heldByWins, heldByLosses },
      highest: trades === 0 ? 0 : highest,
      lowest: trades === 0 ? 0 : lowest,
      heldMost: trades === 0 ? 0 : heldMost,
      heldLeast: trades === 0 ? 0 : heldLeast,
    }),
  };
}

/** Squared distances of the results from their mean. */
export function squaresPass({ net }: TradeColumns, mean: number) {
  let squares = 0;
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const distance = (net[at] as number) - mean;
        squares += distance * distance;
      }
    },
    finish: (): number => squares,
  };
}
