/** The commands about limits: which hold, what is left of them, and why an alert ended as it did. */
import type { Command } from "commander";
import { dollars } from "../../core/model/units.ts";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readDollars } from "./words.ts";

interface Tried {
  readonly win?: number;
  readonly lose?: number;
}

export const addRisk: Adder = (program, handlers, taken) => {
  const add = adding(program, "Look:");
  add("limits", "the limits that hold for each account", ["limits", "limits --json"]).action(
    (_, command: Command) => taken(handlers.limits(globalsOf(command))),
  );
  add("risk", "what stands between each account and its limits, in dollars and ticks", [
    "risk",
    "risk --json",
  ]).action((_, command: Command) => taken(handlers.risk(globalsOf(command))));
  add("accounts", "each account: its state, what it holds, its next sizes", [
    "accounts",
    "accounts paper               (one of them in full, by its id or its name)",
    "accounts off paper           (no entries there; works with no process too)",
    "accounts on paper            (entries again; ends no halt, no lock-out and no limit)",
  ])
    .argument("[name]", "one account, by its id or its name; or on, or off")
    .argument("[account]", "the one to switch on or off")
    .action((name: string | undefined, account: string | undefined, _, command: Command) => {
      const globals = globalsOf(command);
      const isSwitch = name === "on" || name === "off";
      if (isSwitch !== (account !== undefined))
        command.error("error: say accounts, accounts NAME, accounts off NAME or accounts on NAME");
      return taken(
        isSwitch && account !== undefined
          ? handlers.switchAccount({ ...globals, account, to: name })
          : handlers.accounts({ ...globals, name: name ?? null }),
      );
    });
  add("planner", "the way to a target or a payout, and what one more trade would change", [
    "planner                              (open trades at their targets and stops)",
    "planner combine --win 350 --lose 200",
  ])
    .argument("[account]", "its id or its name (default: every account that follows a plan)")
    .option("--win <dollars>", "had the day made so much more", readDollars)
    .option("--lose <dollars>", "had it lost so much more", readDollars)
    .action((account: string | undefined, { win, lose }: Tried, command: Command) => {
      const changes = [...(win === undefined ? [] : [win]), ...(lose === undefined ? [] : [-lose])];
      const options = { account: account ?? null, changes: changes.map(dollars) };
      return taken(handlers.planner({ ...globalsOf(command), ...options }));
    });
  add("why", "what followed from an alert on every account, step by step", [
    "why 1389472610235519046      (the id of its message)",
    'why "#3"                     (the alert that became trade 3)',
  ])
    .argument("<alert>", "the id of its message, or #3 for the alert of trade 3")
    .action((alert: string, _, command: Command) =>
      taken(handlers.why({ ...globalsOf(command), alert })),
    );
};
