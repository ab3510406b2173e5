/** Writes the page of figures for a collector from their table. */
import { METERS, type Meter, STAGE_BUCKETS } from "../src/core/model/meters.ts";

const row = ([name, { kind, labels, help }]: readonly [string, Meter]): string => {
  const marks = labels.map((label) => `\`${label}\``).join(", ");
  return `| \`${name}\` | ${kind} | ${marks === "" ? "-" : marks} | ${help} |`;
};

function table(isPrivate: boolean): string {
  const rows = Object.entries<Meter>(METERS).filter(([, one]) => one.isPrivate === isPrivate);
  return ["| Name | Kind | Labels | Says |", "|---|---|---|---|", ...rows.map(row)].join("\n");
}

export const metersReference = (): string => `# Figures for a collector

<!-- Written by tools/write-config-reference.ts from src/core/model/meters.ts; change it there. -->

\`GET http://127.0.0.1:PORT/metrics\` gives them in the text format of Prometheus, where \`web.port\` is
set. \`deploy/prometheus/scrape.yaml\` collects them, \`deploy/prometheus/alerts.yaml\` has rules to be
woken by, and \`deploy/grafana/tradestream.json\` is a board.

## For whoever asks on this machine

${table(false)}

Buckets of \`tradestream_stage_seconds\`, in seconds: ${STAGE_BUCKETS.join(", ")}. The stages \`decide\`,
\`send\` and \`acknowledge\` are told to the millisecond, \`commit\` finer.

## With the token of \`web.token\`

${table(true)}
`;
