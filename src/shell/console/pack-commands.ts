/** The commands about packs: how rooms write their alerts, and what firms ask of an account. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readCount } from "./words.ts";

export const addFormats: Adder = (program, handlers, taken) => {
  const formats = adding(program, "Keep:")("formats", "how rooms write their alerts, as data", [
    "formats test jmoney",
  ]);
  const add = adding(formats, "Commands:");
  add("init", "write the packs that come with the program, to be changed", [
    "formats init",
    "formats init ./my-formats",
  ])
    .argument("[directory]", "where to (default: formats)")
    .action((directory: string | undefined, _, command: Command) =>
      taken(handlers.formatsInit({ ...globalsOf(command), directory: directory ?? "formats" })),
    );
  add("test", "show every message that changed packs would read otherwise", [
    "formats test",
    "formats test jmoney ./drafts/northman.yaml",
  ])
    .argument("[pack...]", "names or files of packs (default: every configured one)")
    .action((packs: readonly string[], _, command: Command) =>
      taken(handlers.formatsTest({ ...globalsOf(command), packs })),
    );
  add("apply", "hand the packs, as they are saved now, to the running process", [
    "formats apply",
  ]).action((_, command: Command) => taken(handlers.formatsApply(globalsOf(command))));
};

export const addRules: Adder = (program, handlers, taken) => {
  const rules = adding(program, "Keep:")("rules", "what firms ask of an account, as dated data", [
    "rules show topstep/combine-50k",
  ]);
  const add = adding(rules, "Commands:");
  const aged = (command: Command): Command =>
    command.option("--days-max <number>", "older figures are told (default: 90)", readCount);
  const packed = (command: Command): Command =>
    command.option("--packs <directory>", "packs of your own beside those of the program");
  const ageOf = (command: Command) => ({
    ...globalsOf(command),
    daysMax: (command.opts()["daysMax"] as number | undefined) ?? null,
  });
  const optionsOf = (command: Command) => ({
    ...ageOf(command),
    packs: (command.opts()["packs"] as string | undefined) ?? null,
  });
  aged(
    packed(
      add("list", "every plan, with what it begins with", ["rules list", "rules list --json"]),
    ),
  ).action((_, command: Command) => taken(handlers.rulesList(optionsOf(command))));
  aged(
    packed(
      add("show", "all that is known of a plan, and where it was read", [
        "rules show topstep/combine-50k",
        "rules show apex/performance-eod-50k --json",
      ]),
    ),
  )
    .argument("<plan>", "as `rules list` names it")
    .action((plan: string, _, command: Command) =>
      taken(handlers.rulesShow({ ...optionsOf(command), plan })),
    );
  aged(
    add("check", "read a pack, or a directory of packs, and name every mistake", [
      "rules check my-rules/topstep.yaml",
      "rules check my-rules --days-max 30",
    ]),
  )
    .argument("<path>", "a file, or a directory")
    .action((path: string, _, command: Command) =>
      taken(handlers.rulesCheck({ ...ageOf(command), path })),
    );
};
