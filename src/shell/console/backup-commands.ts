/** The commands about copies of the books, and about the day they are needed. */
import type { Command } from "commander";
import type { BackupOptions, SealedOptions } from "../../ports/console.ts";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readFactNumber } from "./words.ts";

const FROM = [
  "--from <folder>",
  "where the backups lie; `bucket`: in the one of the configuration (default: backups in the data directory)",
];
const IDENTITY = [
  "--identity <file>",
  "the private key of a sealed backup, as age-keygen wrote it",
];

export const addBackup: Adder = (program, handlers, taken) => {
  const backup = adding(program, "Keep:")("backup", "copies of the books", [
    "backup create",
    "backup list",
    "backup restore",
  ]);
  const add = adding(backup, "Commands:");
  const withFrom = (command: Command): Command => command.option(FROM[0] as string, FROM[1]);
  const withKey = (command: Command): Command =>
    withFrom(command).option(IDENTITY[0] as string, IDENTITY[1]);
  add("create", "one more, checked and restored on trial", ["backup create"]).action(
    (_, command: Command) => taken(handlers.backupCreate(globalsOf(command))),
  );
  withFrom(
    add("list", "those there are, newest first", ["backup list", "backup list --json"]),
  ).action((_, command: Command) => taken(handlers.backupList(optionsOf(command))));
  withFrom(
    add("verify", "every byte compared with the manifest (default: of every backup)", [
      "backup verify",
      "backup verify 2026-11-23T16-30-12.345Z",
    ]),
  )
    .argument("[name]", "as `backup list` names it")
    .action((name: string | undefined, _, command: Command) =>
      taken(handlers.backupVerify({ ...optionsOf(command), name: name ?? null })),
    );
  withKey(
    add("drill", "restore it on trial, and compare (default: the newest)", [
      "backup drill",
      "backup drill --identity key.txt",
    ]),
  )
    .argument("[name]", "as `backup list` names it")
    .action((name: string | undefined, _, command: Command) =>
      taken(handlers.backupDrill({ ...sealedOf(command), name: name ?? null })),
    );
  withKey(
    add("restore", "make it the books; those of now are kept aside (default: the newest)", [
      "backup restore",
      "backup restore --to 1200           (facts 1 to 1200, and none after them)",
    ]),
  )
    .argument("[name]", "as `backup list` names it")
    .option("--to <fact>", "the last fact to keep", readFactNumber)
    .action((name: string | undefined, own, command: Command) =>
      taken(
        handlers.backupRestore({
          ...sealedOf(command),
          name: name ?? null,
          to: own.to ?? null,
        }),
      ),
    );
};

function optionsOf(command: Command): BackupOptions {
  const { from } = command.opts<{ from?: string }>();
  return { ...globalsOf(command), from: from ?? null };
}

function sealedOf(command: Command): Omit<SealedOptions, "name"> {
  const { identity } = command.opts<{ identity?: string }>();
  return { ...optionsOf(command), identity: identity ?? null };
}
