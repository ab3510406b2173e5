/** The commands about where alerts come from. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";

export const addSources: Adder = (program, handlers, taken) => {
  const sources = adding(program, "Look:")("sources", "where alerts come from", ["sources check"]);
  adding(sources, "Commands:")(
    "check",
    "each channel's newest 50 messages and what they would do; trades nothing",
    ["sources check", "sources check --json"],
  ).action((_, command: Command) => taken(handlers.sourcesCheck(globalsOf(command))));
};
