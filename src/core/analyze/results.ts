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

const NOTHING = {
  ...{ contracts: 0, netSum: 0, feeSum: 0, held: 0 },
  highest: Number.NEGATIVE_INFINITY,
  lowest: Number.POSITIVE_INFINITY,
  firstEntry: Number.POSITIVE_INFINITY,
};

export function resultsPass(
  { net, fees, quantity, entryAt, exitAt, length }: TradeColumns,
  outcomes: Outcomes,
) {
  const [counts, sums, times] = [
    new Float64Array(OUTCOMES),
    new Float64Array(OUTCOMES),
    new Float64Array(OUTCOMES),
  ];
  let soFar = NOTHING;
  const orZero = (value: number): number => (length === 0 ? 0 : value);
  return {
    take(from: number, to: number): void {
      let { contracts, netSum, feeSum, held, highest, lowest, firstEntry } = soFar;
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
      soFar = { contracts, netSum, feeSum, held, highest, lowest, firstEntry };
    },
    finish: (): Results => ({
      ...{ trades: length, contracts: soFar.contracts, held: soFar.held },
      ...{ net: soFar.netSum, fees: soFar.feeSum },
      wins: counts[WON] as number,
      losses: counts[LOST] as number,
      won: sums[WON] as number,
      lost: 0 - (sums[LOST] as number),
      heldByWins: times[WON] as number,
      heldByLosses: times[LOST] as number,
      highest: orZero(soFar.highest),
      lowest: orZero(soFar.lowest),
      firstEntry: orZero(soFar.firstEntry),
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
  let allSoFar = 0;
  return {
    take(from: number, to: number): void {
      let all = allSoFar;
      for (let at = from; at < to; at++) {
        const made = net[at] as number;
        all += (made - mean) * (made - mean);
        add(byOutcome, outcomes[at] as number, (made - loss) * (made - loss));
      }
      allSoFar = all;
    },
    finish: (): Squares => ({ all: allSoFar, losses: byOutcome[LOST] as number }),
  };
}
