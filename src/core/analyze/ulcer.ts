/** Ulcer index: the root mean square of the daily drawdowns, in per cent. Source: Peter Martin (1987). */

import type { EquityPath } from "./equity-path.ts";
import { ENOUGH_DAYS, type Figure, type Metric, ratio } from "./figure.ts";
import { totalReturn } from "./growth.ts";
import type { Study } from "./study.ts";

type Path = Pick<EquityPath, "steps" | "squaredShare">;

/** Fraction; `over` is what the sum of squares is divided by. */
const rootOver = ({ steps, squaredShare }: Path, over: number, whyNot: "noTrades" | "tooFew") =>
  over < 1 ? whyNot : Math.sqrt((squaredShare * steps) / over);

export const ulcerIndex = (path: Path): Figure => percent(rootOver(path, path.steps, "noTrades"));

const percent = (figure: Figure): Figure => (typeof figure === "number" ? figure * 100 : figure);

const performance = (study: Study): Figure =>
  ratio(percent(totalReturn(study)), ulcerIndex(study.dailyPath), "noDrawdown");

export const ULCER: readonly Metric[] = [
  {
    key: "ulcer.indexPercent_n",
    formula: "100·√(Σ drawdown² / days)",
    ...{ unit: "%", source: "Martin", gate: ENOUGH_DAYS },
    of: ({ dailyPath }) => ulcerIndex(dailyPath),
  },
  {
    key: "ulcer.indexFraction_nMinus1_quantstats",
    formula: "√(Σ drawdown² / (days - 1))",
    ...{ unit: "fraction", source: "quantstats", gate: ENOUGH_DAYS },
    of: ({ dailyPath }) => rootOver(dailyPath, dailyPath.steps - 1, "tooFew"),
  },
  {
    key: "ulcer.indexPercent_includingStartPoint",
    formula: "100·√(Σ drawdown² / (days + 1))",
    ...{ unit: "%", source: "common variant", gate: ENOUGH_DAYS },
    of: ({ dailyPath }) => percent(rootOver(dailyPath, dailyPath.steps + 1, "noTrades")),
  },
  {
    key: "ulcer.performanceIndex_totalReturnPctOverUlcer",
    formula: "100 · total return / ulcer index",
    ...{ unit: "ratio", source: "Martin", gate: ENOUGH_DAYS },
    of: performance,
  },
];
