/**
 * Sharpe ratio: mean over spread of the daily returns, a year at a time. Source: William Sharpe
 * (1994); daily returns over all trade dates, n - 1, √252.
 *
 * Around it stand the variants other programs state, to compare with. The probabilistic Sharpe ratio
 * is the chance that the true ratio lies above zero, given how skewed and how long the record is.
 * Source: Bailey and López de Prado, The Sharpe Ratio Efficient Frontier (2012).
 */
import { type Figure, isKnown, mapped } from "./figure.ts";
import { freqtradeDays, YEAR_OF_DAYS } from "./freqtrade.ts";
import { DAYS_PER_YEAR, ofReturns } from "./growth.ts";
import { ENOUGH_DAYS, ENOUGH_TRADES, type Metric } from "./metric.ts";
import { deviationOf, type Moments, momentsOf, spreadOf } from "./moments.ts";
import { normalBelow } from "./normal.ts";
import { deviationOfTrades } from "./profit.ts";
import type { Returns, Study } from "./study.ts";

/** A year, simple or compounded over its days. */
const RISK_FREE = 0.04;
export const GEOMETRIC_DAY = (1 + RISK_FREE) ** (1 / DAYS_PER_YEAR) - 1;
const SIMPLE_DAY = RISK_FREE / DAYS_PER_YEAR;

/** Not annualised; `riskFree` a day. */
function sharpeRatio(moments: Moments, riskFree = 0, correction: 0 | 1 = 1): Figure {
  return mapped(spreadOf(moments, correction), (spread) => (moments.mean - riskFree) / spread);
}

export const annualSharpe = (moments: Moments, riskFree = 0, days = DAYS_PER_YEAR): Figure =>
  mapped(sharpeRatio(moments, riskFree), (it) => it * Math.sqrt(days));

export function probabilisticSharpe(moments: Moments): Figure {
  const sharpe = sharpeRatio(moments);
  if (!isKnown(sharpe)) return sharpe;
  const { count, skewness, kurtosis } = moments;
  const room = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
  if (room <= 0) return "tooSkewed";
  return normalBelow((sharpe * Math.sqrt(count - 1)) / Math.sqrt(room));
}

const withoutZeros = ({ values }: Returns): Figure =>
  annualSharpe(momentsOf(values.filter((value) => value !== 0)));

const perTrade = (study: Study): Figure => {
  const { net, trades } = study.results;
  return mapped(deviationOfTrades(study), (spread) => net / trades / spread);
};

const tradesPerYear = ({ results, daily }: Study): Figure =>
  daily.dates.length === 0 ? "noTrades" : (results.trades * DAYS_PER_YEAR) / daily.dates.length;

function annualPerTrade(study: Study): Figure {
  const [ratio, yearly] = [perTrade(study), tradesPerYear(study)];
  return isKnown(ratio) && isKnown(yearly) ? ratio * Math.sqrt(yearly) : ratio;
}

/** Mean profit of a calendar day over the spread of trades, n, · √365. */
function ofFreqtrade(study: Study): Figure {
  const { net, trades } = study.results;
  const spread = spreadOf({ count: trades, mean: net / trades, squares: study.squares.all }, 0);
  return mapped(spread, (it) => (net / freqtradeDays(study) / it) * YEAR_OF_DAYS);
}

const daily = (
  key: string,
  formula: string,
  of: (returns: Returns) => Figure,
  source = "Sharpe",
): Metric => ({
  key: `sharpe.${key}`,
  ...{ formula, unit: "ratio", source, gate: ENOUGH_DAYS },
  of: (study) => ofReturns(study, of),
});

export const SHARPE: readonly Metric[] = [
  daily("daily_rf0_annualised252", "mean(r) / sd(r) · √252, n - 1", ({ moments }) =>
    annualSharpe(moments),
  ),
  daily("daily_rf0_notAnnualised", "mean(r) / sd(r)", ({ moments }) => sharpeRatio(moments)),
  daily("daily_rf4pct_geometric", "r less 1.04^(1/252) - 1 a day, · √252", ({ moments }) =>
    annualSharpe(moments, GEOMETRIC_DAY),
  ),
  daily("daily_rf4pct_simple", "r less 0.04/252 a day, · √252", ({ moments }) =>
    annualSharpe(moments, SIMPLE_DAY),
  ),
  {
    key: "sharpe.daily_fixedBase_rf0",
    formula: "of net of a day / starting equity, · √252",
    ...{ unit: "ratio", source: "Sharpe", gate: ENOUGH_DAYS },
    of: ({ returnsOnStart }) => annualSharpe(returnsOnStart.moments),
  },
  daily("daily_ddof0", "sd over n, · √252", ({ moments }) =>
    mapped(sharpeRatio(moments, 0, 0), (it) => it * Math.sqrt(DAYS_PER_YEAR)),
  ),
  daily("daily_365", "· √365", ({ moments }) => annualSharpe(moments, 0, 365), "common variant"),
  daily("onlyDaysWithNonZero", "of days that are not zero, · √252", withoutZeros, "common variant"),
  {
    key: "sharpe.perTrade_notAnnualised_usd",
    formula: "mean(net) / sd(net) of trades",
    ...{ unit: "ratio", source: "common variant", gate: ENOUGH_TRADES },
    of: perTrade,
  },
  {
    key: "sharpe.perTrade_annualisedByTradesPerYear",
    formula: "that · √(trades a year)",
    ...{ unit: "ratio", source: "common variant", gate: ENOUGH_TRADES },
    of: annualPerTrade,
  },
  {
    key: "sharpe.tradesPerYear",
    formula: "trades · 252 / days",
    ...{ unit: "count", source: "house rule", gate: ENOUGH_DAYS },
    of: tradesPerYear,
  },
  daily(
    "probabilisticSharpe_vs0",
    "Φ(SR√(n-1) / √(1 - γ₃SR + (γ₄-1)/4·SR²)), daily SR",
    ({ moments }) => probabilisticSharpe(moments),
    "Bailey, López de Prado",
  ),
  {
    key: "sharpe.freqtrade",
    formula: "net / calendar days / sd(net of trades), n, · √365",
    ...{ unit: "ratio", source: "freqtrade", gate: ENOUGH_TRADES },
    of: ofFreqtrade,
  },
];

/** Mean over variance of the daily returns: what Kelly's continuous form bets. */
export const meanOverVariance = ({ moments }: Returns): Figure =>
  mapped(deviationOf(moments), (spread) => moments.mean / spread ** 2);
