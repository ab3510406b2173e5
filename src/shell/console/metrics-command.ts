/** The command that counts: figures of performance. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readingTrades } from "./trade-options.ts";

export const addMetrics: Adder = (program, handlers, taken) => {
  const add = adding(program, "Look:");
  const command = add(
    "metrics",
    "every figure of performance, of the ledger or of a file of closed trades",
    [
      "metrics",
      "metrics --account paper --json",
      "metrics --trades closed.csv --starting-equity 50000 --json",
    ],
  );
  readingTrades(command)
    .option("--account <id>", "this account only")
    .action((own, command: Command) => {
      const { trades = null, startingEquity = null, days, account = null } = own;
      const asked = { trades, startingEquityUsd: startingEquity, days, account };
      return taken(handlers.metrics({ ...globalsOf(command), ...asked }));
    });
};
