/** Calmar ratio: yearly growth over the deepest daily drawdown. Source: Terry Young (1991). */
import { type Figure, mapped, ratio } from "./figure.ts";
import { freqtradeDays, YEAR_OF_DAYS } from "./freqtrade.ts";
import { cagr, totalReturn } from "./growth.ts";
import { dailyRatios, type Metric } from "./metric.ts";
import type { Study } from "./study.ts";

const overDrawdown = (figure: Figure, { dailyPath }: Study): Figure =>
  ratio(figure, dailyPath.deepestShare, "noDrawdown");

/** Mean profit of a calendar day in per cent over the deepest drawdown by trade, · √365. */
function ofFreqtrade(study: Study): Figure {
  if (study.results.trades === 0) return "noTrades";
  const daily = (study.results.net / study.startingEquity / freqtradeDays(study)) * 100;
  return mapped(ratio(daily, study.path.deepestShare, "noDrawdown"), (it) => it * YEAR_OF_DAYS);
}

const metric = dailyRatios("calmar");

export const CALMAR: readonly Metric[] = [
  metric("cagrOverMaxDdDaily", "CAGR / deepest daily drawdown fraction", "Young", (it) =>
    overDrawdown(cagr(it), it),
  ),
  metric("totalReturnOverMaxDd", "total return / the same", "common variant", (it) =>
    overDrawdown(totalReturn(it), it),
  ),
  metric(
    "freqtrade",
    "100 · net / start / calendar days / deepest drawdown fraction by trade, · √365",
    "freqtrade",
    ofFreqtrade,
  ),
];
