/**
 * Growth of the account: total return, CAGR, and how the daily returns are spread.
 *
 * A year has 252 trade dates. CAGR over less than a quarter is a rumour; it is said with that remark.
 */
import { type Figure, isKnown, mapped, type Unit } from "./figure.ts";
import { ENOUGH_DAYS, type Metric } from "./metric.ts";
import { deviationOf } from "./moments.ts";
import type { Returns, Study } from "./study.ts";

export const DAYS_PER_YEAR = 252;

/** A figure of the daily returns; why not, where there are none. */
export function ofReturns(
  { returns, daily }: Pick<Study, "returns" | "daily">,
  of: (returns: Returns) => Figure,
): Figure {
  if (daily.dates.length === 0) return "noTrades";
  return returns === null ? "equityGone" : of(returns);
}

export const totalReturn = ({ dailyPath, daily }: Study): Figure =>
  daily.dates.length === 0 ? "noTrades" : dailyPath.end / daily.start - 1;

/** Compound annual growth rate of a growth over so many days. */
export const annualGrowth = (growth: number, days: number): Figure =>
  growth <= 0 ? "equityGone" : growth ** (DAYS_PER_YEAR / days) - 1;

export function cagr(study: Study): Figure {
  const total = totalReturn(study);
  return isKnown(total) ? annualGrowth(1 + total, study.daily.dates.length) : total;
}

/** 0 where all are equal. */
const deviation = ({ moments }: Returns): Figure => {
  const found = deviationOf(moments);
  return found === "noSpread" ? 0 : found;
};

const shape = ({ moments }: Returns, of: "skewness" | "kurtosis"): Figure => {
  const spread = deviationOf(moments);
  return isKnown(spread) ? moments[of] : spread;
};

const daysWhere = ({ daily }: Study, holds: (net: number) => boolean): number =>
  daily.net.filter(holds).length;

const metric = (
  key: string,
  unit: Unit,
  formula: string,
  of: (study: Study) => Figure,
): Metric => ({
  key: `returns.${key}`,
  ...{ formula, unit, source: "common use", of },
  ...(unit === "count" || key === "totalReturn" ? {} : { gate: ENOUGH_DAYS }),
});

export const GROWTH: readonly Metric[] = [
  metric("totalReturn", "fraction", "end / start - 1", totalReturn),
  metric("cagr_252", "fraction", "(end / start)^(252 / days) - 1", cagr),
  metric("annualArithmetic_fixedBase", "fraction", "252 · mean(net of a day / start)", (it) =>
    it.daily.dates.length === 0 ? "noTrades" : it.returnsOnStart.moments.mean * DAYS_PER_YEAR,
  ),
  metric("meanDaily", "fraction", "mean of the daily returns", (it) =>
    ofReturns(it, ({ moments }) => moments.mean),
  ),
  metric("stdDaily_ddof1", "fraction", "their standard deviation, n - 1", (it) =>
    ofReturns(it, deviation),
  ),
  metric("volatilityAnnual", "fraction", "that · √252", (it) =>
    mapped(ofReturns(it, deviation), (spread) => spread * Math.sqrt(DAYS_PER_YEAR)),
  ),
  metric("positiveDays", "count", "days above zero", (it) => daysWhere(it, (made) => made > 0)),
  metric("negativeDays", "count", "days below zero", (it) => daysWhere(it, (made) => made < 0)),
  metric("zeroDays", "count", "days of zero", (it) => daysWhere(it, (made) => made === 0)),
  metric("skew_population", "ratio", "m₃ / m₂^1.5 of the daily returns", (it) =>
    ofReturns(it, (returns) => shape(returns, "skewness")),
  ),
  metric("kurtosis_population", "ratio", "m₄ / m₂² (a normal series has 3)", (it) =>
    ofReturns(it, (returns) => shape(returns, "kurtosis")),
  ),
];
