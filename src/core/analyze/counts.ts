/** How many: trades, wins, losses, contracts, days. */
import type { Metric } from "./metric.ts";
import type { Study } from "./study.ts";

const count = (key: string, formula: string, of: (study: Study) => number): Metric => ({
  key: `counts.${key}`,
  ...{ formula, unit: "count", source: "house rule", of },
});

export const COUNTS: readonly Metric[] = [
  count("trades", "entries with all their partial exits", ({ results }) => results.trades),
  count("wins", "net of at least half a cent", ({ results }) => results.wins),
  count("losses", "net of at most minus half a cent", ({ results }) => results.losses),
  count(
    "breakeven",
    "trades - wins - losses",
    ({ results: { trades, wins, losses } }) => trades - wins - losses,
  ),
  count("contracts", "contracts entered", ({ results }) => results.contracts),
  count("tradingDays", "days of the daily series", ({ daily }) => daily.dates.length),
  count("daysWithTrades", "trade dates on which one closed", ({ traded }) => traded.dates.length),
];
