/** How the losing trades are spread about their own mean, for a figure of freqtrade. */
import type { TradeColumns } from "../model/trade-columns.ts";
import { EVEN_BELOW, type Results } from "./results.ts";

export interface LossSpread {
  readonly count: number;
  /** Squared distances from their mean. */
  readonly squares: number;
}

export function lossPass({ net }: TradeColumns, { lost, losses }: Results) {
  const mean = losses === 0 ? 0 : -lost / losses;
  let squares = 0;
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const made = net[at] as number;
        if (made > -EVEN_BELOW) continue;
        squares += (made - mean) ** 2;
      }
    },
    finish: (): LossSpread => ({ count: losses, squares }),
  };
}
