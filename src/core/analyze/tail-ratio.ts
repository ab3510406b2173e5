/** Tail ratio: the best day in twenty beside the worst one in twenty. Source: empyrical. */
import { type Figure, mapped, ratio } from "./figure.ts";
import { ofReturns } from "./growth.ts";
import type { Metric } from "./metric.ts";
import { quantileOf } from "./quantile.ts";

export const tailRatio = (sorted: Float64Array): Figure =>
  mapped(ratio(quantileOf(sorted, 0.95), quantileOf(sorted, 0.05), "noTail"), Math.abs);

export const TAIL_RATIO: Metric = {
  key: "other.tailRatio95",
  formula: "|quantile(r, 95 %) / quantile(r, 5 %)|, linear",
  ...{ unit: "ratio", source: "empyrical", gate: { of: "days", least: 20 } },
  of: (study) => ofReturns(study, ({ sorted }) => tailRatio(sorted)),
};
