/**
 * How the profit lies over the days: how many of them win, and how much of it one day made. Firms ask
 * for the second, and pay nothing while it is too much.
 */
import { type Figure, ratio } from "./figure.ts";
import type { Metric } from "./metric.ts";
import type { Study } from "./study.ts";

const bestDay = ({ daily: { net } }: Study): number =>
  net.reduce((best, made) => Math.max(best, made), 0);

function profitableDays({ daily: { net } }: Study): Figure {
  if (net.length === 0) return "noTrades";
  const won = net.filter((made) => made > 0).length;
  return ratio(won, net.filter((made) => made !== 0).length, "noDecided");
}

/** Of a loss nobody has a share. */
const shareOfNet = (study: Study): Figure =>
  study.results.net > 0 ? bestDay(study) / study.results.net : "noProfit";

function shareOfPositive(study: Study): Figure {
  const won = study.daily.net.reduce((sum, made) => sum + Math.max(0, made), 0);
  return ratio(bestDay(study), won, "noWinningDays");
}

const metric = (key: string, formula: string, of: (study: Study) => Figure): Metric => ({
  key: `other.${key}`,
  ...{ formula, unit: "fraction", source: "house rule", of },
});

export const DAY_SHARES: readonly Metric[] = [
  metric("profitableDayRate", "days won / days won or lost", profitableDays),
  metric("bestDayShareOfNetProfit", "best day / net of all days", shareOfNet),
  metric("bestDayShareOfPositiveDays", "best day / sum of the winning days", shareOfPositive),
];
