/** A person's yes or no to an entry that waits, from wherever it comes: the command line, a button. */
import type { Command, CommandAnswer } from "../core/model/command.ts";
import type { Fact } from "../core/model/fact.ts";
import type { Loop } from "./loop.ts";

export interface Answer {
  readonly entry: number;
  readonly how: "approve" | "refuse";
  /** Who, for the journal. */
  readonly by: string;
}

/** Resolves when what follows from it is written down. A yes that cannot be written is refused. */
export function answerEntry(loop: Loop, { entry, how, by }: Answer): Promise<CommandAnswer> {
  if (how === "approve" && loop.impaired())
    return Promise.resolve(refused("facts cannot be written just now, so nothing is entered"));
  const command: Command = { kind: how, entry, by };
  return new Promise((resolve) => {
    const taken = loop.offer({ kind: "command", command }, ({ facts }) =>
      resolve(answerIn(facts, command)),
    );
    if (!taken) resolve(refused("too many messages are waiting; try again"));
  });
}

/** What the step of a command says about it. */
export function answerIn(facts: readonly Fact[], { kind }: Command): CommandAnswer {
  const taken = facts.find((fact) => fact.kind === "CommandTaken");
  // A command that met a bug was replaced by a halt, whose own answer is not meant here.
  return taken?.command.kind === kind
    ? taken.answer
    : refused("it could not be decided; see the log");
}

const refused = (reason: string): CommandAnswer => ({ kind: "refused", reason });
