/** The commands about messages that were kept: bring them in, look at them, take them out. */
import type { Command } from "commander";
import type { HistoryOptions } from "../../ports/console.ts";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readCount, readSince } from "./words.ts";

export const addMessages: Adder = (program, handlers, taken) => {
  const group = adding(program, "Messages:");
  group("import", "keep the messages of a channel's export; trades nothing", [
    "import alerts.json",
    'import "The Pit - alerts [900000000000000042].csv"',
    "import alerts.csv --channel 900000000000000042 --json",
  ])
    .argument("<file>", "what an exporter of Discord channels wrote, JSON or CSV")
    .option("--channel <id>", "instead of what the file says")
    .option("--format <name>", "count outcomes as this format reads them")
    .action((file: string, own, command: Command) => {
      const { channel = null, format = null } = own;
      return taken(handlers.import({ ...globalsOf(command), file, channel, format }));
    });
  const history = group("history", "every message that was heard or imported", ["history stats"]);
  const add = adding(history, "Commands:");
  filtered(
    add("show", "oldest first, and what each of them says", [
      "history show --tail 20",
      "history show --channel 900000000000000042 --since 2026-03-02 --json",
    ]),
  )
    .option("--tail <number>", "only the newest ones", readCount)
    .action((_, command: Command) => taken(handlers.historyShow(optionsOf(command))));
  filtered(
    add("stats", "how many of which kind, by channel, author and hour", [
      "history stats",
      "history stats --format plain --json",
    ]),
  ).action((_, command: Command) => taken(handlers.historyStats(optionsOf(command))));
  add("faults", "what arrived and was no message, as it came", ["history faults --tail 5"])
    .option("--tail <number>", "how many of the newest (default: 20)", readCount)
    .action((_, command: Command) => taken(handlers.historyFaults(optionsOf(command))));
  filtered(
    add("export", "as JSON Lines, for a replay", [
      "history export alerts.jsonl --channel 900000000000000042",
    ]),
  )
    .argument("<file>", "a new file")
    .action((file: string, _, command: Command) =>
      taken(handlers.historyExport({ ...optionsOf(command), file })),
    );
};

const filtered = (command: Command): Command =>
  command
    .option("--channel <id>", "only this one")
    .option("--since <time>", "only what was sent from then on", readSince)
    .option("--format <name>", "read them by this format");

function optionsOf(command: Command): HistoryOptions {
  const { channel, since, tail, format } = command.opts();
  return {
    ...globalsOf(command),
    ...{ channel: channel ?? null, since: since ?? null },
    ...{ tail: tail ?? null, format: format ?? null },
  };
}
