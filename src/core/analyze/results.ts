/** What the trades made, added up: one pass, and one more for how far they lie from their mean. */
import type { TradeColumns } from "../model/trade-columns.ts";
import { add, LOST, OUTCOMES, type Outcomes, WON } from "./outcomes.ts";

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
  readonly firstEntry: number;
}

export function resultsPass(
  { net, fees, quantity, entryAt, exitAt, length }: TradeColumns,
  outcomes: Outcomes,
) {
  const [counts, sums, times] = [
    new Float64Array(OUTCOMES),
    new Float64Array(OUTCOMES),
    new Float64Array(OUTCOMES),
  ];
  let [contracts, netSum, feeSum, held] = [0, 0, 0, 0];
  let [highest, lowest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let firstEntry = Number.POSITIVE_INFINITY;
  const orZero = (value: number): number => (length === 0 ? 0 : value);
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const made = net[at] as number;
        const entry = entryAt[at] as number;
        const time = (exitAt[at] as number) - entry;
        const outcome = outcomes[at] as number;
        netSum += made;
        feeSum += fees[at] as number;
        contracts += quantity[at] as number;
        held += time;
        add(counts, outcome, 1);
        add(sums, outcome, made);
        add(times, outcome, time);
        if (made > highest) highest = made;
        if (made < lowest) lowest = made;
        if (entry < firstEntry) firstEntry = entry;
      }
    },
    finish: (): Results => ({
      ...{ trades: length, contracts, net: netSum, fees: feeSum, held },
      wins: counts[WON] as number,
      losses: counts[LOST] as number,
      won: sums[WON] as number,
      lost: 0 - (sums[LOST] as number),
      heldByWins: times[WON] as number,
      heldByLosses: times[LOST] as number,
      highest: orZero(highest),
      lowest: orZero(lowest),
      firstEntry: orZero(firstEntry),
    }),
  };
}

export interface Squares {
  /** Squared distances of the net results from their mean. */
  readonly all: number;
  /** Of the losing trades from theirs. */
  readonly losses: number;
}

export function squaresPass({ net }: TradeColumns, outcomes: Outcomes, results: Results) {
  const mean = results.trades === 0 ? 0 : results.net / results.trades;
  const loss = results.losses === 0 ? 0 : -results.lost / results.losses;
  const byOutcome = new Float64Array(OUTCOMES);
  let all = 0;
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const made = net[at] as number;
        all += (made - mean) * (made - mean);
        add(byOutcome, outcomes[at] as number, (made - loss) * (made - loss));
      }
    },
    finish: (): Squares => ({ all, losses: byOutcome[LOST] as number }),
  };
}
