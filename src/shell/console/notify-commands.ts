/** The commands about who is told away from the screen. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";

export const addNotify: Adder = (program, handlers, taken) => {
  const notify = adding(program, "Look:")("notify", "who is told away from the screen", [
    "notify test",
    "notify status",
  ]);
  const command = adding(notify, "Commands:");
  command("test", "sends one message by each channel and says what the other side said", [
    "notify test",
    "notify test --channel mail",
  ])
    .option("--channel <name>", "only this one")
    .action((_, own: Command) => {
      const { channel } = own.opts<{ channel?: string }>();
      return taken(handlers.notifyTest({ ...globalsOf(own), channel: channel ?? null }));
    });
  command("status", "what waits on each channel, since when, and what was refused last", [
    "notify status",
    "notify status --json",
  ]).action((_, own: Command) => taken(handlers.notifyStatus(globalsOf(own))));
};
