/** The commands about the configuration file: written, checked, and handed to what runs. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";

export const addConfig: Adder = (program, handlers, taken) => {
  const config = adding(program, "Keep:")("config", "the configuration file", [
    "config check",
    "config init",
    "config reload",
  ]);
  const add = adding(config, "Commands:");
  add("check", "read it and name every mistake in it", [
    "config check",
    "config check --config mine.yaml --json",
  ]).action((_, command: Command) => taken(handlers.configCheck(globalsOf(command))));
  add("init", "write a new one that explains itself", ["config init", "config init mine.yaml"])
    .argument("[file]", "where to (default: config.yaml); one that is there is not replaced")
    .action((file: string | undefined, _, command: Command) =>
      taken(handlers.configInit({ ...globalsOf(command), file: file ?? null })),
    );
  add("diff", "where it differs from what a running process goes by, and what a reload takes", [
    "config diff",
    "config diff --json",
  ]).action((_, command: Command) => taken(handlers.configDiff(globalsOf(command))));
  add("reload", "hand it to the running process; what is looser waits for a restart", [
    "config reload",
    "config reload --json",
  ]).action((_, command: Command) => taken(handlers.configReload(globalsOf(command))));
};
