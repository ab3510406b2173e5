/** The commands that look back: a trade date on one page, what following each author came to. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readTradeDate } from "./words.ts";

export const addRecords: Adder = (program, handlers, taken) => {
  const add = adding(program, "Look:");
  add("day", "a trade date on one page: alerts, trades, costs, gates, gaps", [
    "day",
    "day 2026-11-19 --json",
    "day 2026-11-19 --bundle for-a-bug-report.json",
  ])
    .argument("[date]", "a trade date (default: the newest)", readTradeDate)
    .option(
      "--bundle <file>",
      "write it for strangers: no accounts, no authors, no words of anybody",
    )
    .option("--authors", "leave the authors' names in the bundle")
    .action((date, own, command: Command) => {
      const { bundle = null, authors = false } = own;
      const asked = { date: date ?? null, bundle, authors };
      return taken(handlers.day({ ...globalsOf(command), ...asked }));
    });
  add("authors", "by author: how much was traded, how far the price had gone, why not", [
    "authors",
    "authors --from 2026-11-02 --to 2026-11-27 --json",
  ])
    .option("--from <date>", "from that trade date on", readTradeDate)
    .option("--to <date>", "up to that trade date", readTradeDate)
    .action((own, command: Command) => {
      const { from = null, to = null } = own;
      return taken(handlers.authors({ ...globalsOf(command), from, to }));
    });
};
