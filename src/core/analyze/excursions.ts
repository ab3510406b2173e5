/**
 * How far trades went against us and for us before they were over (MAE and MFE), and how much of the
 * best was kept.
 *
 * Source: John Sweeney, Maximum Adverse Excursion. Dollars = points x point value x contracts.
 * Capture of a winner = its result before fees / its best excursion in dollars.
 */
import type { TradeColumns } from "../model/trade-columns.ts";
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import { ENOUGH_TRADES, type Figure, type Metric, ratio, type WhyNot } from "./figure.ts";
import { sumOf } from "./moments.ts";
import { add, LOST, OUTCOMES, type Outcomes, WON } from "./outcomes.ts";
import type { Study } from "./study.ts";

interface Mean {
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
  let [worst, best] = [0, 0];
  return {
    take(from: number, to: number): void {
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
    },
    finish: (): Excursions => ({
      mae: { count: sumOf(maeCounts), sum: sumOf(maeSums) },
      mfe: { count: sumOf(mfeCounts), sum: sumOf(mfeSums) },
      maeOfWins: { count: maeCounts[WON] as number, sum: maeSums[WON] as number },
      mfeOfLosses: { count: mfeCounts[LOST] as number, sum: mfeSums[LOST] as number },
      capture: { count: keptCounts[WON] as number, sum: kept[WON] as number },
      ...{ worst, best },
    }),
  };
}

const meanOf = ({ count, sum }: Mean, whyNot: WhyNot): Figure => ratio(sum, count, whyNot);

const edgeRatio = ({ mae, mfe }: Excursions): Figure =>
  ratio(meanOf(mfe, "noExcursions"), meanOf(mae, "noExcursions"), "noExcursions");

const metric = (
  key: string,
  formula: string,
  unit: Metric["unit"],
  of: (excursions: Excursions) => Figure,
): Metric => ({
  key: `maeMfe.${key}`,
  ...{ formula, unit, source: "Sweeney", gate: ENOUGH_TRADES },
  of: ({ excursions }: Study) => of(excursions),
});

const NONE = "noExcursions";

export const EXCURSIONS: readonly Metric[] = [
  metric("avgMaePoints", "mean of the worst excursions", "points", (it) => meanOf(it.mae, NONE)),
  metric("avgMfePoints", "mean of the best excursions", "points", (it) => meanOf(it.mfe, NONE)),
  metric("avgMaeWinnersPoints", "mean of the winners' worst excursions", "points", (it) =>
    meanOf(it.maeOfWins, it.mae.count === 0 ? NONE : "noWins"),
  ),
  metric("avgMfeLosersPoints", "mean of the losers' best excursions", "points", (it) =>
    meanOf(it.mfeOfLosses, it.mfe.count === 0 ? NONE : "noLosses"),
  ),
  metric("edgeRatio", "mean best excursion / mean worst excursion", "ratio", edgeRatio),
  metric(
    "avgMfeCaptureWinners",
    "mean over winners of result before fees / best excursion in USD",
    "fraction",
    (it) => meanOf(it.capture, it.mfe.count === 0 ? NONE : "noWins"),
  ),
  metric("worstMaeDollars", "largest worst excursion", "USD", (it) =>
    it.mae.count === 0 ? NONE : it.worst / MONEY_PER_DOLLAR,
  ),
  metric("bestMfeDollars", "largest best excursion", "USD", (it) =>
    it.mfe.count === 0 ? NONE : it.best / MONEY_PER_DOLLAR,
  ),
];
