/** The command that counts: figures of performance. */
import { type Command, Option } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readDollars } from "./words.ts";

export const addMetrics: Adder = (program, handlers, taken) => {
  const add = adding(program, "Look:");
  add("metrics", "every figure of performance, of the ledger or of a file of closed trades", [
    "metrics",
    "metrics --account paper --json",
    "metrics --trades closed.csv --starting-equity 50000 --json",
  ])
    .option("--trades <file>", "closed trades as CSV, instead of the ledger's")
    .option(
      "--starting-equity <dollars>",
      "returns count from it (default: the balance)",
      readDollars,
    )
    .addOption(
      new Option("--days <which>", "the series of days: every trade date, or those with trades")
        .choices(["all", "traded"])
        .default("all"),
    )
    .option("--account <id>", "this account only")
    .action((own, command: Command) => {
      const { trades = null, startingEquity = null, days, account = null } = own;
      const asked = { trades, startingEquityUsd: startingEquity, days, account };
      return taken(handlers.metrics({ ...globalsOf(command), ...asked }));
    });
};
