/**
 * System quality number: how far the mean result is from chance. Below 1.6 poor, 2 to 2.5 average, 3
 * to 5 excellent; from 30 trades on. Source: Van Tharp, Definitive Guide to Position Sizing.
 */
import { type Figure, isKnown } from "./figure.ts";
import { ENOUGH_RISKED, ENOUGH_TRADES, type Metric } from "./metric.ts";
import { spreadOf } from "./moments.ts";
import { deviationOfTrades } from "./profit.ts";
import type { Study } from "./study.ts";

/** Tharp counts no more trades than these: else a long record alone would be quality. */
const COUNTED_MAX = 100;

const deviationOfR = ({ risked }: Study): Figure =>
  risked.count === 0 ? "noRisk" : spreadOf(risked, 1);

function sqnOfR(study: Study, counted: number): Figure {
  const deviation = deviationOfR(study);
  return isKnown(deviation) ? (Math.sqrt(counted) * study.risked.mean) / deviation : deviation;
}

function sqnOfDollars(study: Study): Figure {
  const deviation = deviationOfTrades(study);
  const { net, trades } = study.results;
  return isKnown(deviation) ? (Math.sqrt(trades) * (net / trades)) / deviation : deviation;
}

export const SQN: readonly Metric[] = [
  {
    key: "sqn.rMultiples_ddof1",
    formula: "√n · mean(R) / sd(R), n - 1",
    ...{ unit: "ratio", source: "Tharp", gate: ENOUGH_RISKED },
    of: (study) => sqnOfR(study, study.risked.count),
  },
  {
    key: "sqn.rMultiples_cap100",
    formula: "the same with √min(n, 100)",
    ...{ unit: "ratio", source: "Tharp", gate: ENOUGH_RISKED },
    of: (study) => sqnOfR(study, Math.min(COUNTED_MAX, study.risked.count)),
  },
  {
    key: "sqn.usd_ddof1",
    formula: "√n · mean(net) / sd(net), n - 1",
    ...{ unit: "ratio", source: "Tharp", gate: ENOUGH_TRADES },
    of: sqnOfDollars,
  },
  {
    key: "sqn.rMean",
    formula: "mean of R",
    ...{ unit: "R", source: "Tharp", gate: ENOUGH_RISKED },
    of: ({ risked }) => (risked.count === 0 ? "noRisk" : risked.mean),
  },
  {
    key: "sqn.rStd",
    formula: "standard deviation of R, n - 1",
    ...{ unit: "R", source: "Tharp", gate: ENOUGH_RISKED },
    of: (study) => {
      const deviation = deviationOfR(study);
      return deviation === "noSpread" ? 0 : deviation;
    },
  },
];
