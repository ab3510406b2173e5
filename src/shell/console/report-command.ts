/** The command that reports: what the trades amount to, and each of them, in a form to keep. */
import { type Command, Option } from "commander";
import { REPORT_FORMATS } from "../../core/views/report/formats.ts";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readingTrades } from "./trade-options.ts";
import { readTradeDate } from "./words.ts";

export const addReport: Adder = (program, handlers, taken) => {
  const add = adding(program, "Look:");
  const command = add("report", "the trades in figures and one by one, to read or to keep", [
    "report -o report.html                        (one page, opens in any browser)",
    "report --from 2026-11-01 --to 2026-11-30 --format md",
    "report --account paper --author alice --format csv -o trades.csv",
    "report --trades closed.csv --starting-equity 50000 -o closed.html",
  ])
    .option("--from <date>", "the first trade date, such as 2026-11-02", readTradeDate)
    .option("--to <date>", "the last one", readTradeDate)
    .option("--account <id>", "this account only")
    .option("--author <name>", "trades on this author's alerts only")
    .addOption(
      new Option("--format <form>", "else by the file's ending, else text").choices([
        ...REPORT_FORMATS,
      ]),
    )
    .option("-o, --output <file>", "write it there; an older report is replaced");
  readingTrades(command).action((own, command: Command) => {
    const { trades = null, startingEquity = null, days } = own;
    const { from = null, to = null, account = null, author = null } = own;
    const { format = null, output = null } = own;
    const asked = { trades, startingEquityUsd: startingEquity, days, from, to, account, author };
    return taken(handlers.report({ ...globalsOf(command), ...asked, format, file: output }));
  });
};
