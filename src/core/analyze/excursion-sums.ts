/** How far trades went against us and for us, added up by their outcomes: one pass. */
import type { TradeColumns } from "../model/trade-columns.ts";
import { add, EVEN, LOST, OUTCOMES, type Outcomes, WON } from "./outcomes.ts";

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

/** Where in a row they stand: the count, and behind it the sum. */
const [MAE, MFE, KEPT, WIDTH] = [0, 2, 4, 6];
const EVERY = [EVEN, WON, LOST];

function meanOf(sums: Float64Array, column: number, outcomes: readonly number[]): Mean {
  const total = (place: number): number =>
    outcomes.reduce((sum, outcome) => sum + (sums[outcome * WIDTH + place] as number), 0);
  return { count: total(column), sum: total(column + 1) };
}

export function excursionPass(columns: TradeColumns, outcomes: Outcomes) {
  const { net, fees, mae, mfe, quantity, pointWorth } = columns;
  // The sums of one outcome lie side by side.
  const sums = new Float64Array(OUTCOMES * WIDTH);
  let soFar = { worst: 0, best: 0 };
  return {
    take(from: number, to: number): void {
      let { worst, best } = soFar;
      for (let at = from; at < to; at++) {
        const [against, along] = [mae[at] as number, mfe[at] as number];
        const row = (outcomes[at] as number) * WIDTH;
        const worth = (pointWorth[at] as number) * (quantity[at] as number);
        // What nobody said is not a number, which is not above or equal to anything.
        if (against >= 0) {
          add(sums, row + MAE, 1);
          add(sums, row + MAE + 1, against);
          if (against * worth > worst) worst = against * worth;
        }
        if (along >= 0) {
          add(sums, row + MFE, 1);
          add(sums, row + MFE + 1, along);
          if (along * worth > best) best = along * worth;
        }
        if (along > 0) {
          add(sums, row + KEPT, 1);
          add(sums, row + KEPT + 1, ((net[at] as number) + (fees[at] as number)) / (along * worth));
        }
      }
      soFar = { worst, best };
    },
    finish: (): Excursions => ({
      mae: meanOf(sums, MAE, EVERY),
      mfe: meanOf(sums, MFE, EVERY),
      maeOfWins: meanOf(sums, MAE, [WON]),
      mfeOfLosses: meanOf(sums, MFE, [LOST]),
      capture: meanOf(sums, KEPT, [WON]),
      ...soFar,
    }),
  };
}
