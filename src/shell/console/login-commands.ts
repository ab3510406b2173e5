/** The commands that hand the program to the system, and take it back. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";

export const addService: Adder = (program, handlers, taken) => {
  const service = adding(program, "Keep:")("service", "started when you log in, kept running", [
    "service install --user",
    "service status",
  ]);
  const add = adding(service, "Commands:");
  add("install", "with systemd, launchd or the Task Scheduler, for you alone", [
    "service install --user --dry-run",
    "service install --user --config mine.yaml",
  ])
    .option("--user", "for the one who is logged in")
    .option("--dry-run", "show what would be written and run, and do neither")
    .action((own, command: Command) => {
      const asked = { user: own.user === true, dryRun: own.dryRun === true };
      return taken(handlers.serviceInstall({ ...globalsOf(command), ...asked }));
    });
  add("uninstall", "stop it and take it away; what it wrote stays", ["service uninstall"]).action(
    (_, command: Command) => taken(handlers.serviceUninstall(globalsOf(command))),
  );
  add("status", "whether it is installed, and what the system says of it", [
    "service status",
    "service status --json",
  ]).action((_, command: Command) => taken(handlers.serviceStatus(globalsOf(command))));
};
