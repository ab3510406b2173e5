/**
 * Writes the reference page of the commands from the command line itself, so that no command goes
 * without its lines and no line outlives its command.
 *
 * ```text
 * programOf() ─► the words everywhere ─► a table of all commands ─► a section for each of them
 * ```
 */
import type { Argument, Command, Option } from "commander";
import type { Handlers } from "../src/ports/console.ts";
import { programOf } from "../src/shell/console/program.ts";

const INTRODUCTION = `# Commands

<!-- Written by tools/write-config-reference.ts from src/shell/console; do not edit. -->

Every command of \`tradestream\`, as \`--help\` tells it: \`tradestream help trades\` is the section of
\`trades\`. \`<word>\` has to be said, \`[word]\` may be. In a checkout say \`npx tradestream\`.

What a command answers goes to standard output, why it could not goes to standard error, and with
\`--json\` the answer is one JSON object a line. A running process is asked over a socket in its data
directory, so say the same \`--data\` or \`--config\` that it was started with.
`;

const ENDINGS = `## How a command ends

| Code | Means |
|---|---|
| 0 | done |
| 1 | fault: the program, the disk or the venue |
| 2 | input or configuration, also a command or an alert that was refused |
| 3 | another instance runs on this data directory |
| 4 | no process is running there |

[Exit codes](exit-codes.md) tells what each of them means for single commands,
[the runbook](../operations/runbook.md#how-a-command-ended) what to do then.
`;

export function commandsReference(): string {
  const said: string[] = [];
  const root = programOf(
    {
      version: "",
      handlers: {} as Handlers, // nothing is called
      screen: { print: (line) => void said.push(line), remark: (line) => void said.push(line) },
    },
    () => Promise.resolve(),
  );
  const sections = groupsOf(root).map(([group, commands]) =>
    [`## ${group}\n`, ...commands.flatMap(withCommandsBelow).map(sectionOf)].join("\n"),
  );
  const everywhere = [
    "## Words of every command\n",
    ...optionTable(root),
    "",
    "They may stand before the command or behind it.\n",
  ].join("\n");
  return `${[INTRODUCTION, everywhere, ENDINGS, overview(root), ...sections].join("\n").trimEnd()}\n`;

  function sectionOf(command: Command): string {
    const lines = [`### ${nameOf(command)}`, "", sentence(command.description()), ""];
    lines.push(`\`${nameOf(command)} ${command.usage()}`.trimEnd().concat("`"), "");
    lines.push(...argumentTable(command), ...optionsBlock(command), ...examplesOf(command));
    return lines.join("\n");
  }

  function examplesOf(command: Command): readonly string[] {
    said.length = 0;
    command.outputHelp();
    const [, examples = ""] = said.join("\n").split("\nExamples:\n");
    return ["```sh", ...examples.trimEnd().split("\n").map(asTyped), "```", ""];
  }
}

/** What stands in brackets behind a command becomes a remark of the shell. */
const asTyped = (line: string): string =>
  line.replace(/^ {2}\$ /, "").replace(/ {3,}\((.*)\)$/, (_, remark) => `   # ${remark}`);

const nameOf = (command: Command): string =>
  command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;

const anchorOf = (command: Command): string => nameOf(command).replaceAll(" ", "-");

const withCommandsBelow = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withCommandsBelow),
];

/** In the order of the help. */
function groupsOf(root: Command): readonly (readonly [string, readonly Command[]])[] {
  const groups = new Map<string, Command[]>();
  for (const command of root.commands) {
    const group = (command.helpGroup() ?? "").replace(/:$/, "");
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [command]);
    else known.push(command);
  }
  return [...groups];
}

function overview(root: Command): string {
  const rows = root.commands
    .flatMap(withCommandsBelow)
    .map((command) => `| [${nameOf(command)}](#${anchorOf(command)}) | ${command.description()} |`);
  return ["## All of them", "", "| Command | What it does |", "|---|---|", ...rows, ""].join("\n");
}

const sentence = (text: string): string => {
  const first = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(first) ? first : `${first}.`;
};

const cell = (text: string): string => text.replaceAll("|", "\\|");

function argumentTable({ registeredArguments }: Command): readonly string[] {
  if (registeredArguments.length === 0) return [];
  const rows = registeredArguments.map(
    (one: Argument) => `| \`${cell(spelt(one))}\` | ${cell(one.description)} |`,
  );
  return ["| Word | Meaning |", "|---|---|", ...rows, ""];
}

function spelt(one: Argument): string {
  const name = `${one.name()}${one.variadic ? "..." : ""}`;
  return one.required ? `<${name}>` : `[${name}]`;
}

const optionsBlock = (command: Command): readonly string[] =>
  command.options.length === 0 ? [] : [...optionTable(command), ""];

const optionTable = ({ options }: Command): readonly string[] => [
  "| Option | Meaning |",
  "|---|---|",
  ...options.map((option) => `| \`${cell(option.flags)}\` | ${cell(meaningOf(option))} |`),
];

function meaningOf({ description, defaultValue, argChoices, mandatory }: Option): string {
  const more = [
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(", ")}`]),
    ...(defaultValue === undefined ? [] : [`default: ${String(defaultValue)}`]),
    ...(mandatory ? ["has to be said"] : []),
  ];
  return more.length === 0 ? description : `${description} (${more.join("; ")})`;
}
