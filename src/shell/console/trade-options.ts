/** What every command that reckons closed trades can be told of them, said once. */
import { type Command, Option } from "commander";
import { readDollars } from "./words.ts";

export const readingTrades = (command: Command): Command =>
  command
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
    );
