/** Writes the reference page of the codes from their tables in `src/core/notify/reasons.ts`. */
import { CUTS, REFUSALS, type Reason } from "../src/core/notify/reasons.ts";

const INTRODUCTION = `# Reasons

<!-- Written by tools/write-config-reference.ts from src/core/notify/reasons.ts; do not edit. -->

Every account judges every alert, and whatever it decides is a fact in the journal: a code that never
changes its meaning, with all the numbers it was decided by. \`tradestream why ALERT\` tells the chain and
ends with what each account made of it; with \`--json\` its last line is
\`{"verdicts":[{"alert","account","name","verdict","code","refusal","trade","contracts","cuts"}]}\`.
A verdict is \`taken\`, \`shadowed\`, \`waits\`, \`refused\` or \`unasked\` (the alert's channel is not for that
account).
`;

const rows = (reasons: Readonly<Record<string, Reason>>): readonly string[] => [
  "| Code | What it means | What to do |",
  "|---|---|---|",
  ...Object.entries(reasons).map(
    ([code, { meaning, help }]) => `| \`${code}\` | ${meaning} | ${help} |`,
  ),
];

export const reasonsReference = (): string =>
  `${[
    INTRODUCTION,
    "## Refused\n",
    ...rows(REFUSALS),
    "\n## Taken, and smaller\n",
    ...rows(CUTS),
  ].join("\n")}\n`;
