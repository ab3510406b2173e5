/** The dashboard's own words. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";

export const addTop: Adder = (program, handlers, taken) => {
  adding(program, "Look:")("top", "the whole house on one screen, live; q leaves it", [
    "top",
    "top --ascii           (no colours, nothing but ASCII)",
    "top --once            (one page, as without a terminal)",
    "top --json",
  ])
    .option("--ascii", "plain ASCII, without colours")
    .option("--once", "print one page and leave")
    .action((own, command: Command) => {
      const { ascii = false, once = false } = own;
      return taken(handlers.top({ ...globalsOf(command), ascii, once }));
    });
};
