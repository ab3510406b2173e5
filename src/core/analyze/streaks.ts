/**
 * Runs of wins and of losses, in the order of exits.
 *
 * A trade that broke even either breaks a run (`flatBreaks`, what a limit on losses in a row does
 * not want to be fooled by) or is passed over (`flatIgnored`). The current run is positive for wins,
 * negative for losses.
 */
import type { Metric } from "./metric.ts";
import type { Streaks } from "./runs.ts";
import type { Study } from "./study.ts";

const metricsOf = (suffix: string, streaksIn: (study: Study) => Streaks): readonly Metric[] => [
  {
    key: `streaks.maxWins_${suffix}`,
    formula: "the most wins in a row",
    unit: "count",
    source: "house rule",
    of: (study) => streaksIn(study).wins,
  },
  {
    key: `streaks.maxLosses_${suffix}`,
    formula: "the most losses in a row",
    unit: "count",
    source: "house rule",
    of: (study) => streaksIn(study).losses,
  },
  {
    key: `streaks.current_${suffix}`,
    formula: "the run that lasts: wins above zero, losses below",
    unit: "count",
    source: "house rule",
    of: (study) => streaksIn(study).current,
  },
];

export const STREAKS: readonly Metric[] = [
  ...metricsOf("flatBreaks", ({ streaks }) => streaks.breaking),
  ...metricsOf("flatIgnored", ({ streaks }) => streaks.ignoring),
];
