/** How long trades were held, from entry to last exit, in seconds. */
import { type Figure, mapped, ratio } from "./figure.ts";
import type { Metric } from "./metric.ts";
import type { Study } from "./study.ts";

const seconds = (figure: Figure): Figure => mapped(figure, (time) => time / 1_000);

const metric = (key: string, formula: string, of: (study: Study) => Figure): Metric => ({
  key: `holding.${key}`,
  ...{ formula, unit: "s", source: "house rule", of },
});

export const HOLDING: readonly Metric[] = [
  metric("averageSeconds", "mean of exit - entry", ({ results: { held, trades } }) =>
    seconds(ratio(held, trades, "noTrades")),
  ),
  metric("medianSeconds", "the middle of exit - entry", ({ results, quantiles }) =>
    results.trades === 0 ? "noTrades" : seconds(quantiles.held),
  ),
  metric("avgSecondsWinners", "the same mean of the winners", ({ results }) =>
    seconds(ratio(results.heldByWins, results.wins, "noWins")),
  ),
  metric("avgSecondsLosers", "the same mean of the losers", ({ results }) =>
    seconds(ratio(results.heldByLosses, results.losses, "noLosses")),
  ),
];
