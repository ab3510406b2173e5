/** What an operator says of himself: that he is not to trade, or that he is there. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";

export const addPresence: Adder = (program, handlers, taken) => {
  const add = adding(program, "Steer a running process:");
  add("lockout", "no entries until then, and nobody can take it back; works with no process too", [
    "lockout until 15:30",
    "lockout until next-session --account paper",
    "lockout until 2h",
    "lockout until 2026-11-25T08:30",
  ])
    .argument("<until>", "the word until; it may be left out")
    .argument("[time]", "next-session, a time in Chicago, or a span")
    .option("--account <id>", "this account only, by its id or its name")
    .action((first: string, second: string | undefined, own, command: Command) => {
      const isSpoken = first === "until";
      if (isSpoken === (second === undefined)) {
        command.error("error: say until when: lockout until 15:30, lockout until next-session");
      }
      const until = second ?? first;
      const account = own.account ?? null;
      return taken(handlers.lockout({ ...globalsOf(command), until, account }));
    });
  add("attend", "say that somebody is there, where entries stop without a sign of life", [
    "attend",
  ]).action((_, command: Command) => taken(handlers.attend(globalsOf(command))));
  add(
    "ack",
    "say that the alarms are heard: they ring no more, and what causes them is still told",
    ["ack", "ack --by olga"],
  )
    .option("--by <name>", "who has heard them", "the operator")
    .action((own: { by: string }, command: Command) =>
      taken(handlers.ack({ ...globalsOf(command), by: own.by })),
    );
};
