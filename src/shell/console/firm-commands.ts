/** What only an operator can know of an account's firm: that it was begun anew, that it was paid out. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readDollars } from "./words.ts";

export const addFirm: Adder = (program, handlers, taken) => {
  const group = adding(program, "Steer a running process:");
  const firm = group("firm", "tell what the firm has done with an account", [
    "firm reset TS50",
    "firm payout TS50 1500",
  ]);
  const add = adding(firm, "Commands:");
  add("reset", "the firm has begun it anew: its floor and its days begin anew too", [
    "firm reset TS50",
  ])
    .argument("<account>", "its id or its name")
    .action((account: string, _, command: Command) =>
      taken(handlers.firmReset({ ...globalsOf(command), account })),
    );
  add("payout", "the firm has paid so much out", ["firm payout TS50 1500"])
    .argument("<account>", "its id or its name")
    .argument("<dollars>", "how much left the account", readDollars)
    .action((account: string, amountUsd: number, _, command: Command) =>
      taken(handlers.firmPayout({ ...globalsOf(command), account, amountUsd })),
    );
};
