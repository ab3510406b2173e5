/**
 * Runs of wins and of losses, in the order of exits.
 *
 * A trade that broke even either breaks a run (`flatBreaks`, what a limit on losses in a row does
 * not want to be fooled by) or is passed over (`flatIgnored`). The current run is positive for wins,
 * negative for losses.
 */
import type { Metric } from "./figure.ts";
import { EVEN, LOST, OUTCOMES, type Outcomes, WON } from "./outcomes.ts";
import type { Study } from "./study.ts";

export interface Streaks {
  readonly wins: number;
  readonly losses: number;
  readonly current: number;
}

export function streaksPass(outcomes: Outcomes, flat: "breaks" | "ignored") {
  const longest = new Float64Array(OUTCOMES);
  const isPassedOver = flat === "ignored";
  let [run, last] = [0, EVEN];
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const outcome = outcomes[at] as number;
        if (isPassedOver && outcome === EVEN) continue;
        run = Number(outcome === last) * run + 1;
        last = outcome;
        longest[outcome] = Math.max(longest[outcome] as number, run);
      }
    },
    finish: (): Streaks => ({
      wins: longest[WON] as number,
      losses: longest[LOST] as number,
      current: run * (Number(last === WON) - Number(last === LOST)) + 0,
    }),
  };
}

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
