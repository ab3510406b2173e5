/** Writes the reference page of the rule packs from the descriptions in their schema. */
import { type JsonSchema, planJsonSchema, rulesJsonSchema } from "../src/shell/yaml/json-schema.ts";
import { referencePage } from "./reference-page.ts";

const INTRODUCTION = `# Rule packs

<!-- Written by tools/write-config-reference.ts from the schema in src/shell/yaml; do not edit. -->

A rule pack is one YAML file of at most 128 kB with the plans of one firm: \`topstep.yaml\` is the firm
\`topstep\`, and its plan \`combine-50k\` is called \`topstep/combine-50k\`. The packs that come with the
program lie in [config/rules](../../config/rules). A directory of your own adds packs, and a pack of the
same name takes the place of ours, whole.

What is said here is what the firms publish, read on the day that stands in \`verified\`. Firms change it
every few weeks. Compare it with the source before you rely on it; the firm's own text is the only one
that counts.

Where sources disagree the stricter reading is taken, and \`notes\` says so. Firms whose plans name no
\`venue\` cannot be traded from here: their plans serve planning and replay.

    tradestream rules list
    tradestream rules show topstep/combine-50k
    tradestream rules check my-rules/

## How values are written

| Value | Written as |
|---|---|
| time | \`15:10 CT\` or \`16:59 ET\`, Chicago or New York; both change their clocks on the same day |
| date | \`2026-09-23\` |
| money | a plain number of US dollars, \`2000\`; a balance or a lock may be 0 or below |
| share | \`55%\`, one decimal at most |
| size | \`5\` or \`0.4\`, in minis; for a cap \`3 minis\` or \`2 contracts\` |
| duration | \`10s\`, \`5m\` |
| source | \`help centre: ...\` for the firm's own pages, \`secondary: ...\` for what others tell of them |
| profit | closed balance less \`start\`; tiers count from the last close, their lower end included |

## What keys owe each other

- \`every\` gives each plan the keys that it does not write itself, each as a whole: a plan that writes
  \`hours\` writes all of it.
- What is required in a plan has to stand there or under \`every\`.
- The floor does not stop rising below where it begins, a payout does not put it above its lock, and an
  account that begins with money can lose less than all of it.
- The daily limit is not larger than what the account may lose in all.
- Tiers ascend, and more profit never allows less.
- A cap names products that may be traded, and no product is listed twice.
- Where correlated products count, groups name them: two products at least in each, and none in two groups.
- Nothing is held after the exchange closes, 16:00 CT.
- \`verified\` is not a day to come. \`calendarUntil\` is not over: nobody would know when to be flat.

All mistakes are reported together, each with its line, column and key:

    rules/mine.yaml:12:48 plans.combine.floor.lock: the floor begins at $48000 and cannot stop rising at $47000

Figures that were verified long ago are told as a warning, and stay in force.
`;

export const rulesReference = (): string => referencePage(INTRODUCTION, onePlan());

/** `every` has the keys of a plan: they are listed once, with what a plan needs in the end. */
function onePlan(): JsonSchema {
  const schema = rulesJsonSchema();
  const { properties: _, ...every } = schema.properties?.["every"] ?? {};
  const plans = { ...schema.properties?.["plans"], additionalProperties: planJsonSchema() };
  return { ...schema, properties: { ...schema.properties, every, plans } };
}
