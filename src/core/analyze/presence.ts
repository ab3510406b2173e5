/**
 * Milliseconds in which a position was open: the union of all trades' times, so that two trades at
 * once count once.
 *
 * Trades come in the order of their exits, so the union is built from the end: a trade that left
 * after the earliest entry met so far overlaps what was met.
 */
import type { TradeColumns } from "../model/trade-columns.ts";

export function presencePass({ entryAt, exitAt }: TradeColumns) {
  let soFar = { earliest: Number.POSITIVE_INFINITY, present: 0 };
  return {
    /** From the end to the beginning. */
    takeBackward(from: number, to: number): void {
      let { earliest, present } = soFar;
      for (let at = to - 1; at >= from; at--) {
        const [entry, exit] = [entryAt[at] as number, exitAt[at] as number];
        if (entry >= earliest) continue;
        present += (exit < earliest ? exit : earliest) - entry;
        earliest = entry;
      }
      soFar = { earliest, present };
    },
    finish: (): number => soFar.present,
  };
}
