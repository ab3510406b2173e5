/** Ulcer index: the root mean square of the daily drawdowns, in per cent. Source: Peter Martin (1987). */

import type { Depths } from "./equity-path.ts";
import { type Figure, ratio } from "./figure.ts";
import { totalReturn } from "./growth.ts";
import { ENOUGH_DAYS, type Metric } from "./metric.ts";
import type { Study } from "./study.ts";

/** Fraction; `over` is what the sum of squares is divided by. */
const rootOver = ({ squares }: Depths, over: number, whyNot: "noTrades" | "tooFew") =>
  over < 1 ? whyNot : Math.sqrt(squares / over);

export const ulcerIndex = (depths: Depths): Figure =>
  percent(rootOver(depths, depths.steps, "noTrades"));

const percent = (figure: Figure): Figure => (typeof figure === "number" ? figure * 100 : figure);

const performance = (study: Study): Figure =>
  ratio(percent(totalReturn(study)), ulcerIndex(study.dailyDepths), "noDrawdown");

export const ULCER: readonly Metric[] = [
  {
    key: "ulcer.indexPercent_n",
    formula: "100·√(Σ drawdown² / days)",
    ...{ unit: "%", source: "Martin", gate: ENOUGH_DAYS },
    of: ({ dailyDepths }) => ulcerIndex(dailyDepths),
  },
  {
    key: "ulcer.indexFraction_nMinus1_quantstats",
    formula: "√(Σ drawdown² / (days - 1))",
    ...{ unit: "fraction", source: "quantstats", gate: ENOUGH_DAYS },
    of: ({ dailyDepths }) => rootOver(dailyDepths, dailyDepths.steps - 1, "tooFew"),
  },
  {
    key: "ulcer.indexPercent_includingStartPoint",
    formula: "100·√(Σ drawdown² / (days + 1))",
    ...{ unit: "%", source: "common variant", gate: ENOUGH_DAYS },
    of: ({ dailyDepths }) => percent(rootOver(dailyDepths, dailyDepths.steps + 1, "noTrades")),
  },
  {
    key: "ulcer.performanceIndex_totalReturnPctOverUlcer",
    formula: "100 · total return / ulcer index",
    ...{ unit: "ratio", source: "Martin", gate: ENOUGH_DAYS },
    of: performance,
  },
];
