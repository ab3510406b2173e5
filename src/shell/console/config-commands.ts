/** The commands about the configuration file: written, checked, and handed to what runs. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readCount } from "./words.ts";

export const addConfig: Adder = (program, handlers, taken) => {
  const config = adding(program, "Keep:")("config", "the configuration file", [
    "config init",
    "config check",
    "config show --effective",
    "config reload",
  ]);
  const add = adding(config, "Commands:");
  add("check", "read it and name every mistake in it", [
    "config check",
    "config check --config mine.yaml --json",
  ]).action((_, command: Command) => taken(handlers.configCheck(globalsOf(command))));
  add("init", "write a new one that explains itself; asks, where somebody sits there", [
    "config init",
    "config init mine.yaml --defaults",
  ])
    .argument("[file]", "where to (default: config.yaml); one that is there is not replaced")
    .option("--defaults", "ask nothing")
    .action((file: string | undefined, own, command: Command) =>
      taken(
        handlers.configInit({
          ...globalsOf(command),
          file: file ?? null,
          defaults: own.defaults === true,
        }),
      ),
    );
  add("show", "what holds, and where it came from: file, variable, option, default", [
    "config show",
    "config show --effective --json",
  ])
    .option("--effective", "every key, also those that hold their default")
    .action((own, command: Command) =>
      taken(handlers.configShow({ ...globalsOf(command), effective: own.effective === true })),
    );
  add("diff", "where the file differs from what runs; or one file or version from another", [
    "config diff",
    "config diff --json",
    "config diff 3            (version 3 of `config history`, and the file)",
    "config diff 3 5",
    "config diff mine.yaml other.yaml",
  ])
    .argument("[from]", "a file, or a version by its number (default: what runs)")
    .argument("[to]", "the other one (default: the file)")
    .action((from: string | undefined, to: string | undefined, _, command: Command) =>
      taken(handlers.configDiff({ ...globalsOf(command), from: from ?? null, to: to ?? null })),
    );
  add("reload", "hand it to the running process; what is looser waits for a restart", [
    "config reload",
    "config reload --json",
  ]).action((_, command: Command) => taken(handlers.configReload(globalsOf(command))));
  add("history", "the texts it had, each that was sound when the program read it", [
    "config history",
    "config history --tail 3 --json",
  ])
    .option("--tail <number>", "only the newest ones (default: 20)", readCount)
    .action((own, command: Command) =>
      taken(handlers.configHistory({ ...globalsOf(command), tail: own.tail ?? null })),
    );
  add("rollback", "write an earlier text into the file; what it says now is kept", [
    "config rollback 3",
  ])
    .argument("<version>", "its number in `config history`", readCount)
    .action((version: number, _, command: Command) =>
      taken(handlers.configRollback({ ...globalsOf(command), version })),
    );
};
