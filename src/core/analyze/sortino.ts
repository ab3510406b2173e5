/**
 * Sortino ratio: mean over downside deviation. The deviation counts every day, also those above the
 * goal (as zero): dividing by the losing days alone, or taking the spread of losses, are the two
 * mistakes most often made. Source: Sortino and Price (1994); Red Rock Capital on the common errors.
 */
import { type Figure, isKnown, mapped, ratio } from "./figure.ts";
import { freqtradeDays, YEAR_OF_DAYS } from "./freqtrade.ts";
import { DAYS_PER_YEAR, ofReturns } from "./growth.ts";
import { ENOUGH_DAYS, ENOUGH_TRADES, type Metric } from "./metric.ts";
import { GEOMETRIC_DAY } from "./sharpe.ts";
import type { Returns, Study } from "./study.ts";

/** √(Σ min(0, r - goal)² / n). */
export function downsideDeviation(values: Float64Array, goal = 0): number {
  let squares = 0;
  for (const value of values) squares += Math.min(0, value - goal) ** 2;
  return Math.sqrt(squares / values.length);
}

export function annualSortino({ values, moments }: Returns, goal = 0): Figure {
  if (values.length === 0) return "noTrades";
  if (values.length < 2) return "tooFew";
  return mapped(
    ratio(moments.mean - goal, downsideDeviation(values, goal), "noLosingDays"),
    (it) => it * Math.sqrt(DAYS_PER_YEAR),
  );
}

/** Spread of the losing trades only, which is not Sortino's deviation. */
function ofFreqtrade(study: Study): Figure {
  const spread = lossDeviation(study);
  return isKnown(spread)
    ? (study.results.net / freqtradeDays(study) / spread) * YEAR_OF_DAYS
    : spread;
}

function lossDeviation({ results: { losses }, squares }: Study): Figure {
  if (losses === 0) return "noLosses";
  return squares.losses === 0 ? "noSpread" : Math.sqrt(squares.losses / losses);
}

const metric = (key: string, formula: string, of: (study: Study) => Figure): Metric => ({
  key: `sortino.${key}`,
  ...{ formula, unit: "ratio", source: "Sortino", gate: ENOUGH_DAYS, of },
});

export const SORTINO: readonly Metric[] = [
  metric("daily_mar0_annualised252", "mean(r) / √(Σ min(0, r)² / n of all days) · √252", (it) =>
    ofReturns(it, annualSortino),
  ),
  metric("daily_mar_rf4pct_geometric", "the same with r less 1.04^(1/252) - 1 a day", (it) =>
    ofReturns(it, (returns) => annualSortino(returns, GEOMETRIC_DAY)),
  ),
  {
    ...metric("downsideDeviationDaily", "√(Σ min(0, r)² / n)", (it) =>
      ofReturns(it, ({ values }) => downsideDeviation(values)),
    ),
    unit: "fraction",
  },
  metric("daily_fixedBase", "the same of net of a day / starting equity", ({ returnsOnStart }) =>
    annualSortino(returnsOnStart),
  ),
  {
    key: "sortino.freqtrade",
    formula: "net / calendar days / sd(net of losing trades), n, · √365",
    ...{ unit: "ratio", source: "freqtrade", gate: ENOUGH_TRADES },
    of: ofFreqtrade,
  },
];
