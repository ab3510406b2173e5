/** The commands around live trading: look first, allow it, get out of it. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";

export const addLive: Adder = (program, handlers, taken) => {
  const add = adding(program, "Live:");
  add("doctor", "what is in order and what is not, with what to do about it", [
    "doctor",
    "doctor --broker",
    "doctor --broker --rehearse      (trades one MES on a practice account)",
  ])
    .option("--broker", "log in to the venue and look at everything a live start rests on")
    .option("--rehearse", "trade one MES on a practice account, from entry to exit")
    .option("--account <name>", "the practice account to rehearse on")
    .action((own, command: Command) => {
      const rehearse = own.rehearse === true;
      const broker = own.broker === true || rehearse;
      const account = own.account ?? null;
      if (account !== null && !rehearse) {
        command.error("error: --account says where to rehearse; say --rehearse as well");
      }
      return taken(handlers.doctor({ ...globalsOf(command), broker, rehearse, account }));
    });
  const live = add("live", "trading with real consequences", ["live enable PRAC-V2-1234-5678"]);
  adding(live, "Commands:")(
    "enable",
    "show its limits and what was checked, and ask for its name",
    ["live enable PRAC-V2-1234-5678"],
  )
    .argument("<account>", "its name, as the platform shows it")
    .action((account: string, _, command: Command) =>
      taken(handlers.liveEnable({ ...globalsOf(command), account })),
    );
  add("panic", "out of everything at the venue, whatever has become of the process", [
    "panic --yes",
  ])
    .option("-y, --yes", "do it; there is no other question")
    .action((own, command: Command) =>
      taken(handlers.panic({ ...globalsOf(command), yes: own.yes === true })),
    );
};
