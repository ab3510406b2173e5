/**
 * How far trades went against us and for us before they were over (MAE and MFE), and how much of the
 * best was kept.
 *
 * Source: John Sweeney, Maximum Adverse Excursion. Dollars = points x point value x contracts.
 * Capture of a winner = its result before fees / its best excursion in dollars.
 */
import { MONEY_PER_DOLLAR } from "../model/units.ts";
import type { Excursions, Mean } from "./excursion-sums.ts";
import { type Figure, ratio, type WhyNot } from "./figure.ts";
import { ENOUGH_TRADES, type Metric } from "./metric.ts";
import type { Study } from "./study.ts";

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
