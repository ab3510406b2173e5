/** A person's yes or no to an entry that waits. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readCount } from "./words.ts";

export const addAnswers: Adder = (program, handlers, taken) => {
  const add = adding(program, "Answer an entry that waits:");
  const plain = {
    approve: "take it, if limits and market still allow it",
    refuse: "let it go",
  } as const;
  for (const name of ["approve", "refuse"] as const) {
    add(name, plain[name], [`${name} 4`])
      .argument("<entry>", "its number, as the timeline and `status` show it", readCount)
      .action((entry: number, _, command: Command) =>
        taken(handlers[name]({ ...globalsOf(command), entry })),
      );
  }
};
