/** How far trades went against us and for us, added up by their outcomes: one pass. */
import type { TradeColumns } from "../model/trade-columns.ts";
import { sumOf } from "./moments.ts";
import { add, LOST, OUTCOMES, type Outcomes, WON } from "./outcomes.ts";

export interface Mean {
  readonly count: number;
  readonly sum: number;
}

/** Points; the last two are money. */
export interface Excursions {
  readonly mae: Mean;
  readonly mfe: Mean;
  readonly maeOfWins: Mean;
  readonly mfeOfLosses: Mean;
  readonly capture: Mean;
  readonly worst: number;
  readonly best: number;
}

export function excursionPass(columns: TradeColumns, outcomes: Outcomes) {
  const { net, fees, mae, mfe, quantity, pointWorth } = columns;
  const table = (): Float64Array => new Float64Array(OUTCOMES);
  const [maeCounts, maeSums, mfeCounts, mfeSums] = [table(), table(), table(), table()];
  const [kept, keptCounts] = [table(), table()];
  let soFar = { worst: 0, best: 0 };
  return {
    take(from: number, to: number): void {
      let { worst, best } = soFar;
      for (let at = from; at < to; at++) {
        const [against, along] = [mae[at] as number, mfe[at] as number];
        const outcome = outcomes[at] as number;
        const worth = (pointWorth[at] as number) * (quantity[at] as number);
        // What nobody said is not a number, which is not above or equal to anything.
        if (against >= 0) {
          add(maeCounts, outcome, 1);
          add(maeSums, outcome, against);
          if (against * worth > worst) worst = against * worth;
        }
        if (along >= 0) {
          add(mfeCounts, outcome, 1);
          add(mfeSums, outcome, along);
          if (along * worth > best) best = along * worth;
        }
        if (along > 0) {
          add(keptCounts, outcome, 1);
          add(kept, outcome, ((net[at] as number) + (fees[at] as number)) / (along * worth));
        }
      }
      soFar = { worst, best };
    },
    finish: (): Excursions => ({
      mae: { count: sumOf(maeCounts), sum: sumOf(maeSums) },
      mfe: { count: sumOf(mfeCounts), sum: sumOf(mfeSums) },
      maeOfWins: { count: maeCounts[WON] as number, sum: maeSums[WON] as number },
      mfeOfLosses: { count: mfeCounts[LOST] as number, sum: mfeSums[LOST] as number },
      capture: { count: keptCounts[WON] as number, sum: kept[WON] as number },
      ...soFar,
    }),
  };
}
