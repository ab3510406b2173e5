/** The command that runs the stand-in venue. What faults and switches there are, the venue knows. */
import type { Command } from "commander";
import { type Adder, adding, globalsOf } from "./commands.ts";
import { readPort, readSeed } from "./words.ts";

const PORT = 5_001;

export const addVenue: Adder = (program, handlers, taken) => {
  const add = adding(program, "Try out:");
  const many = (word: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    word,
  ];
  add("venue-sim", "a stand-in for the live venue on this machine, which can misbehave", [
    "venue-sim --port 5001",
    "venue-sim --fault answer-lost=0.1 --fault hub-dropped=0.01 --seed 7",
    "venue-sim --script gap.txt --accounts 5 --always-open",
    "venue-sim --accounts PRAC-V2-ANNA-1,PRAC-V2-ANNA-2 --switch cancelLeg=sibling-cancelled",
  ])
    .option("--port <number>", `where it listens, on this machine; 0 = any free`, readPort, PORT)
    .option("--script <file>", "times and cues; without one its market is a simulated one")
    .option("--fault <name=rate>", "how often it strikes; may be said again", many)
    .option("--switch <name=value>", "how it answers what nobody knows; may be said again", many)
    .option("--accounts <number|names>", "how many practice accounts, or their names (default: 1)")
    .option("--always-open", "no trading hours, no holidays")
    .option("--unlimited", "no limit on the number of calls")
    .option("--seed <number>", "another market, other strikes", readSeed, 1)
    .action((own, command: Command) =>
      taken(
        handlers.venueSim({
          ...globalsOf(command),
          ...{ port: own.port, seed: own.seed, script: own.script ?? null },
          ...{
            faults: own.fault ?? [],
            switches: own.switch ?? [],
            accounts: own.accounts ?? null,
          },
          ...{ alwaysOpen: own.alwaysOpen === true, unlimited: own.unlimited === true },
        }),
      ),
    );
};
