/**
 * The command line: which words there are, what they need, what their help says.
 *
 * ```text
 * words ─► commander ─┬─ help, version ─► standard output, 0
 *                     ├─ unknown, wrong ─► standard error,  2
 *                     └─ a command ──────► its handler, which returns the exit code
 * ```
 *
 * What a command does is not known here. Its name, its words and its examples are, and each is
 * written down once.
 */
import { Command, CommanderError } from "commander";
import type { ExitCode, Handlers, Screen } from "../../ports/console.ts";
import { addAnswers } from "./answer-commands.ts";
import { addBackup } from "./backup-commands.ts";
import { type Adder, adding, globalsOf, type Taken } from "./commands.ts";
import { addConfig } from "./config-commands.ts";
import { addFirm } from "./firm-commands.ts";
import { addLive } from "./live-commands.ts";
import { addService } from "./login-commands.ts";
import { addMessages } from "./message-commands.ts";
import { addMetrics } from "./metrics-command.ts";
import { addNotify } from "./notify-commands.ts";
import { addFormats, addRules } from "./pack-commands.ts";
import { addPresence } from "./presence-commands.ts";
import { addRecords } from "./record-commands.ts";
import { addReport } from "./report-command.ts";
import { addRisk } from "./risk-commands.ts";
import { addSources } from "./source-commands.ts";
import { addTop } from "./top-command.ts";
import { addVenue } from "./venue-command.ts";
import {
  readAssignment,
  readCount,
  readLevel,
  readPoints,
  readSeed,
  readSpeed,
  readTradeNumber,
} from "./words.ts";

export interface ProgramParts {
  readonly version: string;
  readonly handlers: Handlers;
  readonly screen: Pick<Screen, "print" | "remark">;
}

const EXIT_CODES = `
Exit codes:
  0  done
  1  fault: the program, the disk or the venue
  2  input or configuration, also a command or an alert that was refused
  3  another instance runs on this data directory
  4  no process is running there`;

const FIRST_STEPS = `
Examples:
  $ tradestream start                 the demo day, or what config.yaml says
  $ tradestream config init           write a config.yaml to edit
  $ tradestream paste "ES long 6326: A
    Stop: 6316"                       give a running process an alert by hand
  $ tradestream status                how things stand now
  $ tradestream help paste            more about one command`;

/** Runs one command line. `words` are those behind the program's name. */
export async function runProgram(words: readonly string[], parts: ProgramParts): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = programOf(parts, async (result) => {
    code = await result;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (failure) {
    // Help and version end the same way, with 0.
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : 2;
    throw failure;
  }
}

/** Every command with all its words; the reference is written from it. */
export function programOf({ version, handlers, screen }: ProgramParts, taken: Taken): Command {
  const program = rootCommand(version, screen);
  addRunning(program, handlers, taken);
  addReading(program, handlers, taken);
  addTop(program, handlers, taken);
  addMetrics(program, handlers, taken);
  addReport(program, handlers, taken);
  addRecords(program, handlers, taken);
  addRisk(program, handlers, taken);
  addSources(program, handlers, taken);
  addNotify(program, handlers, taken);
  addSteering(program, handlers, taken);
  addLive(program, handlers, taken);
  addKeeping(program, handlers, taken);
  addBackup(program, handlers, taken);
  addService(program, handlers, taken);
  addMessages(program, handlers, taken);
  addVenue(program, handlers, taken);
  return program;
}

function rootCommand(version: string, screen: ProgramParts["screen"]): Command {
  const line = (text: string): string => text.replace(/\n$/, "");
  return new Command("tradestream")
    .description("Turns trade alerts into protected, managed, journaled futures positions.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .option("--config <file>", "configuration (default: config.yaml, if there is one)")
    .option("--data <directory>", "journal, state and log (default: as configured, ./data)")
    .option("--log-level <level>", "error, warning, info or debug", readLevel)
    .option("--set <key=value>", "a key of the configuration, before the file", readAssignment)
    .option("--json", "JSON instead of lines for people")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .showHelpAfterError("(--help says what can be said)")
    .configureOutput({
      writeOut: (text) => screen.print(line(text)),
      writeErr: (text) => screen.remark(line(text)),
    })
    .addHelpText("after", FIRST_STEPS)
    .addHelpText("after", EXIT_CODES);
}

const addRunning: Adder = (program, handlers, taken) => {
  const add = adding(program, "Run:");
  add("start", "run from config.yaml; without one, the demo day", [
    "start",
    "start --config mine.yaml --data ./mine",
    "start --speed 60      (recorded prices, sixty times as fast as they came)",
  ])
    .option("--speed <N|max>", "of recorded prices only (default: max)", readSpeed)
    .option("--once", "read chat files to their end and do not follow them")
    .action((own, command: Command) => {
      const once = own.once === true;
      return taken(handlers.start({ ...globalsOf(command), speed: own.speed ?? null, once }));
    });
  add("demo", "a simulated day with bundled alerts, on paper", [
    "demo",
    "demo --speed max --seed 7 --json",
    "demo --data ./look-at-it-later",
  ])
    .option("--speed <N|max>", "how many times as fast as life", readSpeed, 600)
    .option("--seed <number>", "another market", readSeed)
    .action((own, command: Command) =>
      taken(handlers.demo({ ...globalsOf(command), speed: own.speed, seed: own.seed ?? null })),
    );
};

const addReading: Adder = (program, handlers, taken) => {
  const add = adding(program, "Look:");
  add("status", "accounts, gates and open trades, of a running process or of the last run", [
    "status",
    "status --json",
  ]).action((_, command: Command) => taken(handlers.status(globalsOf(command))));
  add("trades", "open and finished trades; or one of them, from alert to close", [
    "trades --tail 5",
    "trades --json",
    "trades 3",
    "trades --twin",
  ])
    .argument("[trade]", "its number", readTradeNumber)
    .option("--tail <number>", "only the newest ones", readCount)
    .option("--twin", "live trades beside their twins on paper")
    .action((trade: number | undefined, own, command: Command) => {
      const asked = { trade: trade ?? null, tail: own.tail ?? null, twin: own.twin === true };
      return taken(handlers.trades({ ...globalsOf(command), ...asked }));
    });
  add("parse", "what alerts say, without doing anything about them", [
    "parse alerts.txt",
    "parse messages.jsonl --json",
    "parse < alert.txt",
    "parse alerts.txt --format jmoney",
  ])
    .argument("[file]", "text, or messages as JSON Lines (default: standard input)")
    .option("--format <name>", "how the room writes; else as the configuration says")
    .action((file: string | undefined, own, command: Command) =>
      taken(
        handlers.parse({ ...globalsOf(command), file: file ?? "-", format: own.format ?? null }),
      ),
    );
  add("explain", "why a message was read as it was, step by step", [
    "explain 1389472610235519046      (the id of a message that was heard)",
    'explain "ES long 6326: A\n    Stop: 6316"',
  ])
    .argument("<message>", "its id, or its text")
    .option("--format <name>", "read it by this format instead")
    .action((what: string, own, command: Command) =>
      taken(handlers.explain({ ...globalsOf(command), what, format: own.format ?? null })),
    );
};

const addSteering: Adder = (program, handlers, taken) => {
  const add = adding(program, "Steer a running process:");
  add("paste", "an alert by hand: shows what it would do, asks, sends", [
    'paste "ES long 6326: A\n    Stop: 6316"',
    "paste - --yes < alert.txt",
  ])
    .argument("[text]", "the alert; - or nothing reads it from standard input")
    .option("-y, --yes", "send it without asking")
    .action((text: string | undefined, own, command: Command) =>
      taken(handlers.paste({ ...globalsOf(command), text: text ?? null, yes: own.yes === true })),
    );
  add("halt", "no more entries; works with no process running too", [
    "halt",
    'halt "the feed looks wrong"',
  ])
    .argument("[reason]", "why, for the journal")
    .action((reason: string | undefined, _, command: Command) =>
      taken(handlers.halt({ ...globalsOf(command), reason: reason ?? "halted by the operator" })),
    );
  add("resume", "allow entries again", ["resume"]).action((_, command: Command) =>
    taken(handlers.resume(globalsOf(command))),
  );
  add("flatten", "out of everything, and no entries until resume", ["flatten", "flatten paper"])
    .argument("[account]", "this one only, by its id or its name")
    .action((account: string | undefined, _, command: Command) =>
      taken(handlers.flatten({ ...globalsOf(command), account: account ?? null })),
    );
  addPresence(program, handlers, taken);
  addFirm(program, handlers, taken);
  addAnswers(program, handlers, taken);
  addPerTrade(program, handlers, taken);
};

const addPerTrade: Adder = (program, handlers, taken) => {
  const add = adding(program, "Steer one trade:");
  const plain = {
    close: "leave the trade now",
    breakeven: "move its stop to the average fill",
    cancel: "withdraw what has not filled yet",
    release: "hand it to you: its stop stays, nothing else is touched",
  } as const;
  for (const name of ["close", "breakeven", "cancel", "release"] as const) {
    add(name, plain[name], [`${name} 3`])
      .argument("<trade>", "its number, as the timeline shows it", readTradeNumber)
      .action((trade: number, _, command: Command) =>
        taken(handlers[name]({ ...globalsOf(command), trade })),
      );
  }
  add("trim", "leave with some of its contracts", ["trim 3 1"])
    .argument("<trade>", "its number", readTradeNumber)
    .argument("<contracts>", "how many", readCount)
    .action((trade: number, quantity: number, _, command: Command) =>
      taken(handlers.trim({ ...globalsOf(command), trade, quantity })),
    );
  const moved = {
    stop: "tighten its stop",
    target: "move its next target",
  } as const;
  for (const name of ["stop", "target"] as const) {
    add(name, moved[name], [`${name} 3 6321.50`])
      .argument("<trade>", "its number", readTradeNumber)
      .argument("<price>", "in points", readPoints)
      .action((trade: number, price: number, _, command: Command) =>
        taken(handlers[name]({ ...globalsOf(command), trade, price })),
      );
  }
};

const addKeeping: Adder = (program, handlers, taken) => {
  const group = adding(program, "Keep:");
  addConfig(program, handlers, taken);
  addFormats(program, handlers, taken);
  addRules(program, handlers, taken);
  const journal = group("journal", "the facts, in order, for ever", ["journal show --tail 20"]);
  adding(journal, "Commands:")("verify", "walk the chain and find the first broken fact", [
    "journal verify",
  ]).action((_, command: Command) => taken(handlers.journalVerify(globalsOf(command))));
  adding(journal, "Commands:")("show", "tell it as a timeline; --json has every fact", [
    "journal show --trade 3",
    "journal show --tail 20 --json",
  ])
    .option("--trade <number>", "one trade only", readTradeNumber)
    .option("--tail <number>", "only the last ones", readCount)
    .action((own, command: Command) =>
      taken(
        handlers.journalShow({
          ...globalsOf(command),
          trade: own.trade ?? null,
          tail: own.tail ?? null,
        }),
      ),
    );
  const ledger = group("ledger", "the journal as tables", ["ledger rebuild"]);
  adding(ledger, "Commands:")("rebuild", "fill the tables again from the journal", [
    "ledger rebuild",
  ]).action((_, command: Command) => taken(handlers.ledgerRebuild(globalsOf(command))));
};
