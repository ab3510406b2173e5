/**
 * Runs of wins and of losses, in the order of exits.
 *
 * A trade that broke even either breaks a run (`flatBreaks`, what a limit on losses in a row does
 * not want to be fooled by) or is passed over (`flatIgnored`). The current run is positive for wins,
 * negative for losses.
 */
import type { TradeColumns } from "../model/trade-columns.ts";
import type { Metric } from "./figure.ts";
import { EVEN_BELOW } from "./results.ts";
import type { Study } from "./study.ts";

export interface Streaks {
  readonly wins: number;
  readonly losses: number;
  readonly current: number;
}

export function streaksPass({ net }: TradeColumns, flat: "breaks" | "ignored") {
  let [wins, losses, current] = [0, 0, 0];
  const isBreaking = flat === "breaks";
  return {
    take(from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const made = net[at] as number;
        if (made >= EVEN_BELOW) {
          current = current > 0 ? current + 1 : 1;
          if (current > wins) wins = current;
        } else if (made <= -EVEN_BELOW) {
          current = current < 0 ? current - 1 : -1;
          if (-current > losses) losses = -current;
        } else if (isBreaking) current = 0;
      }
    },
    finish: (): Streaks => ({ wins, losses, current }),
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
