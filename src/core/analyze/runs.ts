/** Runs of wins and of losses, counted in one look at the outcomes. */
import { EVEN, LOST, OUTCOMES, type Outcomes, WON } from "./outcomes.ts";

export interface Streaks {
  readonly wins: number;
  readonly losses: number;
  readonly current: number;
}

export function streaksPass(outcomes: Outcomes, flat: "breaks" | "ignored") {
  const longest = new Float64Array(OUTCOMES);
  const isPassedOver = flat === "ignored";
  let soFar = { run: 0, last: EVEN };
  return {
    take(from: number, to: number): void {
      let { run, last } = soFar;
      for (let at = from; at < to; at++) {
        const outcome = outcomes[at] as number;
        if (isPassedOver && outcome === EVEN) continue;
        run = Number(outcome === last) * run + 1;
        last = outcome;
        longest[outcome] = Math.max(longest[outcome] as number, run);
      }
      soFar = { run, last };
    },
    finish(): Streaks {
      const { run, last } = soFar;
      return {
        wins: longest[WON] as number,
        losses: longest[LOST] as number,
        current: run * (Number(last === WON) - Number(last === LOST)) + 0,
      };
    },
  };
}
