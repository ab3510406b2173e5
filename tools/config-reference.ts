/**
 * Writes the reference page of the configuration from the descriptions in its schema, so that no
 * key goes without a line and no line outlives its key.
 */
import { configJsonSchema } from "../src/shell/yaml/json-schema.ts";
import { referencePage } from "./reference-page.ts";
import { reloadColumn } from "./reload-column.ts";

const INTRODUCTION = `# Configuration

<!-- Written by tools/write-config-reference.ts from the schema in src/shell/yaml; do not edit. -->

The configuration is one YAML file of at most 256 kB. A key that is not marked as required may be left
out and then has the default given here; in tables such as \`tradeAs\` or \`stopDistance\` this holds row
by row, while a list (\`sources\`, \`accounts\`, \`targets\`) is replaced as a whole. A file that holds
\`{}\` is complete. Of the blocks that come in several kinds, \`sizing\` and \`entry\` are of their usual
kind unless they name another; a written \`market\` or \`broker\`, and each of the \`sources\`, has to name its kind.

A key that is not listed here is an error, and so is any value that cannot be read. All mistakes are
reported together, each with its line, column and key:

    config.yaml:14:21 rules.default.limits.tradesPerDay: expected a whole number of at least 1, found "ten"

A variable of the environment (\`TRADESTREAM_RULES__DEFAULT__LIMITS__DAILY_LOSS\`), a file of a secret and
\`--set KEY=VALUE\` go before the file, in this order: [Configuration](../guide/configuration.md).

## How values are written

| Value | Written as |
|---|---|
| distance | \`7 points\`, \`28 ticks\`, \`0.7 R\` (multiples of the distance from entry to stop), \`price 6340\` (a fixed level) |
| distance in a table | \`10 points\`, in points of the family's own contracts |
| smallest and largest distance | \`1 to 30 points\` |
| share | \`50%\`, one decimal at most |
| chase | \`20% of stop\` (of the distance from entry to stop) or \`2 points\` |
| duration | \`500ms\`, \`10s\`, \`5m\`, \`1h\` |
| money | a plain number of US dollars, \`200\` or \`2.50\` |
| yes or no | \`true\` or \`false\` |
| secret | where it is kept: \`env:NAME\` for a variable of the environment, \`file:PATH\` for a file that holds nothing else, \`credential:NAME\` for one that systemd, Docker or Kubernetes hands over |
| numeric id | 15 to 20 digits in quotation marks, because a plain number of that length loses digits |

## What keys owe each other

- No size letter asks for more contracts than \`positionSize\`, or more dollars than \`lossPerTrade\`.
- The chase stays below Target 1: on ES with the smallest and the largest stop, on other families
  with the smallest. Beyond that every alert is judged by itself.
- The shares of the targets add up to 100% at most, each target lies farther than the one before it,
  and \`breakevenAfter\` is not larger than their number.
- Account ids are unique, every account names a rule set that exists, no source is listed twice, and
  there is a source, or pasting is on.
- An account, or a group, has a \`ratio\` or \`sizing\` of its own, not both; what comes of it is within
  the limits too. Every group in \`groups\` has an account.
- A channel of Discord is listed once, senders and hooks have names and tokens of their own, and a
  webhook has somebody to hear.
- The \`group\` of a channel is that of at least one account, its \`format\` is \`plain\` or one of the
  packs in the directory \`formats\`.
- A channel of Discord gives \`authorIds\`, or its format does: anybody can take a name. Only a channel
  of mode \`shadow\`, where nothing is traded, may leave them out and hear everybody.

## What a running program takes

A file that is saved is read again while the program runs. The column *Reload* says from when a changed
key holds:

| Reload | A change holds |
|---|---|
| now | from the next decision on |
| next trade | for trades planned from then on; running ones keep what they opened with |
| restart | after the next start |
| looser: restart | a tighter value at once, one that allows more after the next start |

What waits is said, and so is every mistake in the file: then nothing of it is taken.
[Changing the configuration](../guide/reload.md) tells the rest.

## What a channel begins with

Files and standard input are somebody's own and begin in the mode \`auto\`. What comes over a network,
channels of Discord and webhooks, begins in \`shadow\`: its alerts are read, judged and kept, and
nothing is filled until you have seen what it says and write \`confirm\` or \`auto\`.

A secret that was written into the file is refused, and the message does not repeat it.

Targets of 7 and 12 points are distances for ES. They hold for every family alike: there is no key
for targets by family. For alerts on other products that state no targets of their own, write the
distances in R, or use a second rule set on an account of its own.
`;

const RELOAD = { title: "Reload", cell: reloadColumn };

export const configReference = (): string =>
  referencePage(INTRODUCTION, configJsonSchema(), RELOAD);
