/** Writes the reference page of the metrics from their catalogue in `src/core/analyze`. */
import { METRICS } from "../src/core/analyze/catalogue.ts";
import { WHY_NOT } from "../src/core/analyze/figure.ts";
import type { Metric } from "../src/core/analyze/metric.ts";

const INTRODUCTION = `# Metrics

<!-- Written by tools/write-config-reference.ts from src/core/analyze; do not edit. -->

\`tradestream metrics\` states every figure below, of the ledger's trades or of a CSV file; with \`--json\`
as one object whose keys are those of the first column, dots for nesting. [The tour](../tour/README.md)
has a page about it.

- A trade is one entry with all its partial exits, after fees. It won or lost by its sign; nearer to zero
  than half a cent it broke even.
- Trades are ordered by exit. A day is a CME trade date (17:00 to 17:00 in Chicago), and a trade belongs
  to the one on which it was closed. The daily series runs over every trade date from the first to the
  last, zeros included; \`--days traded\` keeps the days with trades.
- The return of a day (r) is its net result divided by the equity at its start. A year has 252 days.
- Drawdown, value at risk and shortfall are positive for a loss; rates are fractions.
- What is undefined is \`null\`, and \`notes\` says why. Below its gate a figure is stated, and \`notes\` says on
  how little it stands. Variants named after another program are there to compare with it.
- \`intervals\` holds 95 % bootstrap intervals of the headline figures, drawn with a fixed seed.
- \`by...\` and \`daily\`, \`weekly\`, \`monthly\` hold the same result by group and by time: hours are those of
  the entry in Chicago, weekdays those of the trade date.

## The file of trades

\`\`\`text
entry_time,exit_time,instrument,side,quantity,entry_price,exit_price,fees,initial_risk,mae_points,mfe_points
2026-03-02T17:02:00Z,2026-03-02T17:40:30Z,MES,long,4,6310.5,6320,4.88,200,3.75,13
\`\`\`

Times are ISO 8601 with a zone. The last three columns may be empty or left out; \`net\` may be given instead
of prices (and wins over them). A price is a mean over fills and need not lie on the tick grid. \`author\`,
\`tag\`, \`account\`, \`size_letter\` and \`exit\` are read where they are there, other columns passed over. At
most two million trades. The first fault ends it with its row and column, and exit code 2.
`;

const cell = (text: string): string => text.replaceAll("|", "\\|");

const row = ({ key, formula, unit, source, gate }: Metric): string => {
  const least = gate === undefined ? "" : `${gate.least} ${gate.of}`;
  return `| ${[`\`${key}\``, formula, unit, source, least].map(cell).join(" | ")} |`;
};

export const metricsReference = (): string =>
  `${[
    INTRODUCTION,
    "## Figures\n",
    "| Key | Formula | Unit | Source | Gate |",
    "|---|---|---|---|---|",
    ...METRICS.map(row),
    "\n## Why there is no figure\n",
    "| Reason | Meaning |",
    "|---|---|",
    ...Object.entries(WHY_NOT).map(([reason, meaning]) => `| \`${reason}\` | ${meaning} |`),
  ].join("\n")}\n`;
