/**
 * Where a person is asked about an entry that waits: a channel with buttons, a screen.
 *
 * Whoever implements it shows the question and hands the answer back (`app/answer-entry.ts`); what
 * the answer does is decided by the engine. Both calls return at once and throw nothing that
 * matters: a desk that cannot show a question leaves it to the command line.
 */
import type { CommandAnswer } from "../core/model/command.ts";
import type { MessageRef } from "../core/model/message.ts";
import type { Millis } from "../core/model/units.ts";

export interface WaitingEntry {
  /** What an answer names. */
  readonly entry: number;
  readonly message: MessageRef;
  /** For a person: the alert first, then what each account would do about it now. */
  readonly lines: readonly string[];
  readonly until: Millis;
}

export interface ApprovalDesk {
  /** After a restart the same entry is asked about again; showing it twice is no harm. */
  ask(entry: WaitingEntry): void;
  /** Nobody may answer it any more. Also called for entries that were never shown here. */
  ended(entry: number, how: string, by: string): void;
}

/** Carries a person's answer to the house; resolves when what follows from it is written down. */
export type GiveAnswer = (given: {
  readonly entry: number;
  readonly how: "approve" | "refuse";
  /** Who, for the journal. */
  readonly by: string;
}) => Promise<CommandAnswer>;
