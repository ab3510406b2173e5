/** The commands about who is told away from the screen. */
import { type Command, Option } from "commander";
import { SUMMARY_PERIODS, type SummaryPeriod } from "../../core/model/duty.ts";
import { type Adder, adding, globalsOf } from "./commands.ts";

interface Asked {
  readonly channel?: string;
  readonly summary?: SummaryPeriod;
}

export const addNotify: Adder = (program, handlers, taken) => {
  const notify = adding(program, "Look:")("notify", "who is told away from the screen", [
    "notify test",
    "notify status",
  ]);
  const command = adding(notify, "Commands:");
  command("test", "sends one message by each channel and says what the other side said", [
    "notify test",
    "notify test --channel mail --summary week",
  ])
    .option("--channel <name>", "only this one")
    .addOption(
      new Option("--summary <period>", "sends a summary instead of a line").choices(
        SUMMARY_PERIODS,
      ),
    )
    .action((_, own: Command) => {
      const { channel = null, summary = null } = own.opts<Asked>();
      return taken(handlers.notifyTest({ ...globalsOf(own), channel, summary }));
    });
  command("status", "what waits on each channel, since when, and what was refused last", [
    "notify status",
    "notify status --json",
  ]).action((_, own: Command) => taken(handlers.notifyStatus(globalsOf(own))));
};
