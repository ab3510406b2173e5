/**
 * Results as multiples of what was at risk (R), over the trades that say so: two passes.
 *
 * R of a trade = its net result / the money at risk from its entry to its first stop.
 * Source: Van Tharp, Trade Your Way to Financial Freedom.
 */
import type { TradeColumns } from "../model/trade-columns.ts";

export interface Risked {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
  /** Money: at risk, and made, by these trades. */
  readonly risk: number;
  readonly net: number;
}

export function riskPass({ net, risk }: TradeColumns) {
  let soFar = { count: 0, sum: 0, riskSum: 0, netSum: 0 };
  return {
    take(from: number, to: number): void {
      let { count, sum, riskSum, netSum } = soFar;
      for (let at = from; at < to; at++) {
        const staked = risk[at] as number;
        if (!(staked > 0)) continue; // nobody said
        const made = net[at] as number;
        count += 1;
        sum += made / staked;
        riskSum += staked;
        netSum += made;
      }
      soFar = { count, sum, riskSum, netSum };
    },
    finish() {
      const { count, sum, riskSum, netSum } = soFar;
      return { count, mean: count === 0 ? 0 : sum / count, risk: riskSum, net: netSum };
    },
  };
}

export function riskSquaresPass({ net, risk }: TradeColumns, mean: number) {
  let squaresSoFar = 0;
  return {
    take(from: number, to: number): void {
      let squares = squaresSoFar;
      for (let at = from; at < to; at++) {
        const staked = risk[at] as number;
        if (!(staked > 0)) continue;
        const distance = (net[at] as number) / staked - mean;
        squares += distance * distance;
      }
      squaresSoFar = squares;
    },
    finish: (): number => squaresSoFar,
  };
}
