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
import { EVEN_BELOW } from "./results.ts";
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

export function excursionPass(columns: TradeColumns) {
  const { net, fees, mae, mfe, quantity, pointWorth } = columns;
  let [maeCount, maeSum, mfeCount, mfeSum, winCount, winSum] = [0, 0, 0, 0, 0, 0];
  let [lossCount, lossSum, captureCount, captureSum, worst, best] = [0, 0, 0, 0, 0, 0];
  const takeMae = (at: number, points: number): void => {
    maeCount += 1;
    maeSum += points;
    const money = points * (pointWorth[at] as number) * (quantity[at] as number);
    if (money > worst) worst = money;
    if ((net[at] as number) < EVEN_BELOW) return;
    winCount += 1;
    winSum += points;
  };
  const takeMfe = (at: number, points: number): void => {
    mfeCount += 1;
    mfeSum += points;
    const made = net[at] as number;
    const money = points * (pointWorth[at] as number) * (quantity[at] as number);
    if (money > best) best = money;
    if (made <= -EVEN_BELOW) {
      lossCount += 1;
      lossSum += points;
    } else if (made >= EVEN_BELOW && money > 0) {
      captureCount += 1;
      captureSum += (made + (fees[at] as number)) / money;
    }
  };
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const [against, along] = [mae[at] as number, mfe[at] as number];
        // Not a number is not above or equal to anything.
        if (against >= 0) takeMae(at, against);
        if (along >= 0) takeMfe(at, along);
      }
    },
    finish: (): Excursions => ({
      mae: { count: maeCount, sum: maeSum },
      mfe: { count: mfeCount, sum: mfeSum },
      maeOfWins: { count: winCount, sum: winSum },
      mfeOfLosses: { count: lossCount, sum: lossSum },
      capture: { count: captureCount, sum: captureSum },
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
