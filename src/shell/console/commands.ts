/** What every group of commands is made of. */
import type { Command } from "commander";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";

export type Taken = (result: Promise<ExitCode>) => Promise<void>;
export type Adder = (program: Command, handlers: Handlers, taken: Taken) => void;

export function globalsOf(command: Command): GlobalOptions {
  const { config, data, logLevel, json, set } = command.optsWithGlobals();
  return {
    config: config ?? null,
    data: data ?? null,
    logLevel: logLevel ?? null,
    json: json === true,
    ...(set !== undefined && { set }),
  };
}

/** A subcommand with its examples; wrong words behind it end as in the root. */
export function adding(parent: Command, group: string) {
  parent.commandsGroup(group);
  return (words: string, description: string, examples: readonly string[]): Command => {
    const command = parent.command(words).description(description);
    return command.addHelpText("after", exampleText(examples));
  };
}

const exampleText = (examples: readonly string[]): string =>
  `\nExamples:\n${examples.map((one) => `  $ tradestream ${one}`).join("\n")}`;
